"""What the servers say that a feed names: is everything there, of the length and type that the feed gives it?

Requests run side by side; what they find stands in the feed's order. `feed.checker.probe` looks at one file.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from feed.checker import check_feed, detect, probe
from feed.checker.probe import NOT_MODIFIED, OK, Place
from feed.checker.rules.finding import APPLE, RSS, WEB, Finding, Spot, shown
from feed.checker.rules.item_rules import LOOPBACK
from feed.checker.rules.json_entries import entries
from feed.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from feed.checker.probe import Ask, Reply

    Job = Callable[[], Iterable[Finding]]

SIDE_BY_SIDE = 8
"""Requests at a time."""

PAGES = 100
"""Pages of an archive that are walked."""

SLOWEST = 1.0
"""Seconds in which 叮当 wants an answer."""

FEED_TYPES = ("application/rss+xml", "application/xml", "text/xml")


def look(
    reply: Reply,
    url: str,
    kind: str,
    ask: Ask,
    *,
    now: datetime | None,
    episodes: int,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Finding, ...]:
    """All that can be found about the file at an address: by its rules, and by asking the servers that it names.

    `reply` is the file as it was fetched; of the newest `episodes` sound, transcripts and chapters are asked for.
    """
    found = check_feed.check_file(reply.content, kind, now=now, address=url)
    jobs: list[Job] = [partial(_served, ask, url, reply, kind)]
    if kind == "podcast" and isinstance(show := check_feed.channel_of(reply.content), Spot):
        jobs += _podcast(ask, show, episodes)
        jobs.append(partial(_archive, ask, show, url, now))
    elif kind in {"alexa", "dingdang", "iflyos"}:
        jobs += _speaker(ask, reply.content, kind)
    return (*found, *_side_by_side(jobs, told))


def _side_by_side(jobs: Sequence[Job], told: Callable[[int, int], None]) -> Iterator[Finding]:
    told(0, len(jobs))
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for done, findings in enumerate(pool.map(lambda job: list(job()), jobs), 1):
            told(done, len(jobs))
            yield from findings


def _served(ask: Ask, url: str, reply: Reply, kind: str) -> Iterator[Finding]:
    """The file itself: its type, its validators, HEAD."""
    here = Place("the address", 0, url)
    if kind == "podcast" and reply.kind not in FEED_TYPES:
        cure = "serve it as application/rss+xml"
        yield here.error("feed-type", f"is served as {shown(reply.kind)}", cure, RSS)
    if (
        reply.headers.get("content-encoding")
        and "accept-encoding" not in reply.headers.get("vary", "").lower()
    ):
        cure = "send Vary: Accept-Encoding, or caches give packed bytes to those who cannot read them"
        yield here.warning("feed-vary", "is packed without saying that it may vary", cure, "RFC 9110")
    if kind == "alexa" and url.startswith("http:") and not LOOPBACK.match(url):
        yield here.error("alexa-endpoint", "is a http address", "serve it by https", "Alexa")
    if kind == "dingdang" and reply.seconds > SLOWEST:
        cure = "let a cache or CDN answer"
        yield here.warning("dingdang-slow", f"took {reply.seconds:.1f} s to answer", cure, "叮当")
    yield from probe.asked(here, partial(_polled, ask, here, reply))


def _polled(ask: Ask, here: Place, reply: Reply) -> Iterator[Finding]:
    """A poll without news costs nothing."""
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


def _podcast(ask: Ask, show: Spot, episodes: int) -> list[Job]:
    jobs: list[Job] = []
    items = [
        replace(show, element=one, place=check_feed.item_name(one, number))
        for number, one in enumerate(show.every("item"), 1)
    ][:episodes]
    covers: dict[str, Place] = {}
    for at in (show, *items):
        image = at.one("itunes:image")
        if image is not None and WEB.fullmatch(image.get("href") or ""):
            place = _place(at, image, "href")
            covers.setdefault(place.url, place)
    jobs += [partial(probe.asked, place, partial(probe.cover, ask, place)) for place in covers.values()]
    for at in items:
        jobs += _item(ask, at)
    return jobs


_FILES = (
    ("enclosure", probe.sound),
    ("podcast:transcript", probe.transcript),
    ("podcast:chapters", probe.chapters),
)
"""What an item names, and who looks at it."""


def _item(ask: Ask, at: Spot) -> Iterator[Job]:
    for tag, job in (
        ("enclosure", probe.sound),
        ("podcast:transcript", probe.transcript),
        ("podcast:chapters", probe.chapters),
    ):
        for one in at.every(tag):
            place = _place(at, one, "url")
            if WEB.fullmatch(place.url):
                yield partial(probe.asked, place, partial(job, ask, place, at, one))


def _place(at: Spot, element: Element, name: str) -> Place:
    return Place(at.place, getattr(element, "sourceline", None) or 0, element.get(name) or "")


def _archive(ask: Ask, show: Spot, url: str, now: datetime | None) -> Iterator[Finding]:
    """The older pages: each is there, has no fault of its own and no episode of another."""
    guids = {(one.findtext("guid") or "").strip() for one in show.every("item")}
    seen, page = {url}, show
    while (here := _next(page)) and WEB.fullmatch(here.url) and len(seen) < PAGES:
        if here.url in seen:
            yield here.error(
                "page-loop", "leads back to a page before it", "end with a page without next", "RFC 5005"
            )
            return
        seen.add(here.url)
        try:
            reply = probe.fetched(ask, here.url)
        except Unreadable as error:
            yield here.error(
                "page-missing", f"names a next page that is not there: {error}", "put it there", "RFC 5005"
            )
            return
        yield from probe.within(here, check_feed.check(reply.content, now=now, address=here.url))
        found = check_feed.channel_of(reply.content)
        if not isinstance(found, Spot):
            return
        page = found
        own = {(one.findtext("guid") or "").strip() for one in page.every("item")}
        if guids & own:
            cure = "let each episode stand on one page"
            yield here.error(
                "page-repeats", "names a page with an episode of an earlier page", cure, "RFC 5005"
            )
        guids |= own


def _next(page: Spot) -> Place | None:
    link = next((link for link in page.every("atom:link") if link.get("rel") == "next"), None)
    return None if link is None else replace(_place(page, link, "href"), name="the archive")


def _speaker(ask: Ask, data: bytes, kind: str) -> Iterator[Job]:
    """The sounds that a speaker's feed names are there."""
    if detect.recognised(data) == "podcast":
        found = check_feed.channel_of(data)
        pairs = [(at, "url") for at in found.every("item/enclosure")] if isinstance(found, Spot) else []
        places = [_place(found, one, name) for one, name in pairs] if isinstance(found, Spot) else []
    else:
        _, listed = entries(data.decode("utf-8", "replace"), "", "item", kind)
        places = [Place(one.place, one.line, one.text("streamUrl")) for one in listed]
    for place in places:
        if WEB.fullmatch(place.url):
            yield partial(probe.asked, place, partial(probe.streamed, ask, place, kind))
