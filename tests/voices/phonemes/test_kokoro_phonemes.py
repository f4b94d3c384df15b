"""Sentences in the model's phonemes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voices.fakes import VOCABULARY
from voices.errors import SpeechFailed
from voices.model import Utterance
from voices.phonemes import kokoro_phonemes


def of(words: str, pinyin: str) -> str:
    """The phonemes of words and syllables that stand between blanks."""
    return kokoro_phonemes.of_utterance(Utterance(tuple(words.split()), tuple(pinyin.split())))


@pytest.mark.parametrize(
    ("words", "pinyin", "said"),
    [
        ("重庆 增长 。", "chong2 qing4 zeng1 zhang3", "ꭧʰʊ↗ŋʨʰi↘ŋ ʦə→ŋꭧa↓ŋ."),
        ("大学 、 中学 ； 好 ！", "da4 xue2 zhong1 xue2 hao3", "ta↘ɕɥe↗, ꭧʊ→ŋɕɥe↗; xau↓!"),
        ("他 说 ： “ 好 。 ”", "ta1 shuo1 hao3", "tʰa→ ʂwo→: xau↓."),
        ("《 大学 》 好", "da4 xue2 hao3", "ta↘ɕɥe↗ xau↓."),
        ("五 G 好", "wu3 hao3", "u↓ ʤˈi xau↓."),
        ("五G 好", "wu3 hao3", "u↓ ʤˈi xau↓."),
        ("ＰＭ 二点五", "er4 dian3 wu3", "pˌiˈɛm ɚ↘tjɛ↓nu↓."),
        ("Wi-Fi", "", "wˈI fˈI."),
        ("二〇", "er4 ling2", "ɚ↘li↗ŋ."),
        ("玩儿", "wan2 r5", "wa↗nɚ."),
        ("哟 ！", "yo5", "jɔ!"),
        ("， 好 ， ， 好 ……", "hao3 hao3", "xau↓, xau↓…"),
        ("café", "", "kæfˈA."),
        ("α 好 3 と", "hao3", "ˈælfə xau↓ θɹˈi tu."),
        ("好 😀 \u202e好\x07 ★", "hao3 hao3", "xau↓ xau↓."),
    ],
)
def test_a_sentence_is_written_as_the_model_was_trained(words: str, pinyin: str, said: str) -> None:
    """Words apart, marks after them, quotes silent; a foreign character by its name, a symbol not at all."""
    assert of(words, pinyin) == said


def test_the_r_of_erhua_is_in_the_syllable_before_it() -> None:
    """儿 has an empty item, so that the list has one item a character."""
    assert kokoro_phonemes.of_utterance(Utterance(("玩儿",), ("wanr2", ""))) == "waɚ↗."


def test_no_other_character_may_be_silent() -> None:
    """An empty reading anywhere else is a missing one."""
    with pytest.raises(SpeechFailed, match=r"no reading for a character of '玩耍'"):
        kokoro_phonemes.of_utterance(Utterance(("玩耍",), ("wan2", "")))


@pytest.mark.parametrize("words", ["", "。", "…… ！ “ ”", "😀", "\x00 \u202e", "％"])
def test_a_sentence_without_a_word_is_refused(words: str) -> None:
    """Silence is no speech."""
    with pytest.raises(SpeechFailed, match=r"^there is nothing to say; remove the sentence$"):
        of(words, "")


@pytest.mark.parametrize("pinyin", ["", "da4", "da4 xue2 hao3"])
def test_readings_that_do_not_match_the_characters_are_refused(pinyin: str) -> None:
    """One syllable a Han character, no more and no fewer."""
    with pytest.raises(SpeechFailed, match=r"correct the reading|add it to the lexicon"):
        of("大学", pinyin)


@given(st.text(max_size=40))
def test_any_text_is_said_or_refused(text: str) -> None:
    """Control characters, marks of direction, scripts of the world: phonemes or one clear error."""
    refusal = ""
    said = ""
    try:
        said = kokoro_phonemes.of_utterance(
            Utterance((text,), ("ma1",) * len(kokoro_phonemes.HAN.findall(text)))
        )
    except SpeechFailed as error:
        refusal = str(error)
    assert refusal == ("" if said else "there is nothing to say; remove the sentence")
    assert set(said) <= VOCABULARY
