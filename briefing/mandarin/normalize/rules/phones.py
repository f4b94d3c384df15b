"""Telephone numbers and web addresses, said digit by digit and sign by sign.

Source: 《电信网编号计划》 (2017) for the shapes of numbers; 幺 is what newsreaders and operators say.

Source: RFC 3986 and RFC 5322 for the shapes that newspapers print; 点, 斜杠, 艾特, 杠 are what is said on the air.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import HAN, Rule, initials, rule, table, words
from briefing.mandarin.normalize.measure_words import COUNTED
from briefing.mandarin.normalize.numerals import by_digit

_CALLED = words(
    """
        拨打 拨通 加拨 拨 致电 来电 热线 电话 客服 咨询 举报 短信 专线 座机 手机 手机号 传真
        联系方式 火警 报警 盗警 匪警 急救 挂失 呼叫 打
    """
)
_HOTLINE = r"(?:1(?:1[0249]|2[02])|12[0-9]\d\d|9[56]\d{3,4}|100(?:86|10|00)|1118[35]|400\d{7})"
_GOES_ON = words(
    """
        热线 网站 平台 客服 电话 专线 举报 短信 指挥 接警 接处警 急救 救护 救援 报警 政务 服务
        指战员 消防 民警 警情 警方 系统 客户端 调度 台 中心 来电 工单 面向 打来 咨询 反映 投诉
        可 检察 纪检 12
    """
)
_END = rf"(?!\d|[.,:]\d|-\d|\s?{COUNTED}|[~～—]\d|/(?!1\d\d(?!\d))\d|[第部本起宗])"
_ONE = r"(?:\+?\d{2,4}[- ]){0,2}\d{3,12}(?:[-—]\d{1,5}|转\d{1,5})?"
_MANY = rf"{_ONE}{_END}(?:\s?[、，,或和及/]\s?{_ONE}{_END})*"


def _dialled(match: re.Match[str]) -> str:
    """Every digit of the match; +, spaces, hyphens and brackets between digits are not said."""
    text = re.sub(r"(?<=\d)[-— ]+(?=\d)|[+]|[()]", "", match[0]).replace("/", "、")
    return re.sub(r"\d+", lambda digits: by_digit(digits[0], one="幺"), text)


def _called(match: re.Match[str]) -> str:
    """拨打12345或63842233: what comes after the word, one number or several."""
    return match[1] + re.sub(_ONE, _dialled, match[2])


RULES: tuple[Rule, ...] = (
    rule(
        rf"((?:{_CALLED})(?:号码)?(?:了|是|为|至)?[：:“\"（]?\s?)({_MANY})", _called, needs=initials(_CALLED)
    ),
    rule(
        r"(?<![\w+])\+(?:86|85[23]|886)(?![\d.,%‰万亿]|[- ]\d)",
        lambda match: "加" + by_digit(match[0]),
        needs="+",
    ),
    rule(r"(?<![\d.])\+?86[- ]\d{2,3}[- ]\d{3,4}[- ]?\d{4}(?!\d)", _dialled, needs="8", also="- "),
    rule(r"(?<![\d.])\+?86[- ]?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", _dialled, needs="8", also="6"),
    rule(rf"(?<![\d.,])1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}(?!\d|[,.]\d|\s?{COUNTED})", _dialled, needs="1"),
    rule(
        r"(?<![\d.])(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3}[-— ])\s?\d{3,4}[- ]?\d{4}(?:[-—转]\d{1,5})?(?!\d)"
        r"|(?<![\d.])0\d{2,3}[- ]1?\d{5}(?!\d)",
        _dialled,
        needs="0",
        also="-— (（",
    ),
    rule(
        r"(?<![\d.])[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)|(?<![\d.])[48]00-\d{4}-\d{3}(?!\d)",
        _dialled,
        needs="0",
        also="48",
    ),
    rule(
        rf"(?<![\d.,A-Za-z-]){_HOTLINE}(?:[、或和/]{_HOTLINE}){{0,8}}(?=[”\"]?(?:{_GOES_ON}))",
        _dialled,
        needs=initials(_GOES_ON),
    ),
    rule(rf"(?<![\d.,A-Za-z-]){_HOTLINE}(?:[、或和/]{_HOTLINE}){{1,8}}{_END}", _dialled, needs="、或和/"),
    rule(rf"^(?:1(?:1[0249]|2[02])|123\d\d|9[56]\d{{3}}|100(?:86|10))$|(?<=给){_HOTLINE}(?=打)", _dialled),
    rule(rf"(?<![\d.,A-Za-z-])123\d\d(?![\d.,:~～—-]|\s?{COUNTED}|[以左上下])", _dialled, needs="1"),
)


_MARKS = table(".=点 @=艾特 /=斜杠 -=杠 _=下划线 :=冒号 ?=问号 ==等于 &=和 %=百分号 #=井号 +=加 ~=波浪号")
_PROTOCOL = re.compile(r"^https?://|/$")
_ENDS = "com|cn|net|org|gov|edu|info|top|vip|io|ai|tv|cc"


def _address(match: re.Match[str]) -> str:
    return "".join(
        _MARKS.get(piece, by_digit(piece) if piece.isdigit() else piece)
        for piece in _PROTOCOL.sub("", match[0])
    )


WEB_ADDRESSES: tuple[Rule, ...] = (
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
