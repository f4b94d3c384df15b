"""Words and pinyin → the phonemes that Kokoro 1.0 was trained on. The home of misaki.

Mandarin goes through misaki's table of IPA for pinyin with the tones written as arrows, words separated by
blanks: what misaki calls its legacy transcription, the one that belongs to version 1.0 of the model.
Latin words come from misaki's American dictionary, abbreviations are said letter by letter.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from misaki.transcription import pinyin_to_ipa

from voices.errors import SpeechFailed

VERSION = 1
"""Changes with every change of what this file says for the same words: it is part of the clips' key."""

_TONES = (("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"))
"""IPA tone letters and the arrows of the model's vocabulary; the longest first."""

_APICAL = ("ɻ\u0329", "ɹ\u0329")
"""The vowels of zhi and zi, one symbol in the model's vocabulary."""

_NOT_SYLLABIC = "\u032f"

_PUNCTUATION = {
    **dict.fromkeys("，、", ", "),
    **dict.fromkeys("。．", ". "),
    **dict.fromkeys("“”‘’《》〈〉「」『』【】（）()[]\"'·", ""),
    "！": "! ",
    "？": "? ",
    "：": ": ",
    "；": "; ",
    "…": "… ",
    "—": "— ",
    "-": " ",
}
"""How the model was shown punctuation; quotes and brackets are silent, and made it stumble."""

_LATIN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SAID_AS_WORDS = frozenset({"APEC", "ASEAN", "COVID", "NASA", "NATO", "OPEC", "UNESCO", "UNICEF"})
_LONGEST_ABBREVIATION = 5


def of_syllable(syllable: str) -> str:
    """Phonemes of one pinyin syllable with tone digit; raises `SpeechFailed` for what is no syllable."""
    base, tone = syllable[:-1], syllable[-1]
    if base == "r":
        return "ɚ"
    rhotic = ""
    if base.endswith("r") and base != "er":
        base, rhotic = base[:-1], "ɚ"
    try:
        readings = pinyin_to_ipa(base + tone)
    except ValueError as error:
        raise SpeechFailed(f"{syllable!r} is no Mandarin syllable; correct the reading") from error
    return _retone("".join(readings[0])) + rhotic


def _retone(ipa: str) -> str:
    for letters, arrow in _TONES:
        ipa = ipa.replace(letters, arrow)
    for vowel in _APICAL:
        ipa = ipa.replace(vowel, "ɨ")
    return ipa.replace(_NOT_SYLLABIC, "")


def of_words(words: tuple[str, ...], pinyin: tuple[str, ...]) -> str:
    """Phonemes of a sentence; raises `SpeechFailed` when the readings do not match the words."""
    syllables = iter(pinyin)
    said = "".join(_of_word(word, syllables) for word in words)
    if next(syllables, None) is not None:
        raise SpeechFailed(f"more syllables than Han characters in {''.join(words)!r}; correct the reading")
    said = re.sub(r" +(?=[,.!?:;])", "", said)
    return re.sub(r" {2,}", " ", said).strip()


def _of_word(word: str, syllables: object) -> str:
    parts = []
    for piece in re.findall(r"[A-Za-z]+(?:['’][a-z]+)?|.", word, flags=re.DOTALL):
        if _LATIN.fullmatch(piece):
            parts.append(f" {of_latin(piece)} ")
        elif piece in _PUNCTUATION:
            parts.append(_PUNCTUATION[piece])
        elif piece.isalpha() or piece == "〇":
            parts.append(_next(syllables, word))
        elif piece.isascii() and not piece.isalnum():
            parts.append(f"{piece} " if piece in ",.!?:;" else " ")
        else:
            raise SpeechFailed(f"{piece!r} in {word!r} cannot be spoken; write what is to be said instead")
    said = "".join(parts)
    return said if said.endswith(" ") else f"{said} "


def _next(syllables: object, word: str) -> str:
    syllable = next(syllables, None)  # type: ignore[call-overload]
    if not syllable:
        raise SpeechFailed(f"no reading for a character of {word!r}; add it to the lexicon")
    return of_syllable(syllable)


def of_latin(word: str) -> str:
    """Phonemes of a Latin word: from the dictionary, else by its humps (OpenAI), else letter by letter."""
    humps = _HUMPS.findall(word)
    if len(humps) > 1:
        return " ".join(map(of_latin, humps))
    spelled = word.isupper() and word not in _SAID_AS_WORDS and len(word) <= _LONGEST_ABBREVIATION
    known = None if spelled or len(word) == 1 else _dictionary().get(word.lower())
    return known or _spell(word)


def _spell(word: str) -> str:
    letters = [_dictionary()[letter] for letter in word.upper() if letter in _dictionary()]
    # One stress a group, on its last letter, as in G-D-P.
    return "".join([letter.replace("ˈ", "ˌ") for letter in letters[:-1]] + letters[-1:])


@cache
def _dictionary() -> dict[str, str]:
    """Words in lower case and letters in capitals → phonemes."""
    text = resources.files("misaki.data").joinpath("us_gold.json").read_text(encoding="utf-8")
    known = {}
    for word, said in json.loads(text).items():
        plain = said if isinstance(said, str) else said["DEFAULT"]
        if plain and (len(word) > 1 or word.isupper()):
            known[word.lower() if len(word) > 1 else word] = plain
    return known
