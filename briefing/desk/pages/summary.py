"""An edition at a glance: where it stands, how long it is, what needs a person, and what happens by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.desk.chinese_errors import CLASSES, explain_text
from briefing.desk.chinese_names import STAGES
from briefing.desk.pages import presenters
from briefing.desk.pages.presenters import Fact, Need
from briefing.editions import lease, review, utterances
from briefing.editions.context import script_of
from briefing.editions.review import UNLABELLED
from briefing.errors import SourceError
from briefing.model import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from briefing.editions.context import Production
    from briefing.mandarin import Lexicon
    from briefing.model import EditionKey, Script

SOURCE_TROUBLE = CLASSES[SourceError]

OPEN = frozenset({Stage.DRAFTED, Stage.HELD})
"""The stages in which a person still has to decide."""


OVER = {
    Stage.PUBLISHED: "",
    Stage.WITHDRAWN: "已撤回：改稿子、重启都不会再播，只有主编按“重新播出”才会。",
}
"""The stages in which the clock does nothing more, and what the page says of that."""


@dataclass(frozen=True, slots=True)
class Card:
    """What Today shows of an edition; `address` is its script's, '' while there is none."""

    title: str
    address: str
    stage: Stage
    stage_name: str
    facts: tuple[Fact, ...]
    needs: tuple[Need, ...]
    rule: str
    open: bool
    recorded: bool


def address(key: EditionKey) -> str:
    """Where an edition's script is at the desk."""
    return f"/desk/editions/{key.show}/{key.day.isoformat()}/{key.edition}"


def title(production: Production, key: EditionKey) -> str:
    """The edition as people call it."""
    return f"{production.show.title} {presenters.edition(key.edition)}"


def card(production: Production, key: EditionKey, now: datetime) -> Card:
    """All that Today shows of an edition."""
    standing = production.store.standing(key)
    drafted = standing.revision > 0
    return Card(
        title=title(production, key),
        address=address(key) if drafted else "",
        stage=standing.stage,
        stage_name=STAGES[standing.stage],
        facts=tuple(_facts(production, key, now, drafted=drafted)),
        needs=needs(production, key, now),
        rule=rule(production, key, standing.stage, now),
        open=standing.stage in OPEN,
        recorded=production.store.recording(key) is not None,
    )


def downloads(production: Production, key: EditionKey) -> int:
    """How often listeners have fetched it, where the house counts."""
    name = f"{key.day}-{key.edition}"
    return sum(one.count for one in production.store.downloads(key.show, key.day) if one.episode == name)


def _facts(production: Production, key: EditionKey, now: datetime, *, drafted: bool) -> Iterator[Fact]:
    air = production.air_time(key)
    times = production.hours[key.edition].times(key.day)
    aired = production.store.standing(key).stage is Stage.PUBLISHED
    yield Fact(
        "播出", f"{air:%H:%M}", "" if aired else presenters.left(air - now), off=not aired and now >= air
    )
    if times and now < times.render:
        yield Fact("最晚录制", f"{times.render:%H:%M}", presenters.left(times.render - now))
    if not drafted:
        yield Fact("收到稿件", f"{len(production.store.articles(key))} 篇")
        return
    length = review.length(production, key)
    target = f"应为 {presenters.lasts(length.target)}" if length.target else ""
    yield Fact("时长", presenters.lasts(length.seconds), target, off=bool(length.why))
    if count := downloads(production, key):
        yield Fact("下载", f"{count} 次")
    newest = production.store.scripts(key)[-1]
    saved = newest.saved.astimezone(air.tzinfo)
    yield Fact("稿子", f"第 {newest.revision} 版", f"{newest.author} {saved:%H:%M}")


def needs(production: Production, key: EditionKey, now: datetime) -> tuple[Need, ...]:
    """What a person should look at, the gravest first."""
    return (*_needs_of_script(_Seen.of(production, key)), *_needs_of_making(production, key, now))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the needs of a script follow from: while it is the same, they are."""

    folder: Path
    key: EditionKey
    revision: int
    recorded: bool
    articles: tuple[str, ...]
    lexicon: Lexicon
    production: Production = field(compare=False)

    @classmethod
    def of(cls, production: Production, key: EditionKey) -> _Seen:
        store = production.store
        return cls(
            production.folder,
            key,
            store.standing(key).revision,
            store.recording(key) is not None,
            tuple(one.id for one in store.articles(key)),
            production.lexicon,
            production,
        )


@lru_cache(maxsize=32)
def _needs_of_script(seen: _Seen) -> tuple[Need, ...]:
    return tuple(_looked_for(seen.production, seen.key)) if seen.revision else ()


def _looked_for(production: Production, key: EditionKey) -> Iterator[Need]:
    said = script_of(production, key)
    places = {sentence.text: one.id for one in said.segments for sentence in one.sentences}
    for doubt in review.doubts(production, key):
        told = f"{doubt.kind}“{doubt.what}”在原文里找不到：{doubt.sentence}"
        yield Need(told, places.get(doubt.sentence, ""), doubt.sentence)
    if why := review.length(production, key).why:
        yield Need(why)
    if review.unlabelled(production, key):
        yield Need(UNLABELLED)
    for printed, char in utterances.misread(production, key):
        yield Need(
            f"“{char.char}”应读 {char.chosen}，但这个声音做不到：{printed}",
            places.get(printed, ""),
            printed,
        )
    if count := presenters.doubtful(said, production.lexicon):
        yield Need(f"{count} 处读音不确定", _first_doubtful(said, production))


def _first_doubtful(said: Script, production: Production) -> str:
    """The first segment in which a reading is not certain."""
    for segment in said.segments:
        for sentence in segment.sentences:
            if any(not one.sure for one in presenters.spoken(sentence.text, production.lexicon).choices):
                return segment.id
    return ""


def _needs_of_making(production: Production, key: EditionKey, now: datetime) -> Iterator[Need]:
    """What went wrong around the script: voices that had to be replaced, sources that could not be read."""
    recording = production.store.recording(key)
    yield from (Need(note) for note in (recording.notes if recording else ()))
    for name in production.sources:
        state = production.store.source_state(name)
        if state.trouble and state.failed and now - state.failed < timedelta(days=1):
            why = explain_text(state.trouble, SOURCE_TROUBLE)
            yield Need(f"来源“{production.wording.credits.get(name) or name}”读不到：{why}")


def rule(production: Production, key: EditionKey, stage: Stage, now: datetime) -> str:
    """What goes on with it, or what the clock does with it if nobody does anything."""
    holder = production.store.lease(str(key))
    if holder and not lease.gone(holder, now):
        return "正在处理这一期：可能是定时任务、命令行，也可能是别人。做完以前不能录制、播出。"
    if stage in OVER:
        return OVER[stage]
    if production.store.episode(key):
        return "听众听到的还是改动以前的一版；按“更正”才会换上。"
    hours = production.hours[key.edition]
    times = hours.times(key.day)
    if times is None:
        return "这一天没有这一期；要播请自己录制、播出。"
    if now > times.latest:
        return f"{times.latest:%H:%M}以后不再自动补播；要播请自己录制、播出。"
    at = f"{times.publish:%H:%M}" if now < times.publish else "马上"
    told = {
        Stage.DRAFTED: f"到{at}还没有人批准，就暂缓不播。"
        if hours.holds
        else f"没有人批准，{at}就照最新一版播出。",
        Stage.HELD: f"暂缓中：没有人放行就不播；{times.latest:%H:%M}以后作罢。",
        Stage.APPROVED: f"已批准：马上录制，{at}播出。",
        Stage.VOICED: f"已录制：{at}播出。",
    }
    return told.get(stage, "")
