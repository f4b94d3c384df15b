"""Signs that carry a fact: arrows, exponents, minus and plus, bounds; and what stands between digits unexplained.

A sign that no rule knows between digits is said as a pause, so that 12|34 never becomes 1234, and is reported.
Sources: GB/T 3102.11-1993 for the names of the signs; ↑ and ↓ as finance reports and tables of figures use them.
"""

from __future__ import annotations

import re

from briefing.mandarin import segmenter
from briefing.mandarin.normalize.grammar import (
    HAN,
    NUMBER,
    SCALE,
    Rule,
    after,
    before,
    rule,
    words,
)
from briefing.mandarin.normalize.measure_words import counted
from briefing.mandarin.normalize.numerals import number
from briefing.mandarin.normalize.rules.units import UNIT_PATTERN, unit_name

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_TO_RAISED = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_RAISED_DIGITS = "⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,6}"

_ON_THE_WAY = re.compile(words("线路 路线 航线 行程 列车 航班 高铁 公交 途经 沿线 走向 出发 由 从 自驾 动线"))
"""Words that make an arrow between places a way from one to the other."""

_SAYS_DIRECTION = re.compile("(?:上升|上涨|增长|增加|提高|回升|下降|下跌|减少|降低|回落|下滑)[了至到]?$")
_DIRECTIONS = {"↑": "上升", "↓": "下降"}

_QUANTITIES = words(
    """
    净胜球 得失分 正负值 利差 价差 温差 逆差 顺差 差额 差值 温度 气温 体感 最低 最高 低至 水温 海拔 高程 增速 增幅 涨幅 跌幅
    降幅 涨跌 涨跌幅 同比 环比 余额 净额 净值 均值 数值 读数 得分 积分 总分 评分 分数 收益 收益率 利率 利润 净利 净利润 毛利率
    净利率 净流入 净流出 资金 指数 系数 率 额 值 度 差 球 净买入 盈亏 盈余 亏损 损益 敞口 杠杆 变动 变化 调整 贡献 拉动 偏差
    误差 电压 电位 视力 屈光 等于 约为 为 是 至 到 达 跌 涨
    """
)
QUANTITY = re.compile(rf"(?:{_QUANTITIES})$")
"""Words behind which a minus belongs to the number and is no joint of a name."""

_FLOOR = re.compile(r"[1-9](?:[层楼]|[、和至到-])")
"""A storey below the ground: 商场-1层."""

_MEASURED = rf"(?:\.\d|[\d.,]*\s?(?:{SCALE}|[%‰℃°元度分个倍米吨]|BP|bp|pct))"


def _between_numbers(match: re.Match[str]) -> str:
    """80→65, 35%→42%, 100元→60元."""
    return f"{match[1]}到"


def _between_words(match: re.Match[str]) -> str:
    """报名→公示 is a list of steps; 北港→南湾 a way."""
    if _ON_THE_WAY.search(before(match, 24)) or (
        _is_place(before(match)) and _is_place(after(match), start=True)
    ):
        return "到"
    return "，"


def _is_place(text: str, *, start: bool = False) -> bool:
    """Return whether a text ends, or starts, with the name of a place."""
    tokens = segmenter.tag(text)
    return bool(tokens) and tokens[0 if start else -1][1] == "ns"


def _direction(match: re.Match[str]) -> str:
    """↓5% 下降5%, 12%↑ 上升12%, 利润↓ 利润下降; said once where the words say it too."""
    quantity = match.groupdict().get("quantity") or ""
    return ("" if _SAYS_DIRECTION.search(before(match)) else _DIRECTIONS[match["arrow"]]) + quantity


def _raise(match: re.Match[str]) -> str:
    """10^8 and m^2 become 10⁸ and m²."""
    return match[1].translate(_TO_RAISED)


def _power(match: re.Match[str]) -> str:
    """10⁸ 十的八次方, 156×10⁹/L 一百五十六乘十的九次方每升."""
    factor = f"{'负' if match['minus'] else ''}{number(match['factor'])}乘" if match["factor"] else ""
    exponent = number(match["power"].translate(_RAISED))
    unit = match["unit"] or ""
    name = f"每{unit_name(unit[1:])}" if unit.startswith("/") else unit_name(unit) if unit else ""
    return f"{factor}{number(match['base'])}的{exponent}次方{name}"


def _basis_points(match: re.Match[str]) -> str:
    """25BP 二十五个基点, -120bp 负一百二十个基点."""
    if re.search("网络|网速|带宽|速率|传输|接口|波特", before(match)):
        return match[0]
    until = f"到{counted(match['until'], '个')}" if match["until"] else ""
    return f"{_SIGNS[match['sign'] or '']}{counted(match['amount'], '个')}{until}个基点"


def _percentage_points(match: re.Match[str]) -> str:
    """+2.3pct 正二点三个百分点."""
    return f"{_SIGNS[match['sign'] or '']}{counted(match['amount'], '个')}个百分点"


_OF_LETTERS = {"²": "平方", "³": "立方"}
_SIGNS = {"": "", "-": "负", "+": "正", "±": "正负"}


def _minus(match: re.Match[str]) -> str:
    """净胜球-7 is 负七; 附件-2 is 杠二, since a hyphen behind a name is a joint."""
    if QUANTITY.search(before(match, 8)) or re.match(_MEASURED, after(match)) or _FLOOR.match(after(match)):
        return "负"
    return "杠"


def _plus(match: re.Match[str]) -> str:
    """净流入+35.6亿元 is 正; 基础+3 is 加."""
    return "正" if QUANTITY.search(before(match, 8)) or re.match(_MEASURED, after(match)) else match[0]


ARROWS: tuple[Rule, ...] = (
    rule(
        rf"(\d[\d.,]*\s?(?:[%‰℃°]|[A-Za-z/²³]{{1,6}}|[{HAN}]{{1,4}})?)\s?→\s?(?=[-+]?\d)",
        _between_numbers,
        needs="→",
    ),
    rule(r"(?P<arrow>[↑↓])\s?(?=[\d.])", _direction, needs="↑↓"),
    rule(
        rf"(?<![\d.])(?P<quantity>{NUMBER}\s?(?:[%‰℃]|个百分点|个基点|BP|bp|pct|{SCALE}{{0,2}}[{HAN}]{{0,2}}))\s?(?P<arrow>[↑↓])",
        _direction,
        needs="↑↓",
    ),
    rule(rf"(?<=[{HAN}A-Za-z])(?P<arrow>[↑↓])(?=[，。、；：）)\s]|$)", _direction, needs="↑↓"),
    rule(rf"\s?→\s?(?=[{HAN}A-Za-z\d“《])", _between_words, needs="→"),
    rule(
        rf"(?:(?<=[{HAN}（：，])(?<!\d[{HAN}])(?<!\d[{HAN}][{HAN}])(?<!周[一二三四五六日])|^)~\s?(?=\d)",
        lambda _: "约",
        needs="~",
    ),
    rule(r"(?<=[\dA-Za-z)）])(?:\^|\*\*)\(?([-+]?\d{1,6})\)?", _raise, needs="^*"),
)
"""First of all, so that later rules see 到 for an arrow and raised digits for exponents."""

POWERS: tuple[Rule, ...] = (
    rule(
        rf"(?P<minus>(?<![\w)）])-)?(?<![\d.A-Za-z])(?:(?P<factor>{NUMBER})\s?[×xX*·]\s?)?"
        rf"(?P<base>\d{{1,6}})(?P<power>{_RAISED_DIGITS})\s?(?P<unit>/?{UNIT_PATTERN})?",
        _power,
        needs="⁰¹²³⁴⁵⁶⁷⁸⁹",
    ),
)

POINTS: tuple[Rule, ...] = (
    rule(
        rf"(?P<sign>[-+±])?(?<![\d.])(?P<amount>{NUMBER})(?:[-~—](?P<until>{NUMBER}))?\s?(?:BPs?|bps?|Bps?)(?![A-Za-z/])",
        _basis_points,
        needs="Bb",
    ),
    rule(
        rf"(?P<sign>[-+±])?(?<![\d.])(?P<amount>{NUMBER})\s?(?:pcts?|PCT|pps?|PP)(?![A-Za-z])",
        _percentage_points,
        needs="pP",
    ),
)

LEFT_RAISED: tuple[Rule, ...] = (
    rule(r"(?<=[A-Za-z])[²³]", lambda match: _OF_LETTERS[match[0]], needs="²³"),
    rule(
        rf"(?<=[A-Za-z)）零一二三四五六七八九十百千万亿]){_RAISED_DIGITS}",
        lambda match: f"的{number(match[0].translate(_RAISED))}次方",
        needs="⁰¹²³⁴⁵⁶⁷⁸⁹",
    ),
    rule(rf"(?<=[{HAN}”》]){_RAISED_DIGITS}", lambda _: "", needs="⁰¹²³⁴⁵⁶⁷⁸⁹"),
)
"""After the units: exponents of letters and brackets; behind a word a raised number is a note and is not said."""

SIGNED: tuple[Rule, ...] = (
    rule(rf"(?<=[{HAN}])-(?=[\d.])", _minus, needs="-"),
    rule(rf"(?<=[{HAN}])\+(?=\d)", _plus, needs="+"),
    rule(r"(?<=/)-(?=\d)", lambda _: "负", needs="-"),
)
