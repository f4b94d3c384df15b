"""Read a sentence as words, values and times with their places, ready to be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.equivalents import GROUPS, LIGHT
from briefing.editorial.facts.modality import NEGATIONS, NOT_NEGATIONS
from briefing.editorial.facts.moments import Moment, parse_moments
from briefing.editorial.facts.offices import HEADS, find_names
from briefing.editorial.facts.opposites import AXES, FAMILY
from briefing.editorial.facts.tables import read_words
from briefing.editorial.facts.values import Value, parse_codes, parse_values
from briefing.mandarin import segmenter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


LONGEST = 600
"""Characters of a sentence that are compared; news has no longer one."""
NAME = "nr"
HOME = "@home"
"""Stands for the paper's own place however it is written."""
ENDLESS = re.compile(r"[\d.,]{24,}")
"""Digits that are no quantity and would only be slow to read."""
_MARKS = re.compile(r"\{[^{}]{0,40}\}")
_FOLDED = {ord(sign): str(number) for number, sign in enumerate("ⅠⅡⅢⅣⅤⅥ", 1)} | {
    ord(wide): narrow
    for wide, narrow in zip("０１２３４５６７８９％，．：－＋／", "0123456789%,.:-+/", strict=True)
}
_ROMANS = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}
_ROMAN = re.compile(r"(?<![A-Za-z\d])(?:III|II|IV|VI|I|V)(?=[类级期型标段号])")
_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_HALF_MARK = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;!?()]")
_CLAUSE_END = frozenset("，；：。！？…—\n")
_CONTENT = ("n", "v", "a", "i", "l", "j", "s", "b", "z", "eng", "t", "f", "g", "d")
_FLAGS = dict.fromkeys(HEADS, "n") | dict.fromkeys(read_words("contests"), "v")
"""Parts of speech that the segmenter's dictionary has wrong: 选手 is no verb, 战胜 no name."""
_PREFIXED = frozenset("拟需须")
"""Characters of certainty and duty that the dictionary joins with what follows: 拟向, 需提交."""
_FUNCTION_FLAGS = ("ud", "uj", "ul", "uz", "ug", "uv", "d", "dg", "f")


@dataclass(frozen=True, eq=False, slots=True)
class Word:
    """A word of a sentence with its part of speech and its place."""

    text: str
    """The characters, or HOME."""
    flag: str
    """Part of speech as jieba tags it; `val`, `time` and `code` for parsed spans."""
    start: int
    end: int
    clause: int
    """Number of its clause in the sentence."""
    content: bool
    """Whether it claims something by itself."""
    value: Value | None = None
    moment: Moment | None = None

    @property
    def is_mark(self) -> bool:
        """Return whether it is punctuation."""
        return self.flag in {"x", "w"}


@dataclass(frozen=True, eq=False)
class Reading:
    """A sentence read: its folded text and its words in order."""

    text: str
    words: tuple[Word, ...]
    values: tuple[int, ...]
    """Indices of the words that are values."""
    moments: tuple[int, ...]
    """Indices of the words that are times."""


def fold(text: str) -> str:
    """Return the text with one form for digits and marks; no character moves."""
    blanked = _MARKS.sub(lambda mark: "　" * len(mark[0]), text.translate(_FOLDED))
    blanked = _ROMAN.sub(lambda numeral: _ROMANS[numeral[0]].rjust(len(numeral[0])), blanked)
    blanked = ENDLESS.sub(lambda run: "　" * len(run[0]), blanked)
    return _HALF_MARK.sub(lambda mark: mark[0].translate(_FULL), blanked)


@lru_cache(maxsize=2048)
def read_sentence(text: str, place: str, printed: date, names: tuple[str, ...] = ()) -> Reading:
    """Read a sentence of a paper about `place`, printed on that day; `names` are people known from elsewhere."""
    folded = fold(text[:LONGEST])
    moments = parse_moments(folded, printed)
    spans: list[tuple[int, int, object]] = [(moment.start, moment.end, moment) for moment in moments]
    values = parse_values(folded, [(start, end) for start, end, _ in spans])
    spans += [(value.start, value.end, value) for value in values]
    spans += [
        (start, end, None) for start, end in parse_codes(folded, [(start, end) for start, end, _ in spans])
    ]
    people = dict.fromkeys((*names, *find_names(folded)))
    spans += _name_spans(folded, people, [(start, end) for start, end, _ in spans])
    collected = tuple(_number_clauses(_words(folded, sorted(spans, key=lambda span: span[:2]), place)))
    return Reading(
        folded,
        collected,
        tuple(index for index, word in enumerate(collected) if word.value),
        tuple(index for index, word in enumerate(collected) if word.moment),
    )


def _name_spans(
    text: str, names: Iterable[str], taken: list[tuple[int, int]]
) -> list[tuple[int, int, object]]:
    """The places of people's names, the longest first."""
    collected: list[tuple[int, int, object]] = []
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                collected.append((*match.span(), NAME))
                taken.append(match.span())
    return collected


def _words(
    text: str, spans: list[tuple[int, int, object]], place: str
) -> Iterator[tuple[str, str, int, int, object]]:
    position = 0
    for start, end, fact in (*spans, (len(text), len(text), None)):
        yield from _plain_words(text[position:start], position, place)
        if end > start:
            flag = _flag_of(fact)
            yield text[start:end], flag, start, end, None if fact == NAME else fact
        position = end


def _flag_of(fact: object) -> str:
    if fact is None:
        return "code"
    if fact == NAME:
        return NAME
    return "time" if isinstance(fact, Moment) else "val"


def _plain_words(piece: str, offset: int, place: str) -> Iterator[tuple[str, str, int, int, object]]:
    """The words between facts: the paper's own place is one word, and a negation is a word of its own."""
    for part, start, is_home in _homes(piece, place):
        if is_home:
            yield HOME, "ns", offset + start, offset + start + len(part), None
            continue
        position = offset + start
        for word, flag in _tagged(part):
            yield word, flag, position, position + len(word), None
            position += len(word)


@lru_cache(maxsize=8192)
def _tagged(piece: str) -> tuple[tuple[str, str], ...]:
    collected: list[tuple[str, str]] = []
    for word, flag in _rejoined(segmenter.tag(piece, guess=False)) if piece else ():
        collected += _split_negation(word, _FLAGS.get(word, flag))
    return tuple(collected)


def _rejoined(tagged: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The words with pairs joined that the tables know as one and the segmenter's dictionary does not: 不敌, 装上."""
    pending: tuple[str, str] | None = None
    for word, flag in tagged:
        if pending and (pending[0] + word in AXES or pending[0] + word in GROUPS):
            pending = (pending[0] + word, "v" if "v" in pending[1] + flag else flag)
            continue
        if pending:
            yield pending
        pending = (word, flag)
    if pending:
        yield pending


def _split_negation(word: str, flag: str) -> list[tuple[str, str]]:
    """The word, or its parts where the dictionary joins a negation or an opposite with another word."""
    tail = word[2:]
    if len(word) > 3 and tail in AXES and tail not in FAMILY:  # noqa: PLR2004 - 情节严重 is two words
        return [(word[:2], "n"), (tail, "a")]
    if word in NEGATIONS or word in NOT_NEGATIONS or word in AXES:
        return [(word, flag)]
    if word[0] in _PREFIXED and len(word) > 1 and flag[:1] == "v" and word not in GROUPS:
        return [(word[:1], "d"), (word[1:], "v")]
    for size in (2, 1):
        if word[:size] in NEGATIONS and word[0] in "不未没无" and len(word) > size:
            return [(word[:size], "d"), (word[size:], "v")]
    return [(word, flag)]


def _homes(piece: str, place: str) -> Iterator[tuple[str, int, bool]]:
    """The piece cut around the names of the paper's own place."""
    position = 0
    pattern = _home_pattern(place)
    for match in pattern.finditer(piece) if pattern else ():
        yield piece[position : match.start()], position, False
        yield match[0], match.start(), True
        position = match.end()
    yield piece[position:], position, False


@lru_cache(maxsize=64)
def _home_pattern(place: str) -> re.Pattern[str] | None:
    if not place:
        return None
    unit, stem = place[-1], place[:-1]
    names = [re.escape(place), f"[我本]{re.escape(unit)}"]
    if len(stem) > 1:
        names.append(re.escape(stem) + f"(?!{re.escape(unit)})")
    return re.compile("|".join(names))


def _number_clauses(collected: Iterator[tuple[str, str, int, int, object]]) -> Iterator[Word]:
    clause = 0
    for text, flag, start, end, fact in collected:
        yield _word(text, flag, start, end, clause, fact)
        clause += text[-1:] in _CLAUSE_END and fact is None


def _word(text: str, flag: str, start: int, end: int, clause: int, fact: object) -> Word:
    value = fact if isinstance(fact, Value) else None
    moment = fact if isinstance(fact, Moment) else None
    plain = value is None and moment is None
    content = plain and (flag == "code" or (_carries(text, flag) and text not in LIGHT))
    return Word(text, flag, start, end, clause, content, value, moment)


def _carries(text: str, flag: str) -> bool:
    if not any("\u4e00" <= char <= "\u9fff" or char.isalnum() for char in text):
        return False
    return (
        flag.startswith(_CONTENT)
        and not (len(text) == 1 and flag in _FUNCTION_FLAGS)
        and flag not in {"ud", "uj", "ul"}
    )
