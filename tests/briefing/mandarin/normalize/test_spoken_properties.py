"""What holds of the spoken form of any text whatever."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from briefing.mandarin.normalize import spoken, unknown
from briefing.model import is_han

UNSPEAKABLE = re.compile(r"[\d%‰℃℉°$¥￥€£+=<>~/×±²³#&@①-⑳½ⅠⅡⅢ*^_|\\`]")
NOTES = re.compile("上接|下转|紧接|详见|转接")
"""A note to another page is not read, so its words do not survive."""

PRINTED = (
    "0123456789" * 4
    + ".,:;-/%‰+~—()（）“”·年月日号时分点秒个元万亿第两米比热线电话ABIVx次℃°′$¥€×±²#@&①½٣Ⅱ\n 。，、一二周到在中国队以胜"
)
ANY = st.text(max_size=60) | st.text(st.sampled_from(PRINTED), max_size=60)


def survives(char: str) -> bool:
    """Whether a character is neither number nor symbol nor part of a unit, and so must come through."""
    foreign = not char.isascii() and unicodedata.category(char) in {"Lo", "Ll", "Lu"}
    return is_han(char) or (foreign and unicodedata.normalize("NFKC", char) == char and char not in "μΩ")


@given(ANY)
def test_what_is_said_holds_no_digit_and_no_unspeakable_symbol(text: str) -> None:
    """No digit of any script and no symbol that a voice would skip reaches it."""
    said = spoken(text)

    assert not UNSPEAKABLE.search(said)
    assert not any(unicodedata.category(char)[0] in "NS" and not is_han(char) for char in said)


@given(ANY)
def test_the_spoken_form_is_its_own_spoken_form(text: str) -> None:
    """Reading twice changes nothing."""
    said = spoken(text)

    assert spoken(said) == said


@given(ANY.filter(lambda text: not NOTES.search(text)))
def test_words_survive_in_order(text: str) -> None:
    """Characters that are no numbers and no symbols come through, in order."""
    said = iter(spoken(text))

    assert all(char in said for char in text if survives(char))


@given(st.text(st.sampled_from("重庆渝中区召开会议，。！？“”《》、；：（）——……\nGDPOpenAb"), max_size=60))
def test_text_without_numbers_or_symbols_is_left_alone(text: str) -> None:
    """Words and Chinese punctuation are not touched at all."""
    assert spoken(text) == text


@given(ANY)
def test_what_is_unknown_was_printed(text: str) -> None:
    """A doubt is a number or a symbol, and the spoken form has none left to doubt."""
    assert all(token.isdecimal() or len(token) == 1 for token in unknown(text))
    assert unknown(spoken(text)) == ()
