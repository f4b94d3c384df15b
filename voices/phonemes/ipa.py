"""Pinyin syllables and English words in the phonemes of Kokoro 1.0. The home of misaki.

misaki's table gives IPA for a syllable; the tones become the arrows that version 1.0 of the model was trained
on (what misaki calls its legacy transcription; both Apache-2.0, the table after pinyin-to-ipa, MIT). Its American
dictionary is written in the model's own letters: A as in say, I as in sky, O as in so, W as in now, Y as in boy.
"""

from __future__ import annotations

import json
import re
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
_SYLLABLE_END = re.compile("(?P<body>[^→↗↓↘]*)(?P<arrow>[→↗↓↘]?)(?P<coda>[nŋ]?)")

_YO = "jɔ"


def of_syllable(syllable: str) -> str:
    """Phonemes of one pinyin syllable with tone digit; raises `SpeechFailed` for what is no syllable.

    The r of erhua may stand alone (r5) or in its syllable (wanr2).
    """
    match = re.fullmatch(r"(?P<base>\w+?)(?P<erhua>(?<!^e)r)?(?P<tone>[1-5])", syllable)
    if syllable == "r5":
        return _RHOTIC
    if not match:
        raise SpeechFailed(f"{syllable!r} is no Mandarin syllable; correct the reading")
    if match["erhua"]:
        return _add_rhotic(of_syllable(match["base"] + match["tone"]))
    if syllable[:-1] == "yo":
        # misaki's table has 哟 yo like 我 wo.
        return _YO + _with_arrows(_syllable_ipa(syllable)).removeprefix("wo")
    return _with_arrows(_syllable_ipa(syllable))


def _add_rhotic(phonemes: str) -> str:
    """Return a syllable with erhua: n, ng and i at its end drop, and the r ends its vowel.

    The arrow comes behind the r: measured with Kokoro 1.0, waɚ↗ is as long as wa↗n, one syllable, and wa↗ɚ is
    a tenth of a second longer, which is heard as two. Source: 黄伯荣、廖序东 《现代汉语》, 儿化韵.
    """
    match = _SYLLABLE_END.fullmatch(phonemes)
    if not match:
        return phonemes + _RHOTIC
    body = match["body"]
    if match["coda"]:
        body = re.sub("ɛ$", "a", body)
    body = re.sub("(?<=a)i$|ei$|[əɨ]$", "", body)
    return body + _RHOTIC + match["arrow"]


def _syllable_ipa(syllable: str) -> str:
    try:
        return "".join(pinyin_to_ipa(syllable)[0])
    except ValueError as error:
        raise SpeechFailed(f"{syllable!r} is no Mandarin syllable; correct the reading") from error


def _with_arrows(ipa: str) -> str:
    for letters, arrow in _TONES:
        ipa = ipa.replace(letters, arrow)
    for vowel in _APICAL:
        ipa = ipa.replace(vowel, "ɨ")
    return ipa.replace(_NOT_SYLLABIC, "")


@cache
def american_dictionary() -> dict[str, str]:
    """Return the phonemes of English words (keys in lower case) and of the names of letters (keys in capitals)."""
    text = resources.files("misaki.data").joinpath("us_gold.json").read_text(encoding="utf-8")
    words = {}
    for word, phonemes in json.loads(text).items():
        plain = phonemes if isinstance(phonemes, str) else phonemes["DEFAULT"]
        if plain and (len(word) > 1 or word.isupper()):
            words[word.lower() if len(word) > 1 else word] = plain
    return words
