"""Latin words in a Mandarin sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voices.fakes import VOCABULARY
from voices.phonemes import latin


@pytest.mark.parametrize(
    ("word", "phonemes"),
    [
        ("G", "ʤˈi"),
        ("GDP", "ʤˌidˌipˈi"),
        ("PM", "pˌiˈɛm"),
        ("kWh", "kˌAdˌʌbᵊljuˈAʧ"),
        ("APEC", "ˈApˌɛk"),
        ("OpenAI", "ˈOpᵊn ˌAˈI"),
        ("iPhone", "ˈI fˈOn"),
        ("Bluetooth", "blˈutˌuθ"),
        ("McDonald's", "məkdˈɑnəldz"),
        ("McDonald’s", "məkdˈɑnəldz"),
        ("WiFi", "wˈIfˌI"),
        ("App", "ˌApˌipˈi"),
        ("podcasts", "pˈɑdkˌæstz"),
        ("Huawei", "xwawei"),
        ("HUAWEI", "xwawei"),
        ("Qwen", "kwˈɛn"),
        ("Vite", "vˈIt"),
        ("Hanna", "xanna"),
    ],
)
def test_a_word_is_said_as_newsreaders_say_it(word: str, phonemes: str) -> None:
    """Letter by letter, from the dictionary, by its humps, as pinyin, or by the usual sounds."""
    assert latin.of_word(word) == phonemes


GOLDEN = Path(__file__).parents[2] / "golden" / "latin" / "words.tsv"
ROWS = [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines() if "\t" in line]


@pytest.mark.parametrize(("word", "phonemes"), ROWS, ids=[word for word, _ in ROWS])
def test_a_word_of_the_news_is_said_as_listed(word: str, phonemes: str) -> None:
    """FIFA, BRICS and REITs are words, GDP and LPR letters."""
    assert latin.of_word(word) == phonemes


def test_the_list_is_long() -> None:
    """Two hundred words: what the news has in a year."""
    assert len(ROWS) >= 200


@given(st.from_regex(r"[A-Za-z]{1,30}(?:['’][a-z]{1,3})?", fullmatch=True))
def test_any_word_can_be_said(word: str) -> None:
    """Whatever the letters, there is a vowel or a letter's name, and the model knows every symbol."""
    said = latin.of_word(word)
    assert said
    assert set(said) <= VOCABULARY
