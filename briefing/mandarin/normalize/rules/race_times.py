"""Times of races: 1:44.22 and 2:00:35, which are neither scores nor the time of day.

Source: reports of 《中国体育报》 and the results of World Athletics and World Aquatics for the shapes; hundredths are
said digit by digit.
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import Rule, after, before, rule, words
from briefing.mandarin.normalize.numerals import by_digit, cardinal, small

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
_RATIO = re.compile("比例|比为|之比|赔率|汇率|比率")
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
    if not hour and len(rest) == 1 and _RATIO.search(before(match) + after(match)):
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


RULES: tuple[Rule, ...] = (
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
