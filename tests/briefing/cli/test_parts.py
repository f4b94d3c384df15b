"""The script as the studio gets it: readings, pauses, and what a voice cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from briefing import config
from briefing.editions import edition_decisions, gathering, utterances
from briefing.editions.approvals import claims, script_review
from briefing.editorial import script
from briefing.model import Article, EditionKey, Kind, Script, Segment, Sentence
from briefing.storage.store import Draft, opened
from briefing.wiring.show_contexts import build_show_context
from tests.voices.fakes import Scripted
from voices.model import PinyinSupport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext

KEY = EditionKey("demo", date(2026, 3, 2), "morning")
BRIDGE = Article(
    "a1", "yuzhong", "滨河大桥通车", ("3月1日，滨河大桥通车，全长1200米。",), datetime(2026, 3, 2, tzinfo=UTC)
)
"""Made up."""


@pytest.fixture
def context(newsroom: Path) -> Iterator[ShowContext]:
    """The sample show's context."""
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        yield build_show_context(described, "demo", store, described.folder)


def draft(*texts: str) -> Draft:
    """A script of one segment, read by 晓伊."""
    segment = Segment("s1", Kind.STORY, "新闻", "晓伊", tuple(Sentence(text) for text in texts))
    written = script.dump(Script(KEY, "每日简报", (segment,)))
    return Draft(1, written, "编辑", datetime(2026, 3, 2, tzinfo=UTC))


def with_voice(context: ShowContext, obeys: PinyinSupport) -> ShowContext:
    """The context, with a voice of that kind for every anchor."""
    return replace(context, voices=dict.fromkeys(context.voices, Scripted(obeys=obeys)))


def test_a_pause_inside_a_sentence_makes_two_lines(context: ShowContext) -> None:
    """Each with its print, its readings and the silence that follows."""
    (part,) = utterances.parts(context, draft("获奖的是{停0.5}重{chóng}庆。{停1}"))

    assert [(line.printed, line.utterance.pause_after) for line in part.lines] == [
        ("获奖的是", 500),
        ("重庆。", 1000),
    ]
    assert part.lines[1].utterance.pinyin == ("chong2", "qing4")


def test_a_voice_that_takes_text_gets_it_respelled(context: ShowContext) -> None:
    """A plain character of the same sound stands where the voice would go wrong; the print stays."""
    (part,) = utterances.parts(with_voice(context, PinyinSupport.SPELLING), draft("他去重{zhòng}庆。"))

    (line,) = part.lines
    assert line.printed == line.utterance.text == "他去重庆。"
    assert line.utterance.spelling == "他去众庆。"


def test_a_voice_that_takes_pinyin_gets_the_text(context: ShowContext) -> None:
    """Nothing is respelled for it."""
    (part,) = utterances.parts(context, draft("他去重{zhòng}庆。"))

    assert part.lines[0].utterance.spelling == "他去重庆。"


@pytest.mark.parametrize(
    ("obeys", "told"),
    [
        (PinyinSupport.PINYIN, []),
        (PinyinSupport.SPELLING, [("你得去。", "得", "dei3")]),
        (PinyinSupport.NOTHING, [("他去重庆。", "重", "zhong4"), ("你得去。", "得", "dei3")]),
    ],
)
def test_what_a_voice_cannot_be_told_is_listed(
    context: ShowContext, obeys: PinyinSupport, told: list[tuple[str, str, str]]
) -> None:
    """Of the newest script, sentence by sentence."""
    there = with_voice(context, obeys)
    text = draft("他去重{zhòng}庆。", "你得{děi}去。").text
    there.store.articles.save_gathered(KEY, [])
    edition_decisions.save(there, KEY, text, base=0, author="编辑")

    found = [(printed, doubt.char, doubt.chosen) for printed, doubt in utterances.misread(there, KEY)]

    assert found == told


@pytest.mark.parametrize(
    ("day", "weekdays", "first"),
    [
        (date(2026, 3, 3), {0, 1, 2, 3, 4}, date(2026, 3, 3)),
        (date(2026, 3, 2), {0, 1, 2, 3, 4}, date(2026, 2, 28)),
        (date(2026, 3, 2), {0, 1, 2, 3, 4, 5, 6}, date(2026, 3, 2)),
        (date(2026, 3, 4), {2}, date(2026, 2, 26)),
    ],
    ids=["an ordinary day", "after the weekend", "no weekend", "once a week"],
)
def test_an_edition_covers_the_days_without_one(
    context: ShowContext, day: date, weekdays: set[int], first: date
) -> None:
    """From the day after the last edition of its name to the end of its day, in the show's time zone."""
    hours = replace(context.hours["morning"], weekdays=frozenset(weekdays))
    there = replace(context, hours={"morning": hours})

    since, until = gathering.window(there, KEY._replace(day=day))

    assert (since.date(), until.date()) == (first, day + timedelta(days=1))
    assert since.utcoffset() == until.utcoffset() == timedelta(hours=8)


def test_the_first_edition_after_the_holidays_covers_them(context: ShowContext) -> None:
    """As the weekend before them, but nothing that is older than two weeks."""
    hours = replace(context.hours["morning"], weekdays=frozenset(range(5)))

    def since(*holidays: date) -> date:
        there = replace(context, hours={"morning": replace(hours, holidays=frozenset(holidays))})
        return gathering.window(there, KEY._replace(day=date(2026, 10, 8)))[0].date()

    assert since(*(date(2026, 10, day) for day in range(1, 8))) == date(2026, 10, 1)
    assert since(
        *(date(2026, 9, day) for day in range(1, 31)), *(date(2026, 10, day) for day in range(1, 8))
    ) == date(2026, 9, 24)


def test_an_editor_s_sentence_that_no_source_bears_out_is_a_warning(context: ShowContext) -> None:
    """It is saved, and told."""
    context.store.articles.save_gathered(KEY, [BRIDGE])
    segment = Segment(
        "s1",
        Kind.STORY,
        "滨河大桥通车",
        "晓伊",
        (
            Sentence("3月1日，滨河大桥通车，全长2100米。", (BRIDGE.paragraphs[0],)),
            Sentence("区长王建军出席。"),
            Sentence("3月1日，滨河大桥通车。", (BRIDGE.paragraphs[0],)),
        ),
        (BRIDGE.id,),
    )
    text = script.dump(Script(KEY, "每日简报", (segment,)))

    edition_decisions.save(context, KEY, text, base=0, author="编辑")

    assert script_review.list_warnings(context, KEY) == [
        "今天可播的新闻只有1条，节目会比平时短，不凑时间",
        script_review.UNLABELLED,
        "数字：“2100米”不对，原文是“全长1200米”：3月1日，滨河大桥通车，全长2100米。",
        "没有依据：没有注明出自哪篇稿件：区长王建军出席。",
    ]


def test_a_source_changed_with_the_sentence_bears_nothing_out(context: ShowContext) -> None:
    """Search and replace goes through the sources' lines too; a headline or a story of no article has none."""
    context.store.articles.save_gathered(KEY, [BRIDGE])
    changed = BRIDGE.paragraphs[0].replace("1", "7")
    story = Segment("s1", Kind.STORY, BRIDGE.title, "晓伊", (Sentence(changed, (changed,)),), (BRIDGE.id,))
    own = Segment("s2", Kind.STORY, "展览", "晓伊", (Sentence("王建军的展览今天开幕。"),))
    first = Sentence("先来听今天的主要内容：")
    headlines = Segment("h", Kind.HEADLINES, "提要", "晓伊", (first, Sentence("重庆下了8天雨。")))
    text = script.dump(Script(KEY, "每日简报", (headlines, story, own)))

    edition_decisions.save(context, KEY, text, base=0, author="编辑")

    checks = claims.check_segments(context, KEY, (headlines, story, own))
    assert [(check.text, check.grave) for check in checks] == [
        ("先来听今天的主要内容：", True),
        ("重庆下了8天雨。", True),
        (changed, True),
        ("王建军的展览今天开幕。", True),
    ]
