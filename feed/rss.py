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
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feed import plain, valid
from feed.errors import InvalidShow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Chapter, Correction, Episode, Show

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"

GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of podcast:guid (podcast-namespace, docs/tags/guid.md)."""

FEED = "feed.xml"
LONGEST_DESCRIPTION = 4000
"""Bytes (Apple, PSP-1)."""

LONGEST_TEXT = 255
"""Of titles and names (Apple, PSP-1); counted in bytes, the stricter reading."""

TRANSCRIPTS = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json"}
"""The forms of a transcript: how their names end and their types."""

HASH = r"-[0-9a-f]{12}$"
"""What ends the name of a recording, before its ending: a part of the SHA-256 of its sound."""

CHAPTERS = ".chapters.json"
CHAPTERS_TYPE = "application/json+chapters"
AI_NOTICE = "本节目的语音由人工智能合成。"
"""What Apple and GB 45438-2025 want to be said in the metadata of a programme that a machine reads."""


def podcast_guid(feed_url: str) -> str:
    """The Podcasting 2.0 guid that a feed's first address gives it; made once, then stored."""
    return str(uuid.uuid5(GUID_NAMESPACE, re.sub(r"^\w+://", "", feed_url).rstrip("/")))


def render(show: Show, episodes: Sequence[Episode]) -> bytes:
    """The feed, newest episode first; raises `InvalidShow` for what no directory would take."""
    for problem in valid.problems(show, episodes):
        raise InvalidShow(problem)
    ordered = newest_first(episodes)
    generator = _channel(show)
    for episode in ordered:
        _item(generator, show, episode)
    generator.p20.set(show, ordered)
    return bytes(generator.rss_str(pretty=True))


def newest_first(episodes: Sequence[Episode]) -> list[Episode]:
    """The order of feeds and pages; of two at one moment the higher number is the newer."""
    return sorted(episodes, key=lambda episode: (episode.published, episode.number), reverse=True)


def stem(episode: Episode) -> str:
    """The audio's name without its ending: what belongs to a recording is named like it."""
    return episode.audio.removesuffix(".mp3")


def page_name(episode: Episode) -> str:
    """The episode's page below the show's address; a correction changes the audio's name, never the page's."""
    return f"{re.sub(HASH, '', stem(episode))}.html"


def corrected(correction: Correction) -> str:
    """A correction as listeners read it."""
    when = correction.when
    return f"更正（{when.year}年{when.month}月{when.day}日{when:%H:%M}）：{plain.line(correction.what)}"


def notes(episode: Episode) -> str:
    """Show notes as safe HTML: the summary, the chapters with time stamps and sources, the AI notice."""
    rows = "".join(f"<li>{_noted(chapter)}</li>" for chapter in episode.chapters)
    chapters = f"<ul>{rows}</ul>" if rows else ""
    return f"<p>{html.escape(plain.line(episode.summary))}</p>{chapters}<p>{AI_NOTICE}</p>"


def description(episode: Episode) -> str:
    """Show notes as plain text within the directories' limit; the AI notice is never what is cut."""
    lines = [f"{plain.stamp(chapter.start)} {plain.line(chapter.title)}" for chapter in episode.chapters]
    notice = f"\n\n{AI_NOTICE}"
    body = "\n".join([plain.clean(episode.summary).strip(), "", *lines]).strip()
    return plain.fitting(body, LONGEST_DESCRIPTION - len(notice.encode())) + notice


def _noted(chapter: Chapter) -> str:
    title, url = html.escape(plain.line(chapter.title)), plain.link(chapter.url)
    if url:
        title = f'<a href="{html.escape(url)}">{title}</a>'
    return f"{plain.stamp(chapter.start)} {title}"


def _short(text: str) -> str:
    return plain.fitting(plain.line(text), LONGEST_TEXT)


def _channel(show: Show) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("podcast")
    # feedgen has given the name "podcast" to Apple's tags.
    generator.register_extension("p20", _ShowExtension, _EpisodeExtension, atom=False)
    title, author, cover = _short(show.title), _short(show.author), urljoin(show.address, show.cover)
    generator.title(title)
    generator.description(plain.fitting(plain.clean(show.description).strip(), LONGEST_DESCRIPTION))
    # The last link is the channel's; the feed's own address goes first.
    generator.link(href=urljoin(show.address, FEED), rel="self", type="application/rss+xml")
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
    entry.link(href=urljoin(show.address, page_name(episode)))
    entry.description(description(episode))
    entry.content(notes(episode), type="CDATA")
    entry.published(episode.published)
    entry.enclosure(urljoin(show.address, episode.audio), str(episode.size), "audio/mpeg")
    entry.podcast.itunes_duration(max(1, round(episode.duration.total_seconds())))
    entry.podcast.itunes_episode(episode.number)
    entry.podcast.itunes_episode_type("full")
    entry.p20.set(show, episode)


def _add(parent: Any, space: str, name: str, text: str | None = None, **about: str) -> Any:  # noqa: ANN401 - lxml elements
    element = etree.SubElement(parent, f"{{{space}}}{name}", about)
    element.text = text
    return element


def _said(flag: bool) -> str:  # noqa: FBT001 - the flag is what is said
    """As Apple spells it today; feedgen would write yes or no."""
    return "true" if flag else "false"


class _ShowExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """What feedgen cannot say of a show, or says with the clock."""

    def __init__(self) -> None:
        self._about: tuple[Show, Sequence[Episode]] | None = None

    def set(self, show: Show, episodes: Sequence[Episode]) -> None:
        """The show to speak of, with its episodes, newest first."""
        self._about = show, episodes

    def extend_ns(self) -> dict[str, str]:
        """Declared on <rss>, also for the items."""
        return {"podcast": PODCAST, "psc": PSC}

    def extend_rss(self, rss: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Add the channel's own elements; feedgen calls this before it adds the items."""
        if self._about is None:
            return rss
        show, episodes = self._about
        channel = rss[0]
        _date(channel, episodes)
        _add(channel, ITUNES, "explicit", _said(show.explicit))
        _add(channel, PODCAST, "guid", show.guid)
        _add(channel, PODCAST, "locked", "yes", owner=show.email)
        _add(channel, PODCAST, "medium", "podcast")
        _add(channel, PODCAST, "txt", "true", purpose="ai-content")
        _add(channel, PODCAST, "updateFrequency", "每天", rrule="FREQ=DAILY")
        return rss


def _date(channel: Any, episodes: Sequence[Episode]) -> None:  # noqa: ANN401 - an lxml element
    """Put the newest episode's date in place of feedgen's clock; a show that has none yet has no date."""
    clock = channel.find("lastBuildDate")
    if episodes:
        clock.text = format_datetime(episodes[0].published)
    else:
        channel.remove(clock)


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
        base = urljoin(show.address, stem(episode))
        _add(item, ITUNES, "explicit", _said(show.explicit))
        _add(item, PODCAST, "txt", "true", purpose="ai-content")
        for suffix, kind in TRANSCRIPTS.items():
            _add(item, PODCAST, "transcript", url=base + suffix, type=kind, language=show.language)
        for speaker in dict.fromkeys(cue.speaker for cue in episode.cues):
            _add(item, PODCAST, "person", plain.fitting(plain.line(speaker), 128), role="host")
        if episode.chapters:
            _add(item, PODCAST, "chapters", url=base + CHAPTERS, type=CHAPTERS_TYPE)
            _simple(item, episode.chapters)
        return item


def _simple(item: Any, chapters: Sequence[Chapter]) -> None:  # noqa: ANN401 - an lxml element
    """Podlove's simple chapters, which Spotify and most apps of today read."""
    parent = _add(item, PSC, "chapters", version="1.2")
    for chapter in chapters:
        url = plain.link(chapter.url)
        about = {"start": plain.clock(chapter.start), "title": plain.line(chapter.title)}
        _add(parent, PSC, "chapter", **about, **({"href": url} if url else {}))
