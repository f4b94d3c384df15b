"""Words that take something for granted: explained by what was said, or not said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from briefing.editorial.writer import judging
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.editorial.writer.choice import presupposing
from briefing.editorial.writer.style import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.model import Story

DAY = date(2023, 6, 9)


@pytest.mark.parametrize(
    "text",
    [
        "执法人员责令其退还押金。",
        "半小时后，两个人一起走出山谷。",
        "相关论文前天发表。",
        "愿意加入的市民，可以到社区登记。",
        "这几家店都已经关门。",
        "那姑娘来老街做了徒弟。",
    ],
)
def test_a_sentence_that_points_back_needs_the_one_before_it(text: str) -> None:
    """Whose deposit, which two: the printed sentence before says it."""
    assert presupposing.needs_previous(text)


@pytest.mark.parametrize(
    "text",
    ["男子落水后，民警将其救出。", "其中两人受伤。", "其他路段照常通行。", "这次展览免费。"],
)
def test_a_sentence_that_explains_itself_needs_none(text: str) -> None:
    """An antecedent in the same sentence, or none wanted."""
    assert not presupposing.needs_previous(text)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("逾期缴费的，有3个月等待期。", "缴费到12月31日截止。"),
        ("派出所接警后冻结了账户。", "一名老人被骗走10万元。"),
        ("新溶剂的价格高出一倍。", "团队换上了一种含氟溶剂。"),
        ("货车司机李某已经连续开了5个小时。", "后面的货车没有刹住。"),
        ("当事人对判决没有异议。", "法院昨天判决了这起纠纷。"),
    ],
)
def test_words_are_clear_once_their_noun_was_heard(text: str, heard: str) -> None:
    """The same words without it are not."""
    assert presupposing.find_unexplained(text, heard) is None
    assert presupposing.find_unexplained(text, "昨天下了雨。") is not None


@pytest.mark.parametrize(
    "text",
    [
        "昨天，家住南湖的方老伯向《渝中报》反映。",
        "法院查明，2021年6月到2022年4月。",
        "搜救犬发现第一名被困者，到下午3点35分。",
        "昨天，县医疗保障局发布通告。",
        "不少家长担心安全。",
        "本报将继续关注工程进展。",
        "利润为6亿元，和去年同期的亏损相比。",
    ],
)
def test_a_sentence_without_what_was_said_or_done_is_refused(text: str) -> None:
    """Its object or its event was cut off."""
    assert judging.find_objection(text) != ""


@pytest.mark.parametrize(
    "text",
    ["全年没有接到一起投诉。", "开放时间为周二到周日，上午9点到下午5点。", "民警向老人介绍了防骗的办法。"],
)
def test_a_sentence_with_it_is_not(text: str) -> None:
    """Nor is one that gives opening hours."""
    assert judging.find_objection(text) == ""


def test_a_year_is_not_doubled_and_the_day_goes_before_the_plan() -> None:
    """报名从明年明年2月10日, 将于12月6日在."""
    assert plain_words.say_phrases("报名从明年明年2月10日开始。") == "报名从明年2月10日开始。"
    assert plain_words.say_phrases("话剧将于12月6日在剧院首演。") == "话剧12月6日将在剧院首演。"


def test_the_case_is_told_before_the_police_act_on_it(story: Callable[..., Story]) -> None:
    """接警后 without the fraud would leave a listener guessing."""
    text = (
        "昨天，渝中区公安局举行返还活动，向37名群众返还被骗资金213万元。\n"
        "今年4月，吴某网购木材时被人分6次骗走58万元。\n"
        "反诈中心接警后紧急止付，冻结涉案账户11个，抓获犯罪嫌疑人3名。"
    )
    heard = said(story(text, "公安局向37名群众返还被骗资金", 130))
    assert "接警后" not in heard or "骗走58万元" in heard.partition("接警后")[0]


def test_a_title_gets_no_day_of_another_event(story: Callable[..., Story]) -> None:
    """叶菜半个月涨了两成 did not happen 昨天."""
    text = "昨天，市民刘女士在菜场买了两把青菜。\n记者发现，青菜价格每斤已经卖到5元。"
    assert "昨天，叶菜" not in said(story(text, "叶菜半个月涨了两成", 60))


def test_an_event_is_said_once_where_the_text_tells_its_title(story: Callable[..., Story]) -> None:
    """The title is not said right before the sentence with the same words."""
    text = "渝中区公交集团昨天发布消息，为配合南站启用，下周一起对12条公交线路进行调整。\n新开的9路从南站开往大学城。"
    assert said(story(text, "12条公交线路下周一起调整", 80)).count("12条公交线路") == 1


def test_a_notice_says_what_stands_behind_it(story: Callable[..., Story]) -> None:
    """发布通告 and its contents are one sentence, and 下周一起 is no 一起."""
    text = "昨天，区医疗保障局发布通告，明年度医疗保险集中缴费期从下周一起，到12月31日结束。"
    assert "发布通告说，" in said(story(text, "医保集中缴费开始", 80))
    assert "下周一开始" in said(story(text, "医保集中缴费开始", 80))


def test_a_lead_names_a_case_as_new(story: Callable[..., Story]) -> None:
    """这起 and 那堵 point to what no listener has heard of."""
    case = "昨天，渝中区人民法院判决了这起健康权纠纷案，健身房赔偿8.6万元。"
    wall = "昨天上午，两台挖掘机开进南湖路，拆掉了那堵立了14年的围墙。"
    assert "判决了一起健康权纠纷案" in said(story(case, "健身房赔偿8.6万元", 60))
    assert "拆掉了一堵立了14年的围墙" in said(story(wall, "南湖路拆掉围墙", 60))


def said(story: Story) -> str:
    """Return the text of a story."""
    writer = BuiltInWriter(DAY, {story.article.source: "渝中区"}, {story.article.source: "渝中报"})
    return "".join(sentence.text for sentence in writer.write(story))
