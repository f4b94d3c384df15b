"""What a story weighs, with the reasons: each is a sentence's worth of ground and its points."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial.rundown import story_kinds, topics
from briefing.model import Dropped, Reason, Story, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefing.editorial.rundown.settings import Settings
    from briefing.model import Article

FRONT_PAGE, TOP_OF_PAGE, LENGTH, EACH_SOURCE = 3.0, 2.0, 1.0, 1.5
GRAVE, HARD_NEWS, LIVELIHOOD, EACH_DAY_OLD, PIN = 3.0, 2.0, 1.5, -1.0, 100.0
OFFICIAL, SOFT, PRAISE, FAR, BY_TITLE = -2.0, -1.5, -1.5, -0.5, -0.5
MOST_LENGTH = 1.0
"""Points that length gives at most: a long report is not news for being long."""
FOLLOW_UP = 0.5
ENOUGH = 3
"""Other stories from which visits and praise are left out."""
IN_A_ROW = 2
"""Stories of one section that follow one another at most, while there are others."""
PINNED = "编辑指定"
EACH_ALIKE, MOST_ALIKE = -0.3, 4
"""Points that each further story of a topic loses, and after how many no more."""

_FRONT = re.compile(r"^(?:第?0*[1一]版?|A0*1版?|头版|要闻)$")


def ranked(
    told: Sequence[tuple[Article, ...]], settings: Settings, followed: Mapping[str, Article]
) -> tuple[Story, ...]:
    """Stories without a length yet, the weightiest first; `followed` is what was told before, by article id."""
    newest = max((article.moment for group in told for article in group), default=None)
    stories = [_story(group, settings, newest, followed) for group in told]
    return _varied(sorted(stories, key=_order))


def _order(story: Story) -> tuple[float, str, int, str]:
    return -story.score, story.article.page, story.article.position, story.article.id


def _varied(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Each further story of one topic loses a little, so that a programme is not all of one thing."""
    counts: Counter[str] = Counter()
    varied = []
    for story in stories:
        counts[story.topic] += bool(story.topic)
        if (nth := counts[story.topic]) > 1:
            reason = Reason(f"第{nth}条{story.topic}新闻", round(EACH_ALIKE * min(nth - 1, MOST_ALIKE), 2))
            score = round(story.score + reason.points, 2)
            varied.append(replace(story, score=score, reasons=(*story.reasons, reason)))
        else:
            varied.append(story)
    return tuple(sorted(varied, key=_order))


def without_lesser(ranked: Sequence[Story]) -> tuple[tuple[Story, ...], tuple[Dropped, ...]]:
    """Return the stories without visits and praise, where there is enough other news, and those left out."""
    lesser = {story.article.id: why for story in ranked if (why := _why_lesser(story))}
    if len(ranked) - len(lesser) < ENOUGH:
        return tuple(ranked), ()
    kept = tuple(story for story in ranked if story.article.id not in lesser)
    dropped = (
        Dropped(article, lesser[story.article.id])
        for story in ranked
        if story.article.id in lesser
        for article in (story.article, *story.others)
    )
    return kept, tuple(dropped)


def _why_lesser(story: Story) -> str:
    if _is_pinned(story):
        return ""
    if story_kinds.is_visit(story.article):
        return "公务往来，标题里没有结果"
    return "是表扬，没有新闻" if story_kinds.is_praise(story.article) else ""


def arranged(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Return the stories in the order of the air: what matters most first, a section together, the weather last.

    Official acts without a result, praise and features follow the news, whatever they weigh; an editor's pin stays.
    """
    news = [story for story in stories if _rank_of(story) == NEWS]
    later = sorted((story for story in stories if _rank_of(story) != NEWS), key=_rank_of)
    return (*_by_section(news), *later)


NEWS = 0


def _rank_of(story: Story) -> int:
    """Return in which part of the programme a story stands: 0 the news, then what is lighter, the weather last."""
    article = story.article
    if _is_pinned(story):
        return NEWS
    if story_kinds.is_forecast(article):
        return 3
    if story_kinds.is_official(article):
        return 2
    return int(story_kinds.is_feature(article) or story_kinds.is_praise(article))


def _is_pinned(story: Story) -> bool:
    return any(reason.what == PINNED for reason in story.reasons)


def _by_section(stories: Sequence[Story]) -> list[Story]:
    """Return the stories with those of one section together, by the weightiest of each, never three in a row."""
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(story.topic or story.article.id, []).append(story)
    ordered: list[Story] = []
    while groups:
        for name in tuple(groups):
            ordered += groups[name][:IN_A_ROW]
            groups[name] = groups[name][IN_A_ROW:]
        groups = {name: rest for name, rest in groups.items() if rest}
    return ordered


def _story(
    group: tuple[Article, ...], settings: Settings, newest: datetime | None, followed: Mapping[str, Article]
) -> Story:
    lead, *others = group
    earlier = next((followed[article.id] for article in group if article.id in followed), None)
    reasons = (
        *_reasons(group, settings, newest),
        *([Reason("此前报道过，有新消息", FOLLOW_UP)] if earlier else []),
    )
    score = round(sum(reason.points for reason in reasons), 2)
    return Story(lead, tuple(others), score, reasons, budget=0, earlier=earlier, topic=topics.topic(lead))


def _reasons(group: tuple[Article, ...], settings: Settings, newest: datetime | None) -> Iterator[Reason]:
    """Why a story has its place."""
    lead = group[0]
    if any(map(settings.pins, group)):
        yield Reason(PINNED, PIN)
    if any(_FRONT.match(article.page) for article in group):
        yield Reason("头版", FRONT_PAGE)
    position = min(article.position for article in group)
    if lead.page or lead.url == "":
        # The place on a page is an editor's judgement in print; on a site it only says what came last.
        name = "版面头条" if position == 0 else f"版面第{position + 1}条"
        yield Reason(name, round(TOP_OF_PAGE / (1 + position), 2))
    length = han_count(lead.text)
    yield Reason(f"篇幅{length}字", round(min(MOST_LENGTH, LENGTH * math.log2(1 + length / 400)), 2))
    sources = len({article.source for article in group})
    if sources > 1:
        yield Reason(f"{sources}家媒体报道", EACH_SOURCE * (sources - 1))
    yield from _about(lead, settings)
    days = (newest - lead.moment).days if newest else 0
    if days:
        yield Reason(f"{days}天前的报道", EACH_DAY_OLD * days)


def _about(lead: Article, settings: Settings) -> Iterator[Reason]:
    """Reasons in what the article is about."""
    kinds = (
        ("有人伤亡或遇险", GRAVE, story_kinds.is_grave(lead)),
        ("硬新闻", HARD_NEWS, story_kinds.is_hard(lead) and not story_kinds.is_official(lead)),
        ("关系民生", LIVELIHOOD, story_kinds.touches_people(lead) and not story_kinds.is_official(lead)),
        ("公务活动，没有结果", OFFICIAL, story_kinds.is_official(lead)),
        ("特写、软新闻", SOFT, story_kinds.is_feature(lead)),
        ("表扬", PRAISE, story_kinds.is_praise(lead)),
        ("外地消息", FAR, story_kinds.comes_from_wire(lead)),
        ("原文不完整，按标题说", BY_TITLE, not lead.complete),
    )
    for what, points, holds in kinds:
        if holds:
            yield Reason(what, points)
    for word, points in sorted(settings.favoured.items()):
        if word in f"{lead.kicker} {lead.title}" or word in lead.text:
            yield Reason(f"提到{word}", points)
