"""The extractive condenser: what must be heard is heard, in little time, in whole sentences that stand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.editorial.writer.extractive import Extractive
from briefing.model import Story, han_count
from tests import facts, outside

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2023, 6, 9)
FLOORS = json.loads((Path(__file__).parents[3] / "golden" / "floors.json").read_text(encoding="utf-8"))[
    "condense"
]
CASES = {case.story.article.title: case for case in (*facts.golden(), *facts.shared())}
EVENT = "6月8日，南湖公园正式开放，占地300亩。"


def said(story: Story, place: str = "渝中区", day: date = DAY) -> str:
    """What is said of a story."""
    return "".join(sentence.text for sentence in Extractive(day, place).condense(story))


def heard(case: facts.Case) -> str:
    """What is said of a case."""
    return said(case.story, case.place, case.day)


@pytest.mark.parametrize("title", CASES)
def test_an_article_is_told_within_its_budget_without_what_must_not_be_said(title: str) -> None:
    """Never a Han character too many, never a byline, a credit or an editor's phrase."""
    case = CASES[title]
    text = heard(case)
    assert 0 < han_count(text) <= case.story.budget
    assert [word for word in case.must_not if word in text] == []


@pytest.mark.parametrize("title", CASES)
def test_what_is_said_rests_on_printed_sentences(title: str) -> None:
    """Every sentence names its sources, which stand in the article word for word."""
    case = CASES[title]
    for sentence in Extractive(case.day, case.place).condense(case.story):
        assert sentence.rests_on
        assert all(source in case.story.article.text for source in sentence.rests_on)


@pytest.mark.parametrize("name", ["golden", pytest.param("shared", marks=outside.needs_cases)])
def test_the_facts_are_heard(name: str) -> None:
    """The average share of weighted facts is at least the pinned floor, which only rises."""
    cases = list(getattr(facts, name)())
    assert sum(case.score(heard(case)) for case in cases) / len(cases) >= FLOORS[name]


def test_the_lead_comes_first_and_the_order_is_the_article_s(story: Callable[..., Story]) -> None:
    """What happened, then the rest as it was printed."""
    text = EVENT + "\n公园建有步道5公里。\n公园建有停车位200个。"
    assert (
        said(story(text, budget=60))
        == "6月8日，南湖公园正式开放，占地300亩。公园建有步道5公里。公园建有停车位200个。"
    )


TELL = """
from briefing.editorial.writer.extractive import Extractive
from tests import facts
for case in facts.golden():
    print([sentence.text for sentence in Extractive(case.day, case.place).condense(case.story)])
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
        ("本报讯（记者 张三 通讯员 李四）6月8日，南湖公园正式开放。", "6月8日，南湖公园正式开放。"),
        ("新华社重庆6月8日电（记者张三）南湖公园6月8日正式开放。", "南湖公园6月8日正式开放。"),
        ("记者昨日从区城管局获悉，南湖公园将于6月18日正式开放。", "南湖公园将于6月18日正式开放。"),
        ("据了解，南湖公园（见图）占地300亩，6月8日正式开放。", "南湖公园占地300亩，6月8日正式开放。"),
        ("6月8日,我区南湖公园正式开放。", "6月8日，渝中区南湖公园正式开放。"),
        ("6月8日，副区长张三宣布南湖公园正式开放。", "6月8日，渝中区副区长张三宣布南湖公园正式开放。"),
        ("8日上午，南湖公园正式开放。", "6月8日上午，南湖公园正式开放。"),
        ("6月8日，<b>南湖公园</b>{停9}正式\u202e开放。", "6月8日，南湖公园正式开放。"),
        ("6月8日，南湖公园设摊位1,250个，票价3.5元。", "6月8日，南湖公园设摊位1,250个，票价3.5元。"),
    ],
)
def test_print_habits_are_not_spoken(printed: str, told: str, story: Callable[..., Story]) -> None:
    """Bylines, ways of hearing, brackets, half-width marks, 我区 and bare days become what a listener understands."""
    assert said(story(printed)) == told


@pytest.mark.parametrize(
    ("aired", "told"),
    [
        (date(2023, 6, 9), "昨日，南湖公园正式开放。"),
        (date(2023, 6, 8), "今天，南湖公园正式开放。"),
        (date(2023, 6, 12), "6月8日，南湖公园正式开放。"),
        (date(2024, 1, 2), "2023年6月8日，南湖公园正式开放。"),
    ],
)
def test_yesterday_is_right_on_the_day_of_broadcast(
    aired: date, told: str, story: Callable[..., Story]
) -> None:
    """昨日 in a paper of 9 June is 8 June, whenever it is broadcast."""
    assert said(story("昨日，南湖公园正式开放。"), day=aired) == told


def test_he_is_named(story: Callable[..., Story]) -> None:
    """A speech that the article gives to 他 is given to the man it means, with his office."""
    text = "6月8日，区城管局局长王大明在南湖公园检查，公园占地300亩。\n他表示，公园将在6月18日开放。"
    assert "区城管局局长王大明表示，公园将在6月18日开放。" in said(
        story(text), place=""
    ) or "王大明表示" in said(story(text), place="")


def test_who_attended_is_left_out(story: Callable[..., Story]) -> None:
    """A list of officials who were there is no news."""
    text = EVENT + "区委书记张三出席并讲话，区领导李四、王五、赵六等参加。"
    assert said(story(text)) == EVENT


def test_a_list_that_counts_itself_is_shortened(story: Callable[..., Story]) -> None:
    """Four places and their number become two places and the number, when there is no room for all."""
    text = "6月8日，南湖公园首批建成了梅花园景区、海棠园景区、月季园景区、桂花园景区4处景点。"
    assert said(story(text, budget=30)) == "6月8日，南湖公园首批建成了梅花园景区、海棠园景区等4处景点。"


def test_a_budget_too_small_for_any_sentence_says_nothing(story: Callable[..., Story]) -> None:
    """Rather no sentence than half a one."""
    assert Extractive(DAY, "渝中区").condense(story(EVENT, budget=5)) == ()


def test_an_article_without_sentences_says_nothing(story: Callable[..., Story]) -> None:
    """A list of headings has nothing to be told."""
    assert Extractive(DAY).condense(story("一、总则\n二、细则")) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("，。；：“”（）《》！？、6月8日区他我万\n "), st.characters()),
        max_size=300,
    ),
    st.integers(0, 120),
)
def test_any_text_is_told_within_its_budget(text: str, budget: int) -> None:
    """No text makes the condenser fail, exceed its budget, or pass on braces, which are an editor's marks."""
    article = next(iter(CASES.values())).story.article
    strange = Story(
        type(article)("x", "s", text[:20], tuple(text.split("\n")), article.published), (), 0.0, (), budget
    )
    told = said(strange)
    assert han_count(told) <= budget
    assert not set("{}\n") & set(told)
