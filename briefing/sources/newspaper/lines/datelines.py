"""How an article's text begins and ends: datelines, reporters in brackets, jumps to other pages.

All functions take folded text (`cleaning.fold`) and give positions, so that the caller cuts the printed text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from briefing.sources.newspaper.lines import bylines
from briefing.sources.newspaper.lines.cleaning import HAN
from briefing.sources.newspaper.lines.page_numbers import page_number


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article's text that is not its news: from `start` up to `end`, who is named in it.

    `agency` is the house that the copy was taken from, '' for the paper's own.
    """

    start: int
    end: int
    names: tuple[str, ...] = ()
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """A note that the article goes on, or began, on another page; `page` is that page's number as printed."""

    start: int
    end: int
    page: str


_BULLETS: Final = r"[\s□■◎●○◆◇★▲△〇【\[(>]*"
_HOUSE: Final = (
    rf"本报|本刊|本网|本台|本社|{bylines.AGENCIES}|"
    r"[\u4e00-\u9fff]{0,6}?(?:日报|晚报|晨报|都市报|时报|早报|商报|快报|周报|导报|农报|法治报|法制报|科技报|青年报|通讯社|新闻网|融媒)"
)
_DATELINE: Final = re.compile(
    rf"{_BULLETS}(?P<whole>(?:据|综合)?(?P<house>{_HOUSE})(?:[、和]?(?:{bylines.AGENCIES}))?"
    r"(?:综合)?(?:(?:首席|见习|特派)?记者)?(?:[^,。;:!?()\[\]“”]{0,24}?|“[^“”]{1,12}”[^,。;:!?()\[\]“”]{0,12}?)"
    r"(?P<kind>专电|电|讯|消息|综合报道)(?![话视子力信影商动网台报脑梯车动池能源器业]))[\])】]?\s*[::]?\s*"
)
_OWN: Final = re.compile(
    rf"{_BULLETS}(?!本报|据)[\u4e00-\u9fff]{{2,12}}讯\s*(?=\((?:[^()]{{0,12}}记者|[^()]{{0,12}}通讯员))"
)
_REPORTED: Final = re.compile(
    rf"{_BULLETS}(?:据|综合)(?P<house>{bylines.AGENCIES})[^,。;:!?()]{{0,12}}?(?:报道|消息|电)[,:\s]\s*"
)
_BRACKET: Final = re.compile(r"\s*[(\[【]([^()\[\]【】]{2,80})[)\]】]\s*[::,]?\s*")
_SUMMARY: Final = re.compile(
    r"(?:本报|晚报|晨报|日报)?(?:综合(?:报道|消息|外电|新华社|中新社)(?:报道|消息|电)?|(?:新华社)?快讯)(?:\s+|[::]\s*)"
)
"""A dateline that names no house: 综合报道."""
_HEADED: Final = re.compile(r"题\s*[::]\s*[^。]{2,60}$")
"""The title that an agency repeats after its dateline, on a line of its own."""
_ROLE: Final = re.compile(rf"{_BULLETS}{bylines.ROLE}[::/\s]*")
_WORK_DONE: Final = re.compile(r"\s*(?:(?:综合|摄影|现场|联合|采访)?报道|文/图|图/文|文图)\s*[::,]?\s*")
_NAME: Final = re.compile(rf"{HAN}{{2,4}}(?:·{HAN}{{1,8}})*|{HAN} {HAN}(?= |$|[、,:])")
_GAP: Final = re.compile(r"[\s、]+")
_TAIL_BRACKET: Final = re.compile(r"\s*[(\[【]([^()\[\]【】]{1,60})[)\]】]\s*$")
_TAIL_OPEN: Final = re.compile(
    rf"(?<=[。!?”])\s*[□■◎●▲]?\s*((?:{bylines.ROLE})[\s:/].{{2,40}}|(?:据)?(?:{bylines.AGENCIES})(?:电|供稿)?)$"
)
_AGENCY: Final = re.compile(bylines.AGENCIES)
_AGENCY_NOTE: Final = re.compile(
    rf"(?:据|综合|来源:?|摘自|转自|原载|均据)?\s*(?:《?(?:{bylines.AGENCIES})》?[、,和\s]*)+"
    rf"(?:[^,。;:]{{0,12}}?(?:电|讯|消息|报道|供稿|客户端|官微|微信公众号))*(?:\s*(?:{bylines.ROLE}).{{0,40}})?$"
)
_IDLE_NOTE: Final = re.compile(
    r"(?:完|全文完|未完待续|待续|本报综合|综合|本版稿件.*|作者(?:系|为|单位|是).*|来源:.*|据.{1,20}(?:消息|报道)|[\u4e00-\u9fff]{2,14}(?:供稿|提供)|整理自.*|标题为.*|原文.*|(?:连载)?[一二三四五六七八九十\d]+)$"
)
_PAGE: Final = (
    r"第?\s*(?P<page>[A-Za-z]?\s*\d{1,3}|[一二三四五六七八九十]{1,3})\s*"
    r"(?:[、—\-和]\s*[A-Za-z]?\d{1,3}\s*)?版?"
)
_ON: Final = re.compile(
    rf"[(\[【▶►→]?\s*[▶►→>]*\s*(?:下转|紧转|转入|转|下接)\s*{_PAGE}[^,。;()\[\]]{{0,6}}?\s*[)\]】]?\s*$"
)
_FROM_BRACKET: Final = re.compile(
    rf"\s*[(\[【]\s*[◀◄←<]*\s*(?:上接|紧接|接|上转)\s*{_PAGE}[^,。;()\[\]]{{0,30}}[)\]】]\s*"
)
_FROM_ISSUE: Final = re.compile(
    r"\s*[(\[【]\s*(?:[续接]上期|上接上期|续前期?|接前期|续昨日?|接昨日)(?P<page>)[^,。;()\[\]]{0,12}[)\]】]\s*"
)
"""An instalment of an article that began in an issue before: (续上期)."""
_FROM: Final = re.compile(rf"\s*[◀◄←<]*\s*(?:上接|紧接|上转)\s*{_PAGE}(?:(?<=版)|\s+|$)\s*")
_LONGEST_CREDIT: Final = 40
"""Characters of a line that credits an agency."""


def lead(folded: str) -> Mark | None:
    """The dateline and bylines that a text begins with (新华社北京6月8日电 (记者 张三)), or None."""
    own = _OWN.match(folded)
    if own:
        return _with_reporters(folded, own.end(), "", required=False)
    match = _DATELINE.match(folded) or _REPORTED.match(folded)
    summary = None if match else _SUMMARY.match(folded)
    if summary:
        return Mark(0, summary.end())
    headed = _HEADED.match(folded, match.end()) if match else None
    if headed:
        return Mark(0, headed.end())
    if match:
        house = match["house"]
        return _with_reporters(folded, match.end(), house if _AGENCY.fullmatch(house) else "", required=False)
    return _with_reporters(folded, 0, "", required=True)


def _with_reporters(folded: str, at: int, agency: str, *, required: bool) -> Mark | None:
    """The mark that goes on with reporters at position `at`, in brackets or plainly."""
    bracket = _BRACKET.match(folded, at)
    people = _people(bracket[1], bare=not required) if bracket else None
    if bracket and people is not None:
        return Mark(0, bracket.end(), people, agency)
    role = _ROLE.match(folded, at)
    end, people = _plain_names(folded, role.end()) if role else (at, ())
    if people and (not required or end == len(folded) or _WORK_DONE.match(folded, end)):
        work = _WORK_DONE.match(folded, end)
        return Mark(0, work.end() if work else end, people, agency)
    return None if required else Mark(0, at, (), agency)


def _people(text: str, *, bare: bool) -> tuple[str, ...] | None:
    """Return who is named in a bracket after a dateline; a bracket with a role but no name is still no news."""
    names = bylines.byline(text)
    if names is None and bare:
        names = bylines.bare(text)
    if names is None and re.search(bylines.ROLE, text) and len(text) <= bylines.LONGEST_LINE:
        words = bylines.in_list(re.sub(bylines.ROLE, " ", text))
        names = tuple(word for word in words if bylines.likely_name(word))
    return names


def _plain_names(folded: str, at: int) -> tuple[int, tuple[str, ...]]:
    """Names that follow a role without brackets, and where they end: 记者 张三 李四 6月7日获悉."""
    people: list[str] = []
    end = at
    while (match := _NAME.match(folded, end)) and (person := _cut_name(folded, match)):
        people.append(person.replace(" ", ""))
        end = end + len(person)
        gap = _GAP.match(folded, end)
        end = gap.end() if gap else end
        role = _ROLE.match(folded, end)
        end = role.end() if role else end
        if gap is None and role is None:
            break
    return end, tuple(people)


def _cut_name(folded: str, found: re.Match[str]) -> str:
    """The name at a match, without a following 报道 that has no space before it; '' if none is likely."""
    word = re.sub(r"(?:报道|报|摄影|文图)$", "", found.group())
    after = folded[found.start() + len(word) : found.start() + len(word) + 1]
    ends = not after or after in " 、,:/(" or bool(_WORK_DONE.match(folded, found.start() + len(word)))
    return word if ends and bylines.likely_name(word.replace(" ", "")) else ""


def tail(folded: str) -> Mark | None:
    """The byline or agency that a paragraph ends with, in brackets or after its last sentence, or None."""
    match = _TAIL_BRACKET.search(folded[-80:]) or _TAIL_OPEN.search(folded[-80:])
    if not match:
        return None
    noted = _noted(match[1].strip())
    shift = max(0, len(folded) - 80)
    return noted and Mark(match.start() + shift, len(folded), *noted)


def _noted(text: str) -> tuple[tuple[str, ...], str] | None:
    """(names, agency) of a note at the end of an article; ((), '') when it only says that it is the end."""
    if _AGENCY_NOTE.match(text):
        reporters = re.split(bylines.ROLE, text)
        return bylines.in_list(reporters[-1]) if len(reporters) > 1 else (), " ".join(_AGENCY.findall(text))
    people = bylines.byline(text) or bylines.bare(text) or bylines.signed(text)
    if people:
        return people, ""
    return ((), "") if _IDLE_NOTE.match(text) else None


def credit(folded: str) -> tuple[tuple[str, ...], str] | None:
    """(names, agency) of a line that is nothing but a byline, or None: 本报记者 张三, 据新华社电."""
    people = bylines.byline(folded)
    if people:
        return people, ""
    text = folded.strip(" ()[]【】□■●◎")
    return _noted(text) if len(text) <= _LONGEST_CREDIT and _AGENCY_NOTE.match(text) else None


def jump_on(folded: str) -> Jump | None:
    """The note at the end of a text that it goes on elsewhere: (下转2版)."""
    return _jump(_ON.search(folded[-30:]), max(0, len(folded) - 30))


def jump_back(folded: str) -> Jump | None:
    """The note at the beginning of a text that it began elsewhere: (上接1版)."""
    return _jump(
        _FROM_BRACKET.match(folded) or _FROM.match(folded) or _FROM_ISSUE.match(folded),
        0,
    )


def _jump(found: re.Match[str] | None, shift: int) -> Jump | None:
    return found and Jump(found.start() + shift, found.end() + shift, page_number(found["page"]))


_REPORTED_BY_OFFICE: Final = re.compile(r"据[^,。:;“”]{3,16}(?:消息|通报|发布|公布)[,:]")


def names_informant(folded: str) -> bool:
    """Return whether a text begins with the office that it has its news from: 据县纪委监委消息:…."""
    return bool(_REPORTED_BY_OFFICE.match(folded))
