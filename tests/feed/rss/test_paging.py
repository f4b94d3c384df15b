"""Paging: every episode once, old pages that keep their bytes, and links that lead from one to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from feed.checker import check_feed
from feed.rss import feed_xml
from feed.rss.paging import split_pages

if TYPE_CHECKING:
    from feed.model import Episode, Show


def many(first: Episode, count: int) -> list[Episode]:
    """So many episodes, one a day."""
    return [
        replace(
            first,
            guid=f"guid-{number}",
            audio=f"{number}-0123456789ab.mp3",
            number=number,
            published=first.published + timedelta(days=number),
        )
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("count", "held"),
    [
        (0, [("feed.xml", [])]),
        (3, [("feed.xml", [3, 2, 1])]),
        (4, [("feed.xml", [4, 3, 2, 1])]),
        (6, [("feed.xml", [6, 5, 4]), ("feed-1.xml", [3, 2, 1])]),
        (8, [("feed.xml", [8, 7, 6, 5, 4]), ("feed-1.xml", [3, 2, 1])]),
        (9, [("feed.xml", [9, 8, 7]), ("feed-2.xml", [6, 5, 4]), ("feed-1.xml", [3, 2, 1])]),
    ],
)
def test_the_newest_are_in_the_feed_and_older_pages_count_from_the_oldest(
    first: Episode, count: int, held: list[tuple[str, list[int]]]
) -> None:
    """The feed has at least three, an older page has exactly its three."""
    pages = split_pages(many(first, count), 3)
    assert [(page.name, [one.number for one in page.episodes]) for page in pages] == held


def test_one_feed_holds_all_where_no_size_is_asked_for(first: Episode) -> None:
    """And is linked to nothing."""
    [page] = split_pages(many(first, 9))
    assert (page.name, len(page.episodes), page.links) == ("feed.xml", 9, ())


def test_pages_are_linked_as_rfc_5005_has_it(show: Show, first: Episode) -> None:
    """First and last everywhere, prev and next where there is one, self by its own name; none breaks a rule."""
    names = {}
    for name, data in feed_xml.render_feeds(show, many(first, 9), 3):
        links = etree.fromstring(data).find("channel").findall("{http://www.w3.org/2005/Atom}link")
        names[name] = {one.get("rel"): one.get("href").removeprefix(show.address) for one in links}
        assert [one for one in check_feed.check_podcast(data) if one.severity == "error"] == []
    ends = {"first": "feed.xml", "last": "feed-1.xml"}
    assert names == {
        "feed-1.xml": {"self": "feed-1.xml", "prev": "feed-2.xml"} | ends,
        "feed-2.xml": {"self": "feed-2.xml", "prev": "feed.xml", "next": "feed-1.xml"} | ends,
        "feed.xml": {"self": "feed.xml", "next": "feed-2.xml"} | ends,
    }


def test_a_new_episode_leaves_the_bytes_of_older_pages_alone(show: Show, first: Episode) -> None:
    """Their ETag stays; only the feed itself is fetched again."""
    before, after = (dict(feed_xml.render_feeds(show, many(first, count), 3)) for count in (9, 10))
    assert {name for name in after if before.get(name) != after[name]} == {"feed.xml"}


def test_a_page_more_changes_only_its_neighbour(show: Show, first: Episode) -> None:
    """When numbers move out of the feed into a page of their own, the page after it gets another prev."""
    before, after = (dict(feed_xml.render_feeds(show, many(first, count), 3)) for count in (11, 12))
    assert {name for name in after if before.get(name) != after[name]} == {
        "feed.xml",
        "feed-3.xml",
        "feed-2.xml",
    }


def test_a_withdrawn_episode_changes_only_its_page(show: Show, first: Episode) -> None:
    """Numbers do not move up; a page without any is left out, and the others are linked."""
    episodes = many(first, 12)
    before = dict(feed_xml.render_feeds(show, episodes, 3))
    after = dict(feed_xml.render_feeds(show, [one for one in episodes if one.number != 5], 3))
    assert {name for name in after if before[name] != after[name]} == {"feed-2.xml"}
    left = feed_xml.render_feeds(show, [one for one in episodes if one.number not in {4, 5, 6}], 3)
    assert [name for name, _ in left] == ["feed-1.xml", "feed-3.xml", "feed.xml"]
    assert b'rel="next" href="https://example.com/demo/feed-1.xml"' in left[1][1]
