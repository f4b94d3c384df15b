"""The last resort: signs by their name or silent, digits of any kind as numbers, so that nothing unspeakable is left.

What is said here without a rule that knew its form is reported to the editor. Source of the names: GB/T 3102.11
(mathematical signs) and what schools teach.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.mandarin.normalize.grammar import HAN, Rule, rule, table
from briefing.mandarin.normalize.numerals import cardinal
from briefing.mandarin.normalize.rules.money import SIGNS as CURRENCIES

NAMES = CURRENCIES | table(
    """
        %=百分之 ‰=千分之 ℃=摄氏度 ℉=华氏度 °=度 ′=分 ″=秒 +=加 ==等于 ≈=约等于 ≥=大于等于 ≤=小于等于
        ≧=大于等于 ≦=小于等于 <=小于 >=大于 ≠=不等于 ×=乘 ✕=乘 ÷=除以 ±=正负 √=根号 ∞=无穷大 ∑=求和
        ∈=属于 ²=平方 ³=立方 &=和 @=艾特 #=井号 №=第
    """
)
"""Symbols that are said; every other one is silent."""

SILENT = "*^_|\\`~/"
"""Punctuation that is no speech: not said, and no reason for doubt."""

KNOWN: tuple[Rule, ...] = (
    rule(
        rf"(?<=[{HAN}A-Za-z])\+(?=[{HAN}A-Za-z“”’、，。；：）)！？\s-]|$)|(?<=[A-Za-z])\+(?=\+)",
        lambda _: "加",
        needs="+",
    ),
    rule(rf"(?<=[{HAN}A-Za-z])\s?[×✕]\s?(?=[{HAN}A-Za-z“])", lambda _: "乘", needs="×✕"),
    rule(rf"(?<=[{HAN}A-Za-z“])\s?&\s?(?=[{HAN}A-Za-z])", lambda _: "和", needs="&"),
    rule(rf"(?:≥|≤|<|>|≈|≧|≦)\s?(?=[负{HAN}])", lambda match: NAMES[match[0].strip()], needs="≥≤<>≈≧≦"),
    rule(rf"(?<=[{HAN}])[~～](?=[{HAN}])", lambda _: "到", needs="~～"),
    rule(rf"(?<=[{HAN}A-Za-z])/(?=[{HAN}A-Za-z“])", lambda _: "、", needs="/"),
)
"""Signs between words, whose meaning is plain."""

_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_NAMED = re.escape("".join(sign for sign in NAMES if len(sign) == 1 and not sign.isalnum()))
_UNEXPLAINED = re.compile(
    rf"(?<=[{_NUMERALS}\d])\s?((?:(?![{_NAMED},.，。、；：！？“”‘’（）()《》…—·])"
    rf"[!-/:-@\[-`{{-~¡-©«-±´-¸»¿×÷‐-⁞←-⯿〃〆〒-〟〰！-／：-＠［-｀｛-～])+)\s?(?=[{_NUMERALS}\d负正])"
)
"""Signs between numbers that no rule has taken: without a pause 12|34 would be heard as one number."""

_ODD = frozenset(
    char
    for first, last in (
        "!/",
        ":@",
        "[`",
        "{~",
        "¡©",
        "«±",
        "´¸",
        "»»",
        "¿¿",
        "××",
        "÷÷",
        "‐⁞",
        "←⯿",
        "〃〆",
        "〒〟",
        "〰〰",
        "！／",
        "：＠",
        "［｀",
        "｛～",
    )
    for char in map(chr, range(ord(first), ord(last) + 1))
) - frozenset(",.，。、；：！？“”‘’（）()《》…—·")
"""Characters without one of which there is no such sign; a text is searched only when it holds one."""

_CHECKED = re.compile(rf"[^{HAN}A-Za-z\s，。、；：！？“”‘’（）《》—…·-]")
"""Characters that may be numbers or symbols."""


def doubtful(text: str) -> list[str]:
    """Return the symbols that are left, in order, and the signs between numbers that no rule has taken."""
    return [*"".join(_UNEXPLAINED.findall(text))] + [
        char for char in text if char not in SILENT and _is_symbol(char)
    ]


def part_numbers(text: str) -> str:
    """Return the text with a pause for each unexplained sign between numbers."""
    return text if _ODD.isdisjoint(text) else _UNEXPLAINED.sub("，", text)


def said(text: str) -> str:
    """Return the text without digits and symbols; a sign between numbers becomes a pause."""
    return part_numbers(_CHECKED.sub(lambda match: _said(match[0]), part_numbers(text)))


def _said(char: str) -> str:
    if char in NAMES or char in SILENT:
        return NAMES.get(char, "")
    if char.isnumeric():
        return _numeric(char)
    return "" if _is_symbol(char) else char


def _is_symbol(char: str) -> bool:
    return char in NAMES or unicodedata.category(char)[0] == "S"


def _numeric(char: str) -> str:
    """Numbers in circles and brackets, superscripts, fractions in one character, digits of other scripts."""
    if unicodedata.category(char) == "Lo":
        return char
    value = unicodedata.numeric(char)
    if value.is_integer() and value >= 0:
        return cardinal(str(int(value)))
    top, slash, bottom = unicodedata.normalize("NFKD", char).partition("\u2044")
    return f"{cardinal(bottom)}分之{cardinal(top)}" if slash and (top + bottom).isdecimal() else ""
