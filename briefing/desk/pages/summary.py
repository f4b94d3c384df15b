"""An edition at a glance: where it stands, how long it is, what needs a person, and what happens by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.desk.editing import readings, script_revisions
from briefing.desk.jobs.edition_status import EditionStatus, describe_status
from briefing.desk.pages import presenters
from briefing.desk.pages.edition_names import edition_address, edition_title
from briefing.desk.pages.presenters import EditionFact, OpenNeed
from briefing.editions import utterances
from briefing.editions.approvals import script_review
from briefing.editions.approvals.claims import check_segments
from briefing.editions.approvals.script_review import UNLABELLED
from briefing.editions.show_context import script_of
from briefing.editorial.contradictions import list_contradictions
from briefing.editorial.follow_rundown import find_misfits
from briefing.model import Stage
from briefing.monitoring.chinese_errors import SOURCE_TROUBLE, explain_text
from briefing.monitoring.chinese_names import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from briefing.desk.jobs.background_jobs import EditionJob
    from briefing.editions.show_context import ShowContext
    from briefing.mandarin import Lexicon
    from briefing.model import EditionKey, Script

OPEN = frozenset({Stage.DRAFTED, Stage.HELD})
"""The stages in which a person still has to decide."""


@dataclass(frozen=True, slots=True)
class EditionCard:
    """Card of an edition on Today; `address` is its script's, '' while there is none."""

    title: str
    address: str
    stage: Stage
    stage_name: str
    facts: tuple[EditionFact, ...]
    needs: tuple[OpenNeed, ...]
    status: EditionStatus
    open: bool
    recorded: bool


def make_card(context: ShowContext, key: EditionKey, now: datetime, job: EditionJob | None) -> EditionCard:
    """All that Today shows of an edition."""
    standing = context.store.editions.find_standing(key)
    drafted = standing.revision > 0
    return EditionCard(
        title=edition_title(context, key),
        address=edition_address(key) if drafted else "",
        stage=standing.stage,
        stage_name=STAGES[standing.stage],
        facts=tuple(_list_facts(context, key, now, drafted=drafted)),
        needs=list_needs(context, key, now),
        status=describe_status(context, key, job),
        open=standing.stage in OPEN,
        recorded=context.store.recordings.find_recording(key) is not None,
    )


def count_downloads(context: ShowContext, key: EditionKey) -> int:
    """Return how often listeners have fetched it, where the newsroom counts."""
    name = f"{key.day}-{key.edition}"
    return sum(
        download.count
        for download in context.store.downloads.list_downloads(key.show, key.day)
        if download.episode == name
    )


def _list_facts(
    context: ShowContext, key: EditionKey, now: datetime, *, drafted: bool
) -> Iterator[EditionFact]:
    air = context.air_time(key)
    times = context.hours[key.edition].times(key.day)
    aired = context.store.editions.find_standing(key).stage is Stage.PUBLISHED
    yield EditionFact(
        "播出",
        f"{air:%H:%M}",
        "" if aired else presenters.format_time_left(air - now),
        off=not aired and now >= air,
    )
    if times and now < times.render:
        yield EditionFact(
            "最晚录制", f"{times.render:%H:%M}", presenters.format_time_left(times.render - now)
        )
    if not drafted:
        yield EditionFact("收到稿件", f"{len(context.store.articles.list_articles(key))} 篇")
        return
    length = script_review.length(context, key)
    target = f"应为 {presenters.format_length(length.target)}" if length.target else ""
    yield EditionFact("时长", presenters.format_length(length.seconds), target, off=bool(length.why))
    if count := count_downloads(context, key):
        yield EditionFact("下载", f"{count} 次")
    if (cost := context.store.model_costs.find_cost(key)) and cost.requests:
        money = f"{cost.yuan:.2f} 元 · " if cost.yuan else ""
        yield EditionFact(
            "大模型", f"{cost.tokens} token", f"{money}{cost.requests} 次 · {cost.seconds:.0f} 秒"
        )
    newest = script_revisions.newest_draft(context, key)
    saved = newest.saved.astimezone(air.tzinfo)
    yield EditionFact("稿子", f"第 {newest.revision} 版", f"{newest.author} {saved:%H:%M}")


def list_needs(context: ShowContext, key: EditionKey, now: datetime) -> tuple[OpenNeed, ...]:
    """Return what a person should look at, the gravest first."""
    return (
        *_cached_script_needs(_ScriptState.of(context, key)),
        *_list_making_needs(context, key, now),
    )


@dataclass(frozen=True, slots=True)
class _ScriptState:
    """State that the needs of a script follow from: while it is the same, they are."""

    folder: Path
    key: EditionKey
    revision: int
    recorded: bool
    articles: tuple[str, ...]
    verified: tuple[str, ...]
    lexicon: Lexicon
    context: ShowContext = field(compare=False)

    @classmethod
    def of(cls, context: ShowContext, key: EditionKey) -> _ScriptState:
        store = context.store
        return cls(
            context.folder,
            key,
            store.editions.find_standing(key).revision,
            store.recordings.find_recording(key) is not None,
            tuple(article.id for article in store.articles.list_articles(key)),
            tuple(store.desk.verified_sentences(key)),
            context.lexicon,
            context,
        )


@lru_cache(maxsize=32)
def _cached_script_needs(seen: _ScriptState) -> tuple[OpenNeed, ...]:
    return tuple(_list_script_needs(seen.context, seen.key)) if seen.revision else ()


def _list_script_needs(context: ShowContext, key: EditionKey) -> Iterator[OpenNeed]:
    script = script_of(context, key)
    places = {sentence.text: segment.id for segment in script.segments for sentence in segment.sentences}
    for check in check_segments(context, key, script.segments):
        if check.grave:
            yield OpenNeed(f"{'；'.join(check.doubts)}：{check.text}", check.segment, check.text)
    for misfit in find_misfits(script):
        yield OpenNeed(f"{misfit.why}：{misfit.sentence}", misfit.segment, misfit.sentence)
    for segment, text in list_contradictions(script, context.store.articles.list_articles(key)):
        yield OpenNeed(text, segment)
    if why := script_review.length(context, key).why:
        yield OpenNeed(why)
    if script_review.unlabelled(context, key):
        yield OpenNeed(UNLABELLED)
    for printed, char in utterances.misread(context, key):
        yield OpenNeed(
            f"“{char.char}”应读 {char.chosen}，但这个声音做不到：{printed}",
            places.get(printed, ""),
            printed,
        )
    if count := readings.count_doubtful(script, context.lexicon):
        yield OpenNeed(f"{count} 处读音不确定", _first_doubtful(script, context))


def _first_doubtful(said: Script, context: ShowContext) -> str:
    """The first segment in which a reading is not certain."""
    for segment in said.segments:
        for sentence in segment.sentences:
            if any(
                not choice.sure for choice in readings.read_sentence(sentence.text, context.lexicon).choices
            ):
                return segment.id
    return ""


def _list_making_needs(context: ShowContext, key: EditionKey, now: datetime) -> Iterator[OpenNeed]:
    """Return what went wrong around the script: voices that had to be replaced, sources that could not be read."""
    recording = context.store.recordings.find_recording(key)
    yield from (OpenNeed(note) for note in (recording.notes if recording else ()))
    for name in context.sources:
        state = context.store.sources.find_state(name)
        if state.trouble and state.failed and now - state.failed < timedelta(days=1):
            why = explain_text(state.trouble, SOURCE_TROUBLE)
            yield OpenNeed(f"来源“{context.wording.credits.get(name) or name}”读不到：{why}")
