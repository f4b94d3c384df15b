"""Where a page leads to that belongs to its article: the next part, the whole text, a frame with the text, a jump."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from briefing.model import han_count
from briefing.net import urls
from briefing.sources.html import dom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.sources.html.dom import Node

_NEXT: Final = re.compile(
    r"^\s*[\[【(（]*\s*(?P<word>下一页|下页|后一页|下一頁|next|Next|next page|Next Page)?\s*(?P<sign>>{1,2}|»|›)?\s*[\]】)）]*\s*$"
)
_FULL: Final = re.compile(
    r"^\s*[\[【(（]*\s*(?:余下全文|阅读全文|查看全文|全文阅读|展开全文|阅读完整|单页阅读|全文显示|在本页阅读全文|显示全文|查看完整)\s*(?:\(\d+/\d+\))?\s*[>»\]】)）]*\s*$"
)
_NUMBER: Final = re.compile(r"\s*[【\[]?\s*(\d{1,2})\s*[】\]]?\s*")
_PAGES: Final = re.compile(
    r"""createPageHTML\(\s*(?P<many>\d{1,3})\s*,\s*(?P<at>\d{1,3})\s*,\s*["'](?P<name>[\w-]{1,100})["']\s*,\s*["'](?P<ending>s?html?)["']"""
)
_REFRESH: Final = re.compile(
    r"^\s*\d{0,4}(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*(\S[^\"'>]*)", re.IGNORECASE
)
_PAGE_KEYS: Final = frozenset({"p", "page", "pn", "pg", "pageno", "page_no", "pageindex", "paged"})
_FRAME_NAME: Final = re.compile(r"(?i)content|article|detail|body|text|main|frame|ifr|news")
_AD: Final = re.compile(
    r"(?i)\bads?\b|banner|share|comment|video|player|map|weather|login|like|widget|baidu|google"
)
_SHORT: Final = 80
"""Characters of the text of a number that leads to a part."""
_MOST_TEXT: Final = 200
"""Han characters of a page that only sends on."""
_LONGEST_ADDRESS: Final = 2_000


def find_next_page(root: Node, url: str) -> str:
    """Return the address of the article's next part on the same site, '' when there is none."""
    for link in root.iter("a"):
        match = _NEXT.match(dom.start(link, _SHORT))
        target = str(link.get("href") or "") if match and (match["word"] or match["sign"]) else ""
        other = _joined(url, target)
        # A pager's words lead to the next part whatever its address; an arrow alone may lead to the next article.
        if (
            match
            and target
            and (_is_part(url, other) or (match["word"] and _is_in_pager(link) and _is_other(url, other)))
        ):
            return other
    for target in (*_numbered_pages(root, url), *_written_pages(root)):
        other = _joined(url, target)
        if _is_part(url, other):
            return other
    return ""


def find_full_page(root: Node, url: str) -> str:
    """Return the address at which the page says that the whole text is, '' when it names none."""
    targets = (str(link.get("href") or "") for link in root.iter("a") if _FULL.match(dom.start(link, _SHORT)))
    others = (_joined(url, target) for target in targets if target)
    return next((other for other in others if _is_other(url, other)), "")


def find_frame(root: Node, url: str) -> str:
    """Return the address of a frame on the same site that may hold the article's text, '' without one."""
    for frame in root.iter("iframe", "frame"):
        named = f"{frame.get('id') or ''} {frame.get('name') or ''} {frame.get('class') or ''} {frame.get('src') or ''}"
        other = _joined(url, str(frame.get("src") or frame.get("data-src") or ""))
        if _is_other(url, other) and _FRAME_NAME.search(named) and not _AD.search(named):
            return other
    return ""


def find_refresh(root: Node, url: str) -> str:
    """Return the address to which a page without a text of its own sends on by `<meta http-equiv="refresh">`."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            match = _REFRESH.match((meta.get("content") or "")[:_LONGEST_ADDRESS])
            other = urls.joined(url, match[1]) if match and url else ""
            if other and other != url and han_count(dom.start(root, 2 * _MOST_TEXT)) < _MOST_TEXT:
                return other
    return ""


def _joined(url: str, target: str) -> str:
    return urls.joined(url, target) if url else target


def _is_other(url: str, other: str) -> bool:
    """Return whether an address is another one of the same site."""
    if not url or not other:
        return False
    return other.partition("#")[0] != url.partition("#")[0] and urls.host(url) == urls.host(other)


def _is_in_pager(link: Node) -> bool:
    """Return whether numbers of parts, or the way back, stand beside a link."""
    parent = link.getparent()
    text = dom.start(parent, 2 * _SHORT) if parent is not None else ""
    return bool(re.search(r"上一?页|前一页|共\s*\d+\s*页|第\s*\d+\s*页|(?<!\d)[1-9](?!\d)|\d\s*/\s*\d", text))


def _numbered_pages(root: Node, url: str) -> Iterator[str]:
    """Give the part after this one where nothing but numbers leads to the parts: 【1】【2】【3】."""
    for link in root.iter("a"):
        before = link.getprevious()
        if before is None:
            continue
        this, following = (_NUMBER.fullmatch(dom.start(node, _SHORT)) for node in (before, link))
        target = before.get("href")
        is_here = not target or (url and urls.joined(url, target) == url)
        if this and following and is_here and int(following[1]) == int(this[1]) + 1:
            yield str(link.get("href") or "")


def _written_pages(root: Node) -> Iterator[str]:
    """Give the next part where TRS's system has a script write the links: createPageHTML(3, 0, "t20230609_1", "shtml")."""
    for script in dom.scripts(root):
        for match in _PAGES.finditer(script):
            following = int(match["at"]) + 1
            if following < int(match["many"]):
                yield f"{match['name']}_{following}.{match['ending']}"


def _is_part(url: str, other: str) -> bool:
    """Return whether an address is another part: the same but for a number at its end or in its query."""
    if not url:
        # A file's links are known by their form alone.
        return bool(re.fullmatch(r"[\w./-]{1,200}[_-]\d{1,2}\.s?html?", other))
    if not _is_other(url, other):
        return False
    mine, theirs = urlsplit(url), urlsplit(other)
    if mine.path == theirs.path:
        return _differs_by_page(mine.query, theirs.query)
    whole, named = re.subn(r"\.s?html?$", "", mine.path)
    whole = whole.rstrip("/")
    sign = "[_-]" if named else "[_/-]"
    # The first part may have a number too: 7.html → 7_1.html, but also 7_1.html → 7_2.html and /7 → /7/2.
    stems = "|".join(map(re.escape, {whole, re.sub(rf"{sign}\d{{1,2}}$", "", whole)}))
    return bool(re.fullmatch(rf"(?:{stems})[_/-]\d{{1,2}}(?:\.s?html?|/)?", theirs.path))


def _differs_by_page(mine: str, theirs: str) -> bool:
    """Return whether two queries differ in the number of a page only."""
    query, other = dict(parse_qsl(mine)), dict(parse_qsl(theirs))
    changed = {key for key in query.keys() | other.keys() if query.get(key) != other.get(key)}
    return bool(changed) and all(
        key.lower() in _PAGE_KEYS and other.get(key, "").isdigit() for key in changed
    )
