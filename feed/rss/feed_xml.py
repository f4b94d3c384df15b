"""(Show, episodes) → the feed's bytes. Pure, and the home of feedgen.

Valid for Apple, PSP-1 and Podcasting 2.0. feedgen 1.0.0 knows only yes/no for explicit and has no podcast:
namespace, so an extension of ours writes what it lacks; it dates the feed with the clock, so the newest
episode dates ours: the same input gives the same bytes, and the ETag stays when nothing has changed.
"""

from __future__ import annotations

import html
import re
import uuid
from email.utils import format_datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feed import plain_text
from feed.errors import InvalidShow
from feed.model import COVER_SIDE
from feed.rss import validate
from feed.rss.paging import paged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from feed.model import Audio, Chapter, Correction, Episode, Person, Show
    from feed.rss.paging import Page

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"
ATOM = "http://www.w3.org/2005/Atom"

GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of podcast:guid (podcast-namespace, docs/tags/guid.md)."""

LONGEST_DESCRIPTION = 4000
"""Bytes (Apple, PSP-1)."""

LONGEST_CORRECTION = 600
"""Bytes of one correction in the notes; the page has all of it."""

LEAST = 60
"""Bytes below which a cut summary says nothing."""

LONGEST_TEXT = 255
"""Of titles and names (Apple, PSP-1); counted in bytes, the stricter reading."""

TRANSCRIPTS = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json"}
"""The forms of a transcript: how their names end and their types."""

HASH = r"-[0-9a-f]{12}$"
"""What ends the name of a recording, before its ending: a part of the SHA-256 of its sound."""

CHAPTERS = ".chapters.json"
CAPTIONS = (".vtt", ".srt")
"""The transcripts whose lines are short enough to be read while they are heard."""

CHAPTERS_TYPE = "application/json+chapters"
FEED_TYPE = "application/rss+xml"
M4A = "audio/x-m4a"
"""As Apple names it."""

LONGEST_NAME = 128
"""Of persons and soundbites (podcast-namespace)."""

AI_NOTICE = "本节目的语音由人工智能合成。"
"""What Apple and GB 45438-2025 want to be said in the metadata of a programme that a machine reads."""


def podcast_guid(feed_url: str) -> str:
    """The Podcasting 2.0 guid that a feed's first address gives it; made once, then stored."""
    return str(uuid.uuid5(GUID_NAMESPACE, re.sub(r"^\w+://", "", feed_url).rstrip("/")))


def render(show: Show, episodes: Sequence[Episode]) -> bytes:
    """The feed with all episodes in it, newest first; raises as `feeds`."""
    return feeds(show, episodes)[-1][1]


def feeds(show: Show, episodes: Sequence[Episode], size: int = 0) -> list[tuple[str, bytes]]:
    """The feeds of a show by name, the oldest page first and `FEED` last, with `size` episodes each (0: all in one).

    Raises `InvalidShow` for what no directory would take.
    """
    for problem in validate.problems(show, episodes):
        raise InvalidShow(problem)
    return [(page.name, _rendered(show, page)) for page in reversed(paged(episodes, size))]


def _rendered(show: Show, page: Page) -> bytes:
    generator = _channel(show, page)
    for episode in page.episodes:
        _item(generator, show, episode)
    generator.p20.set(show, page)
    return bytes(generator.rss_str(pretty=True))


def stem(episode: Episode) -> str:
    """The audio's name without its ending: what belongs to a recording is named like it."""
    return episode.audio.removesuffix(".mp3")


def page_name(episode: Episode) -> str:
    """The episode's page below the show's address; a correction changes the audio's name, never the page's."""
    return page_of(episode.audio)


def page_of(audio: str) -> str:
    """The page of the edition that a recording of this name is of."""
    return f"{re.sub(HASH, '', audio.removesuffix('.mp3'))}.html"


def corrected(correction: Correction) -> str:
    """A correction as listeners read it."""
    when = correction.when
    return f"更正（{when.year}年{when.month}月{when.day}日{when:%H:%M}）：{plain_text.line(correction.what)}"


def notes(show: Show, episode: Episode) -> str:
    """Show notes as safe HTML: what was corrected, the summary, the chapters with their sources, the AI notice.

    They keep within the directories' limit; what is cut is the summary, and of very many chapters the last.
    """
    page = html.escape(show.address + page_name(episode))
    told = "".join(f"<p>{html.escape(one)}</p>" for one in _corrections(episode))
    tail = f'<p><a href="{page}">文字稿与新闻来源</a></p><p>{AI_NOTICE}</p>'
    room = LONGEST_DESCRIPTION - _size(told + tail + "<p></p><ul></ul>")
    rows = _within([f"<li>{_noted(chapter)}</li>" for chapter in episode.chapters], room)
    summary = _escaped_within(plain_text.line(episode.summary), room - _size("".join(rows)))
    chapters = f"<ul>{''.join(rows)}</ul>" if rows else ""
    return told + (f"<p>{summary}</p>" if summary else "") + chapters + tail


def description(show: Show, episode: Episode) -> str:
    """The same as plain text: the summary, the chapters with their times, the page's address, the AI notice."""
    page = show.address + page_name(episode)
    told = "".join(f"{one}\n\n" for one in _corrections(episode))
    tail = f"\n\n文字稿与新闻来源：{page}\n\n{AI_NOTICE}"
    room = LONGEST_DESCRIPTION - _size(told + tail + "\n\n")
    lines = [
        f"{plain_text.stamp(chapter.start)} {plain_text.line(chapter.title)}\n"
        for chapter in episode.chapters
    ]
    rows = "".join(_within(lines, room)).strip()
    summary = _fitting(plain_text.clean(episode.summary).strip(), room - _size(rows))
    return told + "\n\n".join(filter(None, (summary, rows))) + tail


def _corrections(episode: Episode) -> list[str]:
    """What was corrected, the newest first; of very many the newest."""
    told = [plain_text.fitting(corrected(one), LONGEST_CORRECTION) for one in reversed(episode.corrections)]
    return _within(told, LONGEST_DESCRIPTION // 2)


def _within(rows: Sequence[str], room: int) -> list[str]:
    """As many rows, from the first, as there is room for in bytes."""
    sizes = accumulate(map(_size, rows))
    return [row for row, size in zip(rows, sizes, strict=True) if size <= room]


def _fitting(text: str, room: int) -> str:
    """A text in so many bytes, cut behind a sentence; nothing where there is no room for one."""
    return plain_text.fitting(text, room) if room >= LEAST else ""


def _escaped_within(text: str, room: int) -> str:
    """A text as HTML in so many bytes, cut behind a sentence or in front of an escaped character, never in it."""
    return re.sub(r"&[^;]{0,6}…$", "…", _fitting(html.escape(text), room))


def _size(text: str) -> int:
    return len(text.encode())


def _noted(chapter: Chapter) -> str:
    title, url = html.escape(plain_text.line(chapter.title)), plain_text.link(chapter.url)
    if url:
        title = f'<a href="{html.escape(url)}">{title}</a>'
    return f"{plain_text.stamp(chapter.start)} {title}"


def _short(text: str) -> str:
    return plain_text.fitting(plain_text.line(text), LONGEST_TEXT)


def _channel(show: Show, page: Page) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("podcast")
    # feedgen has given the name "podcast" to Apple's tags.
    generator.register_extension("p20", _ShowExtension, _EpisodeExtension, atom=False)
    title, author, cover = _short(show.title), _short(show.author), show.address + show.cover
    generator.title(title)
    generator.description(plain_text.fitting(plain_text.clean(show.description).strip(), LONGEST_DESCRIPTION))
    # The last link is the channel's; the feed's own address goes first.
    generator.link(href=show.address + page.name, rel="self", type=FEED_TYPE)
    generator.link(href=show.address, rel="alternate")
    generator.language(show.language)
    generator.copyright(_short(show.copyright))
    generator.generator("briefing")
    generator.image(url=cover, title=title, link=show.address)
    generator.podcast.itunes_author(author)
    generator.podcast.itunes_owner(name=author, email=show.email)
    generator.podcast.itunes_image(cover)
    generator.podcast.itunes_type("episodic")
    category, sub = show.category
    generator.podcast.itunes_category({"cat": category} | ({"sub": sub} if sub else {}))
    return generator


def _item(generator: FeedGenerator, show: Show, episode: Episode) -> None:
    entry = generator.add_entry(order="append")
    entry.guid(episode.guid, permalink=False)
    entry.title(_short(episode.title))
    entry.link(href=show.address + page_name(episode))
    entry.description(description(show, episode))
    entry.content(notes(show, episode), type="CDATA")
    entry.published(episode.published)
    entry.enclosure(show.address + episode.audio, str(episode.size), "audio/mpeg")
    entry.podcast.itunes_duration(max(1, round(episode.duration.total_seconds())))
    entry.podcast.itunes_season(episode.season)
    entry.podcast.itunes_episode(episode.number)
    entry.podcast.itunes_episode_type("full")
    entry.p20.set(show, episode)


def _add(parent: Any, space: str, tag: str, text: str | None = None, **about: str) -> Any:  # noqa: ANN401 - lxml elements
    element = etree.SubElement(parent, f"{{{space}}}{tag}", about)
    element.text = text
    return element


def _said(flag: bool) -> str:  # noqa: FBT001 - the flag is what is said
    """As Apple spells it today; feedgen would write yes or no."""
    return "true" if flag else "false"


class _ShowExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """What feedgen cannot say of a show, or says with the clock."""

    def __init__(self) -> None:
        self._about: tuple[Show, Page] | None = None

    def set(self, show: Show, page: Page) -> None:
        """The show to speak of, and which of its feeds this is."""
        self._about = show, page

    def extend_ns(self) -> dict[str, str]:
        """Declared on <rss>, also for the items."""
        return {"podcast": PODCAST, "psc": PSC}

    def extend_rss(self, rss: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Add the channel's own elements; feedgen calls this before it adds the items."""
        if self._about is None:
            return rss
        show, page = self._about
        channel = rss[0]
        _date(channel, page.episodes)
        for relation, name in page.links:
            _add(channel, ATOM, "link", rel=relation, href=show.address + name, type=FEED_TYPE)
        if show.hub:
            _add(channel, ATOM, "link", rel="hub", href=show.hub)
        _add(channel, ITUNES, "explicit", _said(show.explicit))
        _add(channel, PODCAST, "guid", show.guid)
        _add(channel, PODCAST, "locked", "yes", owner=show.email)
        _add(channel, PODCAST, "medium", "podcast")
        _add(channel, PODCAST, "txt", "true", purpose="ai-content")
        _add(channel, PODCAST, "updateFrequency", show.rhythm.text, rrule=show.rhythm.rule)
        _persons(channel, show.persons)
        _cover(channel, show)
        return rss


def _date(channel: Any, episodes: Sequence[Episode]) -> None:  # noqa: ANN401 - an lxml element
    """Put the newest news's date in place of feedgen's clock; a show that has none yet has no date."""
    clock = channel.find("lastBuildDate")
    if episodes:
        clock.text = format_datetime(max(episode.updated for episode in episodes))
    else:
        channel.remove(clock)


def _cover(channel: Any, show: Show) -> None:  # noqa: ANN401 - an lxml element
    """The cover with what it shows, for those who cannot see it."""
    about = {"alt": _short(f"{show.title}的封面"), "aspect-ratio": "1/1", "purpose": "artwork"}
    about |= {"width": str(COVER_SIDE), "type": "image/png" if show.cover.endswith(".png") else "image/jpeg"}
    _add(channel, PODCAST, "image", href=show.address + show.cover, **about)


def _persons(parent: Any, persons: Iterable[Person]) -> None:  # noqa: ANN401 - an lxml element
    for person in persons:
        name = plain_text.fitting(plain_text.line(person.name), LONGEST_NAME)
        _add(parent, PODCAST, "person", name, role=person.role, group=person.group)


class _EpisodeExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    """What feedgen cannot say of an episode."""

    def __init__(self) -> None:
        self._about: tuple[Show, Episode] | None = None

    def set(self, show: Show, episode: Episode) -> None:
        """The episode to speak of."""
        self._about = show, episode

    def extend_rss(self, item: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Add the item's own elements."""
        if self._about is None:
            return item
        show, episode = self._about
        base = show.address + stem(episode)
        _add(item, ITUNES, "explicit", _said(show.explicit))
        _add(item, PODCAST, "season", str(episode.season), name=f"{episode.season}年")
        _add(item, PODCAST, "episode", str(episode.number))
        _add(item, PODCAST, "txt", "true", purpose="ai-content")
        for suffix, kind in TRANSCRIPTS.items():
            captions = {"rel": "captions"} if suffix in CAPTIONS else {}
            _add(
                item, PODCAST, "transcript", url=base + suffix, type=kind, language=show.language, **captions
            )
        _persons(item, episode.persons)
        for bite in episode.soundbites:
            times = {"startTime": _seconds(bite.start), "duration": _seconds(bite.duration)}
            _add(
                item,
                PODCAST,
                "soundbite",
                plain_text.fitting(plain_text.line(bite.title), LONGEST_NAME),
                **times,
            )
        if episode.m4a:
            _alternate(item, show, episode.m4a)
        if episode.chapters:
            _add(item, PODCAST, "chapters", url=base + CHAPTERS, type=CHAPTERS_TYPE)
            _simple(item, episode.chapters)
        return item


def _alternate(item: Any, show: Show, audio: Audio) -> None:  # noqa: ANN401 - an lxml element
    """The same sound in another form, for apps that like it better."""
    rate = round(audio.size * 8 / audio.duration.total_seconds())
    about = {"type": M4A, "length": str(audio.size), "bitrate": str(rate), "title": "AAC"}
    enclosure = _add(item, PODCAST, "alternateEnclosure", **about)
    _add(enclosure, PODCAST, "source", uri=show.address + audio.name)


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.3f}"


def _simple(item: Any, chapters: Sequence[Chapter]) -> None:  # noqa: ANN401 - an lxml element
    """Podlove's simple chapters, which Spotify and most apps of today read."""
    parent = _add(item, PSC, "chapters", version="1.2")
    for chapter in chapters:
        url = plain_text.link(chapter.url)
        about = {"start": plain_text.clock(chapter.start), "title": plain_text.line(chapter.title)}
        _add(parent, PSC, "chapter", **about, **({"href": url} if url else {}))
