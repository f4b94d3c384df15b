"""RSS, Atom and JSON Feed → entries: the only file that knows feedparser. Pure.

feedparser takes dates without a zone for UTC; Chinese feeds mean their own. It drops declared entities, so that no
text grows in the parser; HTML in entries is never executed, only read.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

import feedparser

from briefing.errors import SourceError
from briefing.model import han_count
from briefing.net import urls
from briefing.sources.html import container, decoding, dom, page_moments, paragraphs

MAX_ENTRIES: Final = 20_000
"""More entries than this are no feed of news."""
_START: Final = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?[^>]*>\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<(?:\w+:)?(?:rss|feed|rdf)\b",
    re.IGNORECASE | re.DOTALL,
)
_PROLOGUE: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_NO_CHARACTER: Final = re.compile(
    r"&#(?:[xX]0*(?:1[1-9a-fA-F]|[2-9a-fA-F][0-9a-fA-F]|[0-9a-fA-F]{3,})[0-9a-fA-F]{4}|\d{8,}|0*(?:[2-9]\d|1[2-9])\d{5});"
)
"""Numeric references beyond Unicode, on which feedparser falls over."""
MAX_TITLE_CHARS: Final = 600
"""Characters of an entry's title, markup included, that are looked at."""
MAX_BUILT: Final = 1_000
"""Entries of a feed that are looked at: a day's news of an agency; the others of a longer feed are older."""
_ENTRY: Final = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_ENTRY_DAY: Final = re.compile(
    r"<(?:\w{1,20}:)?(?:pubDate|published|updated|date)\b[^>]{0,100}>([^<]{4,60})<", re.IGNORECASE
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_BARE_AMPERSAND: Final = re.compile(r"&(?!#\d{1,8};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z][A-Za-z0-9]{1,31};)")
_ALTERNATE: Final = re.compile(
    r"<link\b(?=[^>]{0,1000}application/(?:rss|atom|feed)\+(?:xml|json))[^>]{0,1000}>", re.IGNORECASE
)
_LINK: Final = re.compile(r"\bhref\s*=\s*(?:\"([^\"]{1,500})\"|'([^']{1,500})')", re.IGNORECASE)
_HEAD: Final = 100_000
"""Characters of a page in which it advertises its feed."""
_LONGEST_WARNING: Final = 5_000
"""Characters before the XML declaration that may be a program's warnings."""
_CHINA: Final = re.compile(
    r"\s*(?:\(?\bCST\b\)?|GMT\s*\+\s*0?8(?::?00)?|UTC\s*\+\s*0?8(?::?00)?)\s*(?:\(.*\))?\s*$"
)
_CUT: Final = re.compile(
    r"(?:\s*(?:\.{3,}|…+|\[\s*(?:…|\.{3,})\s*\]|[(（【]?(?:阅读|查看|继续)(?:全文|原文|更多|阅读|剩余)[)）】]?|展开全文|余下全文|Read more|Continue reading)\s*[>»→]*)+\s*$",
    re.IGNORECASE,
)
_LEAST_SUMMARY: Final = 6
"""Han characters of a cut summary."""
_AHEAD: Final = dt.timedelta(minutes=5)
"""How far a site's clock may be ahead of ours."""
_WHOLE: Final = 200
"""Han characters from which a description is taken for the whole text, if it does not say that it is cut."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `guid` is its name in the feed; `published` is None where the feed gives no usable date.

    `whole` is whether the feed gives the whole text, as far as it can be told; `cut` whether it says that it does not.
    """

    guid: str
    title: str
    url: str
    published: dt.datetime | None
    author: str
    origin: str
    paragraphs: tuple[str, ...]
    whole: bool
    labelled_utc: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and its entries, in its order."""

    title: str
    entries: tuple[Entry, ...]


def is_feed(text: str) -> bool:
    """Return whether a text is RSS, Atom or a JSON Feed."""
    return bool(_START.match(_without_warnings(text)[:20_000])) or _json_feed(text) is not None


def _without_warnings(text: str) -> str:
    """A text from its XML declaration on: a site's program may have printed warnings before it."""
    start = text.find("<?xml", 0, _LONGEST_WARNING)
    before = text[: max(start, 0)].lower()
    # A page that shows a feed is a page.
    return text if start <= 0 or "<html" in before or "<!doctype" in before else text[start:]


def parse(
    content: bytes, url: str, zone: ZoneInfo, charset: str = "", now: dt.datetime | None = None
) -> Feed:
    """Return the entries of a feed fetched from `url` at `now`; dates without a zone are in `zone`.

    Raises `SourceError` for what is no feed, or has more than `MAX_ENTRIES`.
    """
    text = decoding.text(content, charset)
    data = _json_feed(text)
    feed = _of_json(data, url, zone) if data is not None else _of_xml(text, url, zone)
    if len(feed.entries) > MAX_ENTRIES:
        raise SourceError(f"{url or 'the feed'} has {len(feed.entries):,} entries; no feed of news has")
    return _with_true_clock(feed, now) if now else feed


def _with_true_clock(feed: Feed, now: dt.datetime) -> Feed:
    """A feed that labels its own clock as UTC, which shows where a day lies in the future by that, with true days."""
    labelled = [entry.published for entry in feed.entries if entry.published and entry.labelled_utc]
    if not any(moment > now + _AHEAD >= page_moments.as_local(moment) for moment in labelled):
        return feed
    entries = tuple(
        replace(entry, published=page_moments.as_local(entry.published))
        if entry.published and entry.labelled_utc
        else entry
        for entry in feed.entries
    )
    return replace(feed, entries=entries)


def _of_xml(text: str, url: str, zone: ZoneInfo) -> Feed:
    # The text is decoded already; what its prologue says of an encoding is no longer true.
    body = _newest(_DOCTYPE.sub("", _PROLOGUE.sub("", _without_warnings(text).lstrip("\ufeff")), 1), url)
    clean = "<?xml version='1.0' encoding='utf-8'?>" + _escaped(_CONTROL.sub("", body))
    try:
        parsed: Any = feedparser.parse(
            _NO_CHARACTER.sub("", clean).encode("utf-8", "replace"),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # feedparser promises to raise nothing, and does on broken markup.
        raise SourceError(f"{url or 'the file'} is a broken feed ({type(error).__name__})") from error
    if not parsed.get("version") and not parsed.entries:
        raise SourceError(f"{url or 'the file'} is no RSS or Atom feed; {_advice(text, url)}")
    return Feed(
        dom.tidy(parsed.feed.get("title", "")), tuple(_entry(entry, url, zone) for entry in parsed.entries)
    )


def _newest(body: str, url: str) -> str:
    """The XML of a long feed with the entries at its newer end only, before anything is built of them.

    Raises `SourceError` for more than `MAX_ENTRIES`.
    """
    starts = [match.start() for match in islice(_ENTRY.finditer(body), MAX_ENTRIES + 1)]
    if len(starts) > MAX_ENTRIES:
        raise SourceError(f"{url or 'the feed'} has more than {MAX_ENTRIES:,} entries; no feed of news has")
    if len(starts) <= MAX_BUILT:
        return body
    first, last = body[starts[0] : starts[1]], body[starts[-1] :]
    # Nearly all feeds have the newest first; one that counts upwards is cut at its other end.
    upwards = (day := _entry_day(first)) and (other := _entry_day(last)) and day < other
    if upwards:
        return body[: starts[0]] + body[starts[-MAX_BUILT] :]
    return body[: starts[MAX_BUILT]]


def _entry_day(entry: str) -> dt.datetime | None:
    match = _ENTRY_DAY.search(entry[:_HEAD])
    return moment(match[1].strip(), ZoneInfo("UTC")) if match else None


def _escaped(body: str) -> str:
    """The XML with bare ampersands as entities, which feedparser would give a semicolon; CDATA stays as it is."""
    # Beyond the last end no section can be closed: what opens there would be looked for again and again.
    end = body.rfind("]]>") + 3 if "]]>" in body else 0
    parts = _CDATA.split(body[:end])
    escaped = "".join(
        part if index % 2 else _BARE_AMPERSAND.sub("&amp;", part) for index, part in enumerate(parts)
    )
    return escaped + _BARE_AMPERSAND.sub("&amp;", body[end:])


def _advice(text: str, url: str) -> str:
    """Return what to do about a page that is no feed: the feed that it advertises, if it does."""
    match = (_LINK.search(tag) for tag in _ALTERNATE.findall(text[:_HEAD]))
    target = next((link[1] or link[2] for link in match if link), "")
    address = urls.joined(url, target) if target else ""
    return f"its feed is {address}" if address else "check the address in a browser"


def _entry(one: Any, base: str, zone: ZoneInfo) -> Entry:  # noqa: ANN401 - feedparser's dictionary
    date = _first_text(one, "published", "issued", "created", "updated", "date", "pubdate")
    bodies = [part.get("value", "") for part in one.get("content", ()) if isinstance(part, dict)]
    summary = str(one.get("summary", ""))
    source = one.get("source", {})
    return _made(
        guid=str(one.get("id", "")),
        title=str(one.get("title", "")),
        url=urls.joined(base, link) if (link := _link(one)) else "",
        published=moment(date, zone),
        labelled_utc=page_moments.labelled_utc(date),
        author=str(one.get("author", "")),
        origin=str(source.get("title", "")) if isinstance(source, dict) else "",
        body=max(bodies, key=len, default=""),
        summary=summary,
    )


def _first_text(one: Any, *names: str) -> str:  # noqa: ANN401 - feedparser's dictionary
    # feedparser's own lookup takes one date for another, with a warning.
    return next((str(value) for name in names if (value := dict.get(one, name))), "")


def _link(one: Any) -> str:  # noqa: ANN401 - feedparser's dictionary
    """The entry's address; a GUID that is one stands in for a missing link."""
    link = str(one.get("link", "")).strip()
    guid = str(one.get("id", "")).strip()
    return link or (guid if guid.startswith(("http://", "https://")) else "")


def _made(  # noqa: PLR0913 - the parts of an entry, by name
    *,
    guid: str,
    title: str,
    url: str,
    published: dt.datetime | None,
    labelled_utc: bool,
    author: str,
    origin: str,
    body: str,
    summary: str,
) -> Entry:
    title = title[:MAX_TITLE_CHARS]
    paragraphs = _paragraphs(body, title) or _paragraphs(summary, title)
    long = sum(map(han_count, paragraphs)) >= _WHOLE
    cut = bool(paragraphs) and bool(_CUT.search(paragraphs[-1]))
    return Entry(
        guid=dom.tidy(guid) or url or dom.tidy(title) or _first_sentence(paragraphs),
        title=_plain(title) or _first_sentence(paragraphs),
        url=url,
        published=published,
        author=dom.tidy(author),
        origin=dom.tidy(origin),
        paragraphs=tuple(filter(None, (_CUT.sub("", line).strip() for line in paragraphs))),
        whole=bool(body and paragraphs and not cut) or (long and not cut),
        labelled_utc=labelled_utc,
        cut=cut,
    )


def _first_sentence(paragraphs: tuple[str, ...]) -> str:
    """The first sentence of an entry that has no title, as microblogs have none."""
    sentence = re.match(r"[^。！？!?\n]{1,60}[。！？!?]?", paragraphs[0]) if paragraphs else None
    return sentence.group().strip() if sentence else ""


def _plain(title: str) -> str:
    """A title without markup; feeds escape it once, twice or not at all."""
    text = dom.tidy(title)
    if "<" in text or "&" in text:
        text = dom.content(dom.fragment(text or "-"))
    return text


def _paragraphs(markup: str, title: str) -> tuple[str, ...]:
    """The text of an entry's HTML, without what pages add around their text."""
    if not markup.strip():
        return ()
    root = dom.fragment(markup if "<" in markup else markup.replace("\n", "<br>"))
    container.prune(root)
    body = root.find("body")
    return paragraphs.read(body, title).paragraphs or _bare_lines(body, title)


def _bare_lines(body: Any, title: str) -> tuple[str, ...]:  # noqa: ANN401 - lxml ships no types
    """The lines of a summary that has no whole sentence, because the feed cuts it."""
    lines = (line for line in dom.lines(body) if not line.linked and han_count(line.text) >= _LEAST_SUMMARY)
    return tuple(line.text for line in lines if dom.tidy(line.text) != dom.tidy(title))


def moment(told: str, zone: ZoneInfo) -> dt.datetime | None:
    """The moment that a feed names. CST means China's time here; -0000 is UTC (RFC 5322, 3.3)."""
    text = _CHINA.sub(" +0800", told.strip())
    stamp = page_moments.moment(text, zone)
    if stamp is None:
        return None
    if text.endswith("-0000"):
        return stamp[0].replace(tzinfo=dt.UTC).astimezone(zone)
    return stamp[0]


def _json_feed(text: str) -> dict[str, Any] | None:
    """The object of a JSON Feed (jsonfeed.org, versions 1 and 1.1), None for any other text."""
    if "jsonfeed.org/version" not in text[:4000] and '"items"' not in text[:4000]:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(data, dict) and "jsonfeed.org" in str(data.get("version", ""))
    return data if is_one and isinstance(data.get("items"), list) else None


def _of_json(data: dict[str, Any], url: str, zone: ZoneInfo) -> Feed:
    items = [item for item in data["items"] if isinstance(item, dict)]
    return Feed(dom.tidy(str(data.get("title") or "")), tuple(_item(item, url, zone) for item in items))


def _item(item: dict[str, Any], base: str, zone: ZoneInfo) -> Entry:
    authors = item.get("authors") or [item.get("author")]
    listed = authors if isinstance(authors, list) else [authors]
    names = [str(author["name"]) for author in listed if isinstance(author, dict) and author.get("name")]
    date = str(item.get("date_published") or item.get("date_modified") or "")
    return _made(
        guid=str(item.get("id") or ""),
        title=str(item.get("title") or ""),
        url=urls.joined(base, str(link)) if (link := item.get("url") or item.get("external_url")) else "",
        published=moment(date, zone),
        labelled_utc=page_moments.labelled_utc(date),
        author=" ".join(names),
        origin="",
        body=str(item.get("content_html") or item.get("content_text") or ""),
        summary=str(item.get("summary") or ""),
    )
