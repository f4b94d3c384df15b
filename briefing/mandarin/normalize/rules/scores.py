"""Scores of matches, and times of races.

A falling pair (11-9), equal ends (1-1), a list with one score in it, and a pair between two names are scores whatever
the words say. Sources: the reports of 《中国体育报》 and 新华社 (2:0 and 21-19 are said 比); formations without joints.

Source: reports of 《中国体育报》 and the results of World Athletics and World Aquatics for the shapes; hundredths are
said digit by digit.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import HAN, Rule, after, before, rule, words
from briefing.mandarin.normalize.measure_words import COUNTED
from briefing.mandarin.normalize.numerals import by_digit, cardinal, number, small

_SCORE = re.compile(
    words(
        """
            比分 战胜 击败 不敌 负于 力克 横扫 逆转 大胜 险胜 完胜 惜败 告负 取胜 获胜 战平 打平
            战成 打成 领先 落后 扳成 扳平 扳回 追平 改写 总分 夺冠 淘汰 爆冷 破门 进球 首开纪录
            建功 半场 首局 次局 决胜局 首盘 次盘 胜局 国足 男足 女足 男篮 女篮 女排 男排 主场
            客场 对阵 轻取 胜出 零封 绝杀 问鼎 拿下 赢 输 惨败 惨负 完败 落败 憾负 告捷 大捷 言和 握手言和 平局
            战至 逼平 首回合 次回合 点球 加时 局分 盘分 总比分 首节 末节 连扳 连胜 连败 收获一场 三分险胜 平
        """,
    )
)
_RATIO = re.compile(
    words(
        """
            比例 之比 比为 比约为 比约 比达 比仅为 比是 比由 比从
            录比 配比 师生比 生师比 性别比 赔率 汇率 抽签率 比值 医患比 医护比 床护比
            产出比 比率 缩放 稀释 勾兑 兑水 混合
        """
    )
)
_IS_SCORE = re.compile(
    r"(?:比分|以|[局节盘场]|半场|点球|战成|战至|打成|扳成|追成|成)(?:为|是|以|了|战平)?[：“（]?$|\d[:∶]\d{1,3}（[^）]*$"
)
_IS_CLOCK = re.compile(r"(?:[晚早晨午夜日天于]|时间|凌晨|周[一二三四五六])[：]?\s?$")
_GOES_ON = re.compile(
    r"\s?(?:开[始赛球幕启播放打枪机会]|起|前|后|至|许|左右|在|将|举行|打响|准时|出发|集合|进行|直播|播出|主场|客场|迎战|对阵|到站|抵达)"
)
_ONE_DIGIT = re.compile(r"(?<![\d:])\d{1,3}[:∶]\d(?![\d:])")
"""3:1, which no clock shows; the other colons of such a sentence are points in a set."""

FAR = 80
"""Characters on either side in which the points of the sets of a match stand."""

_LEFT_OPEN = r"(?<![\d:.∶])"
_CLOCKLIKE = re.compile(r"(?:2[0-4]|[01]?\d):[0-5]\d(?:$|:[0-5]\d$)")
_LENGTH_OF_TIME = re.compile(r"\d{1,2}:[0-5]\d:[0-5]\d$")

_NO_PLACE = r"(?![\d.:%‰℃-]|,\d|/(?!\d{1,3}[-–—])|\s?[~～]|\s?[年月日点时号室栋幢楼座层单岁]|[A-Za-z])"
"""What does not follow a score: a unit, a part of an address or of a date."""

_PAIR = rf"\d{{1,3}}\s?[-–—]\s?\d{{1,3}}{_NO_PLACE}(?!\s?{COUNTED})(?:[（(]\d{{1,2}}(?:[-:]\d{{1,2}})?[）)])?"
_LIST = rf"(?<![\d.,:/第-])(?<![A-Za-z{HAN}]-){_PAIR}(?:\s?[、，,/；;和及与\s]\s?{_PAIR})*"
_ENDS = re.compile(r"(\d{1,3})\s?[-–—]\s?(\d{1,3})")

_NAME_BEFORE = re.compile(rf"[{HAN}A-Za-z]{{2,}}$")
_NO_NAME_BEFORE = re.compile(
    r"(?:在|约|近|达|为|至|于|第|等|共|每[年月周天日次人]?|需|要|从|有|是|到|过|超|低|高|长|期|前|后|龄|版|间隔|持续|时间|增长|上涨|下跌|下降|提高|涨|跌|缩短|延长|连续|未来|编号|之|各|分|比|其中|包括|页|章|节|集|值|率|数|量|度|价|距|高|宽|重)$"
)
_NAME_AFTER = re.compile(
    rf"(?!左右|之间|以[上下内外]|不等|的|多|余|万|亿|倍|成|级|期|号|区间|范围|档|周|个|天|小时|分钟|种|类)[{HAN}A-Za-z]{{2,}}"
)

_ENDS_CLAUSE = re.compile(r"[，。；！]|$")
_FORMATION = re.compile("阵型|阵容|首发|排出|变阵|打法|踢|战术|站位|开局|体系|防守|433|442")
_OUTFIELD = 10
"""Players of a football team besides its goalkeeper."""


def _as_score(match: re.Match[str]) -> str:
    return "比".join(number(part) for part in re.findall(r"\d+(?:\.\d+)?", match[0]))


def _colon(match: re.Match[str]) -> str:
    """2:0 and 1:500 are ratios; 20:18 is one if the words beside it say so, otherwise it is left to `clock_times`."""
    if _LENGTH_OF_TIME.match(match[0]):
        return match[0]
    if not _CLOCKLIKE.match(match[0]) or _is_score(match) or _near(_RATIO, match):
        return _as_score(match)
    return match[0]


def _is_score(match: re.Match[str]) -> bool:
    if _IS_SCORE.search(before(match)) and _near(_SCORE, match):
        return True
    if _IS_CLOCK.search(before(match)) or _GOES_ON.match(after(match)):
        return False
    wider = before(match, FAR) + after(match, FAR)
    return _near(_SCORE, match) or bool(_ONE_DIGIT.search(wider) and _SCORE.search(wider))


def _near(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Return whether such a word stands near the match."""
    return bool(pattern.search(before(match)) or pattern.search(after(match)))


def _hyphens(match: re.Match[str]) -> str:
    """21-19 and lists of such pairs; a span is left to `quantities`."""
    pairs = [(int(first_number), int(other)) for first_number, other in _ENDS.findall(match[0])]
    if not (any(first >= second for first, second in pairs) or _told_by_words(match, pairs)):
        return match[0]
    spoken = _ENDS.sub(_as_score, match[0])
    spoken = re.sub(r"[(（](\d+)(?:[-:](\d+))?[)）]", _tie_break, spoken)
    return re.sub(r"\s?/\s?", "、", spoken)


def _tie_break(match: re.Match[str]) -> str:
    points = "比".join(number(part) for part in match.groups() if part)
    return f"（{points}）"


def _told_by_words(match: re.Match[str], pairs: list[tuple[int, int]]) -> bool:
    """Return whether the words beside a rising pair make it a score: 首回合0-3惨败, 海港98-112山城, and 0-2."""
    if _near(_SCORE, match) or _IS_SCORE.search(before(match)) or pairs[0][0] == 0:
        return True
    named = _NAME_BEFORE.search(before(match)) and not _NO_NAME_BEFORE.search(before(match))
    return bool(named and (_NAME_AFTER.match(after(match)) or _ENDS_CLAUSE.match(after(match))))


def _formation(match: re.Match[str]) -> str:
    """4-3-3 四三三, 4-2-3-1 四二三一."""
    players = sum(map(int, match[0].split("-")))
    return by_digit(match[0]) if players == _OUTFIELD or _near(_FORMATION, match) else match[0]


RULES: tuple[Rule, ...] = (
    rule(rf"{_LEFT_OPEN}\d+(?:\.\d+)?(?:\s?[:∶]\s?\d+(?:\.\d+)?)+(?![\d.]\d|:)", _colon, needs=":∶"),
    rule(r"(?<![\d.A-Za-z-])[1-6](?:-[1-6]){2,3}(?![\d.-])", _formation, needs="-"),
    rule(_LIST, _hyphens, needs="-–—"),
)
"""Before `clock_times`, which takes every colon that is left."""


NEAR = 30
"""Characters on either side in which a word makes a clock a length of time."""

COURSE = re.compile(
    words(
        """
        成绩 用时 完赛 计时 跑出 游出 滑出 划出 骑出 纪录 耗时 时长 跑完 跑进 游进 夺冠 夺魁 摘金 摘银 摘铜 冲线 撞线
        配速 个人最好 最好成绩 马拉松 达标 单圈 圈速 净成绩 净计时 枪声 率先 刷新 杆位 首金 夺得冠军 获得冠军
        """
    )
)
"""Words that make 2:03:15 a length of time."""

_RESULT = re.compile(
    "(?:成绩|用时|耗时|计时|跑出|游出|滑出|划出|骑出|跑进|游进|配速|刷新到|提高到|缩短到|纪录)[为是了在至到约：]{0,2}$"
)
_WITH = re.compile("以$")
_DISCIPLINE = re.compile(
    "\\d米|[〇零一二三四五六七八九十百千]米|公里|自由泳|蛙泳|仰泳|蝶泳|混合泳|接力|长跑|竞走|赛艇|皮划艇|速滑|滑冰|越野|铁人|障碍|障赛|马拉松"
)
_RATIO_WORD = re.compile("比例|比为|之比|赔率|汇率|比率")
_NAMED_RATIO = re.compile(
    "比(?:值|例|率)?(?:仅|约|已|高|也)?(?:[为达约是至超]|达到|提高到|下降到|升至|降至|优于|不低于)?$"
)
"""师生比达1:14.6, 医护比1:1.25: a ratio by its name, whatever its shape."""
_LATEST_RACE_HOUR = 6
"""Hours; what is longer than a marathon's slowest runner is the time of day, unless 用时 or the like says it is not."""


def _liang(text: str) -> str:
    hours = small(text)
    return "两" if hours == "二" else hours


def _two_places(text: str) -> str:
    """Minutes or seconds behind a larger unit: 05 零五, 00 零."""
    return ("零" if text[0] == "0" and text != "00" else "") + small(text)


def _with_hundredths(match: re.Match[str]) -> str:
    """1:44.22 一分四十四秒二二, 1:30:55.026 一小时三十分五十五秒零二六, 0:58.3 五十八秒三."""
    hour, minute, second, rest = match.group("hour", "minute", "second", "rest")
    near = len(rest) == 1 and _RATIO_WORD.search(before(match) + after(match))
    if not hour and (near or _NAMED_RATIO.search(before(match))):
        return match[0]
    if hour and int(hour) > _LATEST_RACE_HOUR and not _RESULT.search(before(match)):
        return f"{_liang(hour)}点{_two_places(minute)}分{_two_places(second)}秒{by_digit(rest)}"
    head = (
        f"{_liang(hour)}小时{_two_places(minute)}分" if hour else f"{small(minute)}分" if int(minute) else ""
    )
    return f"{head}{_two_places(second) if head else small(second)}秒{by_digit(rest)}"


def _with_hours(match: re.Match[str]) -> str:
    """以2:00:35夺冠; 10:28:35 is left to `clock_times`."""
    hour, minute, second = match.groups()
    is_result = bool(_RESULT.search(before(match)))
    near = COURSE.search(before(match, NEAR) + after(match, NEAR)) or _WITH.search(before(match))
    if not is_result and not (near and int(hour) <= _LATEST_RACE_HOUR):
        return match[0]
    return f"{_liang(hour)}小时{_two_places(minute)}分{_two_places(second)}秒"


def _with_minutes(match: re.Match[str]) -> str:
    """用时13:05, 以4:05的成绩 in a race; other pairs are scores or the time of day."""
    nearby = before(match, NEAR) + after(match, NEAR)
    is_race = bool(
        _DISCIPLINE.search(nearby) and (COURSE.search(after(match)) or COURSE.search(before(match)))
    )
    if not (_RESULT.search(before(match)) or (_WITH.search(before(match)) and is_race)):
        return match[0]
    return f"{small(match[1])}分{_two_places(match[2])}秒"


def _primes(match: re.Match[str]) -> str:
    """1′58″34 一分五十八秒三四, 1′30″ 一分三十秒, 45″67 四十五秒六七."""
    minutes = f"{cardinal(match['minute'])}分" if match["minute"] else ""
    return f"{minutes}{_two_places(match['second']) if minutes else small(match['second'])}秒{by_digit(match['rest'] or '')}"


RACE_TIMES: tuple[Rule, ...] = (
    rule(
        r"(?<![\d:.])(?:(?P<hour>\d{1,2}):)?(?P<minute>[0-5]?\d):(?P<second>[0-5]\d)\.(?P<rest>\d{1,3})(?![\d:])",
        _with_hundredths,
        needs=":",
    ),
    rule(r"(?<![\d:.])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\d:])", _with_hours, needs=":"),
    rule(r"(?<![\d:.])([0-5]?\d):([0-5]\d)(?![\d:.])", _with_minutes, needs=":"),
    rule(
        r"(?<![\d.°′])(?P<minute>\d{1,3})[′’'](?P<second>\d{1,2})(?:[″”\"]|[′’']{2})(?P<rest>\d{1,3})?(?!\d)",
        _primes,
        needs="′’'",
    ),
    rule(r"(?<![\d.°′’'])(?P<minute>)(?P<second>\d{1,2})″(?P<rest>\d{2,3})(?!\d)", _primes, needs="″"),
)
"""Before the dates, since 4:01.08 holds one, and before the scores."""
