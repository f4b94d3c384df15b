"""Feed of a show as RSS. Pure; home of feedgen.

Valid for Apple, PSP-1 and Podcasting 2.0. feedgen 1.0.0 knows only yes/no for explicit and has no podcast:
namespace, so an extension of ours writes what it lacks; it dates the feed with the clock, so the newest
episode dates ours: the same input gives the same bytes, and the ETag stays when nothing has changed.
"""

from __future__ import annotations

import html
import re
from email.utils import format_datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feed import plain_text
from feed.episode_names import audio_stem, page_name
from feed.errors import InvalidFeed
from feed.model import COVER_PIXELS
from feed.rss import validate
from feed.rss.paging import split_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from feed.model import Audio, Chapter, Correction, Episode, Person, Show
    from feed.rss.paging import Page

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"
ATOM = "http://www.w3.org/2005/Atom"


MAX_DESCRIPTION_BYTES = 4000
"""Bytes (Apple, PSP-1)."""

MAX_CORRECTION_BYTES = 600
"""Bytes of one correction in the notes; the page shows it whole."""

MIN_SUMMARY_BYTES = 60
"""Bytes; a summary cut shorter than this is left out."""

MAX_TEXT_BYTES = 255
"""Of titles and names (Apple, PSP-1); counted in bytes, the stricter reading."""

TRANSCRIPTS = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json"}
"""The forms of a transcript: how their names end and their types."""


CHAPTERS = ".chapters.json"
CAPTIONS = (".vtt", ".srt")
"""The transcripts whose lines are short enough to be read while they are heard."""

CHAPTERS_TYPE = "application/json+chapters"
FEED_TYPE = "application/rss+xml"
M4A_TYPE = "audio/x-m4a"
"""As Apple names it."""

MAX_NAME_CHARS = 128
"""Of persons and soundbites (podcast-namespace)."""

AI_NOTICE = "本节目的语音由人工智能合成。"
"""Notice of synthetic speech, required in metadata by Apple and GB 45438-2025."""


def render_feed(show: Show, episodes: Sequence[Episode]) -> bytes:
    """Return one feed with all episodes, newest first; raise as `render_feeds`."""
    return render_feeds(show, episodes)[-1][1]


def render_feeds(show: Show, episodes: Sequence[Episode], size: int = 0) -> list[tuple[str, bytes]]:
    """Return the pages of a feed by name, oldest first, `size` episodes each (0: one page).

    Raises `InvalidFeed` for what no directory would take.
    """
    for problem in validate.find_problems(show, episodes):
        raise InvalidFeed(problem)
    return [(page.name, _render_page(show, page)) for page in reversed(split_pages(episodes, size))]


def _render_page(show: Show, page: Page) -> bytes:
    generator = _channel_generator(show, page)
    for episode in page.episodes:
        _add_item(generator, show, episode)
    generator.p20.set(show, page)
    return bytes(generator.rss_str(pretty=True))


def correction_line(correction: Correction) -> str:
    """Return a correction as a line for listeners."""
    when = correction.when
    return f"更正（{when.year}年{when.month}月{when.day}日{when:%H:%M}）：{plain_text.single_line(correction.what)}"


def show_notes(show: Show, episode: Episode) -> str:
    """Return safe HTML: corrections, summary, chapters with their sources, the AI notice.

    They keep within the directories' limit; what is cut is the summary, and of very many chapters the last.
    """
    page = html.escape(show.address + page_name(episode))
    corrections = "".join(f"<p>{html.escape(line)}</p>" for line in _correction_lines(episode))
    tail = f'<p><a href="{page}">文字稿与新闻来源</a></p><p>{AI_NOTICE}</p>'
    room = MAX_DESCRIPTION_BYTES - _byte_size(corrections + tail + "<p></p><ul></ul>")
    rows = _rows_within([f"<li>{_chapter_html(chapter)}</li>" for chapter in episode.chapters], room)
    summary = _escape_within(plain_text.single_line(episode.summary), room - _byte_size("".join(rows)))
    chapters = f"<ul>{''.join(rows)}</ul>" if rows else ""
    return corrections + (f"<p>{summary}</p>" if summary else "") + chapters + tail


def plain_description(show: Show, episode: Episode) -> str:
    """Return the notes as plain text: corrections, summary, chapters, page, the AI notice."""
    page = show.address + page_name(episode)
    corrections = "".join(f"{line}\n\n" for line in _correction_lines(episode))
    tail = f"\n\n文字稿与新闻来源：{page}\n\n{AI_NOTICE}"
    room = MAX_DESCRIPTION_BYTES - _byte_size(corrections + tail + "\n\n")
    lines = [
        f"{plain_text.format_hms(chapter.start)} {plain_text.single_line(chapter.title)}\n"
        for chapter in episode.chapters
    ]
    rows = "".join(_rows_within(lines, room)).strip()
    summary = _fit_or_drop(plain_text.strip_controls(episode.summary).strip(), room - _byte_size(rows))
    return corrections + "\n\n".join(filter(None, (summary, rows))) + tail


def _correction_lines(episode: Episode) -> list[str]:
    """Return lines on the corrections, newest first, as many as fit."""
    lines = [
        plain_text.fit_bytes(correction_line(correction), MAX_CORRECTION_BYTES)
        for correction in reversed(episode.corrections)
    ]
    return _rows_within(lines, MAX_DESCRIPTION_BYTES // 2)


def _rows_within(rows: Sequence[str], room: int) -> list[str]:
    """Return the first rows that fit into `room` bytes."""
    sizes = accumulate(map(_byte_size, rows))
    return [row for row, size in zip(rows, sizes, strict=True) if size <= room]


def _fit_or_drop(text: str, room: int) -> str:
    """Cut a text behind a sentence to `room` bytes; return "" if too little is left."""
    return plain_text.fit_bytes(text, room) if room >= MIN_SUMMARY_BYTES else ""


def _escape_within(text: str, room: int) -> str:
    """Escape a text and cut it to `room` bytes, never inside an escaped character."""
    return re.sub(r"&[^;]{0,6}…$", "…", _fit_or_drop(html.escape(text), room))


def _byte_size(text: str) -> int:
    return len(text.encode())


def _chapter_html(chapter: Chapter) -> str:
    title, url = html.escape(plain_text.single_line(chapter.title)), plain_text.safe_link(chapter.url)
    if url:
        title = f'<a href="{html.escape(url)}">{title}</a>'
    return f"{plain_text.format_hms(chapter.start)} {title}"


def _short_line(text: str) -> str:
    return plain_text.fit_bytes(plain_text.single_line(text), MAX_TEXT_BYTES)


def _channel_generator(show: Show, page: Page) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("podcast")
    # feedgen has given the name "podcast" to Apple's tags.
    generator.register_extension("p20", _ShowExtension, _EpisodeExtension, atom=False)
    title, author, cover = _short_line(show.title), _short_line(show.author), show.address + show.cover
    generator.title(title)
    generator.description(
        plain_text.fit_bytes(plain_text.strip_controls(show.description).strip(), MAX_DESCRIPTION_BYTES)
    )
    # The last link is the channel's; the feed's own address goes first.
    generator.link(href=show.address + page.name, rel="self", type=FEED_TYPE)
    generator.link(href=show.address, rel="alternate")
    generator.language(show.language)
    generator.copyright(_short_line(show.copyright))
    generator.generator("briefing")
    generator.image(url=cover, title=title, link=show.address)
    generator.podcast.itunes_author(author)
    generator.podcast.itunes_owner(name=author, email=show.email)
    generator.podcast.itunes_image(cover)
    generator.podcast.itunes_type("episodic")
    category, sub = show.category
    generator.podcast.itunes_category({"cat": category} | ({"sub": sub} if sub else {}))
    return generator


def _add_item(generator: FeedGenerator, show: Show, episode: Episode) -> None:
    entry = generator.add_entry(order="append")
    entry.guid(episode.guid, permalink=False)
    entry.title(_short_line(episode.title))
    entry.link(href=show.address + page_name(episode))
    entry.description(plain_description(show, episode))
    entry.content(show_notes(show, episode), type="CDATA")
    entry.published(episode.published)
    entry.enclosure(show.address + episode.audio, str(episode.size), "audio/mpeg")
    entry.podcast.itunes_duration(max(1, round(episode.duration.total_seconds())))
    entry.podcast.itunes_season(episode.season)
    entry.podcast.itunes_episode(episode.number)
    entry.podcast.itunes_episode_type("full")
    entry.p20.set(show, episode)


def _add_element(parent: Any, space: str, tag: str, text: str | None = None, **about: str) -> Any:  # noqa: ANN401 - lxml elements
    element = etree.SubElement(parent, f"{{{space}}}{tag}", about)
    element.text = text
    return element


def _flag_text(flag: bool) -> str:  # noqa: FBT001 - the flag is what is said
    """Return true or false as Apple wants it; feedgen writes yes or no."""
    return "true" if flag else "false"


class _ShowExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """Channel elements that feedgen lacks or fills from the clock."""

    def __init__(self) -> None:
        self._about: tuple[Show, Page] | None = None

    def set(self, show: Show, page: Page) -> None:
        """Set the show and the page to write."""
        self._about = show, page

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces to declare on <rss>, also for the items."""
        return {"podcast": PODCAST, "psc": PSC}

    def extend_rss(self, rss: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Add the channel's own elements; feedgen calls this before it adds the items."""
        if self._about is None:
            return rss
        show, page = self._about
        channel = rss[0]
        _set_build_date(channel, page.episodes)
        for relation, name in page.links:
            _add_element(channel, ATOM, "link", rel=relation, href=show.address + name, type=FEED_TYPE)
        if show.hub:
            _add_element(channel, ATOM, "link", rel="hub", href=show.hub)
        _add_element(channel, ITUNES, "explicit", _flag_text(show.explicit))
        _add_element(channel, PODCAST, "guid", show.guid)
        _add_element(channel, PODCAST, "locked", "yes", owner=show.email)
        _add_element(channel, PODCAST, "medium", "podcast")
        _add_element(channel, PODCAST, "txt", "true", purpose="ai-content")
        _add_element(channel, PODCAST, "updateFrequency", show.rhythm.text, rrule=show.rhythm.rule)
        _add_persons(channel, show.persons)
        _add_cover(channel, show)
        return rss


def _set_build_date(channel: Any, episodes: Sequence[Episode]) -> None:  # noqa: ANN401 - an lxml element
    """Replace feedgen's clock by the newest update, so that equal input gives equal bytes."""
    clock = channel.find("lastBuildDate")
    if episodes:
        clock.text = format_datetime(max(episode.updated for episode in episodes))
    else:
        channel.remove(clock)


def _add_cover(channel: Any, show: Show) -> None:  # noqa: ANN401 - an lxml element
    """Add the cover with a description for those who cannot see it."""
    about = {"alt": _short_line(f"{show.title}的封面"), "aspect-ratio": "1/1", "purpose": "artwork"}
    about |= {
        "width": str(COVER_PIXELS),
        "type": "image/png" if show.cover.endswith(".png") else "image/jpeg",
    }
    _add_element(channel, PODCAST, "image", href=show.address + show.cover, **about)


def _add_persons(parent: Any, persons: Iterable[Person]) -> None:  # noqa: ANN401 - an lxml element
    for person in persons:
        name = plain_text.fit_bytes(plain_text.single_line(person.name), MAX_NAME_CHARS)
        _add_element(parent, PODCAST, "person", name, role=person.role, group=person.group)


class _EpisodeExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    """Item elements that feedgen lacks."""

    def __init__(self) -> None:
        self._about: tuple[Show, Episode] | None = None

    def set(self, show: Show, episode: Episode) -> None:
        """Set the episode to write."""
        self._about = show, episode

    def extend_rss(self, item: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Add the item's own elements."""
        if self._about is None:
            return item
        show, episode = self._about
        base = show.address + audio_stem(episode)
        _add_element(item, ITUNES, "explicit", _flag_text(show.explicit))
        _add_element(item, PODCAST, "season", str(episode.season), name=f"{episode.season}年")
        _add_element(item, PODCAST, "episode", str(episode.number))
        _add_element(item, PODCAST, "txt", "true", purpose="ai-content")
        for suffix, kind in TRANSCRIPTS.items():
            captions = {"rel": "captions"} if suffix in CAPTIONS else {}
            _add_element(
                item, PODCAST, "transcript", url=base + suffix, type=kind, language=show.language, **captions
            )
        _add_persons(item, episode.persons)
        for bite in episode.soundbites:
            times = {"startTime": _format_seconds(bite.start), "duration": _format_seconds(bite.duration)}
            _add_element(
                item,
                PODCAST,
                "soundbite",
                plain_text.fit_bytes(plain_text.single_line(bite.title), MAX_NAME_CHARS),
                **times,
            )
        if episode.m4a:
            _add_alternate(item, show, episode.m4a)
        if episode.chapters:
            _add_element(item, PODCAST, "chapters", url=base + CHAPTERS, type=CHAPTERS_TYPE)
            _add_simple_chapters(item, episode.chapters)
        return item


def _add_alternate(item: Any, show: Show, audio: Audio) -> None:  # noqa: ANN401 - an lxml element
    """Add the same sound in another format."""
    rate = round(audio.size * 8 / audio.duration.total_seconds())
    about = {"type": M4A_TYPE, "length": str(audio.size), "bitrate": str(rate), "title": "AAC"}
    enclosure = _add_element(item, PODCAST, "alternateEnclosure", **about)
    _add_element(enclosure, PODCAST, "source", uri=show.address + audio.name)


def _format_seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.3f}"


def _add_simple_chapters(item: Any, chapters: Sequence[Chapter]) -> None:  # noqa: ANN401 - an lxml element
    """Add Podlove's simple chapters, which Spotify and most apps read."""
    parent = _add_element(item, PSC, "chapters", version="1.2")
    for chapter in chapters:
        url = plain_text.safe_link(chapter.url)
        about = {
            "start": plain_text.format_millis(chapter.start),
            "title": plain_text.single_line(chapter.title),
        }
        _add_element(parent, PSC, "chapter", **about, **({"href": url} if url else {}))
