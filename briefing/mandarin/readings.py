"""Which reading each character has, how sure that is, and why.

Evidence, the strongest first: the editor's mark, the lexicon, a person's name, what the character does in its sentence,
a phrase of the dictionary, the model for what no phrase covers, the only reading. Phrases lose to the model where
they lie across the words of the sentence and the model is sure (中央|调整, not 央调).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.mandarin import model_g2pm, names, syllables, usage, words
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.mandarin.lexicon import Lexicon
    from briefing.mandarin.words import Token

CERTAIN, LIKELY, DOUBTFUL = 2, 1, 0

SURE = 0.98
"""The model's probability from which its choice is not shown to an editor (97 in 100 are right there, bench/pinyin.py)."""

OVERRULES = 0.99
"""The model's probability from which it overrules a phrase that lies across words."""


LONG_PHRASE = 3
"""Characters of a phrase that no rule of usage doubts: 不亦乐乎, 众矢之的."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A character's reading, the others that it could have, and why this one; `sure` is CERTAIN to DOUBTFUL."""

    syllable: str
    others: tuple[str, ...]
    why: str
    sure: int


def choose(text: str, lexicon: Lexicon, marked: Mapping[int, str]) -> list[Chosen | None]:
    """One reading for each Han character of a text, None for other characters; `marked` is the editor's word.

    The tones are the dictionary's: 一 is yi1 and 不 is bu4 everywhere.
    """
    found = [_only(char) for char in text]
    if any(found):
        tokens = words.tokens(text)
        _by_phrases(text, found, tokens)
        _by_model(text, found)
        _by_usage(text, found, tokens)
        for name in names.surnames(text, tokens):
            _settle(found, name.place, name.syllable, "surname", LIKELY)
        _by_lexicon(text, found, lexicon, tokens)
    for place, syllable in marked.items():
        _settle(found, place, syllable, "marked by the editor", CERTAIN)
    return found


def _only(char: str) -> Chosen | None:
    """The commonest reading, in doubt when there are others."""
    if not is_han(char):
        return None
    if char in _UNSTRESSED:
        return Chosen(_UNSTRESSED[char], (), "only reading", CERTAIN)
    said = syllables.of_char(char) or ("",)
    why = "commonest reading" if said[1:] else "only reading"
    return Chosen(said[0], said[1:], why, DOUBTFUL if said[1:] or not said[0] else CERTAIN)


_UNSTRESSED = {"一": "yi1", "不": "bu4"}
"""What the dictionary of phrases has with the tones of speech; `sandhi` sees to those."""


def _settle(found: list[Chosen | None], place: int, syllable: str, why: str, sure: int) -> None:
    chosen = found[place]
    if chosen:
        others = tuple(one for one in dict.fromkeys((chosen.syllable, *chosen.others)) if one != syllable)
        found[place] = Chosen(syllable, others, why, sure)


def _by_phrases(text: str, found: list[Chosen | None], tokens: Sequence[Token]) -> None:
    edges = {token.start for token in tokens} | {len(text)}
    place = 0
    for phrase in syllables.phrases(text):
        said = syllables.of_phrase(phrase)
        if said and len(said) == len(phrase):
            across = _lies_across(edges, place, place + len(phrase))
            why = f"phrase {phrase}" + (", across words" if across else "")
            for offset, (char, syllable) in enumerate(zip(phrase, said, strict=True)):
                if char not in _UNSTRESSED:
                    _settle(found, place + offset, syllable, why, DOUBTFUL if across else LIKELY)
        place += len(phrase)


def _lies_across(edges: set[int], start: int, end: int) -> bool:
    """Whether a stretch begins or ends inside a word that it does not lie in."""
    inner = any(place in edges for place in range(start + 1, end))
    return inner and (start not in edges or end not in edges)


def _by_model(text: str, found: list[Chosen | None]) -> None:
    """Let the model decide where only the commonest reading, or a phrase across words, is known."""
    places = [place for place, one in enumerate(found) if one and one.sure == DOUBTFUL and one.others]
    for place, shares in model_g2pm.likelihoods(text, places).items():
        chosen, best = found[place], max(shares, key=lambda one: shares[one])
        across = bool(chosen and chosen.why.startswith("phrase"))
        if across and (shares[best] < OVERRULES):
            continue
        sure = LIKELY if shares[best] >= SURE and not across else DOUBTFUL
        _settle(found, place, best, f"model, {shares[best]:.0%}", sure)


def _by_usage(text: str, found: list[Chosen | None], tokens: Sequence[Token]) -> None:
    for number, token in enumerate(tokens):
        for place in range(token.start, token.start + len(token.word)):
            chosen = found[place]
            if chosen and usage.has_rules(text[place]) and _is_open(chosen):
                free = not chosen.why.startswith("phrase") or "across" in chosen.why
                syllable = usage.reading(text, place, tokens, number, free=free)
                if syllable:
                    _settle(found, place, syllable, "usage", LIKELY)


def _is_open(chosen: Chosen) -> bool:
    """Whether no phrase of three or more characters says how it is read."""
    kind, _, phrase = chosen.why.partition(" ")
    return kind != "phrase" or len(phrase.partition(",")[0]) < LONG_PHRASE


def _by_lexicon(text: str, found: list[Chosen | None], lexicon: Lexicon, tokens: Sequence[Token]) -> None:
    edges = {token.start for token in tokens} | {len(text)}
    for start, entry in lexicon.matches(text, edges):
        places = [start + offset for offset, char in enumerate(entry.word) if is_han(char)]
        for place, syllable in zip(places, entry.pinyin, strict=False):
            if text[place] not in _UNSTRESSED:
                _settle(found, place, syllable, f"lexicon {entry.word}", CERTAIN)
