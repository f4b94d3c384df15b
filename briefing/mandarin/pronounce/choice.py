"""Which reading each character has, how sure that is, and why.

Evidence, the strongest first: the editor's mark, the lexicon, a person's name, what the character does in its sentence,
a phrase of the dictionary, the model for what no phrase covers, the only reading. Phrases lose to the model where
they lie across the words of the sentence and the model is sure (小心|地, not 心地).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from briefing.mandarin import segmenter
from briefing.mandarin.pronounce import (
    erhua,
    g2pm_model,
    light_tones,
    polyphones,
    surnames,
    syllables,
    word_rules,
)
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.mandarin.lexicon import Entry, Lexicon
    from briefing.mandarin.segmenter import Token

SURE = 0.95
"""The model's probability from which its choice is not shown to an editor."""

OVERRULES = 0.99
"""The model's probability from which it overrules a phrase that lies across words."""

MISLEADING = frozenset(
    "弹背奔薄便泊藏曾差长朝称乘冲重处创答单担当倒得调恶发干供更勾冠观好喝荷横哄划晃几济系夹假间监降角教校结解禁尽劲卷卡看空落累露没闷蒙模磨难宁弄铺强切曲圈任撒塞散丧色煞扇"
    "舍什省盛石似宿提挑帖吐为鲜相巷削血咽应佣晕载脏扎炸占涨折正挣症只种轴转钻行还兴查盖仇朴数教"
)
"""Characters of which news often uses the reading that the model was seldom shown: its choice is never sure."""

LONG_PHRASE = 3
"""Characters of a phrase that no rule of usage doubts: 不亦乐乎, 众矢之的."""

UNSTRESSED = {"一": "yi1", "不": "bu4"}
"""What the dictionary of phrases has with the tones of speech; `sandhi` sees to those."""


class By(StrEnum):
    """Basis of a reading."""

    MARK = "marked by the editor"
    LEXICON = "lexicon"
    NAME = "surname"
    USAGE = "usage"
    PHRASE = "phrase"
    ACROSS = "phrase across words"
    MODEL = "model"
    LIGHT = "light syllable"
    ERHUA = "r of the syllable before"
    ONLY = "only reading"
    COMMONEST = "commonest reading"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A character's reading with the dictionary's tone, the others that it could have, and what this one rests on.

    `detail` is the word of the lexicon, the phrase, or how probable the model finds it. A reading that is not `sure`
    is shown to the editor.
    """

    syllable: str
    others: tuple[str, ...]
    by: By
    detail: str = ""
    sure: bool = True

    @property
    def why(self) -> str:
        """The ground in a few words: lexicon 重庆."""
        return f"{self.by} {self.detail}".strip()


Found = list[Chosen | None]


def choose(text: str, lexicon: Lexicon, marked: Mapping[int, str]) -> list[Chosen | None]:
    """One reading for each Han character of a text, None for other characters; `marked` is the editor's word.

    The tones are the dictionary's: 一 is yi1 and 不 is bu4 everywhere.
    """
    chosen = [_only(char) for char in text]
    if any(chosen):
        tokens = segmenter.tokens(text)
        edges = {token.start for token in tokens} | {len(text)}
        _by_phrases(text, chosen, edges)
        _by_model(text, chosen)
        _by_usage(text, chosen, tokens)
        for name in surnames.find_surnames(text, tokens, is_phrase=syllables.is_phrase):
            _settle(chosen, name.place, name.syllable, By.NAME)
        _by_lexicon(text, chosen, lexicon, edges)
        _by_light_words(text, chosen, tokens, lexicon)
        _by_erhua(text, chosen)
    for index, syllable in marked.items():
        _settle(chosen, index, syllable, By.MARK)
    return chosen


def guess(text: str) -> list[str]:
    """Return the reading of an engine without our rules: by phrases and the model; '' for no Han."""
    guesses = [_only(char) for char in text]
    _by_phrases(text, guesses, range(len(text) + 1))
    _by_model(text, guesses)
    return [guessed.syllable if guessed else "" for guessed in guesses]


def _only(char: str) -> Chosen | None:
    """The commonest reading, in doubt when there are others."""
    if not is_han(char):
        return None
    if char in UNSTRESSED:
        return Chosen(UNSTRESSED[char], (), By.ONLY)
    readings = syllables.of_char(char)
    if not readings:
        return Chosen("", (), By.ONLY, "no dictionary has it", sure=False)
    return (
        Chosen(readings[0], readings[1:], By.COMMONEST, sure=False)
        if readings[1:]
        else Chosen(readings[0], (), By.ONLY)
    )


def _settle(found: Found, place: int, syllable: str, by: By, detail: str = "", *, sure: bool = True) -> None:
    chosen = found[place]
    if chosen:
        others = tuple(
            fromkey
            for fromkey in dict.fromkeys((chosen.syllable, *chosen.others))
            if fromkey not in {syllable, ""}
        )
        found[place] = Chosen(syllable, others, by, detail, sure)


def _by_phrases(text: str, found: Found, edges: set[int] | range) -> None:
    index = 0
    for phrase in syllables.phrases(text):
        phrase_syllables = syllables.of_phrase(phrase)
        if phrase_syllables and len(phrase_syllables) == len(phrase):
            by = By.ACROSS if segmenter.lies_across(edges, index, index + len(phrase)) else By.PHRASE
            for offset, syllable in enumerate(phrase_syllables):
                _settle_by_phrase(text, found, index + offset, syllable, by, phrase)
        index += len(phrase)


def _settle_by_phrase(text: str, found: Found, place: int, syllable: str, by: By, phrase: str) -> None:
    chosen = found[place]
    only = by == By.ACROSS and chosen and not chosen.others
    if text[place] not in UNSTRESSED and not only:
        _settle(found, place, syllable, by, phrase, sure=by == By.PHRASE)


def _by_model(text: str, found: Found) -> None:
    """Let the model decide where only the commonest reading, or a phrase across words, is known."""
    places = [index for index, choice in enumerate(found) if choice and not choice.sure and choice.others]
    for at_char, shares in g2pm_model.likelihoods(text, places).items():
        chosen, best = found[at_char], max(shares, key=lambda choice: shares[choice])
        across = chosen if chosen and chosen.by == By.ACROSS else None
        if across and best == across.syllable:
            _settle(found, at_char, best, By.ACROSS, across.detail)
        elif not across or shares[best] >= OVERRULES:
            sure = not across and shares[best] >= SURE and text[at_char] not in MISLEADING
            _settle(found, at_char, best, By.MODEL, f"{shares[best]:.0%}", sure=sure)


def _by_usage(text: str, found: Found, tokens: Sequence[Token]) -> None:
    for number, token in enumerate(tokens):
        for index in range(token.start, token.start + len(token.word)):
            chosen = found[index]
            if chosen and text[index] in _decidable() and _is_open(chosen):
                syllable = _decide(text, index, tokens, number, free=chosen.by != By.PHRASE)
                if syllable:
                    _settle(found, index, syllable, By.USAGE)


@cache
def _decidable() -> frozenset[str]:
    """Return the characters that words or patterns decide."""
    return word_rules.CHARACTERS | frozenset(polyphones.rules())


def _decide(text: str, place: int, tokens: Sequence[Token], number: int, *, free: bool) -> str | None:
    """Return the reading that the words around a character give it, None for none."""
    decided = word_rules.decide(text, place, tokens, number)
    return decided or polyphones.reading(text, place, tokens, number, free=free)


def _by_light_words(text: str, found: Found, tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """Make syllables light, save where a person's entry says otherwise."""
    for light in light_tones.find_light_syllables(text, tokens):
        chosen = found[light.place]
        is_asked = chosen and chosen.by == By.LEXICON and lexicon.is_asked_for(chosen.detail)
        if chosen and chosen.syllable and not is_asked:
            _settle(found, light.place, f"{chosen.syllable[:-1]}5", By.LIGHT, light.word)


def _by_erhua(text: str, found: Found) -> None:
    """Put the r into the syllable before 儿; 儿 itself has none."""
    for index in erhua.find_erhua(text):
        before = found[index - 1]
        if before and before.syllable:
            found[index - 1] = replace(before, syllable=erhua.add_rhotic(before.syllable))
            found[index] = Chosen("", ("er2",), By.ERHUA)


def _is_open(chosen: Chosen) -> bool:
    """Return whether no phrase of three or more characters says how it is read."""
    return chosen.by not in {By.PHRASE, By.ACROSS} or len(chosen.detail) < LONG_PHRASE


def _is_decided(chosen: Chosen | None, place: int, entry: Entry, edges: set[int]) -> bool:
    """Return whether the words decide a character that the sentence does not put into the entry's word: 候鸟|都|会|飞."""
    apart = place in edges and place + 1 in edges and len(entry.word) > 1
    return bool(
        chosen
        and chosen.by == By.USAGE
        and entry.gives_way
        and not entry.before
        and not entry.after
        and apart
    )


def dictionary_words(text: str) -> list[tuple[int, int]]:
    """Return from where to where the words of three and more characters stand that the dictionary can read."""
    words, start = [], 0
    for phrase in syllables.phrases(text):
        if len(phrase) >= LONG_PHRASE and syllables.of_phrase(phrase):
            words.append((start, start + len(phrase)))
        start += len(phrase)
    return words


def _by_lexicon(text: str, found: Found, lexicon: Lexicon, edges: set[int]) -> None:
    for start, entry in lexicon.matches(text, edges, dictionary_words(text)):
        places = [start + offset for offset, char in enumerate(entry.word) if is_han(char)]
        for index, syllable in zip(places, entry.pinyin, strict=False):
            if text[index] not in UNSTRESSED and not _is_decided(found[index], index, entry, edges):
                _settle(found, index, syllable, By.LEXICON, entry.word)
