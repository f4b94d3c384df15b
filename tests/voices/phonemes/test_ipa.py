"""Pinyin syllables in the model's phonemes."""

from __future__ import annotations

import pytest

from voices.errors import SpeechFailed
from voices.phonemes import ipa


@pytest.mark.parametrize(
    ("syllable", "phonemes"),
    [
        ("chong2", "ꭧʰʊ↗ŋ"),
        ("qing4", "ʨʰi↘ŋ"),
        ("zhang3", "ꭧa↓ŋ"),
        ("ma1", "ma→"),
        ("de5", "tɤ"),
        ("zhi1", "ꭧɨ→"),
        ("si4", "sɨ↘"),
        ("lv4", "ly↘"),
        ("nüe4", "nɥe↘"),
        ("yuan2", "ɥɛ↗n"),
        ("er2", "ɚ↗"),
        ("yo5", "jɔ"),
        ("yo1", "jɔ→"),
    ],
)
def test_a_syllable_is_written_as_the_model_was_trained(syllable: str, phonemes: str) -> None:
    """IPA without length and syllable marks, the tone an arrow after its vowel, the neutral tone nothing."""
    assert ipa.of_syllable(syllable) == phonemes


@pytest.mark.parametrize(
    ("syllable", "phonemes"),
    [
        ("r5", "ɚ"),
        ("huar1", "xwaɚ→"),
        ("wanr2", "waɚ↗"),
        ("menr2", "mɚ↗"),
        ("jinr4", "ʨiɚ↘"),
        ("fenr4", "fɚ↘"),
        ("quanr1", "ʨʰɥaɚ→"),
        ("juanr1", "ʨɥaɚ→"),
        ("xuanr1", "ɕɥaɚ→"),
        ("dianr3", "tjaɚ↓"),
        ("tongr4", "tʰʊɚ↘"),
        ("kour3", "kʰouɚ↓"),
        ("kuair4", "kʰwaɚ↘"),
        ("huir4", "xwɚ↘"),
        ("guor1", "kwoɚ→"),
        ("jier2", "ʨjeɚ↗"),
        ("yur2", "yɚ↗"),
        ("shir4", "ʂɚ↘"),
        ("zir5", "ʦɚ"),
    ],
)
def test_the_r_of_the_capital_is_said(syllable: str, phonemes: str) -> None:
    """One syllable: the r ends the vowel, and n, ng and i are dropped."""
    assert ipa.of_syllable(syllable) == phonemes


@pytest.mark.parametrize("syllable", ["", "5", "x", "abc", "zzz1", "ma", "ma9", "r", "好"])
def test_what_is_no_syllable_is_refused(syllable: str) -> None:
    """A wrong reading is named; it never becomes a wrong sound."""
    with pytest.raises(SpeechFailed, match=f"^'{syllable}' is no Mandarin syllable; correct the reading$"):
        ipa.of_syllable(syllable)


def test_the_dictionary_has_words_and_letters() -> None:
    """Words are found in lower case, the names of letters in capitals."""
    american = ipa.american_dictionary()
    assert (american["beijing"], american["A"], "a" in american) == ("bˌAʤˈɪŋ", "ˈA", False)
