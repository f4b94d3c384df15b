"""Whether a sentence is fit for the air: whole, clear by ear, short. What it refuses is not said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer import officialese
from briefing.editorial.writer.style.figures import count_figures
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.grammar.sentence_grammar import Clause

MAX_FIGURES = 5
"""Figures that a sentence may hold; three are better."""
MIN_HAN = 7
"""Han characters under which a sentence is a crumb."""

_PRINT = re.compile(
    r"：“|[！？。]”。|[¥￥$€£~@／★●■□◆▲→\[\]【】|#＋]|\.\.\.|……|——|https?|www|(?<![\dA-Za-z\u4e00-\u9fff])-\d|\d/\d|\d[:：]\d\d(?!\d)|\d[mkμn][A-Z]|℃|㎡|热线[:：\d]|电话[:：\d]|扫码|二维码|来源：|责编|责任编辑|本版|本报|通讯员|供图|声明[：:D]|免责|版权|转载|点击|关注[^，]{0,8}公众号|扫描[^，]{0,4}二维码"
)
_LETTERS = re.compile(
    r"(?<![A-Za-z\d])[A-Za-z][A-Za-z&]*\d*(?![A-Za-z])|(?<![A-Za-z])\d+[A-Z]{1,4}(?![A-Za-z])"
)
_KNOWN_LETTERS = frozenset(
    {
        "AI",
        "APP",
        "App",
        "app",
        "GDP",
        "CT",
        "KTV",
        "GPS",
        "WiFi",
        "NBA",
        "CBA",
        "IC",
        "POS",
        "ETC",
        "DNA",
        "LED",
        "GB",
        "MB",
        "TB",
        "PM2",
        "PM",
        "WTO",
        "FC",
        "CEO",
        "UFO",
        "IT",
        "VR",
        "3D",
        "4G",
        "5G",
        "6G",
        "2D",
        "B",
        "K",
        "Wi",
        "Fi",
        "U盘",
        "X光",
    }
)
_UNITS = frozenset({"GB", "MB", "TB", "G", "W"})
_JARGON = re.compile(
    r"\d[+＋]\d|[一二三四五六七八九十]{1,3}[带横纵核轴廊翼区][一二三四五六七八九十]{1,3}[带横纵核轴廊翼区点]|第?[一二三四五六七八九十]+章[一二三四五六七八九十]+条|N[+＋]|归母|流片"
)
_RHETORICAL = re.compile(
    r"[？！]|怎么(?!样)|吗[，。]|呢[，。]|怎么(?:办|回事)|为何|为什么|(?P<verb>[\u4e00-\u9fff])不(?P=verb)[，。]"
)
_STUMP_END = re.compile(
    r"(?:^|，)(?:经)?(?:审理)?查明，[^，]{2,24}(?<![\u4e00-\u9fff]{2}了)[年月日天]。$|^由[^，。]+的[^，。]*”。$|(?:告诉(?:本报|[^，]{0,4})?记者|[、和与及或]|(?<!的)(?<!新)(?<!重要|重大|考古)发现|得知|查明|获悉|了解到|按照[^，]{2,20}(?:部署|要求)|在[^，]{2,6}看来|因为|由于|为了[^，]*|对于[^，]*|的是|比如|例如|相比|如下|以下(?:几点|方面)?|包括|分别(?:是|为))[。：]$"
)
_SPEAKS = r"(?:反映|投诉|求助|反馈|咨询|举报|核实|讲述|透露|介绍|表示|建议|提出|说)"
_UNSAID = re.compile(
    rf"向[^，。]{{2,16}}{_SPEAKS}[了过]?。$|(?<![到的理件起次宗无少有])(?:投诉|求助|查明|反映)。$|(?:进行|正在|仍在|再次)核实。$|"
    r"(?:发布|印发|公布)了?(?:通告|公告|通知|消息|声明|通报)。$|^(?:不少|很多|许多|有)[^，]{0,8}担心[^，]{0,8}。$"
)
"""Ends of a sentence that leave out what somebody said, asked or published."""
_TIME_END = re.compile(
    r"，[自从至到]?[\d年月日号点分半前去今昨明天上下周一二三四五六季度底初旬早晚午中凌晨傍夜到至]+。$"
)
"""A last clause that is only a time, before what happened then."""
_POINTING = re.compile(
    r"(?:^|[，；])(?:前者|后者|上述|如下|与此|对此|为此|至此|据此|由此|这里|那里|那时|届时|另一|其二|其三|同样|两者|二者|对方|此举|此事)|^(?:这就|这也|这样|这[是些让为]|以上(?!的?[^，]{0,4}(?:老人|学生|居民|人))|此前(?=，))"
)
_FIRST_PERSON = re.compile(r"(?<!自)我(?!国|们国)|我们|咱|俺|本人|笔者|小编|您|(?<!迷)你")


def is_whole(clauses: Sequence[Clause], *, recovered: bool = False, uncut: bool = False) -> bool:
    """Return whether the clauses make a sentence: a subject, then a predicate, nothing left open at the end.

    Of an `uncut` one the page's word is taken that its end is one: tables of words miss many predicates.
    """
    if not clauses:
        return False
    last = clauses[-1]
    open_end = not last.has_predicate or last.ends_open or (last.is_topic and len(clauses) == 1)
    if open_end and not (uncut and len(clauses) > 1):
        return False
    if not any(clause.has_predicate and not _only_leads_in(clause) for clause in clauses):
        return False
    if recovered or (uncut and _begins_with_nominal(clauses)):
        return True
    return any(
        (clause.has_subject and not clause.opens_with_preposition)
        or clause.is_topic
        or clause.tells_of_existence
        for clause in clauses[:3]
    )


def _begins_with_nominal(clauses: Sequence[Clause]) -> bool:
    """Return whether the first clause that says something has anything but time and adverbs before its verb."""
    first = next((clause for clause in clauses if clause.has_predicate and not clause.leads_in), None)
    if first is None or first.opens_with_verb:
        return False
    before = first.tokens[: first.main_verb] if first.main_verb >= 0 else first.tokens[:-1]
    return any(token.flag not in {"TIME", "t", "d", "ad", "w", "p", "c", "u"} for token in before)


def _only_leads_in(clause: Clause) -> bool:
    return clause.leads_in and not clause.text.endswith("。")


_OPENS_BADLY = re.compile(
    r"^(?:[一二三四五六其][是为][^，]|其[一二三四]|不过|但是?|然而|可是|而且|而(?!立)|因此|所以|于是|并且?|还(?!款)|也|又|却|则|否则|如此|再(?!次)|才|就(?!在|像|读|业|医|餐)|首批(?=(?:确定|选定|选取|遴选|纳入|推出|评出|公布|安排|上线|投放)(?!的)))"
)
_REPORTER = re.compile(
    r"记者[^，。]{0,6}(?:采访|走访|联系|来到|在现场|前往|跟随|探访|拨打|致电|体验|见到|走进|请)|热线[^，。]{0,6}(?:接到|收到)|来电询问"
)
_CAPTION = re.compile(r"(?:景象|照片|资料图|效果图|合影)。$|^图为|^图[一二三\d]")
_LISTED = re.compile(r"(?:^|说，|表示，|介绍，)[^，。\d]{2,8}、[^，。\d]{2,8}、[^，。\d]{2,8}。$")
_ATTENDS = re.compile(
    r"作(?:交流|典型|表态|主题)?发言。$|(?:联合)?(?:举办|主办|承办|协办)。$|(?:参加|出席|陪同|列席|主持|致辞|讲话|见证|作陪|参与调研)(?:了)?(?:活动|会议|调研|检查|考察|仪式|座谈)?。$"
)


_REFUSED = (
    ("opens badly", _OPENS_BADLY), ("reporter", _REPORTER), ("caption", _CAPTION), ("list", _LISTED), ("print", _PRINT),
    ("jargon", _JARGON), ("question", _RHETORICAL), ("stump", _STUMP_END), ("unsaid", _UNSAID), ("points back", _POINTING),
    ("first person", _FIRST_PERSON),
)  # fmt: skip


def find_objection(text: str) -> str:
    """Return why a sentence cannot be said, in a word; empty if it can."""
    for name, pattern in _REFUSED:
        if pattern.search(text):
            return name
    checks = (
        ("attendance", _ATTENDS.search(text) is not None and not re.search(r"\d", text)),
        ("letters", bool(unknown_letters(text))),
        ("figures", count_figures(text) > MAX_FIGURES),
        ("crumb", han_count(text) < MIN_HAN),
        ("unmatched", any(text.count(opening) != text.count(right) for opening, right in ("“”", "《》"))),
        ("stump", _TIME_END.search(text) is not None and "时间" not in text),
        ("comment", officialese.is_comment(text)),
    )
    return next((name for name, holds in checks if holds), "")


def find_print_sign(text: str) -> str:
    """Return the first sign or unit that only print has; empty without one."""
    match = _PRINT.search(text)
    return match[0] if match else ""


def unknown_letters(text: str) -> list[str]:
    """Return abbreviations of letters that an ear does not know; names such as iPhone or A3线 are not among them."""
    letters = []
    for match in _LETTERS.finditer(text):
        word = match[0]
        behind = text[match.end() : match.end() + 1]
        allowed = (
            word in _KNOWN_LETTERS
            or word.lstrip("0123456789") in _UNITS
            or (re.fullmatch(r"[A-Z]\d*", word) and behind in "路线型股座区类级栋口馆号出轮")
            or not re.search(r"[A-Z]", word)
        )
        named = re.search(r"[a-z]{2,}", word) is not None
        if not allowed and not named:
            letters.append(word)
    return letters
