"""Evidence that one piece of text goes on with another: numbers, brackets, words and names cut in two.

An extraction cuts paragraphs where a column, a picture or an advertisement ends, also inside a word. Each function weighs
two pieces; above 0 speaks for one sentence. All functions take folded text (`cleaning.fold`).
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from briefing.mandarin import segmenter
from briefing.sources.newspaper.lines import bylines, cleaning

SURE = 4.0
"""Weight from which two pieces certainly are one sentence."""
_WORDS_OF_DICTIONARY: Final = 60_000_000
"""Occurrences that jieba's dictionary counts altogether (the sum of its frequencies, 60,101,967)."""
_UNKNOWN: Final = 0.5
"""Occurrences that a single character outside the dictionary is given."""
_LONGEST_WORD: Final = 4
_LEAST_GAIN: Final = 2.0
"""Gain in log likelihood below which a word over the cut may be chance."""
_MOST_BY_WORD: Final = 5.0
_PAIRS: Final = {"《": "》", "“": "”", "(": ")", "‘": "’", "【": "】"}
_CLOSING: Final = {closing: opening for opening, closing in _PAIRS.items()}
_HAN_END: Final = re.compile(f"{cleaning.HAN}{{1,{_LONGEST_WORD}}}$")
_HAN_START: Final = re.compile(f"{cleaning.HAN}{{1,{_LONGEST_WORD}}}")
_NUMBER_END: Final = re.compile(r"(?:\d[.,—–~-]?|[一二三四五六七八九十百千万亿两几])$")
_NUMBER_OF_A_LINE: Final = re.compile(r"(?:\d{6,}|\d[-—–]\d+|\d[-—–]\d{3,}[-—–]\d*)$")
"""The end of a telephone number, a code or a result, which no figure goes on."""
_NUMBER_START: Final = re.compile(
    r"^(?:\d|[.%‰℃]|(?:多|余)?(?:万|亿|千|百)|(?:多|余)?(?:元|人|名|个|米|公里|平方|吨|次|户|家|台|辆|岁|年|月|日|时|分|秒|点|亩|栋|座|条|项|件|趟|场|处|只|张|株|斤|公斤|克|度|倍|成|种|位|所|间|套|批|届|级|层|期|天|小时|kg|km|cm|m|G))"
)
_DAY_END: Final = re.compile(r"(?<!\d)\d{1,2}月\d$")
_DAY_START: Final = re.compile(r"^\d?(?:日|[-—–~、和至到]\d)")
_CUT_NUMBER: Final = re.compile(r"\d[.]$")
_GOES_ON: Final = re.compile(r"^(?:[,。;:、!?%‰℃.)》”’】—…]|元|%)")
_SAYS: Final = re.compile(
    rf"^{cleaning.HAN}{{1,3}}(?:说|介绍|表示|告诉|认为|提醒|推开|笑|称|指|带|站|拿|坐|从|在|和|与|对|一行|[,、。”])"
)
_OFFICE_AND_HALF_NAME: Final = re.compile(
    rf"(?:董事长|长|主任|书记|主席|经理|总监|教授|研究员|专家|医生|医师|律师|工程师|院士|站长|负责人|居民|市民|村民){cleaning.HAN}{{2}}$"
)
"""An office and two characters of a name of three: 公司董事长封敬 before 之在说明会上表示."""
_CUT_IN_GIVEN_NAME: Final = 3.5
_LEFT_OPEN: Final = re.compile(
    r"(?:[的在和与为把将从对被向由以及或是至到达超比约近,、:“(《]|超过|达到|以及|通过|根据|按照|需要|进行|可以|已经|其中|包括)$"
)
_AMOUNT: Final = re.compile(r"^\d[\d.]*(?!\d|日|月|年|岁|后|[时点:]\d)[%\u4e00-\u9fff]")
"""A figure with its unit, with which hardly a sentence begins."""
_WANTS_AMOUNT: Final = re.compile(
    r"(?:增长|下降|上升|提高|提升|减少|增加|降低|上涨|下跌|上调|下调|缩短|压缩|同比[增降]|环比[增降]|[达超近约共计仅需占第每跌涨升降至到为]|高出|高于|低于|多达|长达|余下|累计|合计|总计|平均|均价|提前|推迟)$"
)
"""A word that a figure follows."""
_FRESH: Final = re.compile(
    r"^(?:据|目前|此外|同时|另外|近日|日前|昨[日天]|[今明去]年|截至|其中|随着|当[天日晚]|下一步|接下来|与此同时|“[^”]{10,}|“[^”]*$|记者|今[日天]|本报|\d{1,2}月\d{1,2}日|\(?[一二三四五六七八九十]+[、)]|[问答][::])"
)
_SHORT_CLAUSE: Final = re.compile(rf"^{cleaning.HAN}{{1,2}}[,，。;；]")
_OPENING_WORDS: Final = re.compile(
    r"^(?:此外|另外|其中|目前|如今|同时|随后|最终|最后|首先|其次|再次|然而|不过|但是|但|而|于是|因此|所以|为此|对此|据悉|据了解|据介绍|据统计|近日|日前|昨[日天晚]|今[日天年晚]|明[日天年]|去年|前年"
    r"|当[天日晚时年]|现场|会上|会后|期间|其间|之后|此前|此后|后来|起初|原来|接着|紧接着|眼下|当前|当下|近年来|一直以来|长期以来|多年来|[春夏秋冬]天|[上下]午|清晨|凌晨|傍晚|中午|夜里|深夜|早上|晚上|清早"
    r"|下一步|接下来|未来|一方面|另一方面|事实上|实际上|总的来看|与此同时|在此之前|截至目前|是的|好的|比如|例如|当然|其实|显然|可见|总之|换言之|也就是说|第[一二三四五]|[一二三四五]是|活动中|座谈会|采访中|调研中|赛后|赛前|课后|饭后"
    r"|有人|很多|.{0,2}[后前时中里上下内外])"
)
_LIST_ITEM: Final = re.compile(
    r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|[·●■◆]|(?:问|答|Q|A)[::\s])"
)


def weigh_join(before: str, after: str) -> float:
    """Return how much speaks for `after` going on where `before` was cut; below 0 against it."""
    if _LIST_ITEM.match(after):
        return -4.0
    return (
        _weigh_number(before, after)
        + _weigh_brackets(before, after)
        + _weigh_word(before, after)
        + _weigh_name(before, after)
        + (3.0 if _GOES_ON.match(after) else 0.0)
        + _weigh_amount(before, after)
        + (0.5 if _LEFT_OPEN.search(before) else 0.0)
        - (1.5 if _FRESH.match(after) else 0.0)
    )


def _weigh_amount(before: str, after: str) -> float:
    if not _AMOUNT.match(after):
        return 0.0
    return 4.0 if _WANTS_AMOUNT.search(before) else 1.0


def begins_inside(text: str) -> bool:
    """Return whether a text begins with so short a clause that it is the end of one: 启动,比往年提前24小时."""
    if _GOES_ON.match(text):
        return True
    clause = _SHORT_CLAUSE.match(text)
    return bool(clause) and not _OPENING_WORDS.match(text)


def _weigh_number(before: str, after: str) -> float:
    if _CUT_NUMBER.search(before):
        return 6.0 if after[:1].isdigit() else -4.0
    if before[-1:].isdigit() and re.match(r"[.]\d|[%‰℃]", after):
        return 6.0
    if _NUMBER_OF_A_LINE.search(before):
        return -1.0
    if _DAY_END.search(before):
        return 4.0 if _DAY_START.match(after) else -2.0
    if _NUMBER_END.search(before):
        return 4.0 if _NUMBER_START.match(after) else -2.0
    return 0.0


def open_brackets(text: str) -> list[str]:
    """Return the brackets and quotes that a text opens and does not close, in order."""
    opened: list[str] = []
    for char in text[-2000:]:
        if char in _PAIRS:
            opened.append(char)
        elif opened and char in _CLOSING and opened[-1] == _CLOSING[char]:
            opened.pop()
    return opened


def _first_unopened(text: str) -> str:
    """Return the first closing sign in a text that nothing in it opens; '' when there is none."""
    opened: list[str] = []
    for char in text[:400]:
        if char in _PAIRS:
            opened.append(char)
        elif char in _CLOSING:
            if not opened:
                return char
            opened.pop()
    return ""


def _weigh_brackets(before: str, after: str) -> float:
    opened, closing = open_brackets(before), _first_unopened(after)
    if opened and closing:
        return 4.0 if _PAIRS[opened[-1]] == closing else -2.0
    if closing:
        return -4.0
    return -1.0 if opened and opened[-1] in "《(" else 0.0


def _weigh_word(before: str, after: str) -> float:
    """Return the weight of a word that the cut goes through."""
    end, start = _HAN_END.search(before), _HAN_START.match(after)
    if not end or not start:
        return 0.0
    gain = _likelihood(end[0] + start[0]) - _likelihood(end[0]) - _likelihood(start[0])
    return min(gain / 2, _MOST_BY_WORD) if gain >= _LEAST_GAIN else 0.0


@lru_cache(maxsize=4096)
def _likelihood(text: str) -> float:
    """Return the log likelihood of the best way to cut a few characters into words."""
    best = [0.0]
    for end in range(1, len(text) + 1):
        best.append(
            max(
                best[start] + weight
                for start in range(max(0, end - _LONGEST_WORD), end)
                if (weight := _log_frequency(text[start:end])) is not None
            )
        )
    return best[-1]


def _log_frequency(word: str) -> float | None:
    count: float = segmenter.frequency(word)
    if not count and len(word) > 1:
        return None
    return math.log((count or _UNKNOWN) / _WORDS_OF_DICTIONARY)


def _weigh_name(before: str, after: str) -> float:
    """Return the weight of a cut name: surname (and half a given name) at the end, whoever says something after it."""
    if not _SAYS.match(after):
        return 0.0
    if _OFFICE_AND_HALF_NAME.search(before) and before[-2] in bylines.SURNAMES | bylines.RARE_SURNAMES:
        return _CUT_IN_GIVEN_NAME
    alone = before[-1:] in bylines.SURNAMES and not segmenter.frequency(before[-2:])
    return 2.0 if alone or before.endswith(bylines.COMPOUND) else 0.0
