"""Rules of the directories for a show."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from feed.checker.rules import feed_dates
from feed.checker.rules.finding import APPLE, PSP, RSS, WEB, is_blank, quote_value
from feed.rss.apple_categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feed.checker.rules.finding import FeedNode, Finding, Rule

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
MAX_TEXT_BYTES = 255
"""Bytes, the stricter reading of PSP-1 and Apple."""

LINKED = ("next", "prev", "first", "last", "hub")
PAGING = "RFC 5005"
COVER = re.compile(r"https?://[!-~]+\.(?:jpg|png)")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _required_children(node: FeedNode) -> Iterator[Finding]:
    for name in REQUIRED:
        if is_blank(node.text(name)):
            yield node.error(f"channel-{name}", f"has no {name}", f"add <{name}>", PSP)


def _single_children(node: FeedNode) -> Iterator[Finding]:
    for name in SINGLE:
        if len(node.all_children(name)) > 1:
            yield node.error(
                f"repeated-{name}", f"has more than one {name}", "keep one; apps read any", RSS, name
            )


def _site_link(node: FeedNode) -> Iterator[Finding]:
    link = node.text("link") or ""
    if link and not WEB.fullmatch(link):
        yield node.error(
            "link", f"has the link {quote_value(link)}", "give an ASCII http(s) URL", APPLE, "link"
        )


def _self_link(node: FeedNode) -> Iterator[Finding]:
    links = [link.get("href") or "" for link in node.all_children("atom:link") if link.get("rel") == "self"]
    if not links or not WEB.fullmatch(links[0]):
        yield node.error("self-link", "has no atom:link rel=self with its address", "add one", PSP)
    elif node.known.address and links[0] != node.known.address:
        cure = f"write {node.known.address}, or apps follow the other"
        yield node.error("self-address", f"calls itself {quote_value(links[0])}", cure, PSP, "atom:link")


def _language_code(node: FeedNode) -> Iterator[Finding]:
    language = node.text("language") or ""
    code, _, region = language.partition("-")
    if language and (code not in LANGUAGES.split() or not re.fullmatch(r"|[A-Za-z]{2,4}", region)):
        yield node.error(
            "language",
            f"has the language {quote_value(language)}",
            "use ISO 639, such as zh-cn",
            APPLE,
            "language",
        )


def explicit_word(node: FeedNode) -> Iterator[Finding]:
    """Require true or false; yes, no and clean are no longer valid (Apple, PSP-1)."""
    value = node.text("itunes:explicit")
    if value and value not in {"true", "false"}:
        yield node.error(
            "explicit",
            f"has itunes:explicit {quote_value(value)}",
            "write true or false",
            APPLE,
            "itunes:explicit",
        )


def _known_category(node: FeedNode) -> Iterator[Finding]:
    categories = node.all_children("itunes:category")
    if not categories:
        yield node.error("category", "has no itunes:category", "add one, such as News", APPLE)
    for category in categories:
        name = category.get("text") or ""
        if name not in CATEGORIES:
            cure = "use one of Apple's, letter by letter"
            yield node.error(
                "category", f"has the unknown category {quote_value(name)}", cure, APPLE, category
            )
            continue
        for child in category:
            sub = child.get("text") or ""
            if sub not in CATEGORIES[name]:
                cure = f"use one of Apple's below {name}, letter by letter"
                yield node.error(
                    "subcategory", f"has the unknown subcategory {quote_value(sub)}", cure, APPLE, child
                )


def _has_cover(node: FeedNode) -> Iterator[Finding]:
    if node.first_child("itunes:image") is None:
        cure = "add a square cover of 1400 to 3000 pixels"
        yield node.error("cover", "has no itunes:image", cure, APPLE, "itunes:image")


def cover_address(node: FeedNode) -> Iterator[Finding]:
    """Require a cover address that ends in .jpg or .png; Apple drops any other."""
    image = node.first_child("itunes:image")
    href = "" if image is None else image.get("href") or ""
    if image is not None and not COVER.fullmatch(href):
        cure = "give an ASCII URL that ends in .jpg or .png"
        yield node.error("cover", f"has the cover {quote_value(href)}", cure, APPLE, "itunes:image")


def _rss_image(node: FeedNode) -> Iterator[Finding]:
    image = node.first_child("image")
    if image is None:
        return
    for name in ("title", "link"):
        value = node.text(name)
        if value and image.findtext(name) != value:
            cure = f"write the channel's {name}"
            yield node.warning(f"image-{name}", f"has an <image> with another {name}", cure, RSS, image)
    url = image.findtext("url") or ""
    if not WEB.fullmatch(url):
        yield node.error(
            "image-url", f"has an <image> at {quote_value(url)}", "give an ASCII http(s) URL", RSS, image
        )


def _owner_email(node: FeedNode) -> Iterator[Finding]:
    if not EMAIL.fullmatch(node.text("itunes:owner/itunes:email") or ""):
        cure = "add a role address; YouTube refuses a feed without"
        yield node.warning("owner", "has no itunes:owner with an e-mail", cure, "YouTube", "itunes:owner")


def text_lengths(node: FeedNode) -> Iterator[Finding]:
    """Limit names and short texts; title and description have rules of their own."""
    for name in SHORT:
        if (size := len((node.text(name) or "").encode())) > MAX_TEXT_BYTES:
            cure = f"keep it within {MAX_TEXT_BYTES}"
            yield node.error("text-length", f"has a {name} of {size} bytes", cure, PSP, name)


def _named_author(node: FeedNode) -> Iterator[Finding]:
    if is_blank(node.text("itunes:author")):
        yield node.warning(
            "author", "has no itunes:author", "add one; Spotify needs it", "Spotify", "itunes:author"
        )


def _show_type(node: FeedNode) -> Iterator[Finding]:
    value = node.text("itunes:type")
    if value is not None and value not in {"episodic", "serial"}:
        yield node.error(
            "type", f"has itunes:type {quote_value(value)}", "write episodic or serial", APPLE, "itunes:type"
        )


def yes_only(node: FeedNode) -> Iterator[Finding]:
    """Warn of any value but Yes, the only one that Apple reads."""
    for name in ("itunes:block", "itunes:complete"):
        value = node.text(name)
        if value is not None and value != "Yes":
            cure = "write Yes, or leave the element out"
            yield node.warning(name.partition(":")[2], f"has {name} {quote_value(value)}", cure, APPLE, name)


def _new_feed_url(node: FeedNode) -> Iterator[Finding]:
    url = node.text("itunes:new-feed-url")
    if url is not None and not WEB.fullmatch(url):
        cure = "give the new feed's ASCII URL"
        yield node.error(
            "new-feed-url", f"has moved to {quote_value(url)}", cure, APPLE, "itunes:new-feed-url"
        )


def _page_links(node: FeedNode) -> Iterator[Finding]:
    """Check links to other pages (RFC 5005) and to the hub (WebSub)."""
    links = [link for link in node.all_children("atom:link") if link.get("rel") in LINKED]
    own = next(
        (link.get("href") for link in node.all_children("atom:link") if link.get("rel") == "self"), None
    )
    for link in links:
        rel, href = link.get("rel"), link.get("href") or ""
        if not WEB.fullmatch(href):
            cure = "give an ASCII http(s) URL"
            yield node.error("page-link", f"has the {rel} link {quote_value(href)}", cure, PAGING, link)
        elif rel in {"next", "prev"} and href == own:
            cure = f"name the {rel} page, or leave the link out"
            yield node.error(
                "page-loop", f"has a {rel} link to itself, which apps follow for ever", cure, PAGING, link
            )
    rels = [link.get("rel") for link in links if link.get("rel") != "hub"]
    if len(rels) > len(set(rels)):
        cure = "keep one of each"
        yield node.error(
            "page-repeated", "has more than one link of a kind to other pages", cure, PAGING, links[0]
        )


def _build_date(node: FeedNode) -> Iterator[Finding]:
    value = node.text("lastBuildDate")
    if value is not None and feed_dates.parse_aware(value) is None:
        cure = "write it as in RFC 2822, with the offset"
        yield node.error(
            "build-date", f"has the lastBuildDate {quote_value(value)}", cure, RSS, "lastBuildDate"
        )


def _any_items(node: FeedNode) -> Iterator[Finding]:
    if not node.all_children("item"):
        yield node.warning(
            "items", "has no episode", "publish one; directories list no empty show", "Spotify"
        )


def _newest_first(node: FeedNode) -> Iterator[Finding]:
    times = [
        when
        for item in node.all_children("item")
        if (when := feed_dates.parse_aware(item.findtext("pubDate") or ""))
    ]
    if any(later > earlier for earlier, later in pairwise(times)):
        yield node.warning("order", "does not name the newest episode first", "sort by pubDate", "Spotify")


RULES: tuple[Rule, ...] = (
    *(
        _required_children,
        _single_children,
        _site_link,
        _self_link,
        _language_code,
        explicit_word,
        _known_category,
        _has_cover,
        cover_address,
        _rss_image,
    ),
    *(
        _owner_email,
        text_lengths,
        _named_author,
        _show_type,
        yes_only,
        _new_feed_url,
        _page_links,
        _build_date,
        _any_items,
        _newest_first,
    ),
)
"""All of them, in the order in which a person mends a feed."""
