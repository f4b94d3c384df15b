"""Which heading of a page is the article's title.

A page names its title several times: in the window's title (with the site's name), for machines, and in a heading.
The heading that the others confirm is taken, since it is whole and has no site's name; without one, what was declared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from briefing.sources.page import dom, names
from briefing.sources.page.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.sources.page.dom import Node
    from briefing.sources.page.metadata import Metadata

_BETWEEN: Final = re.compile(
    r"\s*[_|｜│丨»›]+\s*|\s+[-–—·•:：]+\s+|\s*(?:--+|——+|—|–)\s*|(?<=[^\sA-Za-z0-9])-|-(?=[^\sA-Za-z0-9])|\s*<\s*|\s*>\s*"
)
_SITE: Final = re.compile(
    r"(?i)(?:网|报|社|台|频道|中心|在线|客户端|门户|网站|传媒|融媒|时报|日报|晚报|新闻|资讯|财经|体育|要闻|国内|国际|社会|时政|"
    r"快讯|头条|号|政府|委员会|局|厅|厅局|办公室|大学|学院|研究院|公众平台|专栏|博客|论坛|视频|首页|官网|平台|杂志|周刊|"
    r"科技|娱乐|军事|教育|汽车|房产|健康|文化|滚动|动态|公告|通知|政策|工作|焦点|热点|聚焦|36氪|澎湃|搜狐|新浪|网易|腾讯|"
    r"凤凰|界面|财新|知乎|豆瓣|简书|虎嗅|\.com|\.cn|\.net|news|daily|[Oo]nline)$|^第?\d+版|^(?:中国|人民|新华|央视|光明)"
)
_LONGEST: Final = 120
"""Characters of a title at most."""
_SHORTEST: Final = 4
"""Characters of a heading that confirms itself; shorter ones are names of sites and channels."""
_NAMES: Final = 6
"""Characters of a declared title that is cut short and still names something."""
_LONGEST_SITE: Final = 16
"""Characters of the longest Chinese names of sites."""
_LONGEST_ASCII: Final = 29
"""Letters of the longest English ones."""
_SPREAD: Final = 0.5
"""The share of a declared title from which a heading inside it is the title."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, and the element in which it stands if it stands in one."""

    text: str
    node: Node | None = None


def find(root: Node, told: Metadata) -> Heading:
    """The article's title; an empty one for a page that has none."""
    declared = [*told.titles, *_parts(told)]
    headings = list(_headings(root))
    confirmed = [one for one in headings if _confirmed(one, told, declared)]
    if confirmed:
        best = max(confirmed, key=lambda one: (len(plain(one.text)), _rank(one)))
        return Heading(_whole(best.text, declared), best.node)
    if declared and (told.titles or len(plain(declared[-1])) >= _SHORTEST):
        return Heading(_bare(declared[0] if told.titles else declared[-1], told.sites))
    first = min(headings, key=_order, default=None)
    return first or Heading(_bare(told.window_title, told.sites))


def _parts(told: Metadata) -> list[str]:
    """The window's title without the site's names."""
    bare = _bare(told.window_title, told.sites)
    return [bare] if bare else []


def _headings(root: Node) -> Iterator[Heading]:
    """What may be the title: headings, and elements that are named so; those that are links lead elsewhere."""
    for node in dom.walk(root):
        if dom.name(node) in {"h1", "h2", "h3"} or (names.is_titled(node) and dom.name(node) != "title"):
            text = dom.content(node)
            if _SHORTEST <= len(text) <= _LONGEST and not _leads_elsewhere(node, text):
                yield Heading(text, node)


def _leads_elsewhere(node: Node, text: str) -> bool:
    if any(around.tag == "a" for around in node.iterancestors()):
        return True
    linked = sum(len(dom.content(link)) for link in node.iter("a"))
    return linked > len(text) / 2 and node.tag != "h1"


def _confirmed(one: Heading, told: Metadata, declared: Sequence[str]) -> bool:
    """Whether the window's or the declared title holds the heading, or the heading holds a cut one."""
    own = plain(one.text)
    site = {plain(name) for name in told.sites}
    if len(own) < _SHORTEST or own in site:
        return False
    holders = [plain(text) for text in (told.window_title, *told.titles)]
    if any(own in text for text in holders):
        return any(text.startswith(own) for text in holders) or any(
            len(own) >= _SPREAD * len(plain(text)) for text in declared
        )
    return any(_is_cut(plain(text), own) for text in declared)


def _is_cut(short: str, whole: str) -> bool:
    """Whether a declared title is most of a heading: cut at the end, or without the mark before it."""
    return len(short) >= _NAMES and short in whole and len(whole) <= 2 * len(short)


def _whole(heading: str, declared: Sequence[str]) -> str:
    """The heading, without a label that stands before the declared title in the same element."""
    for text in declared:
        if heading != text and heading.endswith(text) and len(plain(text)) >= _SHORTEST * 2:
            return text
    return heading


def _rank(one: Heading) -> int:
    return {"h1": 3, "h2": 2, "h3": 1}.get(dom.name(one.node), 0)


def _order(one: Heading) -> int:
    """The first heading of the highest rank."""
    return -_rank(one)


def _bare(text: str, sites: Sequence[str] = ()) -> str:
    """A window's title without the names of site and channel at its end (or, rarely, its beginning)."""
    known = {plain(site) for site in sites}
    pieces = [(found.start(), found.end()) for found in _BETWEEN.finditer(text)]
    for start, end in reversed(pieces):
        tail = text[end:].strip()
        if len(plain(text[:start])) >= _SHORTEST and _is_site(tail, known, plain(text[:start])):
            text = text[:start].strip()
    return text


def _is_site(tail: str, known: set[str], before: str) -> bool:
    own = plain(tail)
    if own in known or not own:
        return True
    if tail.isascii() and len(own) <= _LONGEST_ASCII:
        return True
    return len(own) <= _LONGEST_SITE and len(own) < len(before) and bool(_SITE.search(tail))
