"""Printed news → what a newsreader says: numbers and symbols in words, everything else untouched.

    fold widths → layout marks → dates and times → codes → amounts → what is left

Each rule is a pattern and a function, tried in order over the whole text; what one has said in words no later one
sees as digits. The result holds no digit and no symbol that a voice could skip or spell.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.mandarin.spoken_form import amounts, codes, days, words
from briefing.mandarin.spoken_form.numerals import by_digit

_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_FOLDED = str.maketrans(
    {
        **{code: chr(narrow) for code, narrow in _WIDE.items()},
        **dict(zip("％＋－＝／＆＠＄＃＜＞．∶﹕˙•−‐‑‒", "%+-=/&@$#<>.::··----", strict=True)),
        "㎡": "m²",
        "㎥": "m³",
        "㎏": "kg",
        "㎞": "km",
        "㎝": "cm",
        "㎜": "mm",
        "㎎": "mg",
        "µ": "μ",
        "º": "°",
        "①": "一",
        "②": "二",
        "③": "三",
        "④": "四",
        "⑤": "五",
        "⑥": "六",
        "⑦": "七",
        "⑧": "八",
        "⑨": "九",
        "⑩": "十",
    }
)
_LAYOUT = re.compile(
    r"[（(]\s*(?:上接|下转|紧接|详见)第?\s*[A-Z]?\d{1,3}版[^)）]{0,12}[)）]|[↑↓←→▲△▼▽■□◆◇●○★☆►◄◀▶※]"
)
_COLON = re.compile(r"(?<=\d)：(?=\d)")
_HALF = re.compile(
    r"(?<=[\u3400-\u9fff”’》）])[,;:!?]|(?<=\d)[,;:!?](?=[\u3400-\u9fff“‘《（])|[,;!?](?=[\u3400-\u9fff“‘《（])"
)
_WHOLE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_BRACKETS = re.compile(r"\((?=[^()]{0,200}[\u3400-\u9fff])([^()]{0,200})\)")
_PLUS_AFTER = re.compile(r"(?<=[A-Za-z\u4e00-\u9fff])\+(?=[\u4e00-\u9fff”’、，。；）]|$)")
_LEFT_OVER = re.compile("|".join(map(re.escape, words.SPOKEN_SYMBOLS)))
_SPAN = re.compile(
    r"(?<=[零一二三四五六七八九十百千万亿两日月时点分年号元])[~～](?=[零一二三四五六七八九十百千两])"
)


def spoken(text: str) -> str:
    """The spoken form of a printed text; the same for its own result.

    Words, names and punctuation stay as they are, Latin letters too: the voice spells GDP and says OpenAI.
    """
    return _finish(_by_rules(_prepare(text)))


def unknown(text: str) -> tuple[str, ...]:
    """The symbols that no rule knew and that are said by name, or not at all: an editor looks at them."""
    left = _by_rules(_prepare(text))
    return tuple(dict.fromkeys(_LEFT_OVER.findall(left)))


def _prepare(text: str) -> str:
    """Half-width digits and letters, full-width punctuation, no layout marks."""
    text = _LAYOUT.sub("", text.translate(_FOLDED))
    text = _COLON.sub(":", text)
    text = _HALF.sub(lambda match: _WHOLE[match[0]], text)
    return _BRACKETS.sub(r"（\1）", text)


def _by_rules(text: str) -> str:
    for pattern, says in (*days.RULES, *amounts.MONEY, *codes.RULES, *amounts.RULES):
        text = pattern.sub(says, text)
    return text


def _finish(text: str) -> str:
    """What no rule knew: signs by their name, foreign digits one by one."""
    text = _SPAN.sub("到", _PLUS_AFTER.sub("加", text))
    text = _LEFT_OVER.sub(lambda match: words.SPOKEN_SYMBOLS[match[0]], text)
    return "".join(_foreign(char) for char in text)


def _foreign(char: str) -> str:
    """Digits of other scripts, superscripts and numbers in circles."""
    if char.isascii() or not char.isnumeric() or "\u3400" <= char <= "\u9fff":
        return by_digit(char) if char.isdigit() else char
    value = unicodedata.numeric(char, None)
    return by_digit(str(int(value))) if value is not None and value.is_integer() and value >= 0 else ""
