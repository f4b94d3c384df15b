"""(Show, episodes) → the feed's bytes. Pure, and the home of feedgen.

Valid for Apple, PSP-1 and Podcasting 2.0. feedgen 1.0.0 knows only yes/no for explicit and has no podcast:
namespace, so an extension of ours writes what it lacks; it dates the feed with the clock, so the newest
episode dates ours: the same input gives the same bytes, and the ETag stays when nothing has changed.
"""

from __future__ import annotations

import html
import re
import unicodedata
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feed.errors import InvalidShow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Episode, Show

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"

GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of podcast:guid (podcast-namespace, docs/tags/guid.md)."""

FEED = "feed.xml"
LONGEST_DESCRIPTION = 4000
"""Bytes (Apple, PSP-1)."""

LONGEST_TITLE = 255
AI_NOTICE = "本节目的语音由人工智能合成。"
"""What Apple and GB 45438-2025 want to be said in the metadata of a programme that a machine reads."""


def podcast_guid(feed_url: str) -> str:
    """The Podcasting 2.0 guid that a feed's first address gives it; made once, then stored."""
    return str(uuid.uuid5(GUID_NAMESPACE, re.sub(r"^\w+://", "", feed_url).rstrip("/")))


def render(show: Show, episodes: Sequence[Episode]) -> bytes:
    """The feed, newest episode first; raises `InvalidShow` for what no directory would take."""
    for problem in _problems(show, episodes):
        raise InvalidShow(problem)
    ordered = sorted(episodes, key=lambda episode: (episode.published, episode.number), reverse=True)
    generator = _channel(show)
    for episode in ordered:
        _item(generator, show, episode)
    if ordered:
        generator.lastBuildDate(ordered[0].published)
    return bytes(generator.rss_str(pretty=True))


def clean(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs", "Cn"}
    )


def fitting(text: str, limit: int = LONGEST_DESCRIPTION) -> str:
    """Text within `limit` bytes of UTF-8, cut behind a sentence where one ends in time."""
    data = text.encode()
    if len(data) <= limit:
        return text
    short = data[:limit].decode(errors="ignore")
    ends = [found.end() for found in re.finditer(r"[。！？；\n]", short)]
    if ends:
        return short[: ends[-1]].rstrip()
    return data[: limit - len("…".encode())].decode(errors="ignore") + "…"


def stamp(at: timedelta) -> str:
    """HH:MM:SS, as chapters stand in the notes."""
    seconds = int(at.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def notes(episode: Episode) -> str:
    """Show notes as HTML: the summary, the chapters with time stamps and sources, the AI notice."""
    rows = [f"<p>{html.escape(clean(episode.summary))}</p>", "<ul>"]
    for chapter in episode.chapters:
        title = html.escape(clean(chapter.title))
        if chapter.url.startswith(("http://", "https://")):
            title = f'<a href="{html.escape(chapter.url)}">{title}</a>'
        rows.append(f"<li>{stamp(chapter.start)} {title}</li>")
    return "".join([*rows, "</ul>", f"<p>{AI_NOTICE}</p>"])


def description(episode: Episode) -> str:
    """Show notes as plain text, within the directories' limit."""
    lines = [
        clean(episode.summary),
        "",
        *(f"{stamp(one.start)} {clean(one.title)}" for one in episode.chapters),
    ]
    return fitting("\n".join([*lines, "", AI_NOTICE]))


def _problems(show: Show, episodes: Sequence[Episode]) -> list[str]:
    found = []
    if not re.fullmatch(r"https?://[!-~]+/", show.address):
        found.append(
            f"the address {show.address!r} is no ASCII URL with a final slash; mend it in the configuration"
        )
    if not show.cover.endswith((".jpg", ".png")):
        found.append(f"the cover {show.cover!r} must end in .jpg or .png; directories drop any other")
    for name, values in (
        ("guid", [one.guid for one in episodes]),
        ("audio", [one.audio for one in episodes]),
    ):
        twice = {value for value in values if values.count(value) > 1}
        found += [f"two episodes have the {name} {value}; each must have its own" for value in sorted(twice)]
    for episode in episodes:
        if episode.published.tzinfo is None:
            found.append(f"episode {episode.guid} has a date without a time zone; give it the show's")
        if not re.fullmatch(r"[A-Za-z0-9._-]+\.mp3", episode.audio):
            found.append(f"the audio {episode.audio!r} must be an ASCII file name that ends in .mp3")
        if episode.size <= 0 or episode.duration <= timedelta(0):
            found.append(f"episode {episode.guid} has no length; render it again")
    return found


def _channel(show: Show) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("podcast")
    generator.register_extension("p20", _ShowExtension, _EpisodeExtension, atom=False)
    generator.p20.set(show)
    generator.title(clean(show.title)[:LONGEST_TITLE])
    generator.description(fitting(clean(show.description)))
    # The last link is the channel's; the feed's own address goes first.
    generator.link(href=urljoin(show.address, FEED), rel="self", type="application/rss+xml")
    generator.link(href=show.address, rel="alternate")
    generator.language(show.language)
    generator.copyright(show.copyright)
    generator.generator("briefing")
    generator.image(url=urljoin(show.address, show.cover), title=clean(show.title), link=show.address)
    generator.podcast.itunes_author(clean(show.author))
    generator.podcast.itunes_owner(name=clean(show.author), email=show.email)
    generator.podcast.itunes_image(urljoin(show.address, show.cover))
    generator.podcast.itunes_type("episodic")
    generator.podcast.itunes_category({"cat": show.category[0], "sub": show.category[1]})
    return generator


def _item(generator: FeedGenerator, show: Show, episode: Episode) -> None:
    entry = generator.add_entry(order="append")
    entry.guid(episode.guid, permalink=False)
    entry.title(clean(episode.title)[:LONGEST_TITLE])
    entry.link(href=urljoin(show.address, page_name(episode)))
    entry.description(description(episode))
    entry.content(notes(episode), type="CDATA")
    entry.published(episode.published)
    entry.enclosure(urljoin(show.address, episode.audio), str(episode.size), "audio/mpeg")
    entry.podcast.itunes_duration(round(episode.duration.total_seconds()))
    entry.podcast.itunes_episode(episode.number)
    entry.podcast.itunes_episode_type("full")
    entry.p20.set(show, episode)


def page_name(episode: Episode) -> str:
    """The episode's page below the show's address."""
    return f"{stem(episode)}.html"


def stem(episode: Episode) -> str:
    """The audio's name without its ending: what belongs to a recording is named like it."""
    return episode.audio.removesuffix(".mp3")


class _ShowExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """What feedgen cannot say of a show."""

    def __init__(self) -> None:
        self._show: Show | None = None

    def set(self, show: Show) -> None:
        """The show to speak of."""
        self._show = show

    def extend_ns(self) -> dict[str, str]:
        """Declared on <rss>, also for the items."""
        return {"podcast": PODCAST, "psc": PSC}

    def extend_rss(self, rss: Any) -> Any:  # noqa: ANN401 - an lxml element
        """Add the channel's own elements."""
        show = self._show
        if show is None:
            return rss
        channel = rss[0]
        etree.SubElement(channel, f"{{{ITUNES}}}explicit").text = "false"
        etree.SubElement(channel, f"{{{PODCAST}}}guid").text = show.guid
        etree.SubElement(channel, f"{{{PODCAST}}}locked", owner=show.email).text = "yes"
        etree.SubElement(channel, f"{{{PODCAST}}}medium").text = "podcast"
        etree.SubElement(channel, f"{{{PODCAST}}}txt", purpose="ai-content").text = "true"
        etree.SubElement(channel, f"{{{PODCAST}}}updateFrequency", rrule="FREQ=DAILY").text = "每天"
        return rss


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
        etree.SubElement(item, f"{{{ITUNES}}}explicit").text = "false"
        etree.SubElement(item, f"{{{PODCAST}}}txt", purpose="ai-content").text = "true"
        for suffix, kind in (
            (".vtt", "text/vtt"),
            (".srt", "application/x-subrip"),
            (".json", "application/json"),
        ):
            etree.SubElement(
                item, f"{{{PODCAST}}}transcript", url=base + suffix, type=kind, language=show.language
            )
        chapters = {"url": f"{base}.chapters.json", "type": "application/json+chapters"}
        etree.SubElement(item, f"{{{PODCAST}}}chapters", chapters)
        for speaker in dict.fromkeys(cue.speaker for cue in episode.cues):
            etree.SubElement(item, f"{{{PODCAST}}}person", role="host").text = clean(speaker)
        simple = etree.SubElement(item, f"{{{PSC}}}chapters", version="1.2")
        for chapter in episode.chapters:
            about = {
                "start": f"{stamp(chapter.start)}.{chapter.start.microseconds // 1000:03}",
                "title": clean(chapter.title),
            }
            etree.SubElement(simple, f"{{{PSC}}}chapter", about)
        return item
