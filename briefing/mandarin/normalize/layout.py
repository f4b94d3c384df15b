"""From the printed page to plain text: widths, look-alikes, marks of the layout, punctuation.

Sources: Unicode's compatibility forms (UAX 15) for widths and squared units; GB/T 15834-2011 for Chinese
punctuation; 上接 and 下转 notes, arrows and triangles are the newspaper's own and are not read.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import HAN

_WIDE = range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B)
_NARROW = {code: chr(code - 0xFEE0) for codes in _WIDE for code in codes}
_SIGNS = str.maketrans(
    "％＋－＝／＆＠＄＃＜＞．∶﹕˙•−‐‑‒﹪＊＾﹣➖～∼〜˜➜➔➝➞⇒⟶⇧⬆⇩⬇⩾≧⩽≦╳✕✖⨯｜＼＿",
    "%+-=/&@$#<>.::··----%*^--~~~~→→→→→→↑↑↓↓≥≥≤≤××××|\\_",
)
_UNITS = str.maketrans(
    {"㎡": "m²", "㎥": "m³", "㎏": "kg", "㎞": "km", "㎝": "cm", "㎜": "mm", "㎎": "mg", "㎢": "km²"}
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ALIKE = str.maketrans("\u00b5\u00ba\u2126\u212a\uffe1\uffe5\u2044", "μ°ΩK£¥/")
_FOLDED: dict[int, str | int | None] = {**_NARROW, **_SIGNS, **_UNITS, **_ALIKE, **_SUBSCRIPTS}

_WIDE_GROUPS = re.compile(r"(?<![０-９，])[０-９]{1,3}(?:，[０-９]{3})+(?![０-９])")
_DECIMAL = re.compile(r"(?![0-9])\d")
_TURN = re.compile(r"[（(]\s*(?:上接|下转|紧接|详见|转接)\s*第?\s*[A-Z]?\d{1,3}[^()（）]{0,12}[)）]")
_ARROW = re.compile("[-=—]{1,2}>(?=[\\s\\d\u3400-\u9fff])")
_CAPTION = re.compile(
    r"(?P<apart>(?<=\d)\s?[←◄◀]+\s?(?=\d))|^\s*[↑↓←→]+\s*(?![\d.])|[←◄◀]|[↑↓→]+(?=图[为片])|→+\s*$",
    re.MULTILINE,
)
"""Arrows that point at a picture or a page; ↑5% and 80→65 are facts, and `rules.signs` says them."""

_ORNAMENT = re.compile(
    r"(?<=\d)(?P<apart>[▲△▼▽■□◆◇●○★☆►▶※☎✆©®™]|[<>]{2,}|([=+*#~_])\2{2,})(?=\d)"
    r"|[▲△▼▽■□◆◇●○★☆►▶※☎✆©®™]|[<>]{2,}|^#{1,6}(?=\s)|([=+*#~_])\3{2,}",
    re.MULTILINE,
)
_LAYOUT = frozenset("↑↓←→◄◀>▲△▼▽■□◆◇●○★☆►▶※☎✆©®™<=+*#~_（(：")
"""Characters without which a text has no marks of the page."""

_ITEM = re.compile(rf"(?<![^\n。；：])(\s{{0,4}}\d{{1,2}})\.(?=[{HAN}“《])")
_COLON = re.compile(r"(?<=\d)：(?=\d)")
_HALF = re.compile(
    rf"(?<=[{HAN}”’》）])[,;:!?]|(?<=\d)[,;:!?](?=[{HAN}“‘《（])|(?<![\d])[,;:!?](?=[{HAN}“‘《（])"
)
_WHOLE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}


def plain(text: str) -> str:
    """The text with half-width digits and letters, no layout marks, and Chinese punctuation between Han characters."""
    if "，" in text:
        text = _WIDE_GROUPS.sub(lambda match: match[0].replace("，", ""), text)
    text = _DECIMAL.sub(lambda match: str(int(match[0])), text.translate(_FOLDED))
    if not _LAYOUT.isdisjoint(text):
        text = _without_layout(text)
    return punctuated(_ITEM.sub(r"\1、", text) if "." in text else text)


def _without_layout(text: str) -> str:
    """The text without the page's own marks; one between two digits leaves a pause."""
    text = _CAPTION.sub(_apart, _ARROW.sub("→", text))
    return _COLON.sub(":", _TURN.sub("", _ORNAMENT.sub(_apart, text)))


def _apart(match: re.Match[str]) -> str:
    return "，" if match["apart"] else ""


def punctuated(text: str) -> str:
    """ASCII , ; : ! ? beside a Han character, and brackets that hold one, in their Chinese form."""
    return _HALF.sub(lambda match: _WHOLE[match[0]], _bracketed(text))


def _bracketed(text: str) -> str:
    """Pairs of ASCII brackets around Han characters; one walk, however they are nested."""
    if "(" not in text:
        return text
    chars, open_at, han_count = list(text), [], 0
    for index, char in enumerate(text):
        han_count += "\u3400" <= char <= "\u9fff"
        if char == "(":
            open_at.append((index, han_count))
        elif char == ")" and open_at:
            start, had = open_at.pop()
            if han_count > had:
                chars[start], chars[index] = "（", "）"
    return "".join(chars)
