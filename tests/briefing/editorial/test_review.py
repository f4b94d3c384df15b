"""Advice on sentences: the marks an editor sees, and the rewrites behind them."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.editorial import script
from briefing.editorial.sentence_review import Advice, Mark, review_script, review_sentence

DAY = date(2023, 6, 9)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("部署11个智能化场景。", Advice(Mark.NO_SUBJECT, "部署")),
        ("周明远强调，要确保项目早竣工。", Advice(Mark.WHO, "周明远")),
        ("她向派出所求助。", Advice(Mark.WHO, "她")),
        ("园区去年引进三条自动分拣线。", Advice(Mark.WHO, "园区")),
        ("6月7日，南湖公园开放。", Advice(Mark.DAY, "6月7日", "前天，南湖公园开放。")),
        ("南湖公园6:00开门。", Advice(Mark.LETTERS, "6:00", "南湖公园早上6点开门。")),
        ("南湖公园用了70B模型。", Advice(Mark.LETTERS, "70B", "南湖公园用了700亿模型。")),
        ("南湖公园有3座桥、5个亭、7条路、9片林。", Advice(Mark.FIGURES, "4个数字")),
    ],
)
def test_a_sentence_that_an_ear_stumbles_over_is_marked(text: str, advice: Advice) -> None:
    """Each kind by its name, with a rewrite where a rule can make one."""
    assert review_sentence(text, DAY) == (advice,)


def test_a_long_sentence_is_split_where_somebody_else_is_spoken_of() -> None:
    """At the end of the first whole part."""
    text = "南湖全年更新路灯2900盏，新建长椅1200张；北湖公园的13座码头和67艘游船去年年底以前已经全部完成了标准化改造。"
    found = review_sentence(text, DAY)[0]
    assert found.mark is Mark.TOO_LONG
    assert found.rewrite == (
        "南湖全年更新路灯2900盏，新建长椅1200张。北湖公园的13座码头和67艘游船去年年底以前已经全部完成了标准化改造。"
    )


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("前天，南湖公园开放。", ()),
        ("园林局局长周明远说，公园免费。", ()),
        ("她向派出所求助。", ("退休教师林可欣丢了健身卡。",)),
        ("", ()),
        ("感谢收听，我们明天见。", ()),
    ],
)
def test_a_good_sentence_is_left_alone(text: str, before: tuple[str, ...]) -> None:
    """Days as they are said, an office before the name, a pronoun whose name was heard."""
    assert review_sentence(text, DAY, before) == ()


def test_a_sentence_with_marks_gets_no_rewrite() -> None:
    """It would lose the readings that somebody set."""
    assert review_sentence("6月7日，重{chóng}庆南湖公园开放。", DAY) == (Advice(Mark.DAY, "6月7日"),)


SCRIPT = """---
show: demo
day: 2023-06-09
edition: morning
title: 每日简报
---

## 开场
[opening | 开场 | 晓伊 | ]

昨日，早上好。

## 内容提要
[headlines | 提要 | 晓伊 |  | story-1]

她丢了健身卡。

## 健身卡
[story-1 | 新闻 | 晓伊 | a1]

退休教师林可欣丢了健身卡。

她6月7日向派出所求助。
"""


def test_a_script_is_reviewed_story_by_story() -> None:
    """A headline stands alone, a story's sentence after those before it; greetings are not looked at."""
    reviewed = review_script(script.parse(SCRIPT))
    assert [(one.segment, one.text, [advice.mark for advice in one.advice]) for one in reviewed] == [
        ("内容提要", "她丢了健身卡。", [Mark.WHO]),
        ("健身卡", "她6月7日向派出所求助。", [Mark.DAY]),
    ]


def test_too_many_figures_are_parted_where_a_sentence_can_end() -> None:
    """The rewrite has two sentences with fewer figures each."""
    text = "南湖公园有3座桥、5个亭，占地70亩；北湖公园有7条路、9片林。"
    (advice,) = review_sentence(text, DAY)
    assert (advice.mark, advice.rewrite) == (
        Mark.FIGURES,
        "南湖公园有3座桥、5个亭，占地70亩。北湖公园有7条路、9片林。",
    )


@pytest.mark.parametrize(
    "text",
    [
        "考察队领队周明远介绍，队员将在一块浮冰上建立短期冰站，布放8套海冰浮标和2台水下滑翔机，连续观测6天，之后转往北边的另一处站位。",
        "受强冷空气影响，明天到后天全市气温将下降10到12摄氏度，山区和北部县乡还会有五到六级偏北风，农田里的蔬菜要注意防冻。",
    ],
)
def test_no_sentence_is_parted_behind_a_speaker_or_a_ground(text: str) -> None:
    """What leads to the next clause is no sentence."""
    rewrites = [advice.rewrite for advice in review_sentence(text, DAY)]
    assert not any(rewrite.startswith(text.split("，", maxsplit=1)[0] + "。") for rewrite in rewrites)


@pytest.mark.parametrize("text", ["接下来关注体育。", "再来看交通方面的消息。", "3月8日，丁女士去试戴手镯。"])
def test_a_transition_and_a_day_long_past_are_left_alone(text: str) -> None:
    """Neither lacks a subject nor would be said otherwise."""
    assert review_sentence(text, date(2025, 10, 21)) == ()
