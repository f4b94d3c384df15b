"""Pages of a long feed (RFC 5005): the newest episodes in feed.xml, older ones behind it.

A page holds the same numbers for ever, so a new episode leaves the bytes of the old pages alone, and a withdrawn one
changes only its own page. The pages are therefore counted from the oldest: feed-1.xml holds the first episodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Episode

FEED = "feed.xml"


@dataclass(frozen=True, slots=True)
class Page:
    """Page of a feed: file name, episodes, and links to other pages by relation."""

    name: str
    episodes: tuple[Episode, ...]
    links: tuple[tuple[str, str], ...] = ()


def newest_first(episodes: Sequence[Episode]) -> list[Episode]:
    """Sort episodes for feeds and pages; of two at one moment the higher number is newer."""
    return sorted(episodes, key=lambda episode: (episode.published, episode.number), reverse=True)


def split_pages(episodes: Sequence[Episode], size: int = 0) -> list[Page]:
    """Split episodes into pages of `size` numbers, newest first; feed.xml has at least `size`."""
    if not size:
        return [Page(FEED, tuple(newest_first(episodes)))]
    ordered = sorted(episodes, key=lambda episode: episode.number, reverse=True)
    groups = [
        (page_number, list(episodes_of_page))
        for page_number, episodes_of_page in groupby(ordered, lambda episode: (episode.number - 1) // size)
    ]
    # The newest numbers do not fill a page of their own yet: they stand together with the last full one.
    if len(groups) > 1 and ordered[0].number % size:
        (_, newest), (page_number, before), *older = groups
        groups = [(page_number, newest + before), *older]
    names = [FEED, *(f"feed-{page_number + 1}.xml" for page_number, _ in groups[1:])]
    return [
        Page(name, tuple(newest_first(episodes_of_page)), _page_links(names, position))
        for position, (name, (_, episodes_of_page)) in enumerate(zip(names, groups or [(0, [])], strict=True))
    ]


def _page_links(names: Sequence[str], position: int) -> tuple[tuple[str, str], ...]:
    """Return the links of the page at that position, as RFC 5005 names them."""
    if len(names) == 1:
        return ()
    links = [("first", names[0]), ("last", names[-1])]
    links += [("prev", names[position - 1])] if position else []
    links += [("next", names[position + 1])] if position + 1 < len(names) else []
    return tuple(links)
