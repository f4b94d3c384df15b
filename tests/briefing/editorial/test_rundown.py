"""The rundown: what is in, what is out and why, in which order, at what length."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from briefing.editorial import rundown
from briefing.editorial.rundown import Settings, news, ranking, same_events, story_kinds
from briefing.model import Article, Reason, Rundown, Story, han_count

DAY = datetime(2023, 6, 9, tzinfo=UTC)
SETTINGS = Settings(target=600, least=80, most=300, stories=6)
TOPICS = (
    "轨道九号线开通",
    "医院新院区启用",
    "老旧小区改造",
    "防汛演练举行",
    "招聘会送岗位",
    "马拉松开跑",
    "消费券发放",
    "公园建成开放",
)
WORDS = tuple("山水城林路桥楼站园区街坊湖江河岸湾港岛田村镇校院馆厅堂阁亭台塔门巷口坡岭峰谷泉溪洲滩")


def article(title: str, text: str = "", **more: object) -> Article:
    """An article of made-up words about its title; the same title gives the same text."""
    dice = random.Random(title)  # noqa: S311 - made-up text, not a secret
    body = text or f"6月8日，{title}。" + "".join(dice.choices(WORDS, k=320)) + "。"
    values = {"id": title, "source": "yuzhong", "published": DAY, **more}
    return Article(title=title, paragraphs=(body,), **values)  # type: ignore[arg-type]  # the values are a test's own


def day() -> list[Article]:
    """Eight different articles."""
    return [article(topic, position=at, page="2版") for at, topic in enumerate(TOPICS)]


def titles(chosen: Rundown) -> list[str]:
    """The stories' titles in order."""
    return [story.article.title for story in chosen.stories]


def whys(chosen: Rundown) -> dict[str, str]:
    """Why the others are out, by title."""
    return {dropped.article.title: dropped.why for dropped in chosen.dropped}


def test_every_article_is_in_or_out_with_its_reason() -> None:
    """Nothing is lost on the way."""
    chosen = rundown.choose([*day(), article("启事", "短。")], SETTINGS)
    told = {one.id for story in chosen.stories for one in (story.article, *story.others)}
    assert told | {dropped.article.id for dropped in chosen.dropped} == {*TOPICS, "启事"}
    assert all(whys(chosen).values())


def test_the_order_of_arrival_does_not_matter() -> None:
    """The same articles, shuffled, give the same rundown."""
    shuffled = day()
    random.Random(7).shuffle(shuffled)  # noqa: S311 - a fixed shuffle
    assert rundown.choose(shuffled, SETTINGS) == rundown.choose(day(), SETTINGS)


def test_the_lengths_add_up_to_the_target() -> None:
    """With enough news the stories fill the time exactly, and none is outside its limits."""
    chosen = rundown.choose(day(), SETTINGS)
    assert sum(story.budget for story in chosen.stories) == 600
    assert all(80 <= story.budget <= 300 for story in chosen.stories)


def test_what_does_not_fit_is_said_to_be_out_of_time() -> None:
    """The lightest stories are dropped when there is no time for all."""
    chosen = rundown.choose(day(), SETTINGS)
    assert titles(chosen) == [*chosen_order(chosen)]
    assert set(whys(chosen).values()) == {"时间不够"}
    assert len(chosen.stories) == 5


def chosen_order(chosen: Rundown) -> list[str]:
    """The stories by falling score."""
    return [story.article.title for story in sorted(chosen.stories, key=lambda story: -story.score)]


def test_a_thin_day_makes_a_short_programme() -> None:
    """Two short articles are not stretched: each gets a share of what it has."""
    chosen = rundown.choose(day()[:2], Settings(target=5000, most=900))
    assert [story.budget for story in chosen.stories] == [
        round(han_count(story.article.text) * 0.48) for story in chosen.stories
    ]


def test_an_empty_day_is_an_empty_rundown() -> None:
    """No article, no story, no error: whoever composes says that there is nothing to say."""
    assert rundown.choose([], SETTINGS) == Rundown((), ())


def test_the_front_page_leads() -> None:
    """A story of the front page comes before the same on another page, and says so."""
    pair = [article("江湾夜色", page="2版", position=3), article("山城新貌", page="1版", position=3)]
    chosen = rundown.choose(pair, SETTINGS)
    assert titles(chosen) == ["山城新貌", "江湾夜色"]
    assert Reason("头版", 3.0) in chosen.stories[0].reasons


def test_the_score_is_the_sum_of_the_reasons() -> None:
    """What an editor reads adds up."""
    for story in rundown.choose(day(), SETTINGS).stories:
        assert story.score == round(sum(reason.points for reason in story.reasons), 2)


def test_a_word_that_matters_to_the_show_counts() -> None:
    """Favoured words add the show's points, by name."""
    favoured = Settings(target=600, favoured={"马拉松": 9.0})
    best = rundown.choose(day(), favoured).stories[0]
    assert best.article.title == "马拉松开跑"
    assert Reason("提到马拉松", 9.0) in best.reasons


def test_an_editor_s_pin_and_ban_overrule_the_points() -> None:
    """A pinned article leads even if it is no news; a banned one is out."""
    chosen = rundown.choose(
        [*day(), article("停水公告")],
        Settings(pinned=frozenset({"停水公告"}), banned=frozenset({"马拉松开跑"})),
    )
    assert titles(chosen)[0] == "停水公告"
    assert whys(chosen)["马拉松开跑"] == "编辑不用"


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("短讯", "6月8日，南湖公园开放。", "太短：只有8字"),
        ("南湖街道停水公告", "", "是启事、公告一类，不是新闻"),
        ("遗失启事", "", "是启事、公告一类，不是新闻"),
        ("短评：让文明成为习惯", "", "是评论，不是新闻"),
        ("老屋", "我小时候住在一条老巷里。" * 12, "是副刊文章，不是新闻"),
        ("春天", "\n".join(["春风吹过山岗", "我在等花开"] * 8), "是副刊文章，不是新闻"),
    ],
)
def test_what_is_no_news_is_out(title: str, text: str, why: str) -> None:
    """Fragments, notices, opinion and literature are not broadcast."""
    one = article(title, text)
    parts = Article(one.id, one.source, title, tuple(one.text.split("\n")), DAY)
    assert whys(rundown.choose([parts], SETTINGS)) == {title: why}


def test_a_broken_article_is_out_unless_it_can_stand_alone() -> None:
    """Without its beginning an article is not understood; a show may let in those that are."""
    broken = article(
        "同学们迎来大考", "“加油！”同学们互相鼓劲。" + "考场外的人们静静地等着铃声。" * 8, complete=False
    )
    whole = article("灯会点亮江湾", complete=False)
    assert len(rundown.choose([broken, whole], SETTINGS).stories) == 0
    assert titles(rundown.choose([broken, whole], Settings(unfinished=True))) == ["灯会点亮江湾"]


def test_a_broken_article_that_concerns_people_is_told_by_its_title() -> None:
    """A title such as that of three new schools says enough; the reason says what is missing."""
    (story,) = rundown.choose([article("城东三所小学今秋招生", complete=False)], SETTINGS).stories
    assert Reason("原文不完整，按标题说", -0.5) in story.reasons
    assert story.budget <= 90


def test_one_event_in_two_papers_is_one_story() -> None:
    """The longer telling leads, the other stands with it, and both sources count."""
    opening = "6月8日，轨道交通9号线二期正式开通，线路全长12.8公里，设车站8座。"
    short = article("9号线二期开通", opening + "市民早早来到车站，站台上人来人往。" * 3, source="wanbao")
    long = article(
        "轨道9号线二期昨日开通运营", opening + "运营时间为6时30分至22时30分，高峰时段行车间隔4分50秒。" * 6
    )
    (story,) = rundown.choose([short, long], SETTINGS).stories
    assert story.article.id == long.id
    assert [other.id for other in story.others] == [short.id]
    assert Reason("2家媒体报道", 1.5) in story.reasons


def test_a_copy_adds_nothing_and_is_dropped() -> None:
    """The same text under another id is out, and names what it copies."""
    chosen = rundown.choose([article("公园开放"), article("公园开放", id="copy", source="wanbao")], SETTINGS)
    assert len(chosen.stories) == 1
    assert whys(chosen) == {"公园开放": "与《公园开放》相同"}


def test_what_was_broadcast_is_not_said_again() -> None:
    """An article of the last days, or the same under another id, is out."""
    old = [article("公园开放"), article("医院启用", id="old")]
    chosen = rundown.choose(
        [article("公园开放"), article("医院启用"), article("学校开学")], SETTINGS, earlier=old
    )
    assert titles(chosen) == ["学校开学"]
    assert set(whys(chosen).values()) == {"前几天播过"}


def test_yesterday_s_report_weighs_less() -> None:
    """Each day of age takes a point."""
    old = article("医院搬家", published=DAY - timedelta(days=1))
    chosen = rundown.choose([article("学校开学"), old], SETTINGS)
    assert Reason("1天前的报道", -1.0) in chosen.stories[1].reasons


def test_a_longer_programme_has_more_characters() -> None:
    """Six minutes at 4.5 characters a second, less what opening, headlines and closing take."""
    assert Settings.lasting(6).target == 1380
    assert Settings.lasting(6, rate=4.0).target == 1200


def test_many_articles_are_compared_only_where_they_are_alike() -> None:
    """Among two thousand articles each event is found once, and the copy is found too."""
    many = [article(f"{a}{b}{c}新闻") for a in WORDS[:12] for b in WORDS[12:25] for c in WORDS[25:38]]
    told, copies = same_events.merged([*many, article(many[5].title, id="twin")])
    assert len(told) == len(many)
    assert [dropped.article.title for dropped in copies] == [many[5].title]


def test_my_own_story_is_told_from_news_with_a_voice_in_it() -> None:
    """我 inside a quotation, and 我区, do not make an article literature."""
    voices = article(
        "公园开放",
        "6月8日，我区南湖公园开放。“我很高兴，我天天来，我家就在这里，我妈也来。”市民说。"
        + "园里有湖有桥。" * 8,
    )
    assert news.objection(voices, SETTINGS) == ""


def _weighed(title: str, score: float, topic: str = "") -> Story:
    """A story of a weight and a section."""
    return Story(article(title, "正文。"), (), score, (Reason("头版", score),), 100, topic=topic)


def test_stories_of_one_section_stand_together() -> None:
    """The order of the air keeps the weightiest of each section in its place."""
    stories = [
        _weighed("球赛", 5.0, "体育"),
        _weighed("书展", 4.0, "文化"),
        _weighed("游泳", 3.0, "体育"),
        _weighed("别的", 2.0),
    ]
    ordered = ranking.arranged(stories)
    assert [story.article.title for story in ordered] == ["球赛", "游泳", "书展", "别的"]


def test_a_visit_without_a_result_does_not_lead() -> None:
    """Other news comes first; where there is none, the visit leads after all."""
    visit = _weighed("市领导来我区调研", 6.0)
    ordered = ranking.arranged([visit, _weighed("大桥通车", 5.0)])
    assert [story.article.title for story in ordered] == ["大桥通车", "市领导来我区调研"]
    assert ranking.arranged([visit]) == (visit,)


def test_visits_and_praise_are_left_out_where_there_is_enough_news() -> None:
    """Each with its reason; a pinned one stays."""
    lesser = [article("邻市政协来我区考察交流"), article("最美社工的坚守")]
    chosen = rundown.choose([*day()[:4], *lesser], SETTINGS)
    assert whys(chosen)["邻市政协来我区考察交流"] == "公务往来，标题里没有结果"
    assert whys(chosen)["最美社工的坚守"] == "是表扬，没有新闻"
    pinned = Settings(target=600, stories=6, pinned=frozenset({"邻市政协"}))
    assert "邻市政协来我区考察交流" in titles(rundown.choose([*day()[:4], *lesser], pinned))


def test_a_visit_is_told_last_where_there_is_little_news() -> None:
    """On a thin day it is better than nothing, behind what there is."""
    chosen = rundown.choose([article("邻市政协来我区考察交流", page="1版"), article("书画展开展")], SETTINGS)
    assert titles(chosen) == ["书画展开展", "邻市政协来我区考察交流"]


@pytest.mark.parametrize(
    ("title", "official"),
    [
        ("市委常委会召开会议", True),
        ("市领导率队督导安全生产", True),
        ("市人大常委会会议闭幕 任命两名副市长", False),
        ("全市中学生运动会开幕", False),
        ("两国外长会见记者", False),
    ],
)
def test_official_acts_without_a_result_are_known(title: str, official: bool) -> None:  # noqa: FBT001 - a table
    """A meeting that appoints somebody is news, and so are heads of state."""
    assert story_kinds.is_official(article(title)) is official


def test_the_forecast_is_told_last_and_a_storm_that_did_harm_is_not() -> None:
    """Whatever they weigh."""
    chosen = rundown.choose(
        [
            article("明起三天有雨 气温下降", page="1版"),
            article("书画展开展"),
            article("暴雨致两条公交停运"),
        ],
        SETTINGS,
    )
    assert titles(chosen) == ["暴雨致两条公交停运", "书画展开展", "明起三天有雨 气温下降"]


def test_not_more_than_two_stories_of_a_section_follow_one_another() -> None:
    """While there are others."""
    stories = [_weighed(f"球赛{n}", 9.0 - n, "体育") for n in range(3)] + [_weighed("书展", 1.0, "文化")]
    assert [story.topic for story in ranking.arranged(stories)] == ["体育", "体育", "文化", "体育"]


def test_a_story_that_cannot_be_told_gives_its_place_to_the_next() -> None:
    """Its reason stands among those left out."""
    ranked = rundown.rank_articles(day(), Settings(target=600, stories=2))
    first = rundown.fit_stories(ranked, Settings(target=600, stories=2))
    silent = first.stories[0].article
    second = rundown.fit_stories(ranked, Settings(target=600, stories=2), {silent.id: "说不清"})
    assert len(second.stories) == len(first.stories) == 2
    assert whys(second)[silent.title] == "说不清"


def test_what_cost_lives_stands_before_everything_else() -> None:
    """A crash on the second place leads over a new bus line on the first."""
    bus = article("57路公交下周一开通", page="2版", position=0)
    crash = article("高速一货车追尾客车 致3死11伤", page="2版", position=1)
    chosen = rundown.choose([bus, crash], SETTINGS)
    assert titles(chosen)[0] == crash.title
    assert Reason("有人伤亡或遇险", 3.0) in chosen.stories[0].reasons


@pytest.mark.parametrize(
    "text",
    [
        "6月8日，听力中心为市民做了检测。前50名到店读者凭本报可以领取名额，购机最高补贴4000元。"
        + "专家在场。" * 4,
        "6月8日，听力中心为市民做了检测，市民说早该来了。本栏目内容由广告客户提供。" + "专家在场。" * 4,
    ],
)
def test_an_advertisement_in_the_dress_of_news_is_out(text: str) -> None:
    """By what it offers, or by its own small print."""
    assert "广告" in whys(rundown.choose([article("听力不好别硬扛", text)], SETTINGS))["听力不好别硬扛"]
