"""Signs carry facts: digits apart in print stay apart in speech, and no minus, exponent, arrow or bound is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.mandarin.normalize import spoken, unknown
from briefing.mandarin.normalize.numerals import cardinal

BETWEEN = [
    "→", "->", "=>", "⇒", "➔", "^", "|", "\\", "_", "*", "~", "～", "#", "&", "@", "※", "■", "▲", "●", "★",
    "+", "=", "<", ">", "≥", "≤", "≈", "×", "÷", "±", "/", ":", "-", "—", "–", "−", "'", "′", "°", "；", "、", "，",
    ">>", "***", "☂", "↑", "↓", "←", "∶", "＞", "§", "¦", "¬", "√", "∞", " → ", " | ", "--", "$", "¥", "%", "‰", "(", "?",
]  # fmt: skip
"""Signs that a page may show between two numbers."""

FRAMES = [
    "{}",
    "体重{}公斤",
    "共{}人",
    "由{}元",
    "数据为{}。",
    "A{}，",
    "编排{}结束",
    "从{}年",
    "得分{}",
    "占{}%",
    "（{}）",
]
NUMBERS = st.integers(1, 99999).map(str)
NAMES = ["净胜球", "利差", "温度", "增速", "净值", "为", "至", "余额", "涨幅", "盈亏"]


@given(NUMBERS, NUMBERS, st.sampled_from(BETWEEN), st.sampled_from(FRAMES))
@example("80", "65", "→", "体重{}公斤")
@example("10", "8", "^", "调用{}次")
@example("2", "3", "|", "{}")
def test_digits_apart_in_print_stay_apart_in_speech(first: str, second: str, sign: str, frame: str) -> None:
    """Whatever the sign and the words around it, no number is made of two."""
    said = spoken(frame.format(f"{first}{sign}{second}"))

    # What is dialled is said digit by digit in one go, however it is grouped.
    assert "幺" in said or said != spoken(frame.format(first + second))
    assert cardinal(first + second) not in said


@given(
    NUMBERS,
    st.sampled_from(NAMES),
    st.sampled_from(["-", "−", "－"]),
    st.sampled_from(["", "%", "元", "个", "℃", "BP"]),
)
def test_no_minus_is_lost_behind_a_quantity(number: str, name: str, sign: str, unit: str) -> None:
    """净胜球-7, 利差-120BP, 温度-5℃."""
    assert re.search("负|零下", spoken(f"{name}{sign}{number}{unit}"))


@given(NUMBERS, st.text(st.sampled_from("山水方案附件第版"), min_size=1, max_size=4))
def test_a_hyphen_behind_any_other_word_is_said(number: str, name: str) -> None:
    """附件-2 is 杠二 or 到: never nothing."""
    assert spoken(f"{name}-{number}") != spoken(f"{name}{number}")


@given(
    st.integers(2, 99),
    st.integers(2, 99),
    st.sampled_from(["{}^{}", "{}×10^{}", "{}*10^{}", "{}^(-{})", "{}×10^-{}"]),
)
def test_no_exponent_is_lost(base: int, exponent: int, form: str) -> None:
    """10^8 is 十的八次方."""
    said = spoken("约" + form.format(base, exponent) + "个")

    assert re.search(rf"的负?{cardinal(str(exponent))}次方".replace("两", "二"), said)


@given(
    NUMBERS,
    st.sampled_from(["≥", "≤", ">", "<", "＞", "＜", "≈", "±", "⩾", "≧"]),
    st.sampled_from(["年龄", "血氧", "CRP", "P", ""]),
)
def test_no_bound_is_lost(number: str, sign: str, name: str) -> None:
    """年龄≥60岁."""
    assert re.search("大于|小于|约|正负", spoken(f"{name}{sign}{number}岁"))


@given(NUMBERS, st.sampled_from("↑↓"), st.sampled_from(["%", "元", "", "个百分点", "℃"]), st.booleans())
def test_no_arrow_of_direction_is_lost(number: str, arrow: str, unit: str, behind: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    """↓5% and 5%↓ say that it fell."""
    said = spoken(f"客流{number}{unit}{arrow}，" if behind else f"客流{arrow}{number}{unit}，")

    assert ("上升" if arrow == "↑" else "下降") in said


@pytest.mark.parametrize("sign", ["|", "\\", "_", "☂", "§"])
def test_a_sign_that_no_rule_knows_is_doubt_and_a_pause(sign: str) -> None:
    """It is shown to the editor, and heard as a pause."""
    assert sign in "".join(unknown(f"编排12{sign}34"))
    assert spoken(f"编排12{sign}34") == "编排十二，三十四"


@pytest.mark.parametrize(
    "piece", ["1→", "1^", "↑1", "1-1、", "1:11:", "-1", "1x", "4-", "10⁸×", "1/", "年-", "1|"]
)
def test_a_long_run_of_signs_is_read_in_linear_time(piece: str) -> None:
    """What repeats for pages is read to its end."""
    assert spoken(piece * (20_000 // len(piece)))
