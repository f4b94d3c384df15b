r"""The script file: a script as text that a person likes to edit, parsed and printed without loss.

    ---
    show: demo
    day: 2023-06-09
    edition: morning
    title: 每日简报 2023年6月9日
    ---

    ## 长沙市政协来渝中区考察
    [story-1a2b3c4d | 新闻 | 晓伊 | 1a2b3c4d5e6f]

    6月5日，长沙市政协副主席黄梁率队来重{chóng}庆考察。{停0.8}
    > 6月5日,长沙市政协副主席黄梁率队来我区考察…

A heading opens a segment: its title, then in brackets its id, kind, anchor and articles, and behind them the ids of
the segments that it announces, if any. Each line is one sentence in printed form, with its reading and pause marks; in
a conversation @, a name and a space stand before what somebody else than the segment's anchor says (@云扬 什么时候通车？).
The lines with > under it are the source sentences it rests on. A backslash escapes a first character that would mean
something else, and as \u{…} characters that cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from briefing.errors import ScriptError
from briefing.model import EditionKey, Kind, Script, Segment, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS = {Kind.OPENING: "开场", Kind.HEADLINES: "提要", Kind.STORY: "新闻", Kind.CLOSING: "结尾"}
KEYS = ("show", "day", "edition", "title")
HELP = (
    "# 一行一句，照印刷文字写；“## ”开始一个段落，下一行方括号里是编号、类别、主播、文章。",
    "# “> ”是这一句所依据的原文，不会播出。读音写作 重{chóng}庆，停顿写作 {停0.8}。",
)
"""What an editor should know, in every file; lines with # in the front matter are not read."""

FIELDS = 4
"""Fields that every heading has: id, kind, anchor, articles."""

_FIRST = frozenset("#>[-<@")
"""Characters that mean something at the beginning of a line."""
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that nobody sees: controls, bidi marks, line separators."""

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]{0,6})\}|(.?))")
_FIELD = re.compile(r"((?:[^\\|]|\\.)*)(?:\||$)")
_LAST_CODE = 0x10FFFF

Line = tuple[int, str]
"""A line of the file with its number, counted from 1."""


def dump(script: Script) -> str:
    """The script as a text file; `parse` gives the same script back."""
    front = (script.key.show, script.key.day.isoformat(), script.key.edition, script.title)
    lines = [
        "---",
        *HELP,
        *(f"{key}: {_escaped(value)}" for key, value in zip(KEYS, front, strict=True)),
        "---",
    ]
    for segment in script.segments:
        lines += ["", *_printed(segment)]
    return "\n".join(lines) + "\n"


def parse(text: str) -> Script:
    """The script that a file holds.

    Raises `ScriptError`, which names the line and the reason, for anything that is not understood: nothing is dropped.
    """
    lines = [
        (number, line.rstrip())
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1)
    ]
    front, body = _front(lines)
    segments = tuple(_segment(block) for block in _blocks(body))
    if not segments:
        raise ScriptError("the script has no segment: begin one with “## ” and its title")
    key = EditionKey(front["show"], date.fromisoformat(front["day"]), front["edition"])
    return Script(key, front["title"], segments)


def _printed(segment: Segment) -> Iterator[str]:
    """The lines of a segment."""
    fields = [
        _escaped(value).replace("|", "\\|") for value in (segment.id, KINDS[segment.kind], segment.anchor)
    ]
    # Files without announcements keep their four fields, so that older files and new ones read alike.
    lists = (segment.articles, segment.stories) if segment.stories else (segment.articles,)
    yield f"## {_escaped(segment.title)}"
    yield f"[{' | '.join((*fields, *map(_listed, lists)))}]"
    for sentence in segment.sentences:
        words = _escaped(sentence.text)
        line = f"\\{words}" if words[0] in _FIRST else words
        yield ""
        yield f"@{_name_escaped(sentence.anchor)} {line}" if sentence.anchor else line
        yield from (f"> {_escaped(source)}" for source in sentence.rests_on)


def _listed(names: Sequence[str]) -> str:
    """Ids in one field, with spaces between them."""
    return " ".join(_name_escaped(name).replace("|", "\\|") for name in names)


def _name_escaped(name: str) -> str:
    """Return a name in which no space ends it."""
    return _escaped(name).replace(" ", "\\u{20}")


def _escaped(text: str) -> str:
    """The text on one line; what could be misread, lost or overlooked is written as an escape."""
    last = len(text) - 1
    return "".join(_seen(char, at_edge=index in {0, last}) for index, char in enumerate(text)) or "\\u{}"


def _seen(char: str, *, at_edge: bool) -> str:
    if char == "\\":
        return "\\\\"
    hidden = unicodedata.category(char) in _HIDDEN or (char.isspace() and (at_edge or char != " "))
    return f"\\u{{{ord(char):x}}}" if hidden else char


def _meant(line: Line) -> str:
    """The text behind its escapes."""
    number, text = line

    def char(found: re.Match[str]) -> str:
        code, itself = found[1], found[2]
        if code is None:
            if itself in {"", "u"}:
                raise ScriptError(
                    f"line {number}: a backslash escapes the sign after it, or \\u{{…}} a code; double it to keep it"
                )
            return str(itself)
        if code and int(code, 16) > _LAST_CODE:
            raise ScriptError(f"line {number}: \\u{{{code}}} is no character; the last one is 10ffff")
        return chr(int(code, 16)) if code else ""

    return _ESCAPE.sub(char, text)


def _front(lines: Sequence[Line]) -> tuple[dict[str, str], list[Line]]:
    """The front matter's values, and the lines after it."""
    opens, closes = ([index for index, (_, line) in enumerate(lines) if line == "---"] + [-1, -1])[:2]
    if closes < 0 or any(line for _, line in lines[:opens]):
        raise ScriptError("line 1: the script must begin with its front matter between two lines of ---")
    front: dict[str, str] = {}
    for line in lines[opens + 1 : closes]:
        if line[1] and not line[1].startswith("#"):
            _take(front, line)
    for missing in [key for key in KEYS if key not in front]:
        raise ScriptError(f"line {lines[closes][0]}: the front matter lacks `{missing}`")
    return front, list(lines[closes + 1 :])


def _take(front: dict[str, str], line: Line) -> None:
    """Read one line of the front matter."""
    key, colon, value = (part.strip() for part in line[1].partition(":"))
    if not colon or key not in KEYS:
        raise ScriptError(f"line {line[0]}: the front matter knows only {', '.join(KEYS)}, each with a colon")
    if key in front:
        raise ScriptError(f"line {line[0]}: `{key}` stands twice; keep one")
    front[key] = _meant((line[0], value))
    if key == "day" and not _is_day(front[key]):
        raise ScriptError(f"line {line[0]}: `{value}` is no day; write it as 2023-06-09")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _blocks(body: Sequence[Line]) -> list[list[Line]]:
    """The lines of each segment, without the empty ones; raises `ScriptError` for what stands in none, and for twins."""
    blocks: list[list[Line]] = []
    counts: dict[str, int] = {}
    for number, line in (entry for entry in body if entry[1]):
        if line.startswith("## ") or line == "##":
            blocks.append([])
        elif not blocks:
            raise ScriptError(
                f"line {number}: this stands before the first segment; begin one with “## ” and its title"
            )
        blocks[-1].append((number, line))
    for block in blocks:
        name = _fields(block)[0]
        if name in counts:
            raise ScriptError(
                f"line {block[1][0]}: the id {name} stands already in line {counts[name]}; give each segment its own"
            )
        counts[name] = block[1][0]
    return blocks


def _fields(block: Sequence[Line]) -> list[str]:
    """Return what the line in brackets under a heading says, still escaped."""
    number = block[0][0]
    if len(block) == 1 or not (block[1][1].startswith("[") and block[1][1].endswith("]")):
        raise ScriptError(f"line {number}: under the title must stand [id | kind | anchor | articles]")
    matches = list(_FIELD.finditer(block[1][1][1:-1]))
    # The pattern matches once more, empty, behind a last field that has no bar: count the bars instead.
    bars = sum(field.end() > field.end(1) for field in matches)
    fields = [field[1].strip() for field in matches][: 1 + bars]
    if len(fields) not in {FIELDS, FIELDS + 1}:
        raise ScriptError(f"line {block[1][0]}: four fields are needed, [id | kind | anchor | articles]")
    return [*fields, ""][: FIELDS + 1]


def _segment(block: Sequence[Line]) -> Segment:
    """A segment from its lines: title, brackets, sentences with their sources."""
    (number, heading), (place, _), *rest = block
    fields = _fields(block)
    name, kind, anchor = (_meant((place, field)) for field in fields[:3])
    if not name or not anchor:
        raise ScriptError(f"line {place}: a segment needs an id and an anchor")
    kinds = {**{word: key for key, word in KINDS.items()}, **{key.value: key for key in Kind}}
    if kind not in kinds:
        raise ScriptError(
            f"line {place}: the kind `{kind}` is not known; it is one of {'、'.join(KINDS.values())}"
        )
    articles, stories = (tuple(_meant((place, name)) for name in field.split()) for field in fields[3:])
    sentences = tuple(_sentences(rest))
    if not sentences:
        raise ScriptError(
            f"line {number}: this segment says nothing; write a sentence or remove its title too"
        )
    return Segment(
        name, kinds[kind], _meant((number, heading[2:].strip())), anchor, sentences, articles, stories
    )


def _sentences(lines: Sequence[Line]) -> Iterator[Sentence]:
    """The sentences, each with the source lines under it."""
    current: Sentence | None = None
    sources: list[str] = []
    for number, line in lines:
        if line.startswith(">"):
            if current is None:
                raise ScriptError(f"line {number}: a source line needs its sentence above it")
            sources.append(_meant((number, line[1:].strip())))
            continue
        if current is not None:
            yield replace(current, rests_on=tuple(sources))
        current, sources = _spoken((number, line.strip())), []
    if current is not None:
        yield replace(current, rests_on=tuple(sources))


def _spoken(line: Line) -> Sentence:
    """Return a sentence from its line; `@name` before it says who says it in a conversation."""
    number, text = line
    anchor = ""
    if text.startswith("@"):
        anchor, _, text = text[1:].partition(" ")
        if not anchor or not text.strip():
            raise ScriptError(f"line {number}: behind @ stand a name, a space and the sentence of who has it")
        text = text.strip()
    if text[0] in _FIRST:
        raise ScriptError(f"line {number}: a sentence cannot begin with {text[0]}; put a backslash before it")
    return Sentence(_meant((number, text)), (), _meant((number, anchor)))
