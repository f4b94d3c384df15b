"""A whole draft: of the right length, true to its sources, and the same each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from briefing.editorial import drafting, script_length
from briefing.editorial.contradictions import find_contradictions, list_contradictions
from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.rundown import Settings
from briefing.editorial.rundown.tellable import choose_tellable
from briefing.editorial.show_wording import Wording
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.editorial.writer.faithful import Merged, RoundedFigures
from briefing.model import Article, EditionKey, Kind, Script, Segment, Sentence, Story, han_count
from tests import month

KEY = EditionKey("demo", date(2026, 3, 2), "morning")
CREDITS = {"paper": "滨河日报", "other": "云岭晚报"}
PLACES = {"paper": "滨河区", "other": "滨河区"}
WORDING = Wording("每日简报", places=PLACES, credits=CREDITS)
GUARDS = PaperGuard(KEY.day, PLACES, CREDITS)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


class Saying:
    """A writer that says what it was told to."""

    def __init__(self, *sentences: Sentence) -> None:
        self._sentences = sentences

    def write(self, _story: Story) -> tuple[Sentence, ...]:
        """Say it."""
        return self._sentences


def article(title: str, *paragraphs: str, source: str = "paper", days: int = 0) -> Article:
    """An article printed so many days before."""
    return Article(f"{source}-{title}", source, title, paragraphs, NOON - timedelta(days=days))


BRIDGE = article(
    "滨河大桥通车",
    "3月1日，滨河大桥正式通车，全长1200米，双向6车道。",
    "大桥总投资8.5亿元，建设历时3年，比计划提前2个月完工。",
    "通车后，从滨河区到火车站的车程由40分钟缩短到15分钟。",
)
TWIN = article(
    "滨河大桥通车",
    "3月1日，滨河大桥正式通车，全长1200米，双向6车道。",
    "首日通行车辆2.3万辆次，交警部门在两端增设了12处标志。",
    source="other",
)


def story(*articles: Article, budget: int = 120) -> Story:
    """A story of these articles."""
    return Story(articles[0], articles[1:], 1.0, (), budget)


def test_another_paper_adds_what_it_knows_and_is_credited() -> None:
    """A figure that the first does not have, in the second's words, within the budget."""
    sentences = Merged(BuiltInWriter(KEY.day, PLACES), CREDITS).write(story(BRIDGE, TWIN, budget=140))

    assert sentences[-1] == Sentence(
        "另据《云岭晚报》报道，首日通行车辆2.3万辆次，交警部门在两端增设了12处标志。",
        ("首日通行车辆2.3万辆次，交警部门在两端增设了12处标志。",),
    )
    assert sum(han_count(sentence.text) for sentence in sentences) <= 140
    assert GUARDS.doubts(sentences[-1], (BRIDGE, TWIN)) == ()


def test_a_paper_that_prints_another_figure_is_told_to_differ() -> None:
    """Neither figure is taken for true; the sentence rests on both papers, and the guard bears it out."""
    other = replace(TWIN, paragraphs=("3月1日，滨河大桥正式通车，全长1250米，双向6车道。",))
    sentences = Merged(BuiltInWriter(KEY.day, PLACES), CREDITS).write(story(BRIDGE, other, budget=160))

    assert sentences[-1].text == "《云岭晚报》报道的数字不同：全长1250米。"
    assert sentences[-1].rests_on == (
        "3月1日，滨河大桥正式通车，全长1250米，双向6车道。",
        "3月1日，滨河大桥正式通车，全长1200米，双向6车道。",
    )
    assert GUARDS.doubts(sentences[-1], (BRIDGE, other)) == ()


def test_an_editor_is_told_what_two_papers_print_differently() -> None:
    """With the segment whose articles they are."""
    other = replace(TWIN, paragraphs=("3月1日，滨河大桥正式通车，全长1250米。",))
    segment = Segment(
        "story-1", Kind.STORY, "滨河大桥通车", "晓伊", (Sentence("通车了。"),), (BRIDGE.id, other.id)
    )
    script = Script(KEY, "每日简报", (segment,))
    assert list_contradictions(script, (BRIDGE, other)) == (
        ("story-1", "两篇报道数字不同：全长1200米，全长1250米"),
    )


def test_a_show_may_have_its_figures_rounded() -> None:
    """Around any writer; where the round ones do not fit the budget they stay exact."""
    exact = Saying(Sentence("全区更新路灯2983盏。", ("原文。",)))
    assert [one.text for one in RoundedFigures(exact).write(story(BRIDGE))] == ["全区更新路灯将近3000盏。"]
    assert RoundedFigures(exact).write(story(BRIDGE, budget=7)) == exact.write(story(BRIDGE))


@pytest.mark.parametrize(
    ("one", "other", "naming"),
    [
        ("事故造成3人死亡。", "目前已有4人死亡，11人受伤。", ["人死亡"]),
        ("总投资8.5亿元。", "工程总投资约8.6亿元。", []),
        ("总投资8.5亿元。", "工程总投资9.5亿元。", ["总投资元"]),
        ("一期投资8亿元，二期投资9亿元。", "投资17亿元。", []),
        ("新增学位1620个。", "新增学位1,620个。", []),
    ],
)
def test_figures_of_one_thing_are_compared(one: str, other: str, naming: list[str]) -> None:
    """Deaths whatever stands before them, measures by their names; rounded ones may be near, several are left alone."""
    found = find_contradictions(replace(BRIDGE, paragraphs=(one,)), replace(TWIN, paragraphs=(other,)))
    assert [item.naming for item in found] == naming


def test_a_paper_that_knows_no_more_is_not_quoted() -> None:
    """The same figures twice are padding."""
    same = replace(TWIN, paragraphs=BRIDGE.paragraphs[:2])
    told = Merged(BuiltInWriter(KEY.day, PLACES), CREDITS).write(story(BRIDGE, same, budget=140))

    assert not any("另据" in sentence.text for sentence in told)


def drafted(day: month.Day, earlier: tuple[Article, ...] = ()) -> drafting.Drafted:
    """The draft of a made-up day at three minutes."""
    key = EditionKey("demo", day.date, "morning")
    writer = Merged(BuiltInWriter(day.date, PLACES), CREDITS)
    return drafting.draft(key, day.articles, earlier, SETTINGS, WORDING, writer, ("晓伊", "云希"))


SETTINGS = Settings.lasting(3)


def test_a_month_of_programmes() -> None:
    """No event twice, follow-ups said where they are true, never too long, short with a reason, nothing doubted."""
    told: list[tuple[date, Article]] = []
    for day in month.days(seed=1):
        week = tuple(article for at, article in told if day.date - at <= timedelta(days=7))
        draft = drafted(day, week)
        events = [day.event(one.article) for one in draft.rundown.stories]
        assert len(events) == len(set(events)), day.date
        assert {day.event(one.article) for one in draft.rundown.stories if one.earlier} == set(
            events
        ) & day.moved(week)
        assert not {one.article.id for one in draft.rundown.stories} & {one.id for one in week}
        length = script_length.measure_length(draft.script, SETTINGS)
        assert bool(length.why) == (abs(length.seconds / 180 - 1) > script_length.FAR)
        assert length.seconds <= (1 + script_length.FAR) * length.target
        assert length.why or not day.thin, (day.date, length)
        assert doubts(draft, day) == []
        told += [(day.date, one) for item in draft.rundown.stories for one in (item.article, *item.others)]


def doubts(draft: drafting.Drafted, day: month.Day) -> list[str]:
    """What the guard finds in a draft."""
    guards = PaperGuard(day.date, PLACES, CREDITS)
    by_id = {one.id: one for one in day.articles}
    return [
        f"{doubt}: {sentence.text}"
        for segment in draft.script.segments
        for sentence in segment.sentences
        for doubt in guards.doubts(sentence, [by_id[name] for name in segment.articles])
    ]


def test_the_same_day_gives_the_same_draft() -> None:
    """Whatever order the articles come in."""
    day = next(iter(month.days(seed=2)))
    turned = replace(day, articles=day.articles[::-1])

    assert drafted(day) == drafted(turned)


def test_a_follow_up_says_so() -> None:
    """Before its first sentence, with the headline that was told, which it rests on."""
    before = article("滨河大桥通车", *BRIDGE.paragraphs, days=2)
    later = article(
        "滨河大桥通车首周车流超预期",
        "滨河大桥通车首周，累计通行车辆16万辆次，比预期多4万辆次，早高峰平均车速38公里。",
        "滨河大桥通车后，周边3条道路的拥堵时间减少25分钟，交警部门将在两端再增设8处标志。",
    )
    day = month.Day(KEY.day, (later,), {})

    script = drafted(day, (before,)).script

    (told,) = [segment for segment in script.segments if segment.kind is Kind.STORY]
    said = [sentence for sentence in told.sentences if "此前" in sentence.text]
    assert said == [Sentence("此前我们报道过滨河大桥通车，今天接着关注。", ("滨河大桥通车",))]


class Silent:
    """Writer that tells nothing of one article, and knows why."""

    def __init__(self, title: str) -> None:
        """Keep the title of which nothing is told."""
        self.title = title
        self.writer = BuiltInWriter(KEY.day, PLACES)

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """Return nothing of the one article."""
        return () if story.article.title == self.title else self.writer.write(story)

    def explain_silence(self, story: Story) -> str:
        """Return why."""
        return "说不清" if story.article.title == self.title else ""


def test_a_story_of_which_the_writer_says_nothing_is_left_out_with_the_reason() -> None:
    """In the draft, in what the editor sees, and through what merges papers."""
    day = next(iter(month.days(seed=3)))
    usual = choose_tellable(day.articles, (), SETTINGS, BuiltInWriter(day.date, PLACES))
    untold = usual.stories[0].article
    silent = Merged(Silent(untold.title), CREDITS)

    draft = drafting.draft(KEY, day.articles, (), SETTINGS, WORDING, silent, ("晓伊",))
    chosen = choose_tellable(day.articles, (), SETTINGS, silent)

    for rundown in (draft.rundown, chosen):
        assert untold.id not in {story.article.id for story in rundown.stories}
        assert {one.why for one in rundown.dropped if one.article == untold} == {"说不清"}
