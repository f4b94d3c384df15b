"""What a page says of itself to machines: meta elements, JSON-LD, the comments of newspaper systems, script variables."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from briefing.sources.html import class_names, dom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefing.sources.html.dom import Node
    from briefing.sources.html.embedded_data import State

ORIGIN_LABEL: Final = re.compile(r"^\s*(?:稿件|文章)?(?:来源|稿源)于?\s*[:：]?\s*")
MAX_VALUE_CHARS: Final = 300
"""Characters that are kept of a declared title, name or day; longer ones are an attack, or none."""
_TITLES: Final = ("articletitle", "og:title", "twitter:title", "title", "dc.title", "headline")
_PUBLISHED: Final = (
    "article:published_time og:article:published_time pubdate publishdate publish_date publishedtime published_time "
    "firstpublishedtime og:release_date datepublished article:create_at apub:time bytedance:published_time "
    "dc.date.issued dc.date dcterms.created dcterms.issued article.published article:published sailthru.date "
    "createdate publish-date og:published_time weibo:article:create_at og:time dateupdate"
).split()
_WEAK_DATES: Final = (
    "date article:modified_time dcterms.modified lastmodified og:updated_time updatetime modifydate".split()
)
_SOURCES: Final = (
    "contentsource",
    "source",
    "mediaid",
    "article:source",
    "og:article:source",
    "copyrightsource",
)
_AUTHORS: Final = ("author", "article:author", "og:article:author", "dc.creator", "byl")
_SITES: Final = ("sitename", "og:site_name", "application-name")
_ARTICLES: Final = re.compile(r"(?i)article|blogposting|webpage|report")
_SCRIPT_DATES: Final = re.compile(
    r"""(?ix)["']?\b(?:ct|create_?time|oriCreateTime|publish_?time|pub_?time|pubDate|publish_?date|publishedAt|
    datePublished|releaseTime|newsTime|ptime|showTime|article_?time|firstPublishTime)\b["']?
    \s*[:=]\s*["']?(20\d\d[-/年][^"'<>;{}]{4,26}|1\d{9}(?:\d{3})?)["';,}\s]"""
)
_SCRIPT_TITLES: Final = re.compile(
    r"""(?x)\b(?:msg_title|article_?[tT]itle)["']?\s*[:=]\s*(?:"((?:[^"\\]|\\.){4,200})"|'((?:[^'\\]|\\.){4,200})')"""
)
_SCRIPT_NAMES: Final = re.compile(r"""\bnickname\s*=\s*(?:htmlDecode\()?["']([^"'<>]{1,40})["']""")
_PROPERTIES: Final = re.compile(
    r"<!--\s*enpproperty(.{0,8000}?)/?enpproperty\s*-->", re.DOTALL | re.IGNORECASE
)
_PROPERTY: Final = re.compile(r"<([a-z-]{3,20})>([^<]{0,500})</\1>", re.IGNORECASE)
_BREAK: Final = re.compile(r"</?(?:br|p|b|strong|font|span)\b[^>]{0,100}>", re.IGNORECASE)
_LONGEST_SCRIPT: Final = 400_000
_MOST_THINGS: Final = 200  # JSON-LD describes a handful; the rest is an attack
"""Characters of one script in which variables are looked for."""
_STRING: Final = re.compile(
    r'"(?:articleBody|content|contents|cnt_html|html|text|body)"\s*:\s*"((?:[^"\\]|\\.){200,})"'
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata that a page declares, each kind in the order of trust; values are tidied."""

    titles: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    weak_dates: tuple[str, ...] = ()
    script_dates: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    canonical: str = ""
    window_title: str = ""
    body: str = ""
    properties: dict[str, str] = field(default_factory=dict)


def read(markup: str, root: Node) -> Metadata:
    """Everything that a page declares."""
    named = _metas(root)
    linked = list(_linked_data(root))
    scripts = [text for text in dom.scripts(root) if len(text) <= _LONGEST_SCRIPT]
    own = _properties(markup)
    return Metadata(
        titles=_values(
            own.get("title", ""),
            *_first(named, _TITLES),
            *_of(linked, "headline"),
            *(_unescaped(a or b) for text in scripts for a, b in _SCRIPT_TITLES.findall(text)),
        ),
        published=_values(own.get("date", ""), *_of(linked, "datePublished"), *_first(named, _PUBLISHED)),
        weak_dates=_values(*_first(named, _WEAK_DATES), *_of(linked, "dateModified")),
        times=_values(*_times(root)),
        script_dates=_values(*(value for text in scripts for value in _SCRIPT_DATES.findall(text))),
        sources=_values(own.get("sourcename", ""), own.get("source", ""), *_first(named, _SOURCES)),
        authors=_values(own.get("author", ""), *_people(linked), *_first(named, _AUTHORS)),
        sites=_values(
            *(name for text in scripts for name in _SCRIPT_NAMES.findall(text)),
            *_first(named, _SITES),
            *_names(linked, "publisher"),
        ),
        canonical=_canonical(root, named),
        window_title=_plain(
            next(filter(None, (dom.start(node, MAX_VALUE_CHARS) for node in root.iter("title"))), "")
        )[:MAX_VALUE_CHARS],
        body=max((_unescaped(text) for text in _bodies(linked, scripts)), key=len, default=""),
        properties=own,
    )


def joined(told: Metadata, data: State) -> Metadata:
    """Return what a page declares, with what its data say of the article."""
    return replace(
        told,
        titles=_values(*told.titles, data.title),
        published=_values(*told.published, data.published),
        sources=_values(*told.sources, data.source),
        authors=_values(*told.authors, data.author),
        body=max(told.body, data.body, key=len),
    )


def _metas(root: Node) -> dict[str, list[str]]:
    """The contents of meta elements by their name, in lower case."""
    values: dict[str, list[str]] = {}
    for node in root.iter("meta"):
        name = node.get("name") or node.get("property") or node.get("itemprop") or ""
        if node.get("content"):
            values.setdefault(name.strip().lower(), []).append(node.get("content"))
    return values


def _first(named: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (value for name in names for value in named.get(name, ()))


def _values(*found: str) -> tuple[str, ...]:
    """The values that say something, each once."""
    values = (_plain(html.unescape(value[:MAX_VALUE_CHARS])) for value in found)
    return tuple(filter(None, dict.fromkeys(values)))


def _plain(value: str) -> str:
    """A value without the line breaks that editors type into titles."""
    return dom.tidy(_BREAK.sub(" ", value))


def _linked_data(root: Node) -> Iterator[dict[str, Any]]:
    """The articles that JSON-LD describes; what is no JSON is passed over, as browsers do."""
    for node in root.iter("script"):
        if "ld+json" in (node.get("type") or "") and len(node.text or "") <= _LONGEST_SCRIPT:
            try:
                data = json.loads(node.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _articles(data)


def _articles(data: object) -> Iterator[dict[str, Any]]:
    waiting, count = [data], 0
    while waiting and count < _MOST_THINGS:
        count += 1
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend(value for key, value in item.items() if key in {"@graph", "mainEntity"})
            # Baidu's cards have no type that says article, but a pubDate.
            if _ARTICLES.search(str(item.get("@type", ""))) or "pubDate" in item:
                yield item | {"datePublished": item.get("datePublished") or item.get("pubDate")}


def _of(linked: list[dict[str, Any]], key: str) -> Iterator[str]:
    return (entry[key] for entry in linked if isinstance(entry.get(key), str))


def _names(linked: list[dict[str, Any]], key: str) -> Iterator[str]:
    """The names of the people or organisations under a key."""
    for entry in linked:
        values = entry.get(key)
        for value in values if isinstance(values, list) else [values]:
            name = value.get("name") if isinstance(value, dict) else value
            if isinstance(name, str):
                yield name


def _people(linked: list[dict[str, Any]]) -> Iterator[str]:
    class_names = dict.fromkeys(_names(linked, "author"))
    return iter((" ".join(class_names),) if class_names else ())


def _times(root: Node) -> Iterator[str]:
    """The machine-readable values of time elements that do not stand among comments and lists."""
    for node in root.iter("time"):
        named = f"{node.get('class') or ''} {node.get('itemprop') or ''}".lower()
        if (
            node.get("datetime")
            and "updated" not in named
            and "modified" not in named
            and ("datepublished" in named or _stands_apart(node))
        ):
            yield node.get("datetime")


def _stands_apart(node: Node) -> bool:
    return not any(
        dom.name(iterancestor) in {"li", "aside", "footer"} or class_names.is_junk(iterancestor)
        for iterancestor in node.iterancestors()
    )


def _canonical(root: Node, named: dict[str, list[str]]) -> str:
    for node in root.iter("link"):
        if (node.get("rel") or "").lower() == "canonical" and node.get("href"):
            return str(node.get("href")).strip()
    return next(iter(named.get("og:url", ())), "").strip()


def _properties(markup: str) -> dict[str, str]:
    """The comment in which Founder's newspaper system keeps date, title and page of an article."""
    match = _PROPERTIES.search(markup)
    return (
        {}
        if match is None
        else {name.lower(): dom.tidy(value) for name, value in _PROPERTY.findall(match[1])}
    )


def _bodies(linked: list[dict[str, Any]], scripts: list[str]) -> Iterator[str]:
    yield from _of(linked, "articleBody")
    for text in scripts:
        yield from _STRING.findall(text)


def _unescaped(text: str) -> str:
    """A script's string as its text; one that is no JSON string stays as it is."""
    if "\\" not in text:
        return text
    try:
        value = json.loads(f'"{text}"', strict=False)
    except ValueError:
        return text
    return str(value)


def find_credits(body: Node) -> tuple[str, str]:
    """Return whom the elements credit that are named like a source and like a writer, '' for nobody."""
    return _credited(body, class_names.is_origin), _credited(body, class_names.is_author)


def _credited(body: Node, is_named: Callable[[Node], bool]) -> str:
    """Return the text of the first element that is named like a source, or like a writer."""
    for node in dom.walk(body):
        if is_named(node):
            text = ORIGIN_LABEL.sub("", dom.content(node))
            if re.fullmatch(r"(?!原创$)[^\d：:，。·⋅]{2,20}", text):
                return str(text)
    return ""
