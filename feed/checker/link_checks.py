"""Checks of the files that a feed names: presence, length and type.

Requests run in parallel; findings keep the feed's order. `feed.checker.probe` checks one file.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from feed.checker import channel_parser, check_feed, detect, probe
from feed.checker.probe import NOT_MODIFIED, OK, LinkedPlace
from feed.checker.rules.finding import APPLE, RSS, WEB, FeedNode, Finding, quote_value
from feed.checker.rules.item_rules import LOOPBACK
from feed.checker.rules.json_entries import read_entries
from feed.errors import UnreadableFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from feed.checker.probe import Ask, Reply

    Job = Callable[[], Iterable[Finding]]

MAX_REQUESTS = 8
"""Requests at a time."""

MAX_PAGES = 100
"""Pages of an archive that are walked."""

MAX_SECONDS = 1.0
"""Seconds in which 叮当 expects an answer."""

FEED_TYPES = ("application/rss+xml", "application/xml", "text/xml")


def check_links(
    reply: Reply,
    url: str,
    kind: str,
    ask: Ask,
    *,
    now: datetime | None,
    episodes: int,
    report: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Finding, ...]:
    """Return all findings on the file at an address, from its rules and from its servers.

    `reply` is the file as it was fetched; of the newest `episodes` sound, transcripts and chapters are asked for.
    """
    findings = check_feed.check_file(reply.content, kind, now=now, address=url)
    jobs: list[Job] = [partial(_check_served, ask, url, reply, kind)]
    if kind == "podcast" and isinstance(show := channel_parser.find_channel(reply.content), FeedNode):
        jobs += _podcast_jobs(ask, show, episodes)
        jobs.append(partial(_check_archive, ask, show, url, now))
    elif kind in {"alexa", "dingdang", "iflyos"}:
        jobs += _speaker_jobs(ask, reply.content, kind)
    return (*findings, *_run_jobs(jobs, report))


def _run_jobs(jobs: Sequence[Job], report: Callable[[int, int], None]) -> Iterator[Finding]:
    report(0, len(jobs))
    with ThreadPoolExecutor(MAX_REQUESTS) as pool:
        for done, findings in enumerate(pool.map(lambda job: list(job()), jobs), 1):
            report(done, len(jobs))
            yield from findings


def _check_served(ask: Ask, url: str, reply: Reply, kind: str) -> Iterator[Finding]:
    """Check the answer for the file itself: type, validators, HEAD."""
    here = LinkedPlace("the address", 0, url)
    if kind == "podcast" and reply.kind not in FEED_TYPES:
        cure = "serve it as application/rss+xml"
        yield here.error("feed-type", f"is served as {quote_value(reply.kind)}", cure, RSS)
    if (
        reply.headers.get("content-encoding")
        and "accept-encoding" not in reply.headers.get("vary", "").lower()
    ):
        cure = "send Vary: Accept-Encoding, or caches give packed bytes to those who cannot read them"
        yield here.warning("feed-vary", "is packed without saying that it may vary", cure, "RFC 9110")
    if kind == "alexa" and url.startswith("http:") and not LOOPBACK.match(url):
        yield here.error("alexa-endpoint", "is a http address", "serve it by https", "Alexa")
    if kind == "dingdang" and reply.seconds > MAX_SECONDS:
        cure = "let a cache or CDN answer"
        yield here.warning("dingdang-slow", f"took {reply.seconds:.1f} s to answer", cure, "叮当")
    yield from probe.run_check(here, partial(_check_polling, ask, here, reply))


def _check_polling(ask: Ask, here: LinkedPlace, reply: Reply) -> Iterator[Finding]:
    """Check that a conditional request without news is answered by 304."""
    etag, modified = reply.headers.get("etag"), reply.headers.get("last-modified")
    if not etag and not modified:
        cure = "send ETag and Last-Modified"
        yield here.warning("feed-validator", "is sent without ETag and Last-Modified", cure, "RFC 9110")
        return
    headers = {"If-None-Match": etag} if etag else {"If-Modified-Since": str(modified)}
    again = ask("GET", here.url, headers, 1)
    if again.status != NOT_MODIFIED:
        cure = "answer 304 while nothing has changed"
        yield here.warning(
            "feed-unchanged", f"answers a poll without news by {again.status}", cure, "RFC 9110"
        )
    if (status := ask("HEAD", here.url, {}, 1).status) != OK:
        yield here.warning(
            "feed-head", f"answers HEAD by {status}", "answer it as GET, without the body", APPLE
        )


def _podcast_jobs(ask: Ask, show: FeedNode, episodes: int) -> list[Job]:
    jobs: list[Job] = []
    items = [
        replace(show, element=element, place=check_feed.item_name(element, number))
        for number, element in enumerate(show.all_children("item"), 1)
    ][:episodes]
    covers: dict[str, LinkedPlace] = {}
    for node in (show, *items):
        image = node.first_child("itunes:image")
        if image is not None and WEB.fullmatch(image.get("href") or ""):
            linked = _linked_place(node, image, "href")
            covers.setdefault(linked.url, linked)
    jobs += [
        partial(probe.run_check, linked, partial(probe.check_cover, ask, linked))
        for linked in covers.values()
    ]
    for node in items:
        jobs += _item_jobs(ask, node)
    return jobs


_FILES = (
    ("enclosure", probe.check_sound),
    ("podcast:transcript", probe.check_transcript),
    ("podcast:chapters", probe.check_chapters),
)
"""Elements of an item with a URL, and the check of each."""


def _item_jobs(ask: Ask, node: FeedNode) -> Iterator[Job]:
    for tag, job in (
        ("enclosure", probe.check_sound),
        ("podcast:transcript", probe.check_transcript),
        ("podcast:chapters", probe.check_chapters),
    ):
        for element in node.all_children(tag):
            linked = _linked_place(node, element, "url")
            if WEB.fullmatch(linked.url):
                yield partial(probe.run_check, linked, partial(job, ask, linked, node, element))


def _linked_place(node: FeedNode, element: Element, name: str) -> LinkedPlace:
    return LinkedPlace(node.place, getattr(element, "sourceline", None) or 0, element.get(name) or "")


def _check_archive(ask: Ask, show: FeedNode, url: str, now: datetime | None) -> Iterator[Finding]:
    """Check the older pages: each is there, is right, and repeats no episode."""
    guids = {(item.findtext("guid") or "").strip() for item in show.all_children("item")}
    visited, page = {url}, show
    while (here := _next_page(page)) and WEB.fullmatch(here.url) and len(visited) < MAX_PAGES:
        if here.url in visited:
            yield here.error(
                "page-loop", "leads back to a page before it", "end with a page without next", "RFC 5005"
            )
            return
        visited.add(here.url)
        try:
            reply = probe.fetch_file(ask, here.url)
        except UnreadableFeed as error:
            yield here.error(
                "page-missing", f"names a next page that is not there: {error}", "put it there", "RFC 5005"
            )
            return
        yield from probe.name_by_address(
            here, check_feed.check_podcast(reply.content, now=now, address=here.url)
        )
        channel = channel_parser.find_channel(reply.content)
        if not isinstance(channel, FeedNode):
            return
        page = channel
        own = {(item.findtext("guid") or "").strip() for item in page.all_children("item")}
        if guids & own:
            cure = "let each episode stand on one page"
            yield here.error(
                "page-repeats", "names a page with an episode of an earlier page", cure, "RFC 5005"
            )
        guids |= own


def _next_page(page: FeedNode) -> LinkedPlace | None:
    link = next((link for link in page.all_children("atom:link") if link.get("rel") == "next"), None)
    return None if link is None else replace(_linked_place(page, link, "href"), name="the archive")


def _speaker_jobs(ask: Ask, data: bytes, kind: str) -> Iterator[Job]:
    """Yield a check for each sound that a speaker's feed names."""
    if detect.detect_kind(data) == "podcast":
        channel = channel_parser.find_channel(data)
        if not isinstance(channel, FeedNode):
            return
        places = [
            _linked_place(channel, enclosure, "url") for enclosure in channel.all_children("item/enclosure")
        ]
    else:
        _, listed = read_entries(data.decode("utf-8", "replace"), "", "item", kind)
        places = [LinkedPlace(entry.place, entry.line, entry.text("streamUrl")) for entry in listed]
    for linked in places:
        if WEB.fullmatch(linked.url):
            yield partial(probe.run_check, linked, partial(probe.check_stream, ask, linked, kind))
