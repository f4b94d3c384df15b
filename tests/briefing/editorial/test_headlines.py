"""Headlines: short sentences with the result, borne out by the story that they announce. All texts are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefing.editorial.composition import compose
from briefing.editorial.headline_names import name_city
from briefing.editorial.headlines import Fitness, Headline, write_headline
from briefing.editorial.show_wording import Wording
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
    assert write(title, "最近，青禾区有一件事。").fitness <= Fitness.PLAIN


def test_the_lead_is_not_announced_word_for_word() -> None:
    """A headline that says the lead again tells a listener one thing twice."""
    assert write("青禾区图书馆新馆开放", "青禾区图书馆新馆昨天开放。").fitness is Fitness.FAIR


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


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        (
            "首季网上零售额同比增长14.6% 青禾区农产品更快",
            "一季度网上零售额比去年同期增长14.6%，青禾区农产品更快。",
        ),
        ("青禾轮渡8月起停运 市民可乘缆车过江", "青禾轮渡8月起停运，市民可以坐缆车过江。"),
        ("四条断头路年内全部打通", "青禾区四条断头路年内将全部打通。"),
        ("青禾高速货车追尾客车 致3死11伤", "青禾高速货车追尾客车，造成3人死亡、11人受伤。"),
        ("法院：商家担责七成 青禾顾客跑步摔成骨折", "商家担责七成，青禾顾客跑步摔成骨折。"),
        ("青禾女足3∶2险胜 时隔六年重返四强", "青禾女足3比2险胜，时隔六年重返四强。"),
    ],
)
def test_a_printed_title_is_turned_for_the_ear(title: str, headline: str) -> None:
    """Words of print and of titles, time ahead, the place where none is named."""
    lead = "最近，青禾区公布了一件事，事情的经过和结果都写在这里，说的是别的词。"
    written = write(title, lead)
    assert (written.text, written.fitness) == (headline, Fitness.GOOD)


def test_the_line_above_opens_a_title_that_is_too_short() -> None:
    """Together they say who did what."""
    one = replace(article("法院：商家担责七成"), kicker="顾客在青禾跑步机上摔成骨折")
    told = [Sentence("去年5月，市民傅某在健身房使用跑步机。", ("正文。",))]
    assert write_headline(one, told, WORDING.page(one, DAY)).text == (
        "顾客在青禾跑步机上摔成骨折，商家担责七成。"
    )


def test_a_riddle_of_a_title_gives_way_to_the_news_of_its_story() -> None:
    """The first sentence with a result and a name."""
    headline = write(
        "羊羔“进学堂” 戴上电子耳标",
        "本周一，在青沟县阳坡牧场，360只刚断奶的羊羔戴上了电子耳标，每只羊的体重手机上随时能看。",
        "去年冬天，耳标提前发现了17只病羊。",
    )
    assert (headline.text, headline.fitness) == (
        "360只刚断奶的羊羔戴上了电子耳标。",
        Fitness.GOOD,
    )


def test_four_to_six_stories_are_announced() -> None:
    """The good ones; of more than six the strongest, in the order of the programme."""

    def announced(count: int) -> int:
        stories = [
            (
                Story(article(f"清溪河{n}号桥{n + 1}月通车", f"{n}f"), (), 1.0, (), 100),
                (
                    Sentence(
                        f"昨天，青禾区交通局宣布，清溪河上的{n}座旧铁桥有了新的安排，工期14个月。",
                        ("正文。",),
                    ),
                ),
            )
            for n in range(1, count + 1)
        ]
        script = compose(EditionKey("demo", DAY, "morning"), WORDING, stories, ("晓伊",))
        headlines = next(segment for segment in script.segments if segment.kind is Kind.HEADLINES)
        return len(headlines.stories)

    assert [announced(count) for count in (1, 4, 6, 9)] == [1, 4, 6, 6]


LEAD = "最近，青禾区公布了一件事，事情的经过和结果都写在这里，说的是别的词。"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("关了三年的北塘街 明天开工打通", "关了三年的北塘街明天开工打通。"),
        ("6万小学生视力免费检查 下周二开始", "青禾区6万小学生视力免费检查下周二开始。"),
        ("3比1逆转 码头联队捧起足球联赛冠军杯", "青禾区码头联队3比1逆转，捧起足球联赛冠军杯。"),
        ("苦战五局 红梅女排主场3比2险胜", "红梅女排主场3比2险胜。"),
        ("零下30℃还能照常工作 青禾大学研制出新型马达", "青禾大学研制出新型马达，零下30摄氏度还能照常工作。"),
        ("“河上旧影”特展明天开幕 63件文物首次亮相", "青禾区“河上旧影”特展明天开幕，63件文物首次亮相。"),
        ("12月起 20所学校操场周末开放", "12月起，青禾区20所学校操场周末开放。"),
        ("2月优良天数20天 降水量减少三成", "2月青禾区空气优良天数20天，降水量减少三成。"),
        ("30套公租房下周一起申请 租金不高于市场价60%", "青禾区30套公租房下周一开始申请，租金不高于市场价的60%。"),
        ("供暖延长到3月20日 28万户受益", "青禾区供暖延长到3月20日，28万户受益。"),
        ("区职校学子在全省技能大赛上摘得2金", "青禾区职校学生在全省技能大赛上获得2枚金牌。"),
        ("周末最低气温降到8℃", "周末青禾区最低气温降到8摄氏度。"),
    ],
)  # fmt: skip
def test_the_half_with_subject_and_verb_leads_a_divided_title(title: str, headline: str) -> None:
    """The subject is fetched from the other half, the day stays with its verb, the place stands before a subject."""
    written = write(title, LEAD)
    assert (written.text, written.fitness) == (headline, Fitness.GOOD)


def test_a_victory_names_who_was_beaten() -> None:
    """From a sentence of the story with the same score."""
    headline = write(
        "红梅女排主场3比2险胜",
        "昨天晚上，全国女排联赛第6轮，红梅女排以3比2险胜白沙女排，积分升到15分，排名从第五位升到第三位。",
    )
    assert headline.text == "红梅女排主场3比2险胜白沙女排。"


def test_a_passive_without_a_person_gets_his_trade() -> None:
    """A listener would take the owner of the dog for the bitten."""
    headline = write(
        "送货途中被狗扑倒咬伤 狗主人被判赔1.6万元",
        "狗主人冯某被判赔偿快递员邵某医疗费和误工费共计16000元，判决已经生效。",
        "去年3月，邵某到一个小区送货，被一只金毛犬扑倒，误工30天。",
    )
    assert headline.text == "快递员送货途中被狗扑倒咬伤，狗主人被判赔1.6万元。"


@pytest.mark.parametrize(
    "title", ["一根旧绳子 带他走完12公里", "推车途中被树枝砸伤 法院判赔9000元", "“跟单群”骗走两千多万"]
)
def test_a_title_that_names_nobody_is_not_announced(title: str) -> None:
    """A bare pronoun, a passive without a person, a nickname alone."""
    assert write(title, "最近，青禾区有一件事。").fitness <= Fitness.PLAIN


def test_a_pronoun_with_a_person_before_it_is_announced() -> None:
    """The listener knows who is meant."""
    assert write("老人摔倒 民警把他送回家", LEAD, "民警把老人送回家。").fitness is Fitness.GOOD


def test_a_scene_of_the_lead_is_no_headline() -> None:
    """Machines that drive up are not the news."""
    headline = write("一堵墙 一条路", "昨天，两台推土机开进青禾区北塘街南口，拆掉了一堵旧墙。")
    assert "开进" not in headline.text


@pytest.mark.parametrize(
    ("title", "told", "headline"),
    [
        ("../../etc/passwd", "昨天，清溪河上的旧铁桥拆了，新桥工期14个月。", "清溪河上的旧铁桥拆了。"),
        ("<img src=x onerror=alert(1)>好", "青禾区水库水位到38.2米。", "青禾区水库水位到38.2米。"),
        (
            "青禾区统计局12月1日发布数据",
            "昨天，青禾区统计局发布的数据显示，前三季度全区生产总值142.6亿元，比去年同期增长6.2%，高于全市。",
            "前三季度青禾区生产总值142.6亿元，比去年同期增长6.2%。",
        ),
    ],
)
def test_a_title_of_which_nothing_can_be_said_gives_way_to_the_first_fact(
    title: str, told: str, headline: str
) -> None:
    """Paths, markup, and titles that only announce; the chapter is named by the fact too."""
    written = write(title, "最近，有一件事。", told)
    assert (written.text, written.title) == (headline, headline.rstrip("。"))


@pytest.mark.parametrize(
    ("text", "body", "headline"),
    [
        ("旧铁桥明年拆除。", "昨天，区交通运输局宣布了这件事。", "青禾区旧铁桥明年拆除。"),
        ("12月起，旧铁桥停止通行。", "全区的货车要绕行。", "12月起，青禾区旧铁桥停止通行。"),
        ("旧铁桥明年拆除。", "这座桥在很远的地方。", "旧铁桥明年拆除。"),
        ("全球气温上升。", "全区也一样。", "全球气温上升。"),
        ("白沙市旧铁桥明年拆除。", "全区都知道。", "白沙市旧铁桥明年拆除。"),
    ],
)
def test_the_first_headline_has_the_city_of_an_article_that_is_of_it(
    text: str, body: str, headline: str
) -> None:
    """Unless it is of somewhere else, or names another place."""
    assert name_city(text, replace(article("旧铁桥"), paragraphs=(body,)), "青禾区") == headline
