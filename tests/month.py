"""A month of made-up news: events, some told by two papers, some that go on some days later, thin days among them.

Places, people and figures are made up.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from briefing.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST = date(2026, 3, 2)
DAYS = 30
THIN = frozenset({6, 13, 20, 27})
"""Days, counted from 0, on which hardly anything happened."""

STREETS = (
    "青石",
    "柳荫",
    "桐花",
    "望江",
    "听雨",
    "朝霞",
    "平湖",
    "翠屏",
    "金沙",
    "白塔",
    "南浦",
    "北苑",
    "松林",
    "竹溪",
    "梅岭",
    "兰亭",
    "荷塘",
    "菊园",
    "杏坛",
    "桃源",
)
THINGS = (
    ("养老服务中心启用", "养老服务中心正式启用，设有床位{a}张，配备护理人员{b}名", "首批{c}位老人已经入住"),
    ("小学新校区开学", "小学新校区正式开学，占地{a}亩，首批招收学生{d}名", "新校区可提供学位{c}个"),
    ("公交线路优化调整", "片区优化调整公交线路{b}条，新增站点{a}个", "居民平均候车时间缩短{c}分钟"),
    ("老旧小区改造完工", "老旧小区改造全面完工，惠及居民{d}户，加装电梯{b}部", "改造新增停车位{a}个"),
    ("湿地公园建成开放", "湿地公园建成开放，总面积{a}公顷，栽种乔木{d}株", "园内建有步道{b}公里"),
    ("产业园签约项目", "产业园集中签约项目{b}个，总投资{a}亿元", "项目投产后预计带动就业{d}人"),
    ("医院新门诊楼投用", "医院新门诊楼投入使用，建筑面积{d}平方米", "日均可接诊{c}人次"),
    ("高层建筑消防演练举行", "高层建筑消防演练举行，出动消防车{b}辆", "演练共排查隐患{a}处"),
)
"""Headline, opening and second sentence, each behind the name of a street."""

DETAILS = (
    "{s}街道工作人员周明远说，这项工作历时{x}个月，先后召开居民议事会{y}次，收集意见建议{z}条",
    "{s}街道为此投入资金{z}万元，组织施工队伍{x}支，安装各类设备{y}台",
    "下一步，{s}街道将在{x}个社区推广这一做法，计划覆盖居民{z}人",
    "{s}街道还将建立每{x}周一次的回访制度，年底前再完成{y}个同类项目",
)
LATER = (
    "{s}街道将根据{z}条群众意见，在年底前完成{x}项改进，开放时间每天延长{y}分钟",
    "记者从{s}街道了解到，志愿者增加到{z}名，每天服务{x}小时",
)


@dataclass(frozen=True)
class Day:
    """A day's articles, and which event each tells."""

    date: date
    articles: tuple[Article, ...]
    events: Mapping[str, str]
    thin: bool = False

    def event(self, article: Article) -> str:
        """The event's name."""
        return self.events.get(article.id, article.id)

    def moved(self, told: tuple[Article, ...]) -> set[str]:
        """Events of this day that were told before."""
        before = {one.id.split("/")[1] for one in told if "/" in one.id}
        return set(self.events.values()) & before


def days(seed: int) -> Iterator[Day]:
    """Thirty days; the same seed gives the same news."""
    dice = random.Random(seed)  # noqa: S311 - made-up news
    fresh = {thing: dice.sample(STREETS, len(STREETS)) * 2 for thing in range(len(THINGS))}
    going_on: dict[int, list[_Event]] = {}
    for number in range(DAYS):
        day, thin = FIRST + timedelta(days=number), number in THIN
        happened = [
            _Event(fresh[thing].pop(), thing, number) for thing in dice.sample(range(8), 1 if thin else 7)
        ]
        articles: list[Article] = []
        events: dict[str, str] = {}
        for event in happened:
            told = [
                event.told(day, source, dice) for source in ("paper", "other")[: 1 + (dice.random() < SHARED)]
            ]
            articles += told
            events |= {article.id: event.name for article in told}
            if dice.random() < MOVING:
                going_on.setdefault(number + dice.randint(2, 6), []).append(event)
        for event in () if thin else going_on.get(number, ()):
            later = event.later(day, dice)
            articles.append(later)
            events[later.id] = event.name
        yield Day(day, tuple(articles), events, thin)


SHARED, MOVING = 0.2, 0.25
"""Chances that another paper tells an event too, and that it goes on some days later."""


@dataclass(frozen=True)
class _Event:
    street: str
    thing: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.street}{self.thing}-{self.number}"

    @property
    def headline(self) -> str:
        return f"{self.street}{THINGS[self.thing][0]}"

    def told(self, day: date, source: str, dice: random.Random) -> Article:
        """What happened, in a paper's words; every paper has the same opening and details of its own."""
        same = random.Random(self.name)  # noqa: S311 - the figures of the event
        figures = {
            "a": same.randint(11, 99),
            "b": same.randint(3, 40),
            "c": same.randint(12, 95),
            "d": same.randint(120, 980),
        }
        _, first, second = THINGS[self.thing]
        told = [
            f"{day.month}月{day.day}日，{self.street}{first.format(**figures)}。",
            f"据介绍，{second.format(**figures)}。",
            *_details(DETAILS, self.street, dice),
        ]
        return self._article(day, source, self.headline, told)

    def later(self, day: date, dice: random.Random) -> Article:
        """How it went on."""
        told = [
            f"{self.headline}以来，累计服务群众{dice.randint(1000, 9000)}人次，满意度达{dice.randint(81, 99)}%。",
            *_details(LATER, self.street, dice),
        ]
        return self._article(day, "paper", f"{self.headline}首月情况公布", told)

    def _article(self, day: date, source: str, title: str, told: list[str]) -> Article:
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return Article(f"{source}/{self.name}/{day.isoformat()}", source, title, tuple(told), at, page="1版")


def _details(texts: tuple[str, ...], street: str, dice: random.Random) -> Iterator[str]:
    for text in texts:
        yield (
            text.format(s=street, x=dice.randint(2, 9), y=dice.randint(11, 29), z=dice.randint(100, 900))
            + "。"
        )
