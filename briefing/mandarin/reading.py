"""A printed text and how it is read: the spoken form, its words, its pinyin, and what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

from briefing.errors import ScriptError
from briefing.mandarin import lexicon as lexicons
from briefing.mandarin import marks, segmenter
from briefing.mandarin.normalize import spoken, unknown
from briefing.mandarin.pronounce import choice, erhua, homophones, sandhi
from briefing.mandarin.pronounce.choice import By
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.mandarin.lexicon import Lexicon
    from briefing.mandarin.pronounce.choice import Chosen


@dataclass(frozen=True, slots=True)
class Doubt:
    """A character of the spoken form whose reading is not certain, or a token of the print that no rule knows.

    `index` is in the spoken form; a token has no `chosen`, no `others`, and its index is in the printed text.
    """

    index: int
    char: str
    chosen: str
    others: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed text, and how it is read.

    `spoken` is what is said, `words` the same cut into words; `pinyin` has one syllable a Han character of it, with
    the tones that are heard, and `chosen` the dictionary's reading of the same characters and what it rests on.
    `pause_after` is what an editor's mark asks for, in ms, else 0; `pace` a factor on the speed, from {慢} and {快}.
    """

    printed: str
    spoken: str
    words: tuple[str, ...]
    pinyin: tuple[str, ...]
    doubtful: tuple[Doubt, ...]
    pause_after: int = 0
    chosen: tuple[Chosen, ...] = ()
    pace: float = 1.0


@cache
def newsroom_lexicon() -> Lexicon:
    """The newsroom's own lexicon."""
    return lexicons.load()


def pinyin(text: str) -> list[str]:
    """One item a character: its syllable with tone digit as in the dictionary, '' for what has none.

    Third tones are not changed, 一 is yi1 and 不 bu4: `sandhi.spoken_tones` says how they are heard.
    """
    return [chosen.syllable if chosen else "" for chosen in choice.choose(text, newsroom_lexicon(), {})]


def read(printed: str, lexicon: Lexicon | None = None) -> Reading:
    """Return the reading of a printed text with or without marks; raise `ScriptError` for a wrong mark.

    A pause inside the text counts as one at its end: cut at `marks.pieces` first.
    """
    words = lexicon or newsroom_lexicon()
    marked = marks.parse(printed)
    text = spoken(words.said(marked.text))
    chosen = choice.choose(text, words, _carried(marked.text, text, marked.readings))
    cut = tuple(segmenter.cut(text))
    han = tuple(chosen_reading for chosen_reading in chosen if chosen_reading)
    return Reading(
        printed=marked.text,
        spoken=text,
        words=cut,
        pinyin=sandhi.spoken_tones(cut, [chosen_reading.syllable for chosen_reading in han]),
        doubtful=(*_unsure(text, chosen), *_unknown(marked.text)),
        pause_after=max(marked.pauses.values(), default=0),
        chosen=han,
        pace=marked.pace,
    )


def _unsure(said: str, chosen: Sequence[Chosen | None]) -> Iterator[Doubt]:
    for index, chosen_reading in enumerate(chosen):
        if chosen_reading and not chosen_reading.sure:
            yield Doubt(
                index, said[index], chosen_reading.syllable, chosen_reading.others, chosen_reading.why
            )


def _unknown(printed: str) -> Iterator[Doubt]:
    for token in unknown(printed):
        yield Doubt(printed.find(token), token, "", (), "no rule knows it")


def _carried(printed: str, said: str, marked: Mapping[int, str]) -> dict[int, str]:
    """Readings that were marked in the printed text, at the places where their characters stand in the spoken one.

    Raises `ScriptError` for a marked character that is not said.
    """
    if not marked:
        return {}
    blocks = SequenceMatcher(None, printed, said, autojunk=False).get_matching_blocks()
    moved = {old + step: new + step for old, new, length in blocks for step in range(length)}
    for index in marked.keys() - moved.keys():
        raise ScriptError(
            f"{printed[index]} in {printed[max(0, index - 8) : index + 8]!r} has a reading but is not said: "
            "take the mark out, or change the lexicon's entry"
        )
    return {moved[index]: syllable for index, syllable in marked.items()}


def respell(reading: Reading, lexicon: Lexicon | None = None) -> str:
    """The spoken form for an engine that takes no pinyin: what it would misread is written with plain characters.

    A same-sounding character that has no other reading takes the place of the one that has: 重庆, 虫庆.
    What phrases and the model would have said anyway stays as it is; what an editor or a show's lexicon says does not.
    A reading that no plain character has (de5, dei3) stays too.
    """
    written = list(reading.spoken)
    for index, chosen in _to_show(reading, lexicon):
        written[index] = homophones.plain(chosen.syllable) or written[index]
    return "".join(written)


def misread(reading: Reading, lexicon: Lexicon | None = None, *, respelled: bool) -> tuple[Doubt, ...]:
    """Return what an engine without pinyin reads otherwise: all of it, or what is left when it is `respelled`."""
    return tuple(
        Doubt(index, reading.spoken[index], chosen.syllable, chosen.others, "the voice cannot be told")
        for index, chosen in _to_show(reading, lexicon)
        if not (respelled and homophones.plain(chosen.syllable))
    )


def _to_show(reading: Reading, lexicon: Lexicon | None) -> Iterator[tuple[int, Chosen]]:
    """The characters, by place in the spoken form, that an engine without pinyin must be shown how to read."""
    places = (index for index, char in enumerate(reading.spoken) if is_han(char))
    guessed = choice.guess(reading.spoken)
    for at_char, chosen in zip(places, reading.chosen, strict=True):
        if _must_show(chosen, guessed[at_char], lexicon or newsroom_lexicon()):
            yield at_char, chosen


_HEARD_ANYWAY = (By.LIGHT, By.ERHUA)
"""What engines that take text say by themselves; no plain character is said lightly."""


def _must_show(chosen: Chosen, guessed: str, lexicon: Lexicon) -> bool:
    """Return whether an engine must be shown the reading: it would say another, or a person asked for it."""
    if chosen.by in _HEARD_ANYWAY:
        return False
    if erhua.remove_rhotic(chosen.syllable) != guessed:
        return True
    is_asked = chosen.by == By.LEXICON and lexicon.is_asked_for(chosen.detail)
    return bool(chosen.others) and (chosen.by == By.MARK or is_asked)
