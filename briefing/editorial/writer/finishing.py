"""Chosen statements as the sentences of a story: who speaks, when, which city, whose office; each said once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.editorial.writer import antecedents, judging, statements
from briefing.editorial.writer.choice import merit
from briefing.editorial.writer.style import days, places
from briefing.model import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.editorial.writer.named_people import People
    from briefing.editorial.writer.source_page import Page
    from briefing.editorial.writer.statements import Statement

SPAN_WITHIN = 3
"""Sentences back in which the year or quarter of a figure is looked for."""

SCENE = 0.5
"""Merit under which a sentence is a scene."""

_DAY = re.compile(
    r"(?:[前昨今明]天|[本上下]周[一二三四五六日]|\d{1,2}月(?:\d{1,2}日)?|[去今]年)(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|夜里|深夜)?"
)
_DECIDES = re.compile(r"会议|同意|决定|设立")
"""Acts of a day, for which no span of time stands."""
_STATISTIC = re.compile(
    r"增长|下降|增加|减少|产值|收入|总额|实现|增加值|达到|淘汰|新增|累计|保持|建成|完成|率(?:为|达)"
)
"""Words of figures about a stretch of time."""
_ALSO = re.compile(r"(?<=[\u4e00-\u9fff])还(?=[将为给向把对设可建推提开成]|公布|介绍)")
_COMPARED = re.compile(r"去年同期|同比|比上一?年")
_PAST_YEAR = re.compile(r"去年(?!同期)|前年|20\d\d年")
_THIS_YEAR = re.compile(r"今年|季度|\d月|上半年|本月")
_YEAR_BEFORE = re.compile(r"同比(?=[^，。]{0,6}(?:增|涨|升|降|减|跌|多|少|提|下|回|扩|翻))")
_MONTH_BEFORE = re.compile(r"环比(?=[^，。]{0,4}(?:增|涨|升|降|减|跌|下|回))")
_THIS_ONE = re.compile(r"(?<=[了的])(?:这(?=起[^，。]{0,12}案)|那(?=[堵座条栋棵块辆]))")
"""A lead that speaks of 这起案 or 那堵墙 as of something known."""
_FROM_MONDAY = re.compile(r"(?<=[本下上]周一)起(?!床|飞|诉|草|航)")
"""An ear hears 一起 in 下周一起."""


def _trusted(_sentence: Sentence) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Finisher:
    """Turns statements of one article into what is said.

    `title` is its heading in words of speech; a sentence that `is_doubted` is not said, and another takes its place.
    """

    page: Page
    title: str
    read: Sequence[Statement]
    people: People
    is_doubted: Callable[[Sentence], bool] = _trusted

    def finish_statements(
        self, chosen: Sequence[Statement]
    ) -> tuple[tuple[Sentence, ...], tuple[int, int, int] | None]:
        """Return the sentences; or the place and form of a statement that cannot be said where it stands."""
        sentences: list[Sentence] = []
        spoken_by = ""
        speakers: set[str] = set()
        indices: set[int] = set()
        for statement in chosen:
            heard = "".join(sentence.text for sentence in sentences)
            attributed = _attribute(statement, spoken_by, speakers, self.people)
            finished = self._finish(attributed, heard, indices)
            if finished is None:
                return (), (*statement.place, statement.form)
            spoken_by = statement.speaker
            speakers.add(spoken_by)
            indices.add(statement.source.index)
            sentences.append(finished)
        return tuple(sentences), None

    def _finish(self, statement: Statement, heard: str, indices: set[int]) -> Sentence | None:
        dated = self._date(statement) if heard else self._date_lead(self._date(statement))
        follows = statement.source.index - 1 in indices or statement.source.index in indices
        context = antecedents.Context(heard, self.title, self.page.place, self.read, self.people, follows)
        introduced = antecedents.introduce(dated, context)
        if introduced is None:
            return None
        text = introduced.text
        if not heard or self.page.place[:-1] not in heard:
            text = places.name_home(text, self.page.place)
        text = text if heard else _THIS_ONE.sub("一", text)
        text = _FROM_MONDAY.sub("开始", self._compare(text, heard))
        if statement.source.index - 1 not in indices:
            text = _ALSO.sub("", text)
        if not statements.is_short_enough(
            text, leads=not heard, much=merit.tells_much(text) or not heard
        ) or judging.find_objection(text) not in ({"", "letters"} if not heard else {""}):
            return None
        finished = Sentence(text, introduced.rests_on)
        return None if self.is_doubted(finished) else finished

    def _date(self, statement: Statement) -> Statement:
        """Return the statement with the year or quarter that the sentences before it give for its figures."""
        if statement.part or statement.speaker or statement.leans or not _STATISTIC.search(statement.text):
            return statement
        if not days.needs_span(statement.text) or _DECIDES.search(statement.text):
            return statement
        for other in reversed(self.read):
            back = statement.source.index - other.source.index
            if not (0 < back <= SPAN_WITHIN and other.form == 0):
                continue
            if span := days.find_span(other.text):
                return replace(
                    statement,
                    text=f"{span}，{statement.text}",
                    rests_on=(*other.source.printed, *statement.rests_on),
                )
        return statement

    def _date_lead(self, statement: Statement) -> Statement:
        """Return the lead with the day that a scene right before it gives: 昨天晚上8点，两岸灯火通明."""
        if _DAY.search(statement.text) or statement.speaker or statement.part:
            return statement
        for other in self.read:
            scene = (
                other.form == 0
                and other.source.index == statement.source.index - 1
                and other.source.paragraph == statement.source.paragraph
                and not other.speaker
                and merit.rate(other) < SCENE
            )
            day = _DAY.match(other.text) if scene else None
            if day:
                rests_on = (*other.source.printed, *statement.rests_on)
                return replace(statement, text=f"{day[0]}，{statement.text}", rests_on=rests_on)
        return statement

    def _compare(self, text: str, heard: str) -> str:
        """Return the text with its first 同比 as a comparison with a named time; later ones stay short."""
        if not _COMPARED.search(heard):
            # Of a year that is over, 去年同期 would be that year itself.
            past = _PAST_YEAR.search(text) or (_PAST_YEAR.search(heard[-80:]) and not _THIS_YEAR.search(text))
            text = _YEAR_BEFORE.sub("比上一年" if past else "比去年同期", text, count=1)
        month = re.search(r"(?<!\d)(\d{1,2})月份?(?!\d)", text)
        return _MONTH_BEFORE.sub("比上个月", text, count=1) if month and "上个月" not in heard else text


def _attribute(statement: Statement, spoken_by: str, speakers: set[str], people: People) -> Statement:
    """Return the statement with its speaker, who is named in full once, then by name, and not twice in a row."""
    speaker = statement.speaker
    if not speaker:
        return statement
    bare = statement.text.removeprefix(speaker)
    names = people.names_in(speaker)
    if speaker != spoken_by:
        introduced = speaker in speakers and names
        return replace(statement, text=f"{names[-1]}说，{bare}" if introduced else speaker + bare)
    about_himself = re.search(r"自己|他们|这", bare)
    if not about_himself and (statement.part or statement.clauses[0].has_subject):
        return replace(statement, text=bare)
    return replace(statement, text=f"{names[-1]}还说，{bare}" if names else speaker + bare)
