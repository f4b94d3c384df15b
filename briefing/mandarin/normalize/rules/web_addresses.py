"""Addresses of the Internet, handles and tags: letters stay, digits and marks are said.

Source: RFC 3986 and RFC 5322 for the shapes that newspapers print; 点, 斜杠, 艾特, 杠 are what is said on the air.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import HAN, Rule, rule, table
from briefing.mandarin.normalize.numerals import by_digit

_MARKS = table(".=点 @=艾特 /=斜杠 -=杠 _=下划线 :=冒号 ?=问号 ==等于 &=和 %=百分号 #=井号 +=加 ~=波浪号")
_PROTOCOL = re.compile(r"^https?://|/$")
_ENDS = "com|cn|net|org|gov|edu|info|top|vip|io|ai|tv|cc"


def _address(match: re.Match[str]) -> str:
    return "".join(
        _MARKS.get(piece, by_digit(piece) if piece.isdigit() else piece)
        for piece in _PROTOCOL.sub("", match[0])
    )


RULES: tuple[Rule, ...] = (
    rule(r"(?<![\w@./-])(?:https?://|www\.)[\w./?=&%#+~:-]{0,500}[\w/]", _address, fold=True, needs="/."),
    rule(r"(?<![\w@.-])[A-Za-z0-9][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", _address, needs="@"),
    rule(
        rf"(?<![\w@./-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}(?:{_ENDS})(?:\.cn)?(?:/[\w./-]{{0,200}})?(?![\w@])",
        _address,
        needs=".",
    ),
    rule(rf"@(?=[\w{HAN}])", lambda _: "艾特", needs="@"),
    rule(r"(?<!\d)#([^#\n]{1,40})#", lambda match: match[1], needs="#"),
)
