"""The script around the stories: what is said, by whom, and in which order."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

import pytest

from briefing.editorial.composition import compose, headline
from briefing.editorial.show_wording import Wording
from briefing.errors import ConfigError, NothingToSay
from briefing.model import Article, EditionKey, Kind, Script, Sentence, Story

KEY = EditionKey("demo", date(2023, 6, 9), "morning")
WORDING = Wording("每日简报", "渝中区", credits={"yuzhong": "渝中报"})


def story(title: str, name: str = "1a2b3c4d5e6f", source: str = "yuzhong") -> Story:
    """A story by its title."""
    article = Article(name, source, title, ("正文。",), datetime(2023, 6, 9, tzinfo=UTC))
    return Story(article, (), 1.0, (), 100)


def told(count: int) -> list[tuple[Story, tuple[Sentence, ...]]]:
    """So many stories of one sentence each."""
    return [
        (story(f"消息{n}", f"{n}a2b3c4d5e6f"), (Sentence(f"第{n}件事。", ("原文。",)),))
        for n in range(1, count + 1)
    ]


def lines(script: Script, kind: Kind) -> list[str]:
    """What is said in the first segment of a kind."""
    return [sentence.text for sentence in next(s for s in script.segments if s.kind is kind).sentences]


def test_the_opening_greets_names_the_day_the_anchors_and_the_machine() -> None:
    """Greeting, programme, date with weekday, who speaks, and the label that the law asks for."""
    assert lines(compose(KEY, WORDING, told(2), ("晓伊", "云希")), Kind.OPENING) == [
        "早上好，欢迎收听《每日简报》。",
        "今天是2023年6月9日，星期五。",
        "我是晓伊，和我一起为您播报的是云希。",
        "本节目由人工智能合成播报。",
    ]


def test_one_anchor_introduces_only_herself() -> None:
    """No second anchor is invented."""
    assert "我是晓伊。" in lines(compose(KEY, WORDING, told(1), ("晓伊",)), Kind.OPENING)


def test_the_greeting_is_the_edition_s() -> None:
    """The show's own greeting for an edition wins; else the hour's."""
    evening = EditionKey("demo", date(2023, 6, 9), "evening")
    assert WORDING.greeting("evening") == "晚上好"
    own = Wording("每日简报", greetings={"evening": "傍晚好"})
    assert (
        lines(compose(evening, own, told(1), ("晓伊",)), Kind.OPENING)[0] == "傍晚好，欢迎收听《每日简报》。"
    )


def test_the_headlines_are_one_line_a_story_and_rest_on_the_titles() -> None:
    """Each headline names the printed title as its source."""
    segment = compose(KEY, WORDING, told(2), ("晓伊", "云希")).segments[1]
    assert segment.kind is Kind.HEADLINES
    assert segment.sentences == (
        Sentence("今天的主要内容有："),
        Sentence("消息1。", ("消息1",)),
        Sentence("消息2。", ("消息2",)),
    )


def test_the_anchors_take_turns() -> None:
    """Story by story, the first anchor first."""
    segments = compose(KEY, WORDING, told(3), ("晓伊", "云希")).segments
    assert [segment.anchor for segment in segments if segment.kind is Kind.STORY] == ["晓伊", "云希", "晓伊"]


def test_a_story_keeps_its_sentences_and_a_stable_id() -> None:
    """The id comes from the article's, the sentences stand as they were written."""
    segment = compose(KEY, WORDING, told(1), ("晓伊",)).segments[2]
    assert segment.id == "story-1a2b3c4d"
    assert segment.articles == ("1a2b3c4d5e6f",)
    assert segment.sentences == (Sentence("第1件事。", ("原文。",)),)


def test_two_articles_of_alike_ids_get_two_segment_ids() -> None:
    """Ids in a script are unique, whatever the articles are called."""
    twins = [
        (story("一", "1a2b3c4d-x"), (Sentence("甲。"),)),
        (story("二", "1a2b3c4d-y"), (Sentence("乙。"),)),
    ]
    ids = [segment.id for segment in compose(KEY, WORDING, twins, ("晓伊",)).segments]
    assert ids == ["opening", "headlines", "story-1a2b3c4d", "story-1a2b3c4d-2", "closing"]


def test_the_closing_credits_each_source_once() -> None:
    """The papers are credited by the names that the show gives them."""
    stories = [*told(2), (story("另一条", "f0", "wanbao"), (Sentence("丙。"),))]
    assert (
        lines(compose(KEY, WORDING, stories, ("晓伊",)), Kind.CLOSING)[0]
        == "以上内容来自《渝中报》、《wanbao》。"
    )


def test_a_story_that_could_not_be_told_is_left_out() -> None:
    """No headline and no segment for a story without sentences."""
    script = compose(KEY, WORDING, [*told(1), (story("空的", "e0"), ())], ("晓伊",))
    assert [segment.title for segment in script.segments if segment.kind is Kind.STORY] == ["消息1"]


def test_a_day_without_stories_is_no_programme() -> None:
    """Nothing to say is an error, not an empty episode."""
    with pytest.raises(NothingToSay):
        compose(KEY, WORDING, [(story("空的"), ())], ("晓伊",))


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("生态环境质量持续改善 推动绿色低碳高质量发展", "生态环境质量持续改善，推动绿色低碳高质量发展。"),
        ("我区启动两个专项行动", "渝中区启动两个专项行动。"),
        ("长沙市政协来我区考察", "长沙市政协来渝中区考察。"),
        ("3500余名考生迎来“人生大考”", "3500多名考生迎来“人生大考”。"),
        ("高温来了,怎么防?", "高温来了，怎么防？"),
        ("南湖公园开放（组图）", "南湖公园开放。"),
        ("快讯｜轨道交通9号线\u3000今日开通", "轨道交通9号线今天开通。"),
        ("一江碧水——清溪河治理纪实", "一江碧水，清溪河治理纪实。"),
        ("停电{停9}<b>通知</b>", "停电通知。"),
    ],
)
def test_a_title_becomes_a_sentence_for_the_ear(title: str, said: str) -> None:
    """Parts are joined by commas, brackets and marks that could be obeyed are gone, 我区 is the place."""
    assert headline(story(title), WORDING, KEY.day) == said


def test_a_source_s_own_place_wins() -> None:
    """我区 in another paper is another district."""
    wording = Wording("每日简报", "渝中区", places={"wanbao": "江北区"})
    assert headline(story("我区下雨", source="wanbao"), wording, KEY.day) == "江北区下雨。"


def test_the_same_stories_give_the_same_script() -> None:
    """Composing is a pure function."""
    assert compose(KEY, WORDING, told(4), ("晓伊", "云希")) == compose(
        KEY, WORDING, told(4), ("晓伊", "云希")
    )


def test_a_show_may_bring_its_own_words() -> None:
    """A template of the show's replaces ours."""
    own = Wording("每日简报", closing="{{ title }}完。")
    assert lines(compose(KEY, own, told(1), ("晓伊",)), Kind.CLOSING) == ["每日简报完。"]


@pytest.mark.parametrize("template", ["{{ nobody }}", "{% for %}", "{{ title.__class__.__mro__ }}"])
def test_a_template_that_cannot_be_filled_in_is_named(template: str) -> None:
    """An unknown value, broken syntax and a way out of the sandbox are errors of the configuration."""
    with pytest.raises(ConfigError) as refused:
        compose(KEY, Wording("每日简报", closing=template), told(1), ("晓伊",))
    assert str(refused.value).startswith("the template for closing cannot be filled in")


@pytest.mark.parametrize(
    ("first", "last", "opening", "closing"),
    [
        ("本期由人工智能生成。", "", ["本期由人工智能生成。"], []),
        ("", "本期由AI合成。", [], ["本期由AI合成。"]),
        ("由AI合成。", "由AI合成。", ["由AI合成。"], ["由AI合成。"]),
        ("", "", [], []),
    ],
)
def test_the_label_is_said_where_the_show_wants_it(
    first: str, last: str, opening: list[str], closing: list[str]
) -> None:
    """In the show's words, at the start, the end, both, or not at all."""
    wording = Wording("每日简报", label_first=first, label_last=last)
    script = compose(KEY, wording, told(1), ("晓伊",))
    assert [line for line in lines(script, Kind.OPENING) if "成。" in line] == opening
    assert [line for line in lines(script, Kind.CLOSING) if "成。" in line] == closing


def test_a_template_without_a_place_for_the_label_gets_it_all_the_same() -> None:
    """A show's own words cannot lose it by mistake."""
    wording = Wording("每日简报", opening="大家好。", closing="再见。", label_last="本期由AI合成。")
    script = compose(KEY, wording, told(1), ("晓伊",))
    assert lines(script, Kind.OPENING) == ["大家好。", "本节目由人工智能合成播报。"]
    assert lines(script, Kind.CLOSING) == ["再见。", "本期由AI合成。"]


def test_no_two_days_in_a_row_open_alike_and_a_thin_day_says_so() -> None:
    """Within the show's templates: the greeting, the order of the day, the line before the headlines."""
    days = [EditionKey("demo", date(2023, 6, day), "morning") for day in range(9, 15)]
    openings = [lines(compose(key, WORDING, told(2), ("晓伊",)), Kind.OPENING)[0] for key in days]
    assert all(one != other for one, other in itertools.pairwise(openings))
    assert len(set(openings)) == 3
    thin = compose(KEY, WORDING, told(1), ("晓伊",), thin=True)
    assert "今天的新闻不多，节目会短一些。" in lines(thin, Kind.OPENING)
