"""Pages for people: the show with its latest episode, and an episode with its transcript. Home of jinja2.

Plain HTML that needs no script: the browser's own player, links with time fragments, everything escaped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from feed.rss import AI_NOTICE, FEED, page_name, stamp, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Episode, Show

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = 30
"""Episodes that the show's page lists; the feed has all."""


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"stamp": stamp, "page": page_name, "stem": stem, "minutes": _minutes, "day": _day}
    environment.globals |= {"notice": AI_NOTICE, "feed": FEED}
    return environment


def index(show: Show, episodes: Sequence[Episode]) -> bytes:
    """The show's page, newest episode first."""
    ordered = sorted(episodes, key=lambda episode: episode.published, reverse=True)
    page = _templates().get_template("index.html")
    return page.render(show=show, latest=ordered[0] if ordered else None, older=ordered[1:SHOWN]).encode()


def episode(show: Show, about: Episode) -> bytes:
    """The page of one episode, with who said what."""
    waiting = list(about.chapters)
    rows = []
    for cue in about.cues:
        begun = waiting.pop(0) if waiting and waiting[0].start <= cue.start else None
        rows.append((begun, cue))
    return _templates().get_template("episode.html").render(show=show, episode=about, rows=rows).encode()


def _minutes(about: Episode) -> str:
    seconds = round(about.duration.total_seconds())
    return f"{seconds // 60} 分 {seconds % 60:02} 秒"


def _day(about: Episode) -> str:
    return f"{about.published.year}年{about.published.month}月{about.published.day}日"
