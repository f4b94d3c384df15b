"""Pinyin syllables and English words in the phonemes of Kokoro 1.0. The home of misaki.

misaki's table gives IPA for a syllable; the tones become the arrows that version 1.0 of the model was trained
on (what misaki calls its legacy transcription; both Apache-2.0, the table after pinyin-to-ipa, MIT). Its American
dictionary is written in the model's own letters: A as in say, I as in sky, O as in so, W as in now, Y as in boy.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from misaki.transcription import pinyin_to_ipa

from voices.errors import SpeechFailed

_TONES = (("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"))
"""IPA tone letters and the arrows of the model's vocabulary; the longest first."""

_APICAL = ("ɻ\u0329", "ɹ\u0329")
"""The vowels of zhi and zi, one symbol in the model's vocabulary."""

_NOT_SYLLABIC = "\u032f"
_RHOTIC = "ɚ"
_LOST_BEFORE_RHOTIC = ("n", "i")
"""Ends of a final that give way to the r of 玩儿 (wanr) and 一块儿 (kuair)."""


def of_syllable(syllable: str) -> str:
    """Phonemes of one pinyin syllable with tone digit; raises `SpeechFailed` for what is no syllable.

    The r of erhua may stand alone (r5) or in its syllable (wanr2).
    """
    base, tone = syllable[:-1], syllable[-1:]
    if base == "r":
        return _RHOTIC
    if base.endswith("r") and base != "er":
        return of_syllable(_before_rhotic(base[:-1]) + tone) + _RHOTIC
    try:
        readings = pinyin_to_ipa(base + tone)
    except ValueError as error:
        raise SpeechFailed(f"{syllable!r} is no Mandarin syllable; correct the reading") from error
    return _retone("".join(readings[0]))


def _before_rhotic(base: str) -> str:
    shorter = base[:-1]
    return shorter if base.endswith(_LOST_BEFORE_RHOTIC) and shorter[-1:] in {"a", "e"} else base


def _retone(ipa: str) -> str:
    for letters, arrow in _TONES:
        ipa = ipa.replace(letters, arrow)
    for vowel in _APICAL:
        ipa = ipa.replace(vowel, "ɨ")
    return ipa.replace(_NOT_SYLLABIC, "")


@cache
def american() -> dict[str, str]:
    """Phonemes of English words (keys in lower case) and of the names of letters (keys in capitals)."""
    text = resources.files("misaki.data").joinpath("us_gold.json").read_text(encoding="utf-8")
    known = {}
    for word, said in json.loads(text).items():
        plain = said if isinstance(said, str) else said["DEFAULT"]
        if plain and (len(word) > 1 or word.isupper()):
            known[word.lower() if len(word) > 1 else word] = plain
    return known
