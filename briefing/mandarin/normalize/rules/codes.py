"""Strings of digits and letters that are no quantities: trains, plates, standards, rooms, stocks, models, papers.

Sources: GA 36-2018 for plates, GB/T 1.1-2020 for the numbers of standards, GB/T 9704-2012 for 〔2023〕15号, Unicode's
number forms for Roman numerals. Letters stay letters; up to two digits after one are a number (B24 B二十四), more are
said digit by digit (C919 C九一九), as on the platforms and in the news.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import HAN, LATIN, Rule, initials, rule, table, words
from briefing.mandarin.normalize.measure_words import COUNTED
from briefing.mandarin.normalize.numerals import by_digit, cardinal, number, short_code, small

ROMAN = table(
    """
        Ⅰ=1 Ⅱ=2 Ⅲ=3 Ⅳ=4 Ⅴ=5 Ⅵ=6 Ⅶ=7 Ⅷ=8 Ⅸ=9 Ⅹ=10 Ⅺ=11 Ⅻ=12 ⅰ=1 ⅱ=2 ⅲ=3 ⅳ=4 ⅴ=5 ⅵ=6 ⅶ=7 ⅷ=8 ⅸ=9 ⅹ=10 ⅺ=11 ⅻ=12
        I=1 II=2 III=3 IV=4 V=5 VI=6 VII=7 VIII=8 IX=9 X=10 XI=11 XII=12 XIII=13 XIV=14 XV=15
    """
)
_LATIN_ROMAN = words(" ".join(one for one in ROMAN if one.isascii() and len(one) > 1))

_NUMBERED = words(
    """
        邮发代号 邮政编码 许可证 许可证号
        编号 尾号 号码 代码 邮编 密码 验证码 单号 证号 学号 工号 车牌 账号 帐号 卡号 微信号 微信
        QQ QQ号 QQ群 QQ群号 群号 房号 批号 文号 区号 货号 备案号 批准文号 警号 准考证号 身份证号
        身份证号码 会议号 统一书号 书号 刊号 版本号 识别码 航班号 车次 型号 序列号 取件码 邀请码
        口令 内线 分机
    """
)
_MODELS = words(
    """
        歼 歼轰 轰 运 直 强 教 苏 图 米格 空警 无侦 攻击 翼龙 彩虹 枭龙 东风 红旗 鹰击 巨浪 长剑
        霹雳 神舟 天舟 天宫 天问 天和 长征 嫦娥 玉兔 祝融 快舟 力箭 朱雀 谷神星 引力 双曲线 北斗
        风云 高分 资源 实践 海洋 悟空 墨子 鲲龙 新舟 运油 卡 安 伊尔 联盟 和平 猎鹰 波音 空客
        麦道 祖冲之 九章 华龙 国和 玲龙 远望 雪龙 辽宁 蛟龙 长庚
    """
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_STANDARDS = words(
    """
        GB GB/T GBT GB/Z GBZ ISO IEC ISO/IEC DB YY YY/T QB QB/T JB/T HJ GA GA/T CJ CJ/T TB JT/T
        NY/T T/CECS IEEE AEC-Q RFC
    """
)


_FIGURES = r"(\d{1,12}(?:\.\d{1,4}){0,3})(?![\d.]*\d)(?!\s?[%℃‰]|/\d|[,:]\d)"


def _digits(match: re.Match[str]) -> str:
    return by_digit(match[0])


def _digits_within(match: re.Match[str]) -> str:
    """Letters and Han characters as they are, each digit by itself, joints not said."""
    return re.sub(r"[·\s-]", "", re.sub(r"\d", _digits, match[0]))


def _plate(match: re.Match[str]) -> str:
    """京A·B1234, read out like a telephone number."""
    return re.sub(r"[·\s]", "", re.sub(r"\d", lambda digit: by_digit(digit[0], one="幺"), match[0]))


def _numbered(match: re.Match[str]) -> str:
    """编号27149, 尾号1702: what is read out from a card is read like a telephone number."""
    digit_one = "幺" if match[1].endswith("尾号") else "一"
    return match[1] + re.sub(r"\d+", lambda digits: by_digit(digits[0], one=digit_one), match[2]).replace(
        "-", ""
    )


def _lettered(match: re.Match[str]) -> str:
    """B24 B二十四, V3.1 V三点一, MU9191 MU九一九一, Top 100 Top一百."""
    letters, digits = match[1], match[2]
    return letters + (number(digits) if letters.lower().endswith("top") else short_code(digits))


def _model(match: re.Match[str]) -> str:
    """歼-20 歼二十, 波音737 波音七三七."""
    return match[1] + short_code(match[2])


def _standard(match: re.Match[str]) -> str:
    """GB/T 15835—2011, ISO 9001:2015."""
    joint = "，" if match["joint"] in {":", "："} else "杠"
    year = f"{joint}{by_digit(match['year'])}" if match["year"] else ""
    return (
        match["name"].replace("/", "").rstrip() + "点".join(map(by_digit, match["number"].split("."))) + year
    )


def _roman(match: re.Match[str]) -> str:
    return small(ROMAN[match[0]])


def _paper(match: re.Match[str]) -> str:
    """〔2023〕15号: the year by digits, without its brackets."""
    return by_digit(match[1])


def _stake(match: re.Match[str]) -> str:
    """K1706+300, so many metres after a kilometre stone."""
    return f"K{short_code(match[1])}加{number(match[2])}{'米' if match[3] else ''}"


def _first(match: re.Match[str]) -> str:
    return "第" + number(match[1])


def _octets(match: re.Match[str]) -> str:
    """192.168.1.1."""
    return "点".join(by_digit(part) for part in match[0].split("."))


def _lineage(match: re.Match[str]) -> str:
    """XBB.1.5."""
    return match[1] + "".join("点" + cardinal(part) for part in match[2].split(".")[1:])


def _version(match: re.Match[str]) -> str:
    """5.0.1."""
    return "点".join(cardinal(part) for part in match[0].split("."))


STANDARDS: tuple[Rule, ...] = (
    rule(
        rf"(?<![A-Za-z])(?P<name>(?:{_STANDARDS})\s?)(?P<number>\d{{2,6}}(?:\.\d{{1,3}})?)(?!\s?(?:元|万|亿|[余多]))"
        r"(?:(?P<joint>[-—–:：])(?P<year>\d{4}|\d\d(?!\d)))?(?!\d)",
        _standard,
        needs=LATIN,
    ),
)
"""Before the scores, to which 9001:2015 looks like one."""

RULES: tuple[Rule, ...] = (
    rule(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", _octets, needs="."),
    rule(r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2}(?![\d.])", _version, needs="."),
    rule(r"(?<![A-Za-z.])(?!NO)([A-Z]{1,4})((?:\.\d{1,3})+)(?![\d.])", _lineage, needs="."),
    rule(r"(?<![A-Za-z])K(\d{1,4})\+(\d{1,3})(m(?![A-Za-z]))?(?![\d%])", _stake, needs="+"),
    rule(r"[〔\[［【]((?:19|20)\d\d)[〕\]］】](?=第?[\d一二三四五六七八九十])", _paper, needs="〔[［【"),
    rule(rf"(?<=[（(])(?:19|20)\d\d(?=[）)][{_PROVINCES}最]\d{{0,4}}[{HAN}])", _digits, needs="（("),
    rule(
        r"(?<=[民刑行知执商赔破监][初终再字特申])第?\d{3,6}(?=号)|(?<=[（(]\d{4}[）)][执破])\d{3,6}(?=号)",
        _digits_within,
        needs="号",
    ),
    rule(
        rf"((?:{_NUMBERED})(?:号码)?(?:[是为:：]|分别[是为])?\s?[“]?)([A-Za-z]{{0,6}}\d[\dA-Za-z-]+)(?![\d.]|\s?[个种项])",
        _numbered,
        needs=initials(_NUMBERED),
    ),
    rule(
        rf"[{_PROVINCES}][A-Z][·\s]?(?=[A-Z0-9]*\d[A-Z0-9]*\d)[A-Z0-9]{{4,6}}(?![A-Z0-9])",
        _plate,
        needs=LATIN,
    ),
    rule(
        r"(?<=[（(])[03568]\d{5}(?=(?:\.[A-Z]{2})?[)）])|(?<!\d)\d{5,6}(?=\.(?:SH|SZ|HK|BJ)\b)",
        _digits,
        needs="（(.",
    ),
    rule(r"(?<=[一二三四五六七八九零])\.(?=(?:SH|SZ|HK|BJ)\b)", lambda _: "点", needs="."),
    rule(r"(?<=ISBN)[ :：]?[\d-]{9,17}X?", _digits_within, needs="I"),
    rule(r"\d{17}[\dXx](?<!\d{19})(?!\d)", _digits_within),
    rule(
        r"(?<!\d)\d{3,4}(?=号?(?:室|房间|病房|教室|宿舍|包间|会议室)|(?:川|滇|新|青)藏线)",
        _digits,
        needs="室间房舍线",
    ),
    rule(
        rf"(?<=[A-Za-z\d一二三四五六七八九十][座栋幢])\d{{3,4}}(?![\d.]|{COUNTED})|(?<=单元)\d{{3,4}}(?![\d.])",
        _digits,
        needs="座栋幢单",
    ),
    rule(
        r"(?<![\d.])\d{3}(?=路(?:公交|车|电车|线|[、和]))|(?<=路、)\d{3}(?=路)|(?<=路和)\d{3}(?=路)|(?<![\d.])(?:1080|2160|1440|720|480)(?=[PpIi](?![A-Za-z]))",
        _digits,
        needs="路PpIi",
    ),
    rule(r"(?<=[“\"])(?!\d*00[”\"])\d{3,6}(?=[”\"](?![分个元人次年米斤名]))", _digits, needs='“"'),
    rule(r"(?<=[为的“])\d{3}(?=新政|会议|事件|工程|专案)", _digits),
    rule(r"(?<=双)(?:1[12])(?!\d|[个名位项])", lambda match: cardinal(match[0]), needs="双"),
    rule(
        r"(?<=正月)\d{1,2}|(?<=[初腊十])\d(?!\d)|(?<=周)[1-6](?![\d-]?\d)",
        lambda match: small(match[0]),
        needs="正初腊十周",
    ),
    rule(
        rf"(?<![A-Za-z])(?:{_LATIN_ROMAN})(?=[类级期型度°号等区段卷代世册部]|阶段|(?![A-Za-z])$)",
        _roman,
        needs="IVX",
    ),
    rule(r"(?<![A-Za-z])[IV](?=[类级期])", _roman, needs="IV"),
    rule("[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ]", _roman, needs="".join(ROMAN)),
    rule(
        r"(?:(?<![A-Za-z])N[oO]\.\s?|№\s?)(\d+)|(?<![A-Za-z])NO\s?(\d+)(?=[的，。、])",
        lambda m: "第" + number(m[1] or m[2]),
        needs="N№",
    ),
    rule(r"(?<=\d)#(?!\d)", lambda _: "号", needs="#"),
    rule(
        rf"((?<![{HAN}])|(?<=[{HAN}]))({_MODELS})-(\d{{1,4}})(?![\d.]|[%℃度])",
        lambda m: m[2] + short_code(m[3]),
        needs="-",
    ),
    rule(rf"((?:{words('波音 空客 麦道')}))(\d{{3}})(?!\d|\s?{COUNTED})", _model),
    rule(
        rf"(?<![A-Za-z\d])(?!(?<=/)[a-z]?m[23](?!\d))([A-Za-z]{{1,24}})(?:\s?[-–]?|\s){_FIGURES}",
        _lettered,
        needs=LATIN,
    ),
    rule(rf"(?<=\d)(?![a-z]{{0,2}}m[23](?!\d))([A-Za-z]{{1,4}}){_FIGURES}", _lettered, needs=LATIN),
)
