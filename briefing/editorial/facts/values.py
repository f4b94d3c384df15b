"""Quantities of a sentence as values: number, unit, bound and change, wherever Chinese puts them.

A bound says what the number is to the fact: 2900余 is over 2900, 近370 is under 370, 30分钟内 is at most 30 minutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from briefing.editorial.facts.measure_units import SIGNS, UNIT, UNITS, Unit
from briefing.editorial.facts.read_numerals import DIGITS, NUMERAL, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Bound(StrEnum):
    """Relation of the fact to the number that is spoken."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    LEAST = "at least"
    MOST = "at most"


class Change(StrEnum):
    """Relation of a number to a change: grew by it, grew to it, or neither."""

    NONE = ""
    BY = "by"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity: its place in the text, its number in the base unit, and its relation to the fact."""

    start: int
    """First character, the bound in front included."""
    end: int
    """Behind the last character, the bound behind included."""
    text: str
    """The characters as written."""
    number: float
    """In the base unit of the dimension."""
    dimension: str
    """Dimension of units.UNITS; empty for a bare number."""
    bound: Bound = Bound.EXACT
    change: Change = Change.NONE
    step: float = 0.0
    """Distance to the next number with as many digits, for 余 and 多."""
    base: str = ""
    """What a change is measured against: 年 (同比), 月 (环比), or empty."""
    unit: str = ""
    """The unit as written."""


_BEFORE = {
    Bound.ABOUT: "大约|大概|约为|约合|约|大致|左右|差不多|估计",
    Bound.UNDER: "将近|接近|近|不足|不到|少于|未满|不满|低于|小于|未达到|未达|不及",
    Bound.OVER: r"过(?=[\d.]+[万亿])|破(?=[\d.]+[万亿])"
    r"|过了?(?=\d+(?:天|个?月|年|小时|分钟|岁|日))|过了(?=[一二三四五六七八九]成)|超过了|超过|超出|超|突破|逾|多于|高于|大于|高达|远超",
    Bound.LEAST: "最低|最少|最短|不少于|不低于|不小于|至少|起码|最少|不得少于|不得低于|不短于|达到或超过",
    Bound.MOST: "最高不超过|没有超过|没超过|未超过|不会超过|不能超过"
    "|最高|最长|最大|不超过|不高于|不多于|不大于|限流|限量|封顶|至多|最多|不得超过"
    "|不得高于|不长于|控制在",
}
_BEHIND = {
    Bound.ABOUT: "左右|上下|前后|许",
    Bound.UNDER: "不到",
    Bound.OVER: "多|余|出头|开外",
    Bound.LEAST: "以上|及以上|或以上",
    Bound.MOST: "以下|以内|之内|及以下|内(?![容外部在])",
}
_BEFORE_BOUND = {word: bound for bound, words in _BEFORE.items() for word in words.split("|")}
_BEHIND_BOUND = {word: bound for bound, words in _BEHIND.items() for word in words.split("|")}
_PREFIX = "|".join(sorted(_BEFORE_BOUND, key=len, reverse=True))
_SUFFIX = "|".join(
    sorted((word for word in _BEHIND_BOUND if word[0] != "内" and "(" not in word), key=len, reverse=True)
)
_SIGN = "|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))

_PERCENT = r"百分之(?P<percent>[零〇一二两三四五六七八九十百点\d.]+)"
_FRACTION = r"(?P<parts>[一二两三四五六七八九十百千\d]+)分之(?P<share>[一二两三四五六七八九十百千\d]+)"
_PER_HOUR = r"(?:时速|每小时|每时)"
_PER_SECOND = r"每秒"
_RANGE = r"\s*(?:至|到|—+|－|-|~|～|–)\s*"
_QUANTITY = re.compile(
    rf"(?P<rate>{_PER_HOUR}|{_PER_SECOND})?(?:行驶|运行)?(?P<prefix>{_PREFIX})?(?:人民币)?(?P<minus>零下|负|(?<![\d年月日号时点)）%％℃度米元A-Za-z])[-−])?"
    rf"(?P<sign>{_SIGN})?(?P<ordinal>第)?"
    rf"(?:{_PERCENT}|{_FRACTION}|(?P<numeral>{NUMERAL}|半(?=年|天|小时|个小时|个月|公里|斤|里路|个钟头|数))(?P<approx>几|余|多|来(?=[个条名户人万年公]))?(?P<scale>[百千]?[万亿]+|[千百](?![分米克瓦帕年升卡]))?)"
    rf"(?P<approx2>余|多)?(?:(?:个)?(?P<unit>{UNIT})(?:半(?![年天个小价径])(?P<half>))?)?(?P<extra>（[套条只项户人]）)?(?:人民币|现金)?(?:（含）|含)?(?P<suffix>{_SUFFIX}|不到(?![\d一二三四五六七八九十])|以内|之内|内(?![容外部在蒙])|里(?![面程边]))?"
)
_CODE = re.compile(r"[A-Za-z]+[-.]?\d[A-Za-z\d.]*(?![%％\d])|[A-Za-z]+(?:[·&+][A-Za-z]+)*")
_SCORE = re.compile(
    r"(?<![\d:])(?P<left>\d{1,3}|[零一二两三四五六七八九十]{1,3})(?:比|:|∶|：)(?P<right>\d{1,3}|[零一二两三四五六七八九十]{1,3})(?![\d:分])"
)
_CLOCKED = re.compile(
    r"(?:(?P<hours>\d+)(?:个?小时|时))?(?P<minutes>\d+|[一二两三四五六七八九十]+)分钟?(?:(?P<seconds>\d+|[一二三四五六七八九十]+)秒(?P<hundredths>\d{1,2})?|(?P<half>半)钟?)"
)
_SECONDS = re.compile(r"(?P<seconds>\d+)秒(?P<hundredths>\d{1,2})")
_HAN_DIGIT = "[一二两三四五六七八九\\d]"
_CHANGE_SAID = re.compile(
    rf"(?P<yuan>\d{{1,4}}|[一二两三四五六七八九十]{{1,3}})块(?P<tenths>{_HAN_DIGIT})(?![\d钱多块十百千万个名])"
    rf"|(?P<jiao>{_HAN_DIGIT})毛(?:(?P<fen>{_HAN_DIGIT})(?![\d个名]))?(?:钱)?"
)
_METRES = re.compile(r"(?P<metres>\d+)米(?P<centimetres>\d{1,2})(?![\d.万千百年月日时])")
RANGE_MARK = re.compile(r"(?:至|到|—+|－|-|−|~|～|–|、)")
"""What joins the two ends of a range."""
_DOUBLED = re.compile(r"翻(?P<times>[一两二三四]|了?一)?[番倍]")
_HALVED = re.compile(
    r"(?P<before>将近|接近|近|超过|超|过了?|不到|不足|大约|约|差不多)?(?:(?<![打做干说走听写讲开演跑看吃睡]到)(?<![打做干说走听写讲开演跑看吃睡])一半|半数|半价|对半|(?<=[近超过])半(?![年天个小径月里数价路]))"
    r"(?P<behind>多|以上|左右|不到)?"
)
_HALF_BOUNDS = {
    **dict.fromkeys(("将近", "接近", "近", "不到", "不足"), Bound.UNDER),
    **dict.fromkeys(("超过", "超", "过", "过了", "多", "以上"), Bound.OVER),
    **dict.fromkeys(("大约", "约", "差不多", "左右"), Bound.ABOUT),
}
_RANK = re.compile(r"首位|榜首|居首|头名|领跑")
_FAR_BOUND = re.compile(
    r"(?P<word>大约|大概|约|将近|至少|起码|最少|至多|最多|不超过|不少于|不低于|不高于|超过|不到|不足"
    r"|最高(?=[可能不奖处罚补达赔限给发资])|最多(?=[^\d，。；、]))[^，。；、：\d]{1,5}$"
)
_CHANGED = re.compile(
    r"(?:[少多][招种收卖买用花赚交付产]|增长|增加|增至|增|提高|提升|提|上升|上涨|升|涨|扩大|多|高出|下降|下跌|降低|降|减少|减|减至|缩短|压缩|缩小|回落|跌|少|低|收窄|下调|上调|加快|放缓|增收|节省|延长|推进|刷新|扩|调)"
    r"(?:价|幅|温|速|员|产|税|费|息|薪)?(?P<to>到了|到|至|为|成)?(?P<by>了|幅度?为|幅度?达|幅)?(?:现在|目前|原来|去年|上年|原先)?的?(?:约|近|超过|超|逾|将近|不到|大约)?$"
)
_BASE = re.compile(
    r"(?P<year>同比|比去年|较去年|比上年|较上年|比上一年|比前一年)|(?P<month>环比|[比较](?:上个?月|前一个?月|\d{1,2}月|上个?季度))"
)
_IDENTITY = re.compile(r"(?:是|为|达|达到|占|占到|仅|只有|共|有|相当于)[^，。；]{0,8}的?$")
_JOINED = {
    "方": "向面式案便法针", "分": "别析之钟散", "点": "钟评燃名子", "级": "别", "位": "置于", "条": "件例",
    "节": "目约", "部": "门分", "份": "额", "成": "功立员果本品绩交",
    "章": "程", "道": "路", "类": "似", "场": "地所馆", "期": "间", "批": "准", "组": "织成", "口": "岸",
    "周": "边围", "天": "气然", "家": "长", "名": "字单", "只": "有能",
    "角": "色", "元": "旦", "克": "服", "米": "饭", "人": "口民才员", "平": "均", "方面": "",
}  # fmt: skip
"""What follows a unit that is then the beginning of another word: 两个方向."""
_RANKED = frozenset({"位", "名", "个", "家", "次", "批", "张", "项", "条", "座", "所"})
_SPELLED = frozenset("零〇一二两三四五六七八九十百千万亿")
_NO_UNIT_AFTER = re.compile(r"[些样直起同定般切旦致]")
_NOT_COUNTED = re.compile(
    r"(?:一[个位名次家张条项场天年周段批轮件道座种类份所处片群组]|一度|一路|一线|一方|一点|一样|十分|千方|百姓|百货|百年|三农|四化|两会|两岸|一口|一把|一面|一手|一头|一块|一家|一带|百科|千里|万里|二手|一级|一流)"
)


def parse_values(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Value, ...]:
    """Return the quantities of a text in order; `taken` are spans that are something else, such as days."""
    collected: list[Value] = []
    used = [*taken]
    for parse in (_clock_values, _small_change, _scores, _halves, _ranks, _quantities):
        for value in parse(text):
            if not any(start < value.end and value.start < end for start, end in used):
                collected.append(value)
                used.append((value.start, value.end))
    return tuple(_shared_units(text, sorted(collected, key=lambda value: value.start)))


def parse_codes(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
    """Return the spans of Latin names with their figures (PM2.5, X205) that no other span holds."""
    spans = [match.span() for match in _CODE.finditer(text)]
    return tuple(span for span in spans if not any(start < span[1] and span[0] < end for start, end in taken))


def _clock_values(text: str) -> Iterator[Value]:
    """Durations and results of several units: 6分30秒, 7分16秒08, 四分半钟, 15米92."""
    for match in (*_CLOCKED.finditer(text), *_SECONDS.finditer(text)):
        parts = match.groupdict()
        hours = float(parts.get("hours") or 0)
        minutes = read_numeral(parts.get("minutes") or "0") or 0.0
        seconds = 30.0 if parts.get("half") else read_numeral(parts.get("seconds") or "0") or 0.0
        hundredths = float(parts["hundredths"].ljust(2, "0")) / 100 if parts.get("hundredths") else 0.0
        number = hours + minutes / 60 + (seconds + hundredths) / 3600
        yield Value(match.start(), match.end(), match[0], number, "hours", unit="分秒")
    for match in _METRES.finditer(text):
        number = float(match["metres"]) + float(match["centimetres"].ljust(2, "0")) / 100
        yield Value(match.start(), match.end(), match[0], number, "length", unit="米")


def _small_change(text: str) -> Iterator[Value]:
    """Prices as they are said: 9毛5, 1块1, 一块五."""
    for match in _CHANGE_SAID.finditer(text):
        yuan, jiao, fen = (read_numeral(match[name] or "零") or 0.0 for name in ("yuan", "jiao", "fen"))
        tenths = read_numeral(match["tenths"]) if match["tenths"] else jiao
        yield Value(
            match.start(), match.end(), match[0], yuan + (tenths or 0.0) / 10 + fen / 100, "元", unit="元"
        )


def _scores(text: str) -> Iterator[Value]:
    """Results of matches; the larger figure first, since the loser's view is the same result."""
    for match in _SCORE.finditer(text):
        left, right = read_numeral(match["left"]), read_numeral(match["right"])
        if left is not None and right is not None:
            high, low = max(left, right), min(left, right)
            yield Value(match.start(), match.end(), match[0], high * 1000 + low, "result", unit="比")


def _halves(text: str) -> Iterator[Value]:
    """Multiples and shares without a figure: 翻一番, 将近一半, 过半, 半价."""
    for match in _DOUBLED.finditer(text):
        count = DIGITS.get((match["times"] or "一")[-1], 1)
        number = (2.0**count - 1) * 100
        yield Value(match.start(), match.end(), match[0], number, "percent", change=Change.BY, unit="番")
    for match in _HALVED.finditer(text):
        bound = _HALF_BOUNDS.get(match["before"] or match["behind"] or "", Bound.EXACT)
        yield Value(match.start(), match.end(), match[0], 50.0, "percent", bound, unit="半")


def _ranks(text: str) -> Iterator[Value]:
    """The first place under its own words: 首位, 榜首."""
    for match in _RANK.finditer(text):
        yield Value(match.start(), match.end(), match[0], 1.0, "ordinal", unit="位")


def _quantities(text: str) -> Iterator[Value]:
    """Numbers with what stands around them."""
    for match in _QUANTITY.finditer(text):
        value = _quantity(match, text)
        if value is not None:
            yield value


def _quantity(match: re.Match[str], text: str) -> Value | None:
    if (
        match["numeral"]
        and text[match.start("numeral") - 1 : match.start("numeral")].isascii()
        and match.start("numeral")
        and text[match.start("numeral") - 1].isalpha()
    ):
        return None
    number, step = _amount(match)
    if number is None or _is_word(match, text):
        return None
    unit = _unit(match)
    if match["half"] is not None:
        number += 0.5
    number = -number if match["minus"] else number
    return Value(
        match.start(),
        match.end(),
        match[0],
        number * unit.factor,
        unit.dimension,
        _bound(match, text),
        _change(text[max(0, match.start() - 12) : match.start()] + (match["prefix"] or "")),
        step * unit.factor,
        _base(text[: match.start()]),
        match["unit"] or match["sign"] or "",
    )


def _amount(match: re.Match[str]) -> tuple[float | None, float]:
    """The number of a match, and the step to the next one with as many digits."""
    if match["percent"]:
        return read_numeral(match["percent"]), 1.0
    if match["parts"]:
        whole, share = read_numeral(match["parts"]), read_numeral(match["share"])
        return (100 * share / whole if whole and share is not None else None), 0.0
    if match["numeral"] == "半":
        return 0.5, 0.0
    number = read_numeral(match["numeral"])
    scale = read_numeral("1" + match["scale"]) if match["scale"] else 1.0
    if number is None or scale is None:
        return None, 0.0
    return number * scale, _step(number) * scale


def _step(number: float) -> float:
    """The place of the last digit that is not 0: 100 for 2900, 10 for 80."""
    if number != int(number):
        return 10.0 ** -len(f"{number:.10g}".split(".")[-1])
    step = 1.0
    while number and number % (step * 10) == 0:
        step *= 10
    return step


def _is_word(match: re.Match[str], text: str) -> bool:
    """Return whether what looks like a number is a part of a word: 一些, 统一, 十分."""
    spelled = bool(match["numeral"]) and match["numeral"][0] in _SPELLED | {"半"}
    if (match["ordinal"] and match["unit"] in {"天", "日"}) or text[
        max(0, match.start() - 1) : match.start()
    ] in {"这", "那"}:
        return True
    if not spelled or match["ordinal"]:
        return not match["numeral"] and not match["percent"] and not match["parts"]
    if match["numeral"] == "一" and not match["ordinal"]:
        return True
    unit, behind = (
        match["unit"] or "",
        text[match.end("unit") : match.end("unit") + 1] if match["unit"] else "",
    )
    if (behind and behind in _JOINED.get(unit, "")) or text[
        match.start("numeral") - 1 : match.start("numeral")
    ] + unit == "开度":
        return True
    return not match["unit"] or (_NOT_COUNTED.match(text, match.start("numeral")) is not None)


def _unit(match: re.Match[str]) -> Unit:
    if match["percent"] or match["parts"]:
        return Unit("percent", 1)
    if match["ordinal"]:
        return Unit("ordinal" if (match["unit"] or "位") in _RANKED else f"ordinal {match['unit']}", 1)
    if match["sign"]:
        return Unit(SIGNS[match["sign"]], 1)
    unit = UNITS.get(match["unit"] or "", Unit("", 1))
    if match["rate"] and unit.dimension == "length":
        return Unit("speed", unit.factor * (3600 if match["rate"] == "每秒" else 1))
    return unit


def _bound(match: re.Match[str], text: str) -> Bound:
    behind = match["suffix"] or match["approx2"] or match["approx"] or ""
    if behind in {"余", "多", "几"}:
        return Bound.OVER
    if behind in {"内", "以内", "之内"} or (behind == "里" and _unit(match).dimension in {"hours", "months"}):
        return Bound.MOST
    if behind in _BEHIND_BOUND:
        return _BEHIND_BOUND[behind]
    if match["prefix"]:
        return _BEFORE_BOUND.get(match["prefix"], Bound.OVER)
    far = _FAR_BOUND.search(text[max(0, match.start() - 10) : match.start()])
    return _BEFORE_BOUND.get(far["word"], Bound.MOST) if far else Bound.EXACT


def _change(before: str) -> Change:
    """Return whether the words in front make the number the size of a change or its result."""
    collected = _CHANGED.search(before.rstrip("".join(sorted("约近超逾"))))
    if not collected:
        return Change.BY if _BIGGER.search(before) else Change.NONE
    return Change.TO if collected["to"] else Change.BY


_BIGGER = re.compile(
    r"[比较][^，。；]{1,12}(?:大|高|长|重|多|快|贵|宽|厚|深|远)(?:了|出|出了)?(?:约|近|将近|超过|大约)?$"
)


def _base(before: str) -> str:
    """Return what the change in front of a number is measured against, in its clause."""
    clause = re.split(r"[，；。]", before)[-1]
    collected = [*_BASE.finditer(clause)]
    return "" if not collected else "年" if collected[-1]["year"] else "月"


def _shared_units(text: str, values: list[Value]) -> Iterator[Value]:
    """The ends of a range with the unit of its second and the sign of its first: 零下18到12摄氏度."""
    negative = False
    for index, value in enumerate(values):
        following = values[index + 1] if index + 1 < len(values) else None
        joined = following is not None and RANGE_MARK.fullmatch(text[value.end : following.start]) is not None
        signed = replace(value, number=-abs(value.number)) if negative else value
        negative = joined and not signed.dimension and signed.number < 0
        if joined and not value.dimension and following and following.dimension not in {"", "ordinal"}:
            factor = _factor(following)
            signed = replace(
                signed,
                number=signed.number * factor,
                step=signed.step * factor,
                dimension=following.dimension,
                unit=following.unit,
            )
        yield signed


def _factor(value: Value) -> float:
    """The size of a value's unit, with the scale that a range shares: 30至50万元."""
    scale = re.search(r"[万亿]+(?=[^万亿\d]*$)", value.text)
    unit = UNITS.get(value.unit, Unit("", 1)).factor
    return unit * ((read_numeral("1" + scale[0]) or 1.0) if scale else 1.0)
