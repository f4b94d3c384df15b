"""The last resort: signs by their name or silent, digits of any kind as numbers, so that nothing unspeakable is left.

What is said here without a rule that knew its form is reported to the editor. Source of the names: GB/T 3102.11
(mathematical signs) and what schools teach.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.mandarin.spoken_form.grammar import HAN, Rule, rule, table
from briefing.mandarin.spoken_form.money import SIGNS as CURRENCIES
from briefing.mandarin.spoken_form.numerals import cardinal, number

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
    ),
    rule(rf"(?<=[{HAN}A-Za-z])\s?[×✕]\s?(?=[{HAN}A-Za-z“])", lambda _: "乘"),
    rule(rf"(?<=[{HAN}A-Za-z“])\s?&\s?(?=[{HAN}A-Za-z])", lambda _: "和"),
    rule(rf"(?:≥|≤|<|>|≈|≧|≦)\s?(?=[负{HAN}])", lambda match: NAMES[match[0].strip()]),
    rule(rf"(?<=[{HAN}])[~～](?=[{HAN}])", lambda _: "到"),
    rule(rf"(?<=[{HAN}A-Za-z])/(?=[{HAN}A-Za-z“])", lambda _: "、"),
)
"""Signs between words, whose meaning is plain."""

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TOKEN = re.compile(
    r"[A-Za-z0-9]*[^\w\s。，、；：！？“”‘’（）《》〈〉【】〔〕「」『』…—·.,;:!?'\"()\[\]{}-][A-Za-z0-9]*|[A-Za-z]*[0-9][A-Za-z0-9.]*"
)


def doubtful(text: str) -> tuple[str, ...]:
    """The tokens that still hold a digit or a symbol, in order, each once."""
    found = (match[0] for match in _TOKEN.finditer(text))
    return tuple(dict.fromkeys(one for one in found if not all(char in SILENT for char in one)))


def said(text: str) -> str:
    """The text without digits and symbols."""
    return "".join(map(_said, _DIGITS.sub(lambda match: number(match[0]), text)))


def _said(char: str) -> str:
    if char.isascii() or char.isalpha():
        return _ascii(char)
    if char.isnumeric():
        return _numeric(char)
    return NAMES.get(char, "") if _is_symbol(char) else char


def _ascii(char: str) -> str:
    """Letters and punctuation as they are, signs by their name."""
    return (
        NAMES.get(char, "" if char in SILENT or unicodedata.category(char)[0] == "S" else char)
        if char.isascii()
        else char
    )


def _is_symbol(char: str) -> bool:
    return char in NAMES or unicodedata.category(char)[0] == "S"


def _numeric(char: str) -> str:
    """Numbers in circles and brackets, superscripts, fractions in one character, digits of other scripts."""
    if char in NAMES:
        return NAMES[char]
    if unicodedata.category(char) == "Lo":
        return char
    value = unicodedata.numeric(char)
    if value.is_integer() and value >= 0:
        return cardinal(str(int(value)))
    top, slash, bottom = unicodedata.normalize("NFKD", char).partition("\u2044")
    return f"{cardinal(bottom)}分之{cardinal(top)}" if slash and (top + bottom).isdecimal() else ""
