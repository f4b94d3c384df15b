"""Measured quantities with their units, and formulas.

Source: GB 3100-1993 and GB 3101-1993 for the symbols and their Chinese names; km is 公里 and kg 千克, as newsreaders
have it; below zero is 零下.

Source: government work reports for formulas such as 3+13+79, whose signs are said 加.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import (
    ALONE,
    DASH,
    DASHES,
    HAN,
    MINUS,
    NUMBER,
    SCALE,
    Rule,
    before,
    joint,
    rule,
    table,
    words,
)
from briefing.mandarin.normalize.numerals import number

NAMES = table(
    """
        km=公里 m=米 dm=分米 cm=厘米 mm=毫米 μm=微米 um=微米 nm=纳米 km²=平方公里 km2=平方公里
        hm²=公顷 hm2=公顷 ha=公顷 m²=平方米 m2=平方米 dm²=平方分米 cm²=平方厘米 mm²=平方毫米
        km³=立方公里 m³=立方米 m3=立方米 Nm³=标准立方米 dm³=立方分米 cm³=立方厘米 mm³=立方毫米
        t=吨 kg=千克 KG=千克 Kg=千克 g=克 mg=毫克 μg=微克 ug=微克 ng=纳克 L=升 l=升 dL=分升
        mL=毫升 ml=毫升 ML=毫升 μL=微升 d=天 h=小时 min=分钟 s=秒 ms=毫秒 μs=微秒 ns=纳秒 r=转
        Wh=瓦时 kWh=千瓦时 KWh=千瓦时 KWH=千瓦时 kwh=千瓦时 kW·h=千瓦时 MWh=兆瓦时 MW·h=兆瓦时
        GWh=吉瓦时 TWh=太瓦时 mAh=毫安时 Ah=安时 W=瓦 kW=千瓦 KW=千瓦 kw=千瓦 MW=兆瓦 GW=吉瓦
        TW=太瓦 kWp=千瓦 MWp=兆瓦 kVA=千伏安 MVA=兆伏安 V=伏 mV=毫伏 kV=千伏 KV=千伏 kv=千伏
        mA=毫安 μA=微安 Ω=欧姆 kΩ=千欧 MΩ=兆欧 μF=微法 J=焦耳 kJ=千焦 MJ=兆焦 cal=卡 kcal=千卡
        Hz=赫兹 kHz=千赫兹 KHz=千赫兹 MHz=兆赫兹 GHz=吉赫兹 THz=太赫兹 bps=比特每秒
        kbps=千比特每秒 Mbps=兆比特每秒 Gbps=吉比特每秒 Tbps=太比特每秒 Pa=帕 hPa=百帕 kPa=千帕
        KPa=千帕 MPa=兆帕 Mpa=兆帕 GPa=吉帕 mmHg=毫米汞柱 N=牛 kN=千牛 N·m=牛米 mol=摩尔
        mmol=毫摩尔 μmol=微摩尔 dB=分贝 lx=勒克斯 lm=流明 cd=坎德拉 Bq=贝克勒尔 Sv=希沃特
        mSv=毫希沃特 μSv=微希沃特 kn=节 ℃=摄氏度 °C=摄氏度 °c=摄氏度 ℉=华氏度 °F=华氏度 w=万
        ppm=ppm rpm=转每分钟 fps=帧每秒 hm=百米 MMBtu=百万英热单位 MBtu=百万英热单位
    """
)
"""Symbols and their names."""

_LONG = """
    平方公里 平方千米 平方米 立方米 公里 千米 公斤 千克 千瓦时 小时 分钟 人次 架次 车次 标准箱
    盎司 加仑 英里 天 日 周 月 季度 季 年 人 吨 米 斤 克 度 亩 公顷 户 件 次 张 瓶 升 秒 分 股
    盒 支 份 台 辆 只 头 桶 个 套 间 床 株 棵 粒 片 包 袋 箱 村 镇 车 班 节 晚 位 名 场 期 平方
    立方 毫升 百毫升 平 例 单 趟 条
"""
_PER = words(_LONG, "两 吨公里 人年")
_UNIT = words(*NAMES)
UNIT_PATTERN = rf"(?:{_UNIT})(?:[/·](?:{_UNIT}|{_PER}))*(?![A-Za-z²³]|\d)"
_SAID_LIANG = "公千米小平吨升厘毫立"
"""First characters of the units that say 两 for 2: 两公里, 两小时, 两吨; but 二百帕."""


def unit_name(unit: str) -> str:
    """km/h 公里每小时, μg/m³ 微克每立方米, m³/人·日 立方米每人每日, N·m 牛米."""
    if unit in NAMES:
        return NAMES[unit]
    first, *rest = unit.split("/")
    each = [piece for part in rest for piece in ([part] if part in NAMES else part.split("·"))]
    return "每".join(
        (
            "".join(NAMES.get(piece, piece) for piece in first.split("·")),
            *(NAMES.get(piece, piece) for piece in each),
        )
    )


_EACH = re.compile(rf"每(?:{_PER})$")


def _quantity(match: re.Match[str]) -> str:
    """453km/h, 12.6万t, 2-3m, -12dB."""
    name = unit_name(match["unit"])
    # 每小时120km/h says it twice; a person says it once.
    name = name.removesuffix(each[0]) if (each := _EACH.search(before(match))) else name
    alone = match["a"] == "2" and not (match["scale"] or match["b"]) and name[0] in _SAID_LIANG
    spoken = ("负" if match["minus"] else "") + ("两" if alone else number(match["a"]))
    spoken += f"到{number(match['b'])}" if match["b"] else ""
    return f"{spoken}{match['scale'] or ''}{match['more'] or ''}{name}"


def _degrees(minus: str | None, text: str) -> str:
    return ("零下" if minus else "") + number(text)


def _temperature(match: re.Match[str]) -> str:
    """-12℃, 3～8℃, -3℃~5℃: the unit is said where it is printed."""
    unit = NAMES.get(match["unit"], "度")
    spoken = _degrees(match["minus"], match["a"])
    if match["b"]:
        spoken += (
            (unit if match["unit1"] else "") + joint(match["to"]) + _degrees(match["minus2"], match["b"])
        )
    return spoken + unit


def _coordinate(match: re.Match[str]) -> str:
    """103°24′15″, 25°."""
    parts = zip(match.groups(), ("度", "分", "秒"), strict=True)
    return "".join(number(text) + unit for text, unit in parts if text)


def _per(match: re.Match[str]) -> str:
    """元/吨, 元/人·天, 元/人/年, 元/kWh, 元/kW·h."""
    units = [[unit] if unit in NAMES else unit.split("·") for unit in match[2].split("/")]
    return match[1] + "".join(f"每{NAMES.get(unit, unit)}" for parts in units for unit in parts)


def _per_hundred(match: re.Match[str]) -> str:
    """mg/100mL, L/100km, 元/3公里."""
    first_unit, other = (NAMES.get(unit, unit) for unit in match.group(1, 3))
    return f"{first_unit}每{'百' if match[2] == '100' else number(match[2])}{other}"


def _pressure(match: re.Match[str]) -> str:
    """120/80mmHg: two numbers, one after the other."""
    return f"{number(match[1])}、{number(match[2])}毫米汞柱"


def _tolerance(match: re.Match[str]) -> str:
    """500g±15g."""
    return f"{match[1]}正负"


_DEGREE = r"℃|°[CcF]|℉"

RULES: tuple[Rule, ...] = (
    rule(r"(?<![\d/])(\d{2,3})/(\d{2,3})\s?(?:mmHg|毫米汞柱)", _pressure, needs="/"),
    rule(
        rf"(?<=[\d万亿千百])(?P<one>{_UNIT}|[{HAN}]{{1,2}})/(\d{{1,4}})({_UNIT}|{_PER})(?![A-Za-z])",
        _per_hundred,
        needs="/",
    ),
    rule(rf"([{HAN}])/((?:{_PER}|{_UNIT})(?:[·/](?:{_PER}))?)(?![A-Za-z²³])", _per, needs="/"),
    rule(
        rf"(?P<minus>{MINUS})?{ALONE}(?P<a>\d+(?:\.\d+)?)\s?(?P<unit1>{_DEGREE})?"
        rf"(?:(?P<to>{DASH}|[至到])(?P<minus2>-)?(?P<b>\d+(?:\.\d+)?))?\s?(?P<unit>{_DEGREE})",
        _temperature,
        needs="℃°℉",
    ),
    rule(
        rf"(?P<minus>(?<=[{HAN}])-|^-){ALONE}(?P<a>\d+(?:\.\d+)?)(?P<unit1>度)?"
        r"(?:(?P<to>[-~～—]|[至到])(?P<minus2>-)?(?P<b>\d+(?:\.\d+)?))?(?P<unit>度)",
        _temperature,
        needs="-",
    ),
    rule(
        r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?°(?:\s?(\d{1,2}(?:\.\d+)?)\s?[′'’])?(?:\s?(\d{1,2}(?:\.\d+)?)\s?[″\"”])?",
        _coordinate,
        needs="°",
    ),
    rule(rf"(\d\s?(?:{_UNIT}))\s?(?:[-~～–]|—{{1,2}})\s?(?=\d)", lambda match: match[1] + "到", needs=DASHES),
    rule(rf"((?:{_UNIT}|[\d%{HAN}])\s?)±(?=\s?\d)", _tolerance, needs="±"),
    rule(
        rf"(?P<minus>{MINUS})?{ALONE}(?P<a>{NUMBER})(?:{DASH}(?P<b>{NUMBER}))?(?P<scale>{SCALE}{{1,2}})?"
        rf"(?P<more>[余多])?\s?(?P<unit>{UNIT_PATTERN})",
        _quantity,
        needs="".join({name[0] for name in NAMES}),
    ),
    rule(rf"(?<=[一二三四五六七八九十百千万亿零])/(?=[{HAN}])", lambda _: "、", needs="/"),
)


_SIGNS = table("+=加 ×=乘 *=乘 ÷=除以 ==等于 >=大于 <=小于 ≈=约等于 ≠=不等于 ≥=大于等于 ≤=小于等于")
_TERM = r"(?:\d+(?:\.\d+)?(?:[abnxyABNXY](?![A-Za-z]))?|[A-Z](?![A-Za-z]))"
_PIECE = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|[-+×*÷=<>≈≠≥≤]")


def _formula(match: re.Match[str]) -> str:
    """3+13+79, 1+2+N, 4+X, 1+1>2."""
    minus, pieces = "负" * match[0].startswith("-"), _PIECE.findall(match[0].lstrip("-"))
    return minus + "".join(
        number(piece) if piece[0].isdigit() else _SIGNS.get(piece, piece) for piece in pieces
    )


def _multiplied(match: re.Match[str]) -> str:
    """4×100米, 7x24小时, 5265x1999x1800mm."""
    return f"{number(match[1])}乘"


CROSSES: tuple[Rule, ...] = (
    rule(rf"(?:{ALONE}|(?<=\d[×x*]))(\d+(?:\.\d+)?)\s?[×x*]\s?(?=\d)", _multiplied, needs="×x*"),
)
"""Before the codes, which would take x1999 for one; the number behind the last cross keeps its unit."""

FORMULAS: tuple[Rule, ...] = (
    rule(
        rf"(?:(?<![\w)）.])-)?(?<![\w.]){_TERM}(?:\s?[+÷=<>≈≠≥≤×*]\s?{_TERM})+(?![A-Za-z]|\.?\d)(?![²³℃%/])",
        _formula,
        needs="+÷=<>≈≠≥≤×*",
    ),
    rule(rf"{ALONE}(\d+(?:\.\d+)?)\s?[×xX*]\s?(?=\d)", _multiplied, needs="×xX*"),
)
