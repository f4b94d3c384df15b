"""Headlines: short sentences with the result, borne out by the story that they announce. All texts are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefing.editorial.composition import Wording, compose
from briefing.editorial.headlines import Fitness, Headline, write_headline
from briefing.model import Article, EditionKey, Kind, Sentence, Story

DAY = date(2024, 5, 8)
WORDING = Wording("每日简报", "青禾区")


def article(title: str, name: str = "a1") -> Article:
    """An article by its title."""
    return Article(name, "qinghe", title, ("正文。",), datetime(2024, 5, 8, tzinfo=UTC))


def write(title: str, *told: str) -> Headline:
    """The headline of a story whose sentences are given."""
    page = WORDING.page(article(title), DAY)
    return write_headline(article(title), [Sentence(text, (text,)) for text in told], page)


def test_a_title_with_the_result_that_the_story_bears_out_is_the_headline() -> None:
    """Its words stand in the story, and the lead says more than the title."""
    headline = write(
        "清溪河上的旧铁桥今年拆除重建",
        "昨天，青禾区交通局宣布，清溪河上用了六十年的旧铁桥将在今年9月拆除重建，工期14个月，总投资8600万元。",
    )
    assert (headline.text, headline.fitness) == ("清溪河上的旧铁桥今年拆除重建。", Fitness.GOOD)


def test_a_title_whose_figure_the_story_does_not_say_is_not_announced() -> None:
    """A printed title says two-day tickets where the story knows day tickets alone."""
    headline = write(
        "青禾灯会两日票明天起开售",
        "青禾灯会组委会宣布，灯会下月举行。",
        "单日票80元，每人限购4张，门票明天起开售。",
    )
    assert "两日票" not in headline.text or headline.fitness is Fitness.NAME


def test_two_parts_with_two_subjects_are_not_fused() -> None:
    """The court published cases; the wages were recovered by all the courts."""
    headline = write(
        "青禾法院发布欠薪案例 追回欠薪3.2亿元",
        "昨天，青禾法院召开新闻发布会，发布一批欠薪案例。",
        "去年，全省劳动部门检查企业6000多家，帮助追回欠薪3.2亿元。",
    )
    assert "青禾法院发布欠薪案例，追回" not in headline.text


def test_a_later_predicate_is_announced_with_its_subject() -> None:
    """The result may be the last of three predicates."""
    headline = write(
        "欠薪追回来没有？全区法院晒账单",
        "昨天，青禾法院公布清欠情况。",
        "今年全区法院审结欠薪案件210件，判处罪犯18人，追回欠薪4300万元。",
    )
    assert headline.text == "今年青禾区法院追回欠薪4300万元。"
    assert headline.rests_on[0] == "欠薪追回来没有？全区法院晒账单"


@pytest.mark.parametrize(
    "title",
    ["青禾区启动两个专项行动", "旧楼加梯 谁来出钱", "市住建委来我区考察交流相关工作", "灯会夜航点亮清溪河"],
)
def test_a_title_without_a_result_is_not_announced(title: str) -> None:
    """Acts without a result, questions and slogans name a chapter at most."""
    assert write(title, "最近，青禾区有一件事。").fitness is Fitness.NAME


def test_the_lead_is_not_announced_word_for_word() -> None:
    """A headline that says the lead again tells a listener one thing twice."""
    assert write("青禾区图书馆新馆开放", "青禾区图书馆新馆昨天开放。").fitness is Fitness.NAME


def test_where_some_headlines_are_fit_the_others_are_left_out() -> None:
    """The programme announces what can be announced; the other stories are told all the same."""
    told = [
        (
            "清溪河上的旧铁桥今年拆除重建",
            "昨天，青禾区交通局宣布，清溪河上用了六十年的旧铁桥将在今年9月拆除重建，工期14个月，总投资8600万元。",
        ),
        ("旧楼加梯 谁来出钱", "最近，青禾区有一件事。"),
    ]
    stories = [
        (Story(article(title, f"{n}f"), (), 1.0, (), 100), (Sentence(text, (text,)),))
        for n, (title, text) in enumerate(told)
    ]
    script = compose(EditionKey("demo", DAY, "morning"), WORDING, stories, ("晓伊",))
    headlines = next(segment for segment in script.segments if segment.kind is Kind.HEADLINES)
    assert [line.text for line in headlines.sentences[1:]] == ["清溪河上的旧铁桥今年拆除重建。"]
    assert sum(segment.kind is Kind.STORY for segment in script.segments) == len(told)
