"""Text → tree, and the lines that a reader sees in a tree; the only file that knows lxml.

The parser makes no request, follows no entity, and keeps libxml2's own limits on depth and size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from lxml import etree
from lxml import html as parser

from briefing.errors import SourceError
from briefing.sources.text_normalizer import replace_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

Node: TypeAlias = Any
"""An element of the tree; lxml ships no types."""

MAX_TEXT: Final = 8 * 1024 * 1024
"""Characters of the largest page that is read; news pages have 30 to 400 thousand."""
MAX_NODES: Final = 200_000
"""Elements of the largest page that is read; a page of a portal has some 3,000."""
_PROLOGUE: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENDS: Final = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""What ends a page; where an included head brings its own, the parser would leave all that follows outside the tree."""
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BLOCKS: Final = frozenset(
    """address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form
    founder-content h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section table tbody td tfoot th
    thead title tr ul""".split()
)
_PICTURES: Final = frozenset({"img", "picture", "video", "iframe", "figure", "embed", "object", "mpvoice"})
_SILENT: Final = frozenset({"script", "style"})
_STRONG: Final = frozenset({"strong", "b", "h1", "h2", "h3", "h4", "h5", "h6"})
_STRONG_NAMES: Final = re.compile(r"(?:^|[\s_-])(?:h[1-6]|strong|bold)(?:$|\s)")
"""Names that set an inline element as a heading or in bold."""
_SPACES: Final = re.compile(r"[\s\u00a0\u3000\u2002-\u200a\u202f\u205f]+")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\u00ad]")
_WRAPPED: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef“”‘’…—])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef“”‘’…—])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """Line of text as a reader sees it.

    `node` is the block that it stands in; `linked` and `strong` count its characters inside links and in bold
    type; `pictures` counts the pictures between it and the line before; `inside` when one stands in the line.
    """

    text: str
    node: Node
    linked: int
    strong: int
    pictures: int
    inside: bool = False


def tree(markup: str) -> Node:
    """The tree of a page; raises `SourceError` for a page that is too large or has no element."""
    if len(markup) > MAX_TEXT:
        raise SourceError(
            f"{len(markup):,} characters are more than a web page of news has (at most {MAX_TEXT:,})"
        )
    clean = _ENDS.sub("", _UNSEEN.sub("", _PROLOGUE.sub("", markup)))
    if not clean.strip():
        raise SourceError("the page is empty")
    reader = parser.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = parser.document_fromstring(clean, parser=reader)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(f"the page cannot be read as HTML: {error}") from error
    if sum(1 for _ in root.iter()) > MAX_NODES:
        raise SourceError(f"the page has more than {MAX_NODES:,} elements; no news page has")
    # The reading beside a character (ruby) is for the eye; read in line it would be spoken twice.
    for reading in [*root.iter("rt", "rp", "rtc")]:
        remove(reading)
    return root


def fragment(markup: str) -> Node:
    """The tree of a piece of HTML, such as a feed's entry."""
    return tree(f"<html><body><div>{markup}</div></body></html>")


def name(node: Node) -> str:
    """An element's tag in lower case."""
    return node.tag.lower() if isinstance(node.tag, str) else ""


def tidy(text: str) -> str:
    """A text with single spaces and nothing invisible; a line break of the markup between Han characters is none."""
    return _SPACES.sub(" ", _WRAPPED.sub("", _INVISIBLE.sub("", replace_characters(text)))).strip()


def content(node: Node) -> str:
    """All text inside an element, tidied."""
    return tidy("".join(node.itertext()))


def start(node: Node, most: int) -> str:
    """The first characters of the text inside an element, tidied, at most about as many as `most`."""
    parts: list[str] = []
    length = 0
    for text in node.itertext():
        parts.append(text[:most])
        length += len(text.strip())
        if length > most:
            break
    return tidy("".join(parts))


def walk(node: Node) -> Iterator[Node]:
    """Every element below a node and itself, in the order of the page."""
    yield from node.iter(etree.Element)


def scripts(root: Node) -> Iterator[str]:
    """The scripts of a page, JSON-LD aside."""
    return (node.text or "" for node in root.iter("script") if "ld+json" not in (node.get("type") or ""))


def remove(node: Node) -> None:
    """Take an element out of its tree; the text after it stays."""
    if node.getparent() is not None:
        node.drop_tree()


def _is_strong(node: Node) -> bool:
    tag = name(node)
    return tag in _STRONG or (tag == "span" and bool(_STRONG_NAMES.search(node.get("class") or "")))


class _Reader:
    """Collects the lines of a tree."""

    def __init__(self, root: Node, *, apart: bool) -> None:
        self._apart = apart
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = self._strong = self._pictures = self._links = self._bold = self._pre = 0
        self._inside = False
        # Whatever the root is, it ends a line.
        self._blocks: list[Node] = [root]

    def start(self, node: Node) -> None:
        tag = name(node)
        if tag in _PICTURES:
            self._picture()
        if tag in _BLOCKS:
            self._end_line()
            self._blocks.append(node)
        self._links += tag == "a"
        self._bold += _is_strong(node)
        self._pre += tag == "pre"
        if tag not in _SILENT:
            self._add(f" {node.text}" if self._apart and node.text else node.text)

    def end(self, node: Node) -> None:
        tag = name(node)
        if tag in _BLOCKS:
            self._end_line()
            self._blocks.pop()
        self._links -= tag == "a"
        self._bold -= _is_strong(node)
        self._pre -= tag == "pre"
        if node is not self._blocks[0]:
            self._add(f" {node.tail or ''}" if self._apart else node.tail)

    def finish(self) -> None:
        self._end_line()

    def _picture(self) -> None:
        if "".join(self._parts).strip():
            self._inside = True
        else:
            self._pictures += 1

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._pre and "\n" in text:
            for line in text.split("\n"):
                self._end_line()
                self._add(line)
            return
        self._parts.append(text)
        visible = len(_SPACES.sub("", text))
        self._linked += visible if self._links else 0
        self._strong += visible if self._bold else 0

    def _end_line(self) -> None:
        text = tidy("".join(self._parts))
        self._parts.clear()
        if text:
            node = self._blocks[-1]
            node = node.getparent() if name(node) == "br" else node
            self.lines.append(
                Line(text, node, self._linked, self._strong, self._pictures, inside=self._inside)
            )
            self._pictures = 0
        self._linked = self._strong = 0
        # A picture in the middle of a line stands before the next one.
        self._pictures += self._inside
        self._inside = False


def lines(node: Node, *, apart: bool = False) -> list[Line]:
    """The lines below a node, in order; `apart` sets a space where an inline element begins or ends."""
    reader = _Reader(node, apart=apart)
    for event, element in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            reader.start(element)
        else:
            reader.end(element)
    reader.finish()
    return reader.lines
