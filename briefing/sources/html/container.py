"""Where in the tree the article's text lies.

A line counts when it reads like prose: Han characters outside links, with the marks of a sentence. The names of
known publishing systems are trusted as long as a fair part of the page's prose lies there; otherwise the tree is
followed downwards to the element over which the prose spreads.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from briefing.model import han_count
from briefing.sources.html import boilerplate, class_names, dom

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.sources.html.dom import Line, Node

_GONE: Final = frozenset(
    """script style noscript iframe input select option button textarea svg canvas map template nav footer aside
    object embed audio link meta base head""".split()
)
_BOXES: Final = frozenset({"div", "section", "aside", "dl", "ul", "table", "blockquote", "details"})
_UNSHOWN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PROSE: Final = re.compile(r"[，。；：！？、]|[,;!?](?=[\u4e00-\u9fff])|\.$")
_LEAST: Final = 8
"""Han characters below which a line is no prose."""
_FAIR: Final = 0.4
"""The share of the page's prose with which a named body is believed."""
_MOST: Final = 0.85
"""The share of prose with which an inner element stands for an outer one."""
_SPREAD: Final = 0.5
"""Where no child has more than this share of the prose, the element itself is the container."""
_WIDE: Final = 0.6
"""The share of a page's prose with which an element is kept whatever its name."""
_SAYS_SOMETHING: Final = 30
"""Han characters of prose beside a title from which it is a text."""
_NEAR: Final = 0.25
"""The share of the prose from which the text that stands with the title is preferred to a longer one."""
_CARD: Final = 200
"""Han characters of an element that tells of another article at most."""
_READERS: Final = re.compile(r"(?i)comment|pinglun|relat|recommend|tuijian|reply|foot")
_LONG_NOTE: Final = 120
"""Han characters from which a part that is named like a note is text after all."""


def weight(line: Line) -> int:
    """Return how much a line speaks for an article: its Han characters if it reads like prose, else 0."""
    han = han_count(line.text)
    free = han - line.linked
    if han < _LEAST or free < han * 0.5 or not _PROSE.search(line.text) or boilerplate.is_notice(line.text):
        return 0
    return free


def teasers(found: Sequence[Line]) -> set[int]:
    """Return where in the lines a few words tell of another article, under the link that leads to it."""
    return {
        index
        for index in range(1, len(found))
        if weight(found[index])
        and _is_headline(found[index - 1])
        and _is_card(found[index - 1], found[index])
    }


def _is_headline(line: Line) -> bool:
    """Return whether a line is hardly more than a link with a headline."""
    return line.linked >= _LEAST and line.linked >= len(line.text.replace(" ", "")) * 0.8


def _is_card(link: Line, line: Line) -> bool:
    """Return whether a link and a line make up a small element of their own."""
    holder = next((node for node in line.node.iterancestors() if node in {*link.node.iterancestors()}), None)
    if holder is None or next(holder.iter("h1"), None) is not None:
        return False
    han = han_count(dom.start(holder, 2 * _CARD))
    return han <= _CARD and han <= 2 * (han_count(link.text) + han_count(line.text))


def masses(root: Node) -> dict[Node, int]:
    """The prose in each element that has any, with that of all elements inside."""
    sums: dict[Node, int] = {}
    everything = dom.lines(root)
    elsewhere = teasers(everything)
    for index, line in enumerate(everything):
        heavy = 0 if index in elsewhere else weight(line)
        if heavy:
            sums[line.node] = sums.get(line.node, 0) + heavy
    total: dict[Node, int] = {}
    for node, heavy in sums.items():
        for around in (node, *node.iterancestors()):
            total[around] = total.get(around, 0) + heavy
            if around is root:
                break
    return total


def prune(root: Node) -> None:
    """Take out of the tree what is no article by its element or by its names; what holds the text stays."""
    for node in [*dom.walk(root)]:
        if node is not root and _is_list_of_others(node):
            dom.remove(node)
    protected = _protected(root)
    for node in [*dom.walk(root)]:
        if node is not root and node not in protected and (_is_gone(node) or _is_box(node)):
            dom.remove(node)


def _is_list_of_others(node: Node) -> bool:
    """Return whether an element begins like a list of other articles, without title or text."""
    if dom.name(node) not in _BOXES or node.getparent() is None:
        return False
    first = next((text for text in map(dom.tidy, node.itertext()) if text), "")
    if not boilerplate.is_more(first) or len(dom.start(node, _CARD)) <= len(first) + _LEAST:
        return False
    return next(node.iter("h1"), None) is None and not any(map(class_names.is_body, dom.walk(node)))


def _is_box(node: Node) -> bool:
    """Return whether an element begins like a list of articles, comments or an abstract, and has it."""
    if dom.name(node) not in _BOXES:
        return False
    first = next((text for text in map(dom.tidy, node.itertext()) if text), "")
    return boilerplate.is_box(first) and len(dom.start(node, _CARD)) > len(first) + _LEAST


def prune_small(container: Node) -> None:
    """Take credits, captions and tags out of the text that was found; they stay whole, for their dates and names."""
    small = [
        node
        for node in dom.walk(container)
        if node is not container
        and class_names.is_small_junk(node)
        and han_count(dom.content(node)) < _LONG_NOTE
    ]
    inside = {inner for node in small for inner in node.iterdescendants()}
    for node in small:
        if node not in inside:
            dom.remove(node)


def _protected(root: Node) -> set[Node]:
    """The elements that hold the title, most of the prose of a named body, or without one most of all prose."""
    heavy = masses(root)
    bodies = [node for node in dom.walk(root) if class_names.is_body(node) and heavy.get(node)]
    most = max((heavy[node] for node in bodies), default=0)
    inside = [node for node in bodies if heavy[node] >= most * _SPREAD]
    wide = [] if bodies else [node for node in heavy if _holds_most(node, heavy, root)]
    titles = [node for node in root.iter("h1") if not _is_unshown(node)]
    anchors = [*inside, *wide, *titles]
    return {around for node in anchors for around in (node, *node.iterancestors())}


def _holds_most(node: Node, heavy: Mapping[Node, int], root: Node) -> bool:
    """Return whether an element has most of the page's prose, and is not named like a place for readers' own."""
    named = f"{node.get('id') or ''} {node.get('class') or ''}"
    return heavy[node] >= _WIDE * heavy.get(root, 0) and not _READERS.search(named)


def _is_gone(node: Node) -> bool:
    if dom.name(node) in _GONE or class_names.is_junk(node):
        return True
    return bool(_UNSHOWN.search(node.get("style") or "")) or node.get("hidden") is not None


def _is_unshown(node: Node) -> bool:
    return any(_UNSHOWN.search(around.get("style") or "") for around in node.iterancestors())


def find(root: Node, title: Node | None = None) -> Node | None:
    """The element that holds the article's text, for a title that stands in an element; None without prose."""
    heavy = masses(root)
    if not heavy:
        return None
    titled = {} if title is None else dict.fromkeys((title, *title.iterancestors()), heavy.get(title, 0))
    spread = _spread(root, heavy, titled)
    named = _named(root, heavy)
    if named is not None and heavy[named] >= _FAIR * heavy[spread]:
        return named
    return spread


def lead(node: Node) -> Node | None:
    """The box before the container that leads in to the article, if there is one."""
    around = [node, *islice(node.iterancestors(), 2)]
    return next(
        (
            itersibling
            for index in around
            for itersibling in index.itersiblings(preceding=True)
            if class_names.is_lead(itersibling)
        ),
        None,
    )


def _named(root: Node, heavy: Mapping[Node, int]) -> Node | None:
    """The innermost named body that has most of what the heaviest has, or from which other things surround it there."""
    bodies = [node for node in dom.walk(root) if heavy.get(node) and class_names.is_body(node)]
    if not bodies:
        return None
    best = max(bodies, key=heavy.__getitem__)
    inner = [node for node in best.iter() if node in bodies and heavy[node] > _SPREAD * heavy[best]]
    nodes = [node for node in inner if heavy[node] >= _MOST * heavy[best] or _stands_alone(node, best, heavy)]
    return _with_equals(nodes[-1], bodies, heavy)


def _stands_alone(node: Node, outer: Node, heavy: Mapping[Node, int]) -> bool:
    """Return whether the prose around an element, as far as `outer`, is not of the same article."""
    while node is not outer:
        parent = node.getparent()
        around = heavy[parent] - heavy[node]
        blocks = sum(
            heavy[child]
            for child in parent
            if child is not node
            and heavy.get(child)
            and not _is_leaf(child, heavy)
            and not _like(child, node)
        )
        if around and blocks < around / 2:
            return False
        node = parent
    return True


def _with_equals(best: Node, bodies: Sequence[Node], heavy: Mapping[Node, int]) -> Node:
    """The parent, where the text is laid in several named elements side by side."""
    parent = best.getparent()
    equals = [
        node
        for node in bodies
        if node is not best and node.getparent() is parent and node.get("class") == best.get("class")
    ]
    beside = sum(heavy[node] for node in equals)
    # Many of a kind with much more text among them are a list of articles, not one article.
    return parent if parent is not None and 0 < beside <= 3 * heavy[best] else best


def _spread(root: Node, heavy: Mapping[Node, int], titled: Mapping[Node, int]) -> Node:
    """Follow the prose downwards while one child has most of it and the rest is of another kind.

    The text stands with its title: the child of `titled` is followed if it has a fair part of the prose, that of the
    title itself, which is the value, aside.
    """
    node = root
    while True:
        beside = next((child for child in node if child in titled), None)
        near = 0 if beside is None else heavy.get(beside, 0) - titled[beside]
        if near >= max(_SAYS_SOMETHING, _NEAR * heavy[node]):
            node = beside
            continue
        children = sorted((child for child in node if heavy.get(child)), key=heavy.__getitem__, reverse=True)
        if not children or heavy[children[0]] <= _SPREAD * heavy[node] or _is_leaf(children[0], heavy):
            return node
        best = children[0]
        if heavy[best] < _MOST * heavy[node] and _belong(best, children[1:], node, heavy):
            return node
        node = best


def _is_leaf(node: Node, heavy: Mapping[Node, int]) -> bool:
    """Return whether an element is a paragraph: no block inside it has prose of its own."""
    return not any(heavy.get(inner) for inner in node.iterdescendants())


def _belong(best: Node, others: Sequence[Node], parent: Node, heavy: Mapping[Node, int]) -> bool:
    """Return whether the rest of the prose is of the same article: paragraphs, or blocks like the best one."""
    loose = heavy[parent] - heavy[best] - sum(map(heavy.__getitem__, others))
    alike = sum(
        heavy[node]
        for node in others
        if _is_leaf(node, heavy) or _like(node, best) or next(node.iter("a"), None) is None
    )
    rest = loose + alike
    return rest > 0.5 * (heavy[parent] - heavy[best])


def _like(one: Node, other: Node) -> bool:
    return bool(one.tag == other.tag and one.get("class") == other.get("class") and not one.get("id"))
