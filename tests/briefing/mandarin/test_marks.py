"""An editor's marks in the printed text: readings and pauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import mandarin
from briefing.errors import ScriptError
from briefing.mandarin import marks


@pytest.mark.parametrize("mark", ["zhòng", "zhong4", " zhong4 "])
def test_a_reading_stands_behind_its_character(mark: str) -> None:
    """With tone mark or digit; it is not printed, not spoken, and it wins over the lexicon."""
    reading = mandarin.read(f"2023年，重{{{mark}}}庆见。")

    assert reading.printed == "2023年，重庆见。"
    assert reading.spoken == "二零二三年，重庆见。"
    assert reading.pinyin[5:7] == ("zhong4", "qing4")


def test_full_width_braces_are_braces() -> None:
    """As a Chinese keyboard types them."""
    assert marks.parse("重｛chóng｝庆｛停1秒｝") == marks.Marked("重庆", {0: "chong2"}, {2: 1000})


def test_pauses_at_one_place_add_up() -> None:
    """Before the character that follows, or at the end."""
    marked = marks.parse("下面{停0.5}{停0.25}请听。{停2}")

    assert marked.pauses == {2: 750, 5: 2000}
    assert marked.pause_after == 2000


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("好。{停1}", ("好。{停1}",)),
        ("下面{停0.5}请听。", ("下面{停0.5}", "请听。")),
        ("下面{停0.5}{停1}请听。{停1}", ("下面{停0.5}{停1}", "请听。{停1}")),
        ("{停1}好。", ("{停1}好。",)),
        ("重{chóng}庆{停1}，好。", ("重{chóng}庆{停1}", "，好。")),
        ("好{停1}。", ("好{停1}。",)),
        ("好。", ("好。",)),
    ],
)
def test_a_text_is_cut_at_its_pauses(text: str, pieces: tuple[str, ...]) -> None:
    """Each piece has something to say, and nothing is lost."""
    assert marks.pieces(text) == pieces


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("重{chongg}庆", 2),
        ("重{chong}庆", 2),
        ("{chong2}庆", 1),
        ("重{chong2庆", 2),
        ("a{bi4}", 2),
        ("好{停}", 2),
        ("好{停99}", 2),
        ("好}", 2),
        ("好{}", 2),
    ],
)
def test_a_brace_that_is_no_mark_is_refused(text: str, place: int) -> None:
    """A typing mistake is told with its place, never spoken."""
    with pytest.raises(ScriptError, match=rf"\(character {place}\)"):
        mandarin.read(text)


def test_a_reading_of_what_is_not_said_is_refused() -> None:
    """A mark that would be lost is told."""
    known = mandarin.Lexicon([mandarin.entry("行", say="可以")])

    with pytest.raises(ScriptError, match="has a reading but is not said"):
        mandarin.read("不行{xíng}", known)


@given(st.lists(st.sampled_from(["重{chóng}庆", "{停0.5}", "好", "，", "5%"]), max_size=12))
def test_marks_are_taken_out_and_nothing_else(texts: list[str]) -> None:
    """What is left is the print, and the pieces joined are the text."""
    text = "".join(texts)

    assert marks.strip(text) == text.replace("{chóng}", "").replace("{停0.5}", "")
    assert "".join(marks.pieces(text)) == text


@pytest.mark.parametrize(("mark", "pace"), [("{慢}", 0.88), ("｛快｝", 1.14), ("{快}{慢}", 0.88), ("", 1.0)])
def test_a_pace_holds_for_the_whole_sentence_and_is_not_spoken(mark: str, pace: float) -> None:
    """Wherever it stands; of several the last one counts."""
    assert marks.parse(f"早上好{mark}。") == marks.Marked("早上好。", {}, {}, pace)
