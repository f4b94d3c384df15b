"""Numbers that name something: roads, trains, flights, units of the army, products, days, slang, stocks.

What is dialled or announced (hotlines, trains, flights, roads, plates) has 幺 for 1; everything else 一. A number that
counts (211所高校, 301家医院) is left to the quantities. Sources: IATA's codes of the airlines of China and its
neighbours; announcements of 12306 and of airports for 幺; the names of products are those of their makers.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import HAN, LATIN, Rule, after, before, initials, rule, words
from briefing.mandarin.normalize.measure_words import COUNTED
from briefing.mandarin.normalize.numerals import by_digit, cardinal, number, short_code
from briefing.mandarin.normalize.rules.units import UNIT_PATTERN, unit_name

AIRLINES = words(
    """
    CA MU CZ HU MF ZH SC FM HO KN JD GS TV PN GJ EU NS DR QW BK DZ RY UQ GX FU AQ OQ LT CX KA NH JL KE OZ SQ TG MH
    AA UA DL BA AF LH KL EK QR ET TK SU CI BR NX HX UO VJ VN GA PR 3U 9C 8L G5 A6 9H
    """
)
CARS = words(
    """
    保时捷 标致 雷克萨斯 奔驰 宝马 奥迪 法拉利 迈凯伦 马自达 沃尔沃 宝骏 名爵 哈弗 荣威 极氪 领克 路虎 铃木 川崎 雅马哈 阿斯顿马丁 红旗
    """
)
DEVICES = words(
    """
    天玑 骁龙 麒麟 昇腾 鲲鹏 锐龙 酷睿 至强 海光 龙芯 思元 飞腾 兆芯 展锐 玄戒 澎湃 高通 联发科 小米 红米 华为 魅族 真我 一加
    努比亚 荣耀 佳能 尼康 索尼 大疆 徕卡 天工 盘古 混元 龙岩 神威 曙光 祖冲之 九章 悟空
    """
)
INDICES = words(
    """
    PMI CPI PPI GDP BMI LPR ROE ROA EPS PE PB PS IQ EQ AQI CRP PSA ALT AST LDL HDL HbA1c TSH ESR IRR NPV VIX KDJ RSI GMV
    CCI BDI PUE NPS KPI MLF SLF DR R M1 M2 Q1 Q2 Q3 Q4
    """
)
"""Names of indices and laboratory values: the number behind them is a quantity."""

_COUNTS = r"(?:以[上下内]|左右|余|多|[至到]?\s?\d)"
_NO_COUNT = rf"(?![\d.,:%‰℃]|\s?{COUNTED}|{_COUNTS}|[~～—-]\d)"
_MEASURES = r"[\d.,第约近达超过共至到为有满逾增加减少/+-]"

_RESULTS = re.compile(
    "净利|营收|财报|利润|业绩|同比|环比|增长|下滑|销量|出货|GDP|收入|亏损|交付|毛利|财季|季报|指引|订单|降至|升至"
)
_PLACES_AND_GOODS = words(
    """
    艺术区 园区 街区 公馆 广场 创意园 文创园 艺术园 胶水 消毒液 消毒水 邮箱 同城 安全卫士 杀毒 浏览器 感冒灵 中学 小学 大道 高地
    会议室 号舰 App APP 客户端 平台 网站 官网 小程序 空间站 步兵 导弹 舰 潜艇 艇 农场 兵工厂 药水 电影院 影院 酒吧 茶馆
    """
)
_PLAIN = str.maketrans("0123456789", "零一二三四五六七八九")
_TRAIN = r"[GDCZTKLYS]\d{1,4}"


LONGEST_NAME = 4
"""Digits of the number of a place or a product; longer ones are dialled."""


def _announced(match: re.Match[str]) -> str:
    """Letters as they are, digits one by one with 幺, a slash as a pause: CA981/982, D887/888."""
    spoken = re.sub(r"\d+", lambda digits: by_digit(digits[0], one="幺"), match[0])
    return spoken.replace("/", "、").replace(" ", "")


def _digits(match: re.Match[str]) -> str:
    """Digits one by one, a slash as a pause."""
    return re.sub(r"\d+", lambda digits: by_digit(digits[0]), match[0]).replace("/", "、")


def _aircraft(match: re.Match[str]) -> str:
    """737-8 七三七杠八, A350-900 A三五零杠九百."""
    return f"{match[1]}{match[2]}{short_code(match[3])}杠{cardinal(match[4])}"


def _product(match: re.Match[str]) -> str:
    """天玑9500, 保时捷911; up to 99 it is a number: 小米15."""
    return match[1] + short_code(match[2])


def _quantity_behind_name(match: re.Match[str]) -> str:
    """CRP 45mg/L, PMI 102.5."""
    name, amount, unit = match.group("name", "amount", "unit")
    sign = {"-": "负", "+": "正"}.get(match["sign"] or "", "")
    return f"{name}{sign}{number(amount)}{unit_name(unit) if unit else ''}"


def _multiple(match: re.Match[str]) -> str:
    """25.6x 二十五点六倍."""
    return f"{number(match[1])}倍"


def _maturity(match: re.Match[str]) -> str:
    """10Y国债 十年期国债."""
    return f"{cardinal(match[1])}年期"


def _double_day(match: re.Match[str]) -> str:
    """11·11 双十一, 12.12 双十二."""
    return f"双{cardinal(match[1])}"


def _slang(match: re.Match[str]) -> str:
    """666 六六六, 985 九八五; 211 is 二幺幺, as people say it."""
    return by_digit(match[0], one="幺" if match[0] == "211" else "一")


def _born(match: re.Match[str]) -> str:
    """10后 一零后."""
    return by_digit(match[0])


EARLY: tuple[Rule, ...] = (
    rule(
        rf"(?<![A-Za-z\d])({_TRAIN})(?:/\d{{1,4}})*(?=次|号?列车|号?动车|号?高铁)",
        _announced,
        needs="次列动高",
    ),
    rule(
        rf"(?<![A-Za-z\d])(?:{AIRLINES})\s?\d{{3,4}}(?:/\d{{2,4}})*(?![\d.,/%]|{COUNTED})",
        _announced,
        needs=LATIN,
    ),
    rule(
        r"(?<=航班)(?:号?[为是：]?)[A-Z\d]{2}\d{3,4}(?:/\d{2,4})*(?!\d)|(?<![A-Za-z\d])[A-Z\d]{2}\d{3,4}(?:/\d{2,4})*(?=号?次?航班)",
        _announced,
        needs="航",
    ),
    rule(
        r"(?<![\d.A-Za-z-])((?:波音|空客)?)((?:A|ARJ|C|E)?)(7[0-8]7|(?<=A)3\d0|(?<=ARJ)\d\d|(?<=C)9\d9|(?<=E)1[79]\d)-(\d{1,4})(?![\d.])",
        _aircraft,
        needs="-",
    ),
    rule(r"(?<!\d)(?:985/211|211/985)(?!\d)", _announced, needs="/"),
    rule(r"(?<![\d.])(11|12|10)[·.]\1(?=[^\d.]|$)(?!%)", _double_day, needs="·."),
    rule(r"(?<=[“\"《])(?:618|520|315)(?=[”\"》])", _digits),
)
"""Before the dates and the scores, to which 11·11 and 737-8 look like their own."""


def _letters_span(match: re.Match[str]) -> str:
    """P5-P7 P五到P七, pH7.35-7.45."""
    return f"{match['name']}{short_code(match['low'])}到{match['again']}{short_code(match['high'])}"


def _place(match: re.Match[str]) -> str:
    """798艺术区 七九八, 12123App 幺二幺二三."""
    return by_digit(match[0], one="幺" if len(match[0]) > LONGEST_NAME else "一")


def _quarter(match: re.Match[str]) -> str:
    """Q3营收 第三季度营收; behind the name of a car it is a model."""
    is_finance = _RESULTS.search(before(match) + after(match)) or before(match, 1) == "年"
    is_finance = is_finance and not re.search(rf"(?:{CARS}|[A-Za-z])$", before(match, 6))
    return f"第{cardinal(match[1])}季度" if is_finance else match[0]


def _more(match: re.Match[str]) -> str:
    """1000+家 一千多家."""
    return f"{number(match[1])}{match[2] or ''}多"


def _decades(match: re.Match[str]) -> str:
    """80、90后."""
    return re.sub(r"\d+", lambda digits: by_digit(digits[0]), match[0])


RULES: tuple[Rule, ...] = (
    rule(
        r"(?<![A-Za-z])(?P<name>[A-Za-z]{1,6})(?P<low>\d{1,3}(?:\.\d+)?)\s?[-~—–]\s?(?P<again>(?P=name))(?P<high>\d{1,3}(?:\.\d+)?)(?![\d.])",
        _letters_span,
        needs="-~—–",
    ),
    rule(
        r"(?<![A-Za-z])(?P<name>pH)值?\s?(?P<low>\d{1,2}(?:\.\d+)?)\s?[-~—–]\s?(?P<again>)(?P<high>\d{1,2}(?:\.\d+)?)(?![\d.])",
        _letters_span,
        needs="p",
    ),
    rule(rf"(?<![\d.+A-Za-z])(\d{{2,9}})([万亿]?)\+(?={COUNTED})(?![%％‰℃度])", _more, needs="+"),
    rule(r"(?<![\d.])(?:[0-9][05]后?[、和与及/])+(?=[0-9][05]后)", _decades, needs="后"),
    rule(r"(?<![\d.])20[0-4]\d(?=[EAFHQ]\d?(?![A-Za-z]))", _digits, needs="EAFHQ"),
    rule(r"(?<=[HQ])[0-4]\d(?![\d.%])(?<=[1-4][HQ]\d\d)", _digits, needs="HQ"),
    rule(
        r"(?<![\d.])802\.\d{1,2}(?=[a-z]{1,2}(?![A-Za-z]))",
        lambda match: match[0].replace(".", "点").translate(_PLAIN),
        needs="8",
    ),
    rule(
        r"(?<=国道)\d{2,4}(?!\d|公里|米|条)|(?<=[省县乡]道)\d{2,4}(?!\d|公里|米|条)", _announced, needs="道"
    ),
    rule(
        r"(?<![\d.])\d{3}(?=国道|省道|县道)|(?<![A-Za-z])[GSXY]\d{3,4}(?=线|国道|省道|县道|高速|[\u4e00-\u9fff]{2,3}(?:高速|线))",
        _announced,
        needs="道线高",
    ),
    rule(
        r"(?<![\d.,])\d{2,5}(?=部队)|(?<![\d.,])(?!\d00)\d{3}(?=局(?!部|面|势|分|比)|医院|团场)",
        _digits,
        needs="部局医团",
    ),
    rule(
        r"(?<![\d.,])(?!\d00)\d{3}(?=工程|计划(?!生|单)|专案|大案|惨案|高地|研究所|事件|旧址|遗址|罪证)",
        _digits,
        needs="工计专大惨高研事旧遗罪",
    ),
    rule(
        r"(?<=[院厂船电天兵第])(?!\d00)\d{3}(?=所(?![大中小高院学职本医幼]))|(?<![\d.,])(?!\d00)\d{3}(?=所(?:[，。的研科专、；）]|$))",
        _digits,
        needs="所",
    ),
    rule(
        rf"(?<![\d.,第约近达超过共至到有建全座家所/+-])(?!\d?00)(?:\d{{2,3}}|12[13]\d\d)(?=(?:{_PLACES_AND_GOODS}))",
        _place,
        needs=initials(_PLACES_AND_GOODS),
    ),
    rule(rf"(?<![A-Za-z])Q([1-4])(?![\dA-Za-z.%-])(?=[{HAN}，。、；：（]|$)", _quarter, needs="Q"),
    rule(r"(?<![\d.,])\d{3,4}(?=厂(?![家房商]))", _digits, needs="厂"),
    rule(
        r"(?<![\d.,])\d\d(?=[A-Z]?式(?:[自半]|主战|两栖|水陆|轻|重|步|手|冲|机|狙|坦|火|迫|装|榴|高射|驱|无后|反|车|炮|枪|军|战))",
        _digits,
        needs="式",
    ),
    rule(r"(?<=《)\d{3,4}(?=》)", _digits, needs="《"),
    rule(r"(?<=第)\d{5,10}(?=期)", _digits, needs="期"),
    rule(
        rf"((?:{CARS}))\s?(\d{{2,4}})(?![\d.]|\s?{COUNTED}|年)",
        _product,
        needs=initials(CARS),
    ),
    rule(
        rf"((?:{DEVICES}))\s?(\d{{1,4}})(?![\d.]|\s?{COUNTED}|[年余多日月时])(?!\d|\s?[%、～~-])",
        _product,
        needs=initials(DEVICES),
    ),
    rule(
        rf"(?<=[{HAN}])(?<![约近达超过共至到为有满逾第])\d{{3,4}}(?=[A-Z](?![A-Za-z/]))(?![KMGTWVANL])",
        _digits,
        needs=LATIN,
    ),
    rule(
        rf"(?:60[0135]|68[89]|30[0-2]|[48]3\d|92\d)\d{{3}}(?<=[{HAN}]\d{{6}})(?![\d.,:%]|\s?{COUNTED}|[余多股])",
        _digits,
    ),
    rule(
        rf"(?:666|233|996|955|985|211|520|315)(?<!{_MEASURES}\d{{3}}){_NO_COUNT}(?!所(?!高校)|家|位|篇|字)",
        _slang,
    ),
    rule(rf"(?<![\d.,第约近达超过共至到/+-])618{_NO_COUNT}(?![所家位篇字])", _slang, needs="8"),
    rule(
        r"(?<![\d.:月日点时分第+满过超到达至-])(?:[0-9][05])(?=后(?![卫腰场来方续退面备天日年]))|(?<![\d.])0\d(?=后)",
        _born,
        needs="后",
    ),
    rule(r"(?<![\d.A-Za-z])(\d{1,2})Y(?=[国债利期美中收-]|[A-Z]|[，。、])", _maturity, needs="Y"),
    rule(r"(?<![\d.A-Za-z])(\d+(?:\.\d+)?)[xX](?![\dA-Za-z+=*/^-])", _multiple, needs="xX"),
    rule(
        rf"(?<![A-Za-z])(?P<name>{INDICES})\s?[:：]?\s?(?P<sign>[-+])?(?P<amount>\d+(?:,\d{{3}})*\.\d+|\d{{3,}}(?:,\d{{3}})*)(?![\d.]|\s?[%‰]|-)(?:\s?(?P<unit>{UNIT_PATTERN}))?",
        _quantity_behind_name,
        needs=LATIN,
    ),
    rule(
        rf"(?<![A-Za-z])(?P<name>[A-Za-z]{{2,12}})\s?(?P<sign>)(?P<amount>\d+(?:\.\d+)?)\s?(?P<unit>{UNIT_PATTERN})(?<=[A-Za-zμ²³][A-Za-z²³])",
        _quantity_behind_name,
        needs=LATIN,
    ),
)
