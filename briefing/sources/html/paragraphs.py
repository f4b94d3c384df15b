"""The container's lines → the article's paragraphs: what stands before, between and after them goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from briefing.model import han_count
from briefing.sources.html import boilerplate, container, dom, figure_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.sources.html.dom import Line, Node

_DATE: Final = re.compile(r"(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}")
_INFO: Final = re.compile(
    r"^\W*(?:发布|发表|更新)?(?:时间|日期)|来源\s*[:：]|(?:浏览|阅读|点击)(?:次数|量)?\s*[:：]"
)
_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d{2}")
_TAIL: Final = re.compile(
    r"\s*(?:返回[^，。]{0,8}[，,]?\s*查看更多|[>＞]{2,}\s*(?:详细|更多|全文)|[【\[](?:详细|更多|全文)[】\]]|(?<=[\u4e00-\u9fff])[#¶])\s*$"
)
_NUMBERED: Final = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十\d]+[章节条])"
)
_NAMES_A_VIEW: Final = re.compile(
    r"^(?:[^，：；！？“”、了是没不说就也还都但他她我你它们这那会要能可]{1,5}"
    r"|[^，：；！？“”了]{1,20}(?:现场|画面|照片|合影|身影|截图|一角|全景|外景|外观|门口|检查单|示意图|海报|剧照))。$"
)
"""A few words with a full stop that name what is on the picture above them: 事发路段。 or 搜救队员在山谷里的身影。"""
_CENTRED: Final = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_OPENING: Final = re.compile(
    r".{0,30}?(?:[讯电][\s，（(]|\d{1,2}月\d{1,2}日|近日|近期|日前|[昨今][日天晚晨]|报道[，,]|消息[，,]|记者)"
)
"""How the first paragraph of news begins."""
_LEAD: Final = 40
"""Han characters of a first paragraph in a box at least; shorter ones are decks."""
_RUN: Final = 5
_TOLD_AGAIN: Final = 0.3
"""The share of the runs of five characters of an abstract that its text has again."""
_LATE: Final = 0.6
"""From this share of the prose on, the editors' names end the article."""
_REST: Final = 0.35
"""A list of other articles ends the article where less than this share of the prose follows."""
_AHEAD: Final = 100
"""Lines after a list of other articles among which the article may go on."""
_LINKED: Final = 0.6
"""The share of linked characters from which a line is a link."""
_HEADING: Final = 32
"""Characters of a sub-heading at most."""
_LEAST_CAPTION: Final = 10
"""Han characters of a caption that stands for a text."""
_SAYING: Final = 3
"""Han characters above the text from which a line says something; 一、 is a numeral."""
_TELLING: Final = 8
"""Characters from which a line that is part of the title repeats it."""
_MORE: Final = 6
"""Characters by which such a line may differ from it, such as （图）."""


@dataclass(frozen=True, slots=True)
class Body:
    """The article's paragraphs and sub-headings, and the credit lines that stood among them."""

    paragraphs: tuple[str, ...]
    sections: tuple[str, ...]
    credits: tuple[str, ...]


_CAPTION_CREDIT: Final = re.compile(r"\s*[（(【][^（）()【】]{0,30}(?:摄|供图|摄影|图|发)[）)】]\s*$")


def read(node: Node, title: str, *, with_captions: bool = False) -> Body:
    """Return the paragraphs of a container; `title` is the article's, which many pages repeat above the text.

    `with_captions` takes what is said of pictures for text, without its credits, as picture posts mean it.
    """
    everything = dom.lines(node)
    elsewhere = container.teasers(everything)
    own = [line for index, line in enumerate(everything) if index not in elsewhere]
    lines = _until_the_end([*figure_tables.told(own)])
    headings_stand_left = _stand_left(lines)
    body, credits_ = [], []
    for index, line in enumerate(lines):
        if figure_tables.is_row(line):
            body.append(line)
        elif boilerplate.is_credit(_without_tail(line.text)) or boilerplate.is_editors(line.text):
            credits_.append(line.text)
        elif headings_stand_left and line.pictures and _is_section(line) and _is_centred(line):
            # Where the sub-headings stand at the left, a bold line in the middle tells of the picture above it.
            continue
        elif with_captions and _tells_of_picture(line):
            body.append(replace(line, text=_CAPTION_CREDIT.sub("", line.text)))
        elif not _is_foreign(line, title, before_picture=_after(lines, index)):
            body.append(line)
    body = _without_head(list(_once(_without_lists(body))), title)
    # A label with nothing under it stood over a list that is gone.
    while body and body[-1].text.endswith(("：", ":")):
        body.pop()
    sections = [line for line in body if _is_section(line)]
    return Body(
        tuple(_without_tail(line.text) for line in body),
        tuple(_without_tail(line.text) for line in sections),
        tuple(credits_),
    )


def led(body: Body, box: Node, title: str) -> Body:
    """The text with the paragraph that a box before it holds; an abstract of a text that has its own is none.

    cnBeta sets the first paragraph in such a box; what is told again below it is an abstract.
    """
    first = read(box, title).paragraphs
    text, own = "".join(first), "".join(body.paragraphs)
    if han_count(text) < _LEAD or not boilerplate.ends_sentence(text) or _OPENING.match(own):
        return body
    runs = {text[start : start + _RUN] for start in range(len(text) - _RUN)}
    if sum(run in own for run in runs) > _TOLD_AGAIN * len(runs):
        return body
    return replace(body, paragraphs=first + body.paragraphs)


def _tells_of_picture(line: Line) -> bool:
    """Return whether a line is a sentence about a picture, not a button beside it."""
    text = _CAPTION_CREDIT.sub("", line.text)
    return (
        han_count(text) >= _LEAST_CAPTION
        and not line.linked
        and boilerplate.ends_sentence(text)
        and not boilerplate.is_appeal(text)
        and not boilerplate.is_notice(text)
    )


def _after(found: Sequence[Line], at: int) -> bool:
    """Return whether a picture stands directly after the line."""
    return at + 1 < len(found) and found[at + 1].pictures > 0


def _until_the_end(found: Sequence[Line]) -> list[Line]:
    """The lines before the editors' names, the comments, and the list of other articles that ends a page."""
    prose = [container.weight(line) for line in found]
    total = sum(prose) or 1
    passed = 0
    lines: list[Line] = []
    homes: set[Node] = set()
    skipping = False
    for index, (line, heavy) in enumerate(zip(found, prose, strict=True)):
        share = passed / total
        if boilerplate.is_editors(line.text) and share >= _LATE:
            lines.append(line)
            break
        if boilerplate.is_end(line.text) and share >= _LATE:
            lines.extend(credit for credit in found[index:] if boilerplate.is_credit(credit.text))
            break
        if boilerplate.is_more(line.text) and not _is_section_of(line, heavy):
            if passed and 1 - share <= _REST and not _goes_on(line, found[index + 1 : index + _AHEAD], homes):
                break
            skipping = True
        elif skipping:
            skipping = not _resumes(line)
        if not skipping:
            lines.append(line)
            homes.update([line.node.getparent()] if heavy else [])
        passed += heavy
    return lines


def _goes_on(box: Line, rest: Sequence[Line], homes: set[Node]) -> bool:
    """Return whether sentences follow among the article's, while the list has a box of its own."""
    return box.node.getparent() not in homes and any(
        line.node.getparent() in homes and _resumes(line) for line in rest
    )


def _is_section_of(line: Line, heavy: int) -> bool:
    return heavy > 0 and line.linked == 0 and not line.strong


def _resumes(line: Line) -> bool:
    """Return whether the article goes on with this line after a box with links."""
    return container.weight(line) > 0 and line.linked == 0 and boilerplate.ends_sentence(line.text)


def _is_foreign(line: Line, title: str, *, before_picture: bool) -> bool:
    """Return whether a line by itself is no text of the article."""
    text = line.text
    if (
        boilerplate.is_ornament(text)
        or boilerplate.is_more(text)
        or boilerplate.is_appeal(text)
        or boilerplate.is_notice(text)
    ):
        return True
    if _is_link(line) or _is_in_figure(line.node):
        return True
    beside = line.pictures > 0 or line.inside or before_picture
    if boilerplate.is_caption(text, beside=beside):
        return True
    return line.pictures > 0 and _looks_like_caption(line) and not _same(text, title)


def _looks_like_caption(line: Line) -> bool:
    """Return whether a line under a picture is short and set like a caption."""
    if len(line.text) > boilerplate.SHORT or line.strong >= len(line.text) * 0.8 or line.text.endswith("，"):
        return False
    if _NAMES_A_VIEW.match(line.text):
        return True
    if _is_centred(line):
        return True
    return not boilerplate.ends_sentence(line.text) and not line.text.endswith(("：", ":", "”"))


def _stand_left(found: Sequence[Line]) -> bool:
    """Return whether sub-headings stand at the left, and whatever is bold and in the middle under pictures only."""
    free = [line for line in found if _is_section(line) and not line.pictures and not line.linked]
    return bool(free) and not any(map(_is_centred, free))


def _is_centred(line: Line) -> bool:
    return any(
        _CENTRED.search(node.get("style") or "") or node.get("align") == "center" for node in _around(line)
    )


def _without_tail(text: str) -> str:
    """A paragraph without the link at its end that leads back or on."""
    return _TAIL.sub("", text)


def _around(line: Line) -> Iterator[Node]:
    yield line.node
    parent = line.node.getparent()
    if parent is not None:
        yield parent


def _is_link(line: Line) -> bool:
    """Return whether a line is a link to something else, not a sentence that holds links."""
    visible = len(line.text.replace(" ", ""))
    if line.linked < visible * _LINKED:
        return False
    return not (boilerplate.ends_sentence(line.text) and visible > boilerplate.SHORT)


def _is_in_figure(node: Node) -> bool:
    return any(dom.name(around) in {"figure", "figcaption"} for around in (node, *node.iterancestors()))


def _without_lists(found: Sequence[Line]) -> Iterator[Line]:
    """The lines that are not items of a list of short links or labels."""
    for line in found:
        if dom.name(line.node) == "li" and not container.weight(line) and line.linked:
            continue
        yield line


def _once(found: Iterable[Line]) -> Iterator[Line]:
    """The lines without those that repeat a whole paragraph, or are pulled out of one.

    Pages hold a text for screens and one for telephones, and set a sentence large beside the text.
    """
    everything = [*found]
    whole = "\n".join(line.text for line in everything if not _is_quoted(line.node))
    texts: set[str] = set()
    for line in everything:
        pulled = len(line.text) >= _TELLING and _is_quoted(line.node) and line.text.rstrip("。") in whole
        if not pulled and (line.text not in texts or not container.weight(line)):
            yield line
        texts.add(line.text)


def _is_quoted(node: Node) -> bool:
    return any(
        dom.name(ancestor) == "blockquote" for ancestor in (node, node.getparent()) if ancestor is not None
    )


def _without_head(found: Sequence[Line], title: str) -> list[Line]:
    """The lines from the first prose on; the title, the time and the way to the page stand above it."""
    start = next((index for index, line in enumerate(found) if _is_prose(line, title)), len(found))
    if start + 1 < len(found) and boilerplate.is_abstract(found[start].text):
        return _without_head(found[start + 1 :], title)
    head = [line for line in found[:start] if _belongs_above(line, title)]
    rest = [line for line in found[start:] if not _same(line.text, title)]
    return head + rest if rest else []


def _is_prose(line: Line, title: str) -> bool:
    if figure_tables.is_row(line) or _same(line.text, title) or _is_half(line.text, title):
        return False
    dated = _DATE.search(line.text) and (_CLOCK.search(line.text) or _INFO.search(line.text))
    return container.weight(line) > 0 and not (dated and len(line.text) <= boilerplate.SHORT)


def _is_half(text: str, title: str) -> bool:
    """Return whether a line is one of the lines of the title."""
    own = plain(text)
    return len(own) >= _TELLING and (plain(title).startswith(own) or plain(title).endswith(own))


def _belongs_above(line: Line, title: str) -> bool:
    """Return whether a short line above the first sentence is of the text: a salutation, a sub-heading."""
    if (
        figure_tables.is_row(line)
        or _same(line.text, title)
        or _is_half(line.text, title)
        or _DATE.search(line.text)
        or _CLOCK.search(line.text)
    ):
        return False
    return han_count(line.text) >= _SAYING and (
        line.text.endswith(("：", ":", "。", "！", "？", "，")) or bool(_NUMBERED.match(line.text))
    )


def _is_section(line: Line) -> bool:
    """Return whether a line is a sub-heading: short, without a full stop, and set as a heading or all in bold."""
    visible = len(line.text.replace(" ", ""))
    return (
        visible <= _HEADING and line.strong >= visible * 0.9 and not re.search(r"[。；，,;：:]$", line.text)
    )


def _same(text: str, title: str) -> bool:
    """Return whether a line repeats the title."""
    bare_text, other = plain(text), plain(title)
    return bool(bare_text) and (
        bare_text == other
        or (
            len(bare_text) >= _TELLING
            and (bare_text in other or other in bare_text)
            and abs(len(bare_text) - len(other)) <= _MORE
        )
    )


def plain(text: str) -> str:
    """A text's letters and numerals alone, for comparing."""
    return re.sub(r"[\W_]+", "", text)
