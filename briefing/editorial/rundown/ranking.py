"""What a story weighs, with the reasons: each is a sentence's worth of ground and its points."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial.rundown import topics
from briefing.model import Reason, Story, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from briefing.editorial.rundown.settings import Settings
    from briefing.model import Article

FRONT_PAGE, TOP_OF_PAGE, LENGTH, EACH_SOURCE = 3.0, 2.0, 1.0, 1.5
HARD_NEWS, LIVELIHOOD, CEREMONY, SOFT, EACH_DAY_OLD, PIN = 1.5, 1.0, -1.0, -1.0, -1.0, 100.0
MOST_LENGTH = 1.0
"""Points that length gives at most: a long report is not news for being long."""
FOLLOW_UP = 0.5
EACH_ALIKE, MOST_ALIKE = -0.3, 4
"""Points that each further story of a topic loses, and after how many no more."""

_FRONT = re.compile(r"^(?:第?0*[1一]版?|A0*1版?|头版|要闻)$")
_HARD = re.compile(
    r"遇难|死亡|身亡|受伤|失踪|被困|获救|救[人援起]|营救|火灾|起火|爆炸|地震|暴雨|暴雪|台风|洪水|热浪|预警|滞留|封闭|停运|停产|召回|判决|宣判|被判|判处|处罚|罚款|查处|通报|施行|实施|执行|上调|下调|上涨|下跌|下降|增长|涨|跌|提高|开通|通车|启用|投用|竣工|完工|开工|合龙|对接|发射|恢复|暂停|取消|发现|首次|首[个条座家批例台]|突破|夺冠|险胜|闭幕|完成|追回|退[款还]|禁止|报名|开放|入选|查明|下水|上路"
)
_LIVELIHOOD = re.compile(
    r"安全|医院|学校|学位|小学|中学|托管|地铁|轨道交通|号线|公交|断头路|就业|养老|住房|老旧小区|电梯|消费券|物价|价格|供水|供电|供暖|食品|防汛|高温|暴雨|地震|救援|疫情|高考|中考|医保|社保|环境|空气质量|公园|停车|欠薪|诈骗|充电桩|过户|放学|报名|收费"
)
_CEREMONY = re.compile(
    r"(?:来我.|来[\u4e00-\u9fff]{2,4})?(?:考察|调研|会见|座谈|看望|慰问)|授牌|揭牌|(?:启动|签约)仪式|代表团来|会议(?:召开|举行)|(?:召开|举行)[^，]{0,12}会(?:议)?$|收官战|持续改善|高质量发展"
)
_SOFT = re.compile(
    r"见闻|侧记|走笔|纪实|故事|背影|旅程|力量|新生|“[^”]{4,}”$|为何|怎么|谁[在来]|何以|之路|的冬天|的春天|的夏天|的秋天|[？?]$"
)


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


def arranged(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Return the stories in the order of the air: those of one section together, by the weightiest of each.

    A visit or a ceremony without a result does not lead while there is other news.
    """
    first = next(
        (story for story in stories if not _is_visit(story) or story.reasons[0].what == "编辑指定"), None
    )
    rest = [story for story in stories if story is not first]
    groups: dict[str, list[Story]] = {}
    for story in [first, *rest] if first else rest:
        groups.setdefault(story.topic or story.article.id, []).append(story)
    return tuple(story for group in groups.values() for story in group)


def _is_visit(story: Story) -> bool:
    title = story.article.title
    return _CEREMONY.search(title) is not None and _HARD.search(title) is None


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
        yield Reason("编辑指定", PIN)
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
    headline = f"{lead.kicker} {lead.title}"
    if _HARD.search(headline):
        yield Reason("硬新闻", HARD_NEWS)
    if _LIVELIHOOD.search(headline):
        yield Reason("关系民生", LIVELIHOOD)
    if _CEREMONY.search(headline):
        yield Reason("公务活动", CEREMONY)
    if _SOFT.search(lead.title) and not _HARD.search(headline):
        yield Reason("特写、软新闻", SOFT)
    for word, points in sorted(settings.favoured.items()):
        if word in headline or word in lead.text:
            yield Reason(f"提到{word}", points)
