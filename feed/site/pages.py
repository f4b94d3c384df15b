"""Web pages of a show and of its episodes, with transcripts. Home of jinja2.

Plain HTML that plays, reads and prints without a script: the browser's own player, links with time fragments,
everything escaped. One small script of ours, a file of its own, lets those links move the player on the page
and marks the sentence that is spoken.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

import jinja2

from feed import plain_text
from feed.episode_names import audio_stem, page_name
from feed.rss.feed_xml import AI_NOTICE, correction_line
from feed.rss.paging import FEED, newest_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Chapter, Cue, Episode, Show

TEMPLATES = Path(__file__).parent / "templates"
STYLE = "style.css"
ASSETS = (STYLE, "follow.js")
"""Files of `TEMPLATES` that the pages link to, published as they are."""

MAX_LISTED = 30
"""Episodes that the show's page lists; the feed has all."""

WEEKDAYS = "一二三四五六日"
APPS = (
    ("Apple 播客", "podcast://{bare}"),
    ("Pocket Casts", "pktc://subscribe/{bare}"),
    ("Overcast", "overcast://x-callback-url/add?url={quoted}"),
    ("AntennaPod", "antennapod-subscribe://{bare}"),
)
"""Apps that open a feed by a scheme of their own; `bare` is its address without scheme."""


@dataclass(frozen=True, slots=True)
class ListedShow:
    """Show on the list of all shows: folder, title, newest episode, cover ("" for none)."""

    slug: str
    title: str
    newest: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of the transcript: its chapter, or None, and the turns of its speakers."""

    chapter: Chapter | None
    turns: tuple[tuple[str, tuple[Cue, ...]], ...]


def render_index(show: Show, episodes: Sequence[Episode]) -> bytes:
    """Return the show's page, newest episode first."""
    latest, older = (ordered := newest_first(episodes))[:1], ordered[1:MAX_LISTED]
    page = _templates().get_template("index.html")
    return page.render(show=show, latest=latest, older=older, apps=_app_links(show)).encode()


def render_episode(show: Show, about: Episode) -> bytes:
    """Return the page of one episode with its transcript."""
    page = _templates().get_template("episode.html")
    return page.render(show=show, episode=about, passages=_split_passages(about)).encode()


def render_shows(shows: Sequence[ListedShow]) -> bytes:
    """Return the page that lists all shows."""
    return _templates().get_template("house.html").render(shows=shows).encode()


def render_missing() -> bytes:
    """Return the page for addresses where nothing is."""
    return _templates().get_template("missing.html").render().encode()


def render_withdrawn(show: Show, about: Episode) -> bytes:
    """Return the page of a withdrawn episode: that it was withdrawn, without its content."""
    page = _templates().get_template("withdrawn.html")
    return page.render(show=show, episode=about).encode()


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "page": page_name,
        "corrected": correction_line,
        "stem": audio_stem,
        "line": plain_text.single_line,
        "link": plain_text.safe_link,
    }
    environment.filters |= {
        "minutes": _format_length,
        "day": _format_day,
        "clock": _format_clock,
        "seconds": timedelta.total_seconds,
    }
    environment.globals |= {"notice": AI_NOTICE, "feed": FEED}
    return environment


def _split_passages(about: Episode) -> list[Passage]:
    """Group sentences by chapter; those before the first chapter have none."""
    starts = [chapter.start for chapter in about.chapters]
    cues_by_chapter: dict[int, list[Cue]] = {number: [] for number in range(len(starts))}
    for cue in about.cues:
        cues_by_chapter.setdefault(bisect_right(starts, cue.start) - 1, []).append(cue)
    return [
        Passage(about.chapters[number] if number >= 0 else None, _group_turns(cues))
        for number, cues in sorted(cues_by_chapter.items())
    ]


def _group_turns(cues: Sequence[Cue]) -> tuple[tuple[str, tuple[Cue, ...]], ...]:
    """Group consecutive sentences by speaker."""
    return tuple((speaker, tuple(turn)) for speaker, turn in groupby(cues, key=lambda cue: cue.speaker))


def _app_links(show: Show) -> list[tuple[str, str]]:
    address = urljoin(show.address, FEED)
    bare = address.partition("://")[2]
    return [(name, link.format(bare=bare, quoted=quote(address, safe=""))) for name, link in APPS]


def _format_length(about: Episode) -> str:
    minutes, seconds = divmod(round(about.duration.total_seconds()), 60)
    return f"{minutes}分{seconds:02}秒" if minutes else f"{seconds}秒"


def _format_day(about: Episode) -> str:
    """Return date and weekday; only the weekday if the title has the date."""
    day = f"{about.published.year}年{about.published.month}月{about.published.day}日"
    weekday = f"星期{WEEKDAYS[about.published.weekday()]}"
    return weekday if day in about.title else f"{day} {weekday}"


def _format_clock(position: timedelta) -> str:
    """Return M:SS, as players show it."""
    minutes, seconds = divmod(int(position.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"
