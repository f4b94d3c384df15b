"""Strings of digits that are no quantities: telephones, hotlines, plates, trains, standards, rooms, versions.

Digit by digit; 幺 for 1 where it is dialled (GB/T 15835-2011 leaves speech open; that is what newsreaders do).
Letters are kept as letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.mandarin.spoken_form import words
from briefing.mandarin.spoken_form.numerals import by_digit, cardinal, number

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_CARDINAL = 2
"""Digits after a letter that are read as a number (G20 G二十); longer ones digit by digit (C919 C九一九)."""


def dialled(match: re.Match[str]) -> str:
    """A telephone number."""
    return by_digit(match[0], one="幺")


def _dialled_after(match: re.Match[str]) -> str:
    return match[1] + by_digit(match[2], one="幺")


def _spelled_after(match: re.Match[str]) -> str:
    return match[1] + by_digit(match[2])


def _spelled(match: re.Match[str]) -> str:
    return by_digit(match[1])


def _lettered(match: re.Match[str]) -> str:
    """A letter and its number: B24 B二十四, V3.1 V三点一, MU9191 MU九一九一."""
    digits = match[2]
    if "." in digits:
        return match[1] + number(digits)
    if len(digits) > LONGEST_CARDINAL or digits[0] == "0":
        return match[1] + by_digit(digits)
    return match[1] + cardinal(digits).replace("两", "二")


def _aircraft(match: re.Match[str]) -> str:
    """歼-20 歼二十, 长征-5 长征五; a hyphen after other characters is no part of a name."""
    if not re.match(r"[歼轰运直强教苏米卡图神天长东红征号]", match[1]):
        return match[0]
    digits = match[2]
    return match[1] + (
        by_digit(digits) if len(digits) > LONGEST_CARDINAL else cardinal(digits).replace("两", "二")
    )


def _standard(match: re.Match[str]) -> str:
    year = f"杠{by_digit(match[3])}" if match[3] else ""
    return f"{match[1]}{by_digit(match[2])}{year}"


def _roman(match: re.Match[str]) -> str:
    return cardinal(str(words.ROMAN[match[1].upper()])).replace("两", "二")


def _dotted(match: re.Match[str]) -> str:
    return "点".join(by_digit(part) for part in match[0].split("."))


def _address(match: re.Match[str]) -> str:
    """URLs and mail addresses: letters stay, digits and marks are said."""
    said = {".": "点", "@": "艾特", "/": "斜杠", "-": "杠", "_": "下划线", ":": "冒号"}
    text = re.sub(r"^https?://|/$", "", match[0])
    return "".join(said.get(char, by_digit(char) if char.isdigit() else char) for char in text)


_ROMAN = "|".join(sorted(words.ROMAN, key=len, reverse=True))

RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (
            r"(?<![\w@./])(?:https?://|www\.)[\w./-]*\w/?|(?<![\w@.])[A-Za-z0-9][\w.-]*@[\w-]+(?:\.[\w-]+)+",
            _address,
        ),
        (r"(?<![\w@./])(?:[A-Za-z0-9-]+\.)+(?:com|cn|net|org|gov|edu)(?:\.cn)?(?![\w@])", _address),
        (r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", _dotted),
        (r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d.])", _dotted),
        (r"(?<!\d)\+?86[- ]?1[3-9]\d{9}(?!\d)", dialled),
        (r"(?<![\d.,])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d|[,.]\d|\s*[个元人次份万亿吨])", dialled),
        (r"(?<![\d.])[（(]0\d{2,3}[)）]\s*\d{7,8}(?!\d)", dialled),
        (r"(?<![\d.])0\d{2,3}[-—－ ]\d{7,8}(?:[-—转]\d{1,5})?(?!\d)", dialled),
        (r"(?<![\d.])[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)", dialled),
        (
            rf"((?:{words.CALLED})[了是为:：“\"（(]?[\s]*)(\d{{3,11}})(?!\d|\.\d|[,，]\d|[余多]?[个万元人次名件起条份千百亿%])",
            _dialled_after,
        ),
        (
            rf"(?<![\d.,A-Za-z-])({words.HOTLINES})(?=[”\"]?(?:热线|网站|平台|客服|电话|专线|举报|短信|指挥中心|接警|急救|报警|政务|服务))",
            lambda m: by_digit(m[0], one="幺"),
        ),
        (rf"^({words.HOTLINES})$|(?<=[给打])({words.HOTLINES})(?=打|电话|求|报|$)", dialled),
        (r"(?<![\d.,A-Za-z-])(?:123\d\d|9[56]\d{3})(?=[或和、，。；”）)]|$|平台|咨询|反映|投诉)", dialled),
        (
            rf"((?:{words.NUMBERED})[是为:：]?\s*)(\d{{2,}})(?![\d.]|[个种项])",
            lambda m: m[1] + by_digit(m[2], one="幺" if m[1].startswith("尾号") else "一"),
        ),
        (r"([（(])(\d{6})(?=(?:\.[A-Z]{2})?[)）])", _spelled_after),
        (
            r"([\u4e00-\u9fff][A-Z]·?)([A-Z]?\d{4,6})(?![\d])",
            lambda m: m[1].replace("·", "") + re.sub(r"\d", lambda d: by_digit(d[0]), m[2]),
        ),
        (r"(?<!\d)(\d{3,4})(?=室|房间|病房|教室|宿舍|国道|省道|县道|厂)", _spelled),
        (r"(?<![\d.])(\d{3})(?=路公交|路车|路电车)", _spelled),
        (r"(?<![\d.])(618|520|985|211|315)(?=[和、与及“”大高购电年工院促期]|$)", _spelled),
        (r"(?<=[为的“])(\d{3})(?=新政|会议|事件|工程|专案)", _spelled),
        (r"(?<=双)(11|12)(?!\d|[个名位项])", lambda m: cardinal(m[1])),
        (r"(?<=[十])(\d)(?!\d)", _spelled),
        (r"([〔\[［](?:19|20))(\d\d)(?=[〕\]］])", lambda m: m[1][0] + by_digit(m[1][1:] + m[2])),
        (
            r"(?<![A-Za-z])((?:GB/?T?|ISO|IEC|DB|YY/?T?|QB/?T?|JB/?T?|HJ|GA|CJ|TB)\s?)(\d{2,6}(?:\.\d+)?)(?:[-—–](\d{2,4}))?(?!\d)",
            _standard,
        ),
        (rf"(?<![A-Za-z])({_ROMAN})(?=(?:类|级|期|型|度|号|等|区|段|卷|期|阶段|代|世))", _roman),
        (r"([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ])", _roman),
        (r"(?<![A-Za-z])No\.?\s?(\d+)", lambda m: f"第{cardinal(m[1])}"),
        (r"(?<=[A-Za-z])2(?=[A-Z](?![A-Za-z]))", lambda _m: "二"),
        (
            r"([\u4e00-\u9fff])[-－](\d{1,3})(?=(?!\d)[^%℃°度.])",
            _aircraft,
        ),
        (r"([A-Za-z])\s?[-–]?\s?(\d+(?:\.\d+)?)(?![\d.]*\d)(?!\s*[%℃]|/\d)", _lettered),
    )
)  # fmt: skip - a table of rules reads best one a line
"""In the order in which they are tried."""
