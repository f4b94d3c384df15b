"""Which heading of a page is the article's title.

A page names its title several times: in the window's title (with the site's name), for machines, and in a heading.
The heading that the others confirm is taken, since it is whole and has no site's name; without one, what was declared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from briefing.model import han_count
from briefing.sources.html import boilerplate, class_names, dom, page_moments
from briefing.sources.html.paragraphs import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.sources.html.dom import Line, Node
    from briefing.sources.html.metadata import Metadata

_BETWEEN: Final = re.compile(
    r"\s*[_|｜│丨»›]+\s*|\s+[-–—·•:：]+\s+|\s*(?:--+|——+|—|–)\s*|(?<=[^\sA-Za-z0-9])-|-(?=[^\sA-Za-z0-9])|\s*<\s*|\s*>\s*"
)
_CUTS: Final = re.compile(rf"{_BETWEEN.pattern}|\s+")
_SITE: Final = re.compile(
    r"(?i)(?:网|报|社|台|频道|中心|在线|客户端|门户|网站|传媒|融媒|时报|日报|晚报|新闻|资讯|财经|体育|要闻|国内|国际|社会|时政|"
    r"快讯|头条|号|政府|委员会|局|厅|厅局|办公室|大学|学院|研究院|公众平台|专栏|博客|论坛|视频|首页|官网|平台|杂志|周刊|"
    r"科技|娱乐|军事|教育|汽车|房产|健康|文化|滚动|动态|公告|通知|政策|工作|焦点|热点|聚焦|36氪|澎湃|搜狐|新浪|网易|腾讯|"
    r"凤凰|界面|财新|知乎|豆瓣|简书|虎嗅|\.com|\.cn|\.net|news|daily|[Oo]nline)$|^第?\d+版|^(?:中国|人民|新华|央视|光明)"
)
_RANKS: Final = {f"h{depth}": 7 - depth for depth in range(1, 7)}
"""How high a heading stands, by its element."""
_WAY: Final = re.compile(r"^(?:首页|主页|网站首页)\W|[>＞»›]")
"""The way to the page, which stands above its title."""
_LARGE: Final = re.compile(r"font-weight:\s*(?:bold|[6-9]00)|font-size:\s*(?:1[89]|[2-4]\d)|size=\+?[4-7]")
MAX_TITLE_CHARS: Final = 300
"""Characters of a heading that are looked at."""
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
_SITE_NAME: Final = 2
"""The doubt about a title that reads like a site's name."""
_SHORT_SITE: Final = 8
"""Characters up to which a window's title that no heading confirms may be a channel's name."""
_NEAR: Final = 12
"""Lines above the text among which a title may stand."""
_INSIDE: Final = 30
"""Elements inside a line that are looked at for how it is set."""
_TITLE_LEAST: Final = 5
"""Han characters of such a title at least."""
_SPREAD: Final = 0.5
"""The share of a declared title from which a heading inside it is the title."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, and the element in which it stands if it stands in one.

    `doubt` is 0 for one that the page confirms, 1 where the window alone says it, 2 if it reads like a site's name.
    """

    text: str
    node: Node | None = None
    doubt: int = 0


def find(root: Node, told: Metadata, printed: Sequence[Line]) -> Heading:
    """The article's title; an empty one for a page that has none. `printed` are the lines of the page."""
    declared = [*told.titles, *_parts(told)]
    headings = [heading for heading in _headings(root) if not _leads_elsewhere(heading)]
    confirmed = _innermost([heading for heading in _headings(root) if _confirmed(heading, told, declared)])
    shown = _shown(told.window_title, printed)
    if confirmed:
        best = max(confirmed, key=lambda one: (len(plain(one.text)), _rank(one)))
        text = _whole(best, declared)
        return Heading(shown.text if plain(text) in plain(shown.text) else text, best.node)
    if told.titles and len(plain(told.titles[0])) >= _SHORTEST:
        text = _bare(told.titles[0], told.sites)
        return Heading(text, _place(text, printed), _doubt(text))
    if shown.text:
        whole = plain(shown.text) == plain(told.window_title)
        return shown if whole else replace(shown, doubt=_doubt(shown.text))
    if declared and len(plain(declared[-1])) >= _SHORTEST:
        return Heading(_bare(declared[-1]), doubt=_doubt(declared[-1]) or _is_short(declared[-1]))
    first = min(headings, key=_order, default=None)
    return replace(first or Heading(_bare(told.window_title, told.sites)), doubt=2)


def above(printed: Sequence[Line], paragraphs: Sequence[str], doubt: int) -> Heading | None:
    """The line above the text that is set most like a title; None when no line may be one.

    For pages whose window names the site or the channel alone; where that is not sure, the line must be set apart.
    """
    first = plain(paragraphs[0])[:20] if paragraphs else ""
    end = next((index for index, line in enumerate(printed) if first and first in plain(line.text)), 0)
    near = [line for line in printed[max(0, end - _NEAR) : end] if _may_be_title(line)]
    # Of equals, the one that is nearest to the text.
    best = max(enumerate(near), key=lambda pair: (_set_like_title(pair[1]), pair[0]), default=None)
    if best is None or (doubt < _SITE_NAME and not _set_like_title(best[1])):
        return None
    line = best[1]
    # The lines of the page are read with a space around every element.
    whole = dom.start(line.node, _LONGEST)
    return Heading(whole if plain(whole) == plain(line.text) else line.text, line.node)


def _may_be_title(line: Line) -> bool:
    return (
        han_count(line.text) >= _TITLE_LEAST
        and len(line.text) <= _LONGEST
        and not line.linked
        and not line.text.endswith(("：", ":", "。", "，"))
        and not page_moments.DAY.search(line.text)
        and not _WAY.search(line.text)
        and not boilerplate.is_credit(line.text)
        and not boilerplate.is_appeal(line.text)
    )


def _set_like_title(line: Line) -> int:
    """Return how much a line is set like a title: by its element, its names, its type."""
    around = [node for _, node in zip(range(3), (line.node, *line.node.iterancestors()), strict=False)]
    inside = [
        node
        for node in islice(dom.walk(line.node), _INSIDE)
        if plain(dom.start(node, _LONGEST)) == plain(line.text)
    ]
    if any(dom.name(node) in _RANKS for node in around):
        return 3
    if any(class_names.is_titled(node) for node in (*around, *inside)):
        return 2
    is_bold = line.strong >= len(line.text.replace(" ", "")) * 0.9
    return int(
        is_bold or any(_LARGE.search(f"{node.get('style')} size={node.get('size')}") for node in inside)
    )


def _doubt(title: str) -> int:
    """2 for what reads like the name of a site or of a channel, else 0."""
    own = plain(title)
    is_site = len(own) <= _LONGEST_SITE and (len(own) <= _SHORT_SITE or _SITE.search(title))
    return _SITE_NAME if is_site else 0


def _is_short(title: str) -> bool:
    return len(plain(title)) <= _LONGEST_SITE


def _innermost(found: Sequence[Heading]) -> list[Heading]:
    """The headings that hold no other one as a whole element of its own; those that do hold more than the title."""
    own = {heading.node for heading in found if dom.name(heading.node) in _RANKS}
    return [
        heading for heading in found if heading.node in own or not own.intersection(dom.walk(heading.node))
    ]


def _place(title: str, printed: Sequence[Line]) -> Node | None:
    """The element in which a title stands as a line."""
    own = plain(title)
    return next((line.node for line in printed if not line.linked and plain(line.text) == own), None)


def _shown(window_title: str, printed: Sequence[Line]) -> Heading:
    """The longest part of the window's title that is a line of the page, or a title and its second half below it."""
    window_title = window_title[: 2 * _LONGEST]
    texts = [plain(line.text[: 2 * _LONGEST]) for line in printed]
    free: dict[str, Node] = {}
    pairs: dict[str, Node] = {}
    for index, line in enumerate(printed):
        # A title of two characters must be set as one.
        if not line.linked and (len(texts[index]) >= _SHORTEST or dom.name(line.node) == "h1"):
            free[texts[index]] = line.node
        pairs |= {"".join(texts[index : index + many]): line.node for many in (2, 3)}
    # Some sites set nothing but a space before their name.
    cuts = [(0, 0), *((match.start(), match.end()) for match in _CUTS.finditer(window_title))]
    ends = [*(start for start, _ in cuts[1:]), len(window_title)]
    parts = [window_title[start:end].strip() for _, start in cuts for end in ends if end > start]
    for part in sorted(parts, key=len, reverse=True):
        own = plain(part)
        if own and own in free:
            return Heading(part, free[own])
        if len(own) >= _SHORTEST and own in pairs and not _BETWEEN.search(part.replace("——", "")):
            return Heading(part, pairs[own])
    return Heading("")


def _parts(told: Metadata) -> list[str]:
    """The window's title without the site's names."""
    bare = _bare(told.window_title, told.sites)
    return [bare] if bare else []


def _headings(root: Node) -> Iterator[Heading]:
    """Yield what may be the title: headings, and elements that are named so."""
    for node in dom.walk(root):
        if dom.name(node) in _RANKS or (class_names.is_titled(node) and dom.name(node) != "title"):
            # A heading of more characters is an attack, or no title; it is not even compared.
            text = dom.start(node, MAX_TITLE_CHARS)[:MAX_TITLE_CHARS]
            if _SHORTEST <= len(text) <= _LONGEST and not boilerplate.is_notice(text):
                yield Heading(text, node)


def _leads_elsewhere(one: Heading) -> bool:
    """Return whether a heading is a link: to another article, or on some blogs to the article's own page."""
    if one.node is None or any(around.tag == "a" for around in one.node.iterancestors()):
        return True
    linked = sum(len(dom.content(link)) for link in one.node.iter("a"))
    return linked > len(one.text) / 2 and one.node.tag != "h1"


def _confirmed(one: Heading, told: Metadata, declared: Sequence[str]) -> bool:
    """Return whether the window's or the declared title holds the heading, or the heading holds a cut one."""
    own = plain(one.text)
    site = {plain(name) for name in told.sites}
    if len(own) < _SHORTEST or own in site or _is_site_alone(one.text, told):
        return False
    if _leads_elsewhere(one):
        return plain(told.window_title).startswith(own)
    holders = [plain(text) for text in (told.window_title, *told.titles)]
    if any(own in text for text in holders):
        return any(text.startswith(own) for text in holders) or any(
            len(own) >= _SPREAD * len(plain(text)) for text in declared
        )
    return any(_is_cut(plain(text), own) for text in declared)


def _is_site_alone(text: str, told: Metadata) -> bool:
    """Return whether a heading is only in the site's name at the end of the window's title."""
    first, *rest = map(plain, _BETWEEN.split(told.window_title, maxsplit=1))
    return (
        bool(rest) and plain(text) not in first and plain(text) in rest[-1] and bool(_SITE.search(rest[-1]))
    )


def _is_cut(short: str, whole: str) -> bool:
    """Return whether a declared title is most of a heading: cut at the end, or without the mark before it."""
    return len(short) >= _NAMES and short in whole and len(whole) <= 2 * len(short)


def _whole(one: Heading, declared: Sequence[str]) -> str:
    """The heading, without a label in the same element, before the declared title or in an element of its own after it."""
    labels = [dom.content(child) for child in one.node] if one.node is not None else []
    for text in declared:
        if one.text != text and len(plain(text)) >= _SHORTEST * 2:
            after = one.text.removeprefix(text).strip()
            if one.text.endswith(text) or (one.text.startswith(text) and after in labels):
                return text
    return one.text


def _rank(one: Heading) -> int:
    return _RANKS.get(dom.name(one.node), 0)


def _order(one: Heading) -> int:
    """The first heading of the highest rank."""
    return -_rank(one)


def _bare(text: str, sites: Sequence[str] = ()) -> str:
    """A window's title without the names of site and channel at its end (or, rarely, its beginning)."""
    names = {plain(site) for site in sites}
    pieces = [(match.start(), match.end()) for match in _BETWEEN.finditer(text)]
    for start, end in reversed(pieces):
        tail = text[end:].strip()
        if len(plain(text[:start])) >= _SHORTEST and _is_site(tail, names, plain(text[:start])):
            text = text[:start].strip()
    return text


def _is_site(tail: str, known: set[str], before: str) -> bool:
    own = plain(tail)
    if own in known or not own:
        return True
    if tail.isascii() and len(own) <= _LONGEST_ASCII:
        return True
    return len(own) <= _LONGEST_SITE and len(own) < len(before) and bool(_SITE.search(tail))
