"""Built-in writer: whole sentences for the ear, within the budget, resting on what was printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.model import Article, Story, han_count
from tests import facts, outside

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2023, 6, 9)
FLOORS = json.loads((Path(__file__).parents[3] / "golden" / "floors.json").read_text(encoding="utf-8"))[
    "condense"
]
CASES = {case.story.article.title: case for case in (*facts.golden(), *facts.shared())}


def said(story: Story, place: str = "渝中区", day: date = DAY) -> list[str]:
    """What is said of a story."""
    writer = BuiltInWriter(day, {story.article.source: place})
    return [sentence.text for sentence in writer.write(story)]


def heard(case: facts.Case) -> str:
    """What is said of a case."""
    return "".join(said(case.story, case.place, case.day))


@pytest.mark.parametrize("title", CASES)
def test_an_article_is_told_within_its_budget_without_what_must_not_be_said(title: str) -> None:
    """Never a Han character too many, never a byline, a credit or an editor's phrase."""
    case = CASES[title]
    text = heard(case)
    assert 0 < han_count(text) <= case.story.budget
    assert [word for word in case.must_not if word in text] == []


@pytest.mark.parametrize("title", CASES)
def test_what_is_said_rests_on_printed_sentences(title: str) -> None:
    """Every sentence names its sources, which stand in the article or its title word for word."""
    case = CASES[title]
    article = case.story.article
    for sentence in BuiltInWriter(case.day, {case.story.article.source: case.place}).write(case.story):
        assert sentence.rests_on
        assert all(source in f"{article.title}\n{article.text}" for source in sentence.rests_on)


@pytest.mark.parametrize("name", ["golden", pytest.param("shared", marks=outside.needs_cases)])
def test_the_facts_are_heard(name: str) -> None:
    """The average share of weighted facts is at least the pinned floor."""
    cases = list(getattr(facts, name)())
    assert sum(case.score(heard(case)) for case in cases) / len(cases) >= FLOORS[name]


TELL = """
from briefing.editorial.writer.built_in import BuiltInWriter
from tests import facts
for case in list(facts.golden())[:4]:
    print([sentence.text for sentence in BuiltInWriter(case.day).write(case.story)])
"""


def test_the_same_story_is_told_the_same_way_in_every_process() -> None:
    """Python orders sets differently in each process; what is said does not depend on it."""
    told = {
        subprocess.run(
            [sys.executable, "-c", TELL],
            cwd=facts.ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("本报讯（记者 张三 通讯员 李四）6月8日，南湖公园正式开放。", "昨天，南湖公园正式开放。"),
        ("新华社重庆6月8日电（记者张三）南湖公园6月8日正式开放。", "南湖公园昨天正式开放。"),
        ("记者昨日从区城管局获悉，南湖公园将于6月18日正式开放。", "南湖公园将在6月18日正式开放。"),
        ("据了解，南湖公园（见图）占地300亩，6月8日正式开放。", "南湖公园占地300亩，昨天正式开放。"),
        ("6月8日,我区南湖公园正式开放。", "昨天，渝中区南湖公园正式开放。"),
        ("6月8日，副区长张三宣布南湖公园正式开放。", "昨天，渝中区副区长张三宣布南湖公园正式开放。"),
        ("8日上午，南湖公园正式开放。", "昨天上午，南湖公园正式开放。"),
        ("6月8日，<b>南湖公园</b>{停9}正式\u202e开放。", "昨天，南湖公园正式开放。"),
        ("6月8日，南湖公园开放，门票¥3.5，设摊位1,250个。", "昨天，南湖公园开放，门票3.5元，设摊位1250个。"),
        ("南湖公园6月12日8:30起开放，22:00闭园。", "南湖公园下周一早上8点半起开放，晚上10点闭园。"),
        ("6月6日，南湖公园与北湖公园均正式开放。", "本周二，南湖公园和北湖公园都正式开放。"),
        ("“南湖公园6月8日正式开放。”区园林局局长张三说。", "渝中区园林局局长张三说，南湖公园昨天正式开放。"),
    ],
)
def test_print_habits_are_said_for_the_ear(printed: str, told: str, story: Callable[..., Story]) -> None:
    """Bylines, brackets, print words, days, hours, signs and quotations become what a listener understands."""
    assert said(story(printed)) == [told]


@pytest.mark.parametrize(
    "printed",
    [
        "本月起，公园。",
        "部署11个智能化场景。",
        "“以前南湖公园没有这么好。”",
        "护条例》组织施工，南湖公园拆下的412块条石全部编号。",
        "南湖公园正在推进高质量发展。",
        "记者走进南湖公园，只见绿意盎然。",
        "你去过南湖公园吗？",
        "南湖公园开放，不妨早点去看看。",
    ],
)
def test_what_is_no_whole_news_is_not_said(printed: str, story: Callable[..., Story]) -> None:
    """A fragment, a stump, a quotation of nobody, a slogan, a scene, a question and a comment."""
    assert said(story(printed)) == []


def test_a_speaker_gets_his_office_and_a_pronoun_its_name(story: Callable[..., Story]) -> None:
    """Both stand elsewhere in the article, and are named among the sources."""
    text = (
        "6月8日，南湖公园正式开放，园林局局长周明远出席。\n周明远说，南湖公园每天接待游客3000人。\n"
        "他介绍，南湖公园今年还将增加停车位200个。"
    )
    told = BuiltInWriter(DAY).write(story(text, budget=120))
    assert [sentence.text for sentence in told][1:] == [
        "园林局局长周明远说，南湖公园每天接待游客3000人。",
        "周明远介绍，南湖公园今年还将增加停车位200个。",
    ]
    assert "6月8日，南湖公园正式开放，园林局局长周明远出席。" in told[1].rests_on


def test_an_answer_is_what_somebody_says(story: Callable[..., Story]) -> None:
    """The interviewee's name stands before it; the question is not said."""
    text = "——专访公园主任周明远\n记者：南湖公园有多大？\n答：南湖公园占地300亩，我们今年再开放100亩。"
    assert said(story(text)) == ["公园主任周明远说，南湖公园占地300亩，他们今年再开放100亩。"]


def test_a_page_without_a_day_has_no_today(story: Callable[..., Story]) -> None:
    """Nobody can say which day 昨天 was."""
    told = story("昨天，南湖公园正式开放，占地300亩。")
    article = replace(told.article, published=None, fetched=datetime(2023, 6, 9, tzinfo=UTC))
    assert said(replace(told, article=article)) == ["南湖公园正式开放，占地300亩。"]


def test_a_sentence_keeps_its_condition_its_denominator_and_its_denial(story: Callable[..., Story]) -> None:
    """What a statement hangs on is not cut away, however little room there is."""
    text = "6月8日，南湖公园开放首日调查显示，在受访的1200人中，71.5%的人不反对收费，如果票价不超过10元。"
    for budget in range(10, 60, 5):
        for sentence in said(story(text, budget=budget)):
            assert "1200人" in sentence
            assert "不反对" in sentence
            assert "如果" in sentence


@pytest.mark.parametrize(
    "printed",
    [
        "6月6日，南湖区劳动仲裁委员会裁决：周某的劳动关系在甲公司，由甲公司承担工伤责任，支付停工期间工资和医疗费等共计9.7万元。",
        "在6月8日进行的全国女排联赛半决赛中，南湖女排在先输两局的情况下连扳三局，以22∶25、19∶25、25∶23、25∶20、15∶12逆转北湖女排。",
    ],
)
def test_a_long_sentence_with_the_outcome_is_said_whole(printed: str, story: Callable[..., Story]) -> None:
    """A ruling or a result is the news, however long its sentence; points of sets are left out."""
    told = "".join(said(story(printed, budget=120)))
    assert ("9.7万元" in told) or told.endswith("连扳三局，逆转北湖女排。")


def test_what_points_back_follows_what_it_points_to(story: Callable[..., Story]) -> None:
    """A ruling that came into force, and the drummer of a boat nobody heard of, do not stand alone."""
    text = (
        "6月8日，南湖公园龙舟赛举行，42支队伍参赛，观众超过3万人。\n舵手张大江说，是鼓手把节奏追回来的！\n"
        "鼓手是18岁的大一新生，今年3月才第一次坐上龙舟。"
    )
    assert not any(sentence.startswith("鼓手") for sentence in said(story(text, budget=120)))


def test_a_note_that_explains_a_word_is_not_said_without_it(story: Callable[..., Story]) -> None:
    """骑楼：一种… is an entry of a dictionary: what is left without its word is no sentence."""
    text = "6月8日，南湖老街骑楼修缮完成，106栋骑楼重新开放。\n骑楼：一种下层做成行人走廊的沿街建筑，19世纪末起流行于南方。"
    assert said(story(text)) == ["昨天，南湖老街骑楼修缮完成，106栋骑楼重新开放。"]


@pytest.mark.parametrize("end", ["发现。", "的打赏。", "至7月底。"])
def test_no_sentence_ends_before_what_it_governs(end: str, story: Callable[..., Story]) -> None:
    """Neither before the object of a finding, nor before a predicate, nor after a day that belongs to the next clause."""
    text = (
        "今年3月，南湖区检察院走访发现，辖区老旧小区的412个消防栓中，有128个没有水。\n"
        "南湖区法院规定，8岁以上的未成年人是限制行为能力人，超出其年龄、智力的打赏，未经家长追认的，不发生效力。\n"
        "南湖区投入资金370万元更换管网5.2公里，至7月底，128个消防栓全部恢复供水，水压提高到0.15兆帕。"
    )
    for budget in range(20, 160, 20):
        assert not any(sentence.endswith(end) for sentence in said(story(text, budget=budget)))


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None)
def test_any_text_is_told_within_its_budget_or_not_at_all(text: str) -> None:
    """Whatever an article holds, nothing breaks and nothing is too long."""
    article = Article("1", "yuzhong", "题", (text,), datetime(2023, 6, 9, tzinfo=UTC))
    assert han_count("".join(said(Story(article, (), 0.0, (), 80)))) <= 80


def test_a_hostile_article_takes_linear_time(story: Callable[..., Story]) -> None:
    """Ten times the text takes about ten times as long, not a hundred."""

    def seconds(times: int) -> float:
        began = time.process_time()
        said(story("（" * 40 * times + "6月8日，南湖公园开放，" * 40 * times + "。"))
        return time.process_time() - began

    seconds(1)
    assert seconds(40) < 100 * max(seconds(4), 0.01)
