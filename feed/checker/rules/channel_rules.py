"""What the directories ask of a show."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules import feed_dates
from feed.checker.rules.finding import APPLE, PSP, RSS, WEB, missing, shown
from feed.rss.apple_categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feed.checker.rules.finding import Finding, Rule, Spot

REQUIRED = ("title", "description", "link", "language", "itunes:explicit")
SINGLE = ("title", "description", "link", "language", "itunes:explicit", "itunes:image", "itunes:type")
LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik
io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml
mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd
se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi
vo wa wo xh yi yo za zh zu
"""
"""ISO 639-1, as words."""

SHORT = ("itunes:author", "itunes:title", "itunes:subtitle", "itunes:owner/itunes:name", "copyright")
LONGEST = 255
"""Bytes, the stricter reading of PSP-1 and Apple."""

LINKED = ("next", "prev", "first", "last", "hub")
PAGING = "RFC 5005"
COVER = re.compile(r"https?://[!-~]+\.(?:jpg|png)")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _required(at: Spot) -> Iterator[Finding]:
    for name in REQUIRED:
        if missing(at.text(name)):
            yield at.error(f"channel-{name}", f"has no {name}", f"add <{name}>", PSP)


def _single(at: Spot) -> Iterator[Finding]:
    for name in SINGLE:
        if len(at.every(name)) > 1:
            yield at.error(
                f"repeated-{name}", f"has more than one {name}", "keep one; apps read any", RSS, name
            )


def _link(at: Spot) -> Iterator[Finding]:
    link = at.text("link") or ""
    if link and not WEB.fullmatch(link):
        yield at.error("link", f"has the link {shown(link)}", "give an ASCII http(s) URL", APPLE, "link")


def _self_link(at: Spot) -> Iterator[Finding]:
    links = [link.get("href") or "" for link in at.every("atom:link") if link.get("rel") == "self"]
    if not links or not WEB.fullmatch(links[0]):
        yield at.error("self-link", "has no atom:link rel=self with its address", "add one", PSP)
    elif at.known.address and links[0] != at.known.address:
        cure = f"write {at.known.address}, or apps follow the other"
        yield at.error("self-address", f"calls itself {shown(links[0])}", cure, PSP, "atom:link")


def _language(at: Spot) -> Iterator[Finding]:
    language = at.text("language") or ""
    code, _, region = language.partition("-")
    if language and (code not in LANGUAGES.split() or not re.fullmatch(r"|[A-Za-z]{2,4}", region)):
        yield at.error(
            "language", f"has the language {shown(language)}", "use ISO 639, such as zh-cn", APPLE, "language"
        )


def explicit(at: Spot) -> Iterator[Finding]:
    """Apple and PSP-1 know two words; yes, no and clean are of yesterday."""
    said = at.text("itunes:explicit")
    if said and said not in {"true", "false"}:
        yield at.error(
            "explicit", f"has itunes:explicit {shown(said)}", "write true or false", APPLE, "itunes:explicit"
        )


def _category(at: Spot) -> Iterator[Finding]:
    categories = at.every("itunes:category")
    if not categories:
        yield at.error("category", "has no itunes:category", "add one, such as News", APPLE)
    for category in categories:
        name = category.get("text") or ""
        if name not in CATEGORIES:
            cure = "use one of Apple's, letter by letter"
            yield at.error("category", f"has the unknown category {shown(name)}", cure, APPLE, category)
            continue
        for child in category:
            sub = child.get("text") or ""
            if sub not in CATEGORIES[name]:
                cure = f"use one of Apple's below {name}, letter by letter"
                yield at.error("subcategory", f"has the unknown subcategory {shown(sub)}", cure, APPLE, child)


def _has_cover(at: Spot) -> Iterator[Finding]:
    if at.one("itunes:image") is None:
        cure = "add a square cover of 1400 to 3000 pixels"
        yield at.error("cover", "has no itunes:image", cure, APPLE, "itunes:image")


def cover(at: Spot) -> Iterator[Finding]:
    """A cover's address ends as its type does; Apple drops any other."""
    image = at.one("itunes:image")
    href = "" if image is None else image.get("href") or ""
    if image is not None and not COVER.fullmatch(href):
        cure = "give an ASCII URL that ends in .jpg or .png"
        yield at.error("cover", f"has the cover {shown(href)}", cure, APPLE, "itunes:image")


def _image(at: Spot) -> Iterator[Finding]:
    image = at.one("image")
    if image is None:
        return
    for name in ("title", "link"):
        said = at.text(name)
        if said and image.findtext(name) != said:
            cure = f"write the channel's {name}"
            yield at.warning(f"image-{name}", f"has an <image> with another {name}", cure, RSS, image)
    url = image.findtext("url") or ""
    if not WEB.fullmatch(url):
        yield at.error(
            "image-url", f"has an <image> at {shown(url)}", "give an ASCII http(s) URL", RSS, image
        )


def _owner(at: Spot) -> Iterator[Finding]:
    if not EMAIL.fullmatch(at.text("itunes:owner/itunes:email") or ""):
        cure = "add a role address; YouTube refuses a feed without"
        yield at.warning("owner", "has no itunes:owner with an e-mail", cure, "YouTube", "itunes:owner")


def texts(at: Spot) -> Iterator[Finding]:
    """Names and lines of a channel or an item are short; its title and description have rules of their own."""
    for name in SHORT:
        if (size := len((at.text(name) or "").encode())) > LONGEST:
            cure = f"keep it within {LONGEST}"
            yield at.error("text-length", f"has a {name} of {size} bytes", cure, PSP, name)


def _author(at: Spot) -> Iterator[Finding]:
    if missing(at.text("itunes:author")):
        yield at.warning(
            "author", "has no itunes:author", "add one; Spotify needs it", "Spotify", "itunes:author"
        )


def _type(at: Spot) -> Iterator[Finding]:
    said = at.text("itunes:type")
    if said is not None and said not in {"episodic", "serial"}:
        yield at.error(
            "type", f"has itunes:type {shown(said)}", "write episodic or serial", APPLE, "itunes:type"
        )


def yes_only(at: Spot) -> Iterator[Finding]:
    """Apple reads no other word here, so a "no" looks like one and is none."""
    for name in ("itunes:block", "itunes:complete"):
        said = at.text(name)
        if said is not None and said != "Yes":
            cure = "write Yes, or leave the element out"
            yield at.warning(name.partition(":")[2], f"has {name} {shown(said)}", cure, APPLE, name)


def _moved(at: Spot) -> Iterator[Finding]:
    url = at.text("itunes:new-feed-url")
    if url is not None and not WEB.fullmatch(url):
        cure = "give the new feed's ASCII URL"
        yield at.error("new-feed-url", f"has moved to {shown(url)}", cure, APPLE, "itunes:new-feed-url")


def _pages(at: Spot) -> Iterator[Finding]:
    """The other pages of a long archive (RFC 5005), and the hub that tells of news (WebSub)."""
    links = [link for link in at.every("atom:link") if link.get("rel") in LINKED]
    own = next((link.get("href") for link in at.every("atom:link") if link.get("rel") == "self"), None)
    for link in links:
        rel, href = link.get("rel"), link.get("href") or ""
        if not WEB.fullmatch(href):
            cure = "give an ASCII http(s) URL"
            yield at.error("page-link", f"has the {rel} link {shown(href)}", cure, PAGING, link)
        elif rel in {"next", "prev"} and href == own:
            cure = f"name the {rel} page, or leave the link out"
            yield at.error(
                "page-loop", f"has a {rel} link to itself, which apps follow for ever", cure, PAGING, link
            )
    rels = [link.get("rel") for link in links if link.get("rel") != "hub"]
    if len(rels) > len(set(rels)):
        cure = "keep one of each"
        yield at.error(
            "page-repeated", "has more than one link of a kind to other pages", cure, PAGING, links[0]
        )


def _built(at: Spot) -> Iterator[Finding]:
    said = at.text("lastBuildDate")
    if said is not None and feed_dates.read(said) is None:
        cure = "write it as in RFC 2822, with the offset"
        yield at.error("build-date", f"has the lastBuildDate {shown(said)}", cure, RSS, "lastBuildDate")


def _items(at: Spot) -> Iterator[Finding]:
    if not at.every("item"):
        yield at.warning("items", "has no episode", "publish one; directories list no empty show", "Spotify")


def _order(at: Spot) -> Iterator[Finding]:
    times = [when for item in at.every("item") if (when := feed_dates.read(item.findtext("pubDate") or ""))]
    if any(later > earlier for earlier, later in pairwise(times)):
        yield at.warning("order", "does not name the newest episode first", "sort by pubDate", "Spotify")


RULES: tuple[Rule, ...] = (
    *(_required, _single, _link, _self_link, _language, explicit, _category, _has_cover, cover, _image),
    *(_owner, texts, _author, _type, yes_only, _moved, _pages, _built, _items, _order),
)
"""All of them, in the order in which a person mends a feed."""
