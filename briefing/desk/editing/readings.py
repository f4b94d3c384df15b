"""How a sentence is read, and at which of its characters an editor can choose."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.errors import ScriptError
from briefing.mandarin.pronounce.choice import By
from briefing.mandarin.pronounce.syllables import shown
from briefing.mandarin.reading import read
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.mandarin import Lexicon, Reading
    from briefing.mandarin.pronounce.choice import Chosen
    from briefing.model import Script


READINGS_CACHED = 4096
"""Sentences whose reading is kept: an edition has a few hundred."""


_WHY = {
    By.MARK: "编辑标注的",
    By.LEXICON: "按词典读",
    By.NAME: "按姓氏读",
    By.USAGE: "按用法读",
    By.PHRASE: "按词语读",
    By.ACROSS: "按跨词的短语读",
    By.MODEL: "由模型按上下文判断",
    By.LIGHT: "按轻声读",
    By.ERHUA: "儿化，并进前一个字",
    By.ONLY: "只有这一种读法",
    By.COMMONEST: "没有旁证，暂取最常见的读法",
}
"""What a reading rests on, for a person."""


MOST_SENTENCE_CHARS = 600
"""Characters of a sentence that is read: the time for it grows with the square, and nobody says more in one breath."""


TOO_LONG = f"这一句太长，请拆成{MOST_SENTENCE_CHARS}字以内的几句"


FAULT = "花括号里的标注不对：读音写作 重{chóng}庆，停顿写作 {停0.8}"


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """A character that can be read in more than one way, by its place in the printed text without marks.

    `say` and `others` are written as people read them; one that is not `sure` is shown to the editor, and `why` says
    what it rests on. `word` is the word it stands in, `word_pinyin` that word's reading and `word_place` the
    character's place among its syllables. A `token` is no character but a piece of text that no rule knows.
    """

    index: int
    char: str
    say: str = ""
    others: tuple[str, ...] = ()
    why: str = ""
    sure: bool = False
    word: str = ""
    word_pinyin: tuple[str, ...] = ()
    word_place: int = 0
    token: bool = False


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """Reading of a sentence of the script; `fault` says what is wrong with its marks, if it cannot be read."""

    spoken: str
    pinyin: tuple[str, ...] = ()
    choices: tuple[ReadingChoice, ...] = ()
    fault: str = ""


@lru_cache(maxsize=READINGS_CACHED)
def read_sentence(text: str, lexicon: Lexicon) -> SentenceReading:
    """Return how a sentence, marks and all, is read by a lexicon."""
    if len(text) > MOST_SENTENCE_CHARS:
        return SentenceReading("", fault=TOO_LONG)
    try:
        reading = read(text, lexicon)
    except ScriptError:
        return SentenceReading("", fault=FAULT)
    choices = sorted(_list_choices(reading), key=lambda one: one.index)
    return SentenceReading(reading.spoken, tuple(map(shown, reading.pinyin)), tuple(choices))


def _list_choices(reading: Reading) -> Iterator[ReadingChoice]:
    """Return what can be chosen in the print: what is said in place of a number or a sign cannot be marked there."""
    blocks = SequenceMatcher(None, reading.spoken, reading.printed, autojunk=False).get_matching_blocks()
    printed = {old + step: new + step for old, new, length in blocks for step in range(length)}
    chosen = iter(reading.chosen)
    start = 0
    for word in reading.words:
        readings = [next(chosen) for char in word if is_han(char)]
        for index, (step, chosen_reading) in enumerate(zip(_han_steps(word), readings, strict=True)):
            if chosen_reading.others and start + step in printed:
                yield _make_choice(word, readings, index, printed[start + step])
        start += len(word)
    for doubt in reading.doubtful:
        if not doubt.chosen:
            yield ReadingChoice(doubt.index, doubt.char, why="没有规则知道这怎么读", token=True)


def _han_steps(word: str) -> list[int]:
    return [step for step, char in enumerate(word) if is_han(char)]


def _make_choice(word: str, said: Sequence[Chosen], place: int, index: int) -> ReadingChoice:
    """The choice at one syllable of a word."""
    reading = said[place]
    return ReadingChoice(
        index=index,
        char=word[_han_steps(word)[place]],
        say=shown(reading.syllable),
        others=tuple(map(shown, reading.others)),
        why=_WHY[reading.by],
        sure=reading.sure,
        word=word,
        word_pinyin=tuple(shown(each.syllable) for each in said),
        word_place=place,
    )


def count_doubtful(script: Script, lexicon: Lexicon) -> int:
    """Characters and tokens of a script whose reading a person should look at."""
    return sum(
        not choice.sure
        for segment in script.segments
        for sentence in segment.sentences
        for choice in read_sentence(sentence.text, lexicon).choices
    )
