"""The day and the number that a page prints on itself.

A page is full of dates: of events, of notices, of the moon. Its own is the one that stands with a weekday, an
issue number or a page number, on a short line, near the top or the foot. Nothing here knows today.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from briefing.sources.newspaper.lines.page_numbers import PAGE, page_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DIGITS: Final = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_HAN: Final = "[〇零一二三四五六七八九十]"
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NUMERIC: Final = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*(?:年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?|(?P<sep>[-./])\s*(?P<m2>\d{1,2})\s*(?P=sep)\s*(?P<d2>\d{1,2}))(?!\d)"
)
_NUMERALS: Final = re.compile(
    rf"(?P<y>[一二][〇零一二三四五六七八九]{{3}})\s*年\s*(?P<m>{_HAN}{{1,3}})\s*月\s*(?P<d>{_HAN}{{1,3}})\s*日"
)
_ENGLISH: Final = re.compile(
    rf"(?i)\b(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<y>20\d{{2}})\b"
)
_SET_APART: Final = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s*日?\s*(?:星期|周)[一二三四五六日天]\s*(?P<y>20\d{2})\s*年\s*(?P<m>\d{1,2})\s*月(?!\s*\d)"
    r"|(?<!\d)(?P<y2>20\d{2})\s*年\s*(?P<m2>\d{1,2})\s*月\s*(?:星期|周)[一二三四五六日天]\s*(?P<d2>\d{1,2})(?!\d)"
)
_FILE: Final = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<sep>[-_.年]?)(?P<m>\d{2}|(?<=[-_.年])\d)(?:(?P=sep)|月)(?P<d>\d{1,2})(?!\d)"
)
_WEEKDAY: Final = re.compile(
    r"(?:星期|周|礼拜)([一二三四五六日天])|(?i:\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)"
)
_WEEKDAYS: Final = {name: at for at, name in enumerate("一二三四五六日")} | {"天": 6} | {
    name: at for at, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
}  # fmt: skip
_MASTHEAD: Final = re.compile(
    r"农历|\d版|第\d+期|CN\d|刊号|邮发|编辑|责编|主编|美编|校对|版式|[报刊]社|日报|晚报|主办|主管|网址|www"
)

_BARE_PAGE: Final = re.compile(r"(?P<letter>[A-Z]\d{1,2})|(?P<digits>0\d)(?P<han>)(?=\s+[\u4e00-\u9fff])")

HEAD, FOOT = 12, 6
"""Lines at the head and at the foot of a page, where its own date stands."""
LONGEST_ALONE = 16
"""Characters of a line that is hardly more than a date."""
SURE = 3
"""A candidate of this weight or more is the page's own date."""


def _numeral(text: str) -> int:
    """Han numerals → a number: 二〇二三 → 2023, 十二 → 12, 二十一 → 21."""
    if "十" not in text:
        return int("".join(_DIGITS[char] for char in text))
    tens, _, units = text.partition("十")
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(units, "0"))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def dates(folded: str) -> Iterator[dt.date]:
    """Every whole date in a text (folded), in whatever form; impossible ones are left out."""
    text = folded.replace("〇", "零")
    days = [
        *((m["y"], m["m"] or m["m2"], m["d"] or m["d2"]) for m in _NUMERIC.finditer(text)),
        *((m["y"] or m["y2"], m["m"] or m["m2"], m["d"] or m["d2"]) for m in _SET_APART.finditer(text)),
    ]
    numbers = [(int(year), int(month), int(day)) for year, month, day in days]
    numbers += [
        (_year(m["y"]), _numeral(m["m"]), _numeral(m["d"])) for m in _NUMERALS.finditer(text) if _plain(m)
    ]
    numbers += [
        (int(m["y"]), _MONTHS.index(m["m"].lower()) + 1, int(m["d"])) for m in _ENGLISH.finditer(text)
    ]
    yield from filter(None, (_day(*number) for number in numbers))


def _plain(found: re.Match[str]) -> bool:
    """Return whether both numerals have at most one ten, so that they can be a month and a day."""
    return all(
        re.fullmatch("[一二三]?十?[一二三四五六七八九]?|零[一二三四五六七八九]", found[part]) for part in "md"
    )


def _year(text: str) -> int:
    return _numeral(text.replace("十", "零"))


def weekday(folded: str) -> int | None:
    """The weekday that a text names, Monday 0, or None."""
    match = _WEEKDAY.search(folded)
    return _WEEKDAYS[(match[1] or match[2]).lower()[:3]] if match else None


def find(short: Sequence[str], total: int) -> tuple[dt.date, int] | None:
    """The page's own date and its weight, from its short lines (folded, '' for others), of `total` lines.

    Neighbouring lines are also read as one, since mastheads set year, day and weekday under one another.
    """
    candidates = [weighed for index in range(len(short)) for weighed in _weighed(short, index, total)]
    return max(candidates, key=lambda weighed: weighed[1]) if candidates else None


def _weighed(short: Sequence[str], at: int, total: int) -> Iterator[tuple[dt.date, int]]:
    line = short[at]
    near = " ".join(short[max(0, at - 1) : at + 2])
    edge = at < HEAD or at >= total - FOOT
    yield from ((day, _weight(day, line, near, edge=edge)) for day in dates(line))
    group = " ".join(short[at : at + 4])
    if line and edge and not any(dates(line)):
        yield from ((day, _weight(day, group, group, edge=True) - 1) for day in dates(group))


def _weight(day: dt.date, line: str, near: str, *, edge: bool) -> int:
    """Return how much speaks for a date: its weekday agrees, what else is on the line, where it stands."""
    named = weekday(line) if weekday(line) is not None else weekday(near)
    agrees = 0 if named is None else 4 if named == day.weekday() else 1
    furniture = 2 if _MASTHEAD.search(near) else 0
    alone = 1 if len(line) <= LONGEST_ALONE else 0
    return agrees + furniture + alone + (2 if edge else 0)


def of_file(name: str) -> dt.date | None:
    """The day that a file's name gives: yuzhong-2023-06-09.txt, 20230609_A03.txt; None without one."""
    match = _FILE.search(name)
    return _day(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def page(folded: str) -> str:
    """The page number on a line of page furniture: '2版', 'A03'; '' without one."""
    match = PAGE.search(re.sub(r"(?:今日|本期|共|总)\s*\d+\s*(?:个)?版", " ", folded))
    if not match:
        match = _BARE_PAGE.match(folded)
    if not match:
        return ""
    number = page_number(match["letter"] or match["digits"] or match["han"])
    return number if number[:1].isalpha() else f"{number}版"


def paper(lines: Iterable[str]) -> str:
    """The paper's name, from the lines of page furniture; '' without one."""
    for line in lines:
        match = re.search(
            r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{1,8}(?:日报|晚报|晨报|早报|时报|新报|商报|都市报|周报|导报|报|周刊))(?![\u4e00-\u9fff社])",
            line,
        )
        if match and not re.search(r"[海简通快速预播画]报$|本报|机关报", match[1]):
            return match[1]
    return ""
