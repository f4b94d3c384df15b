"""Acts of the scheduler on an edition: its stages, by rule instead of by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions import edition_decisions, gathering, stages
from briefing.errors import BriefingError, NothingToSay, SourceError
from briefing.model import Act, Stage

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping

    from briefing.editions.show_context import Progress, ShowContext
    from briefing.model import EditionKey, Rundown

    Stages = Mapping[Act, Callable[[ShowContext, EditionKey, Progress], str]]
    """What is done for each act; returns what there is to say of it, in English, empty when there is nothing."""


class StageParked(BriefingError):  # noqa: N818 - the name is what became of the stage
    """The process is to stop: the stage is left at a point from which it can go on."""


class StoppableProgress:
    """Progress that parks a stage when the process is to stop."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping

    def chose(self, chosen: Rundown) -> None:
        """Go on: the rundown is in the script."""
        del chosen
        self._go_on()

    def spoke(self, done: int, total: int) -> None:
        """Go on, or park: one more sentence is in the cache."""
        self._go_on(f"{done} of {total} sentences are spoken")

    def step(self, what: str) -> None:
        """Park before a long part, which is a good point to stop."""
        self._go_on(what)

    def _go_on(self, where: str = "") -> None:
        if self._stopping.is_set():
            raise StageParked(f"the process was to stop: {where}" if where else "the process was to stop")


def _do_gather(context: ShowContext, key: EditionKey, progress: Progress) -> str:
    """Gather and return the troubles of sources; raise `SourceError` if no news came and some were in trouble."""
    if context.store.editions.find_standing(key).stage is not Stage.NEW:
        gathering.gather_more(context, key, progress)
        return _source_troubles(context)
    try:
        gathering.gather(context, key, progress)
    except NothingToSay as error:
        if _source_troubles(context):
            raise SourceError(f"{error}") from error
        raise
    return _source_troubles(context)


def _source_troubles(context: ShowContext) -> str:
    states = [context.store.sources.find_state(name) for name in context.sources]
    return "; ".join(f"source {state.name}: {state.trouble}" for state in states if state.trouble)


def _do_draft(context: ShowContext, key: EditionKey, progress: Progress) -> str:
    """Draft with late articles and return the troubles of sources."""
    gathering.gather_more(context, key, progress)
    stages.draft(context, key, progress)
    return _source_troubles(context)


def _do_refresh(context: ShowContext, key: EditionKey, progress: Progress) -> str:
    """Draft again if there is news that the last draft lacks; if that fails, keep the last one."""
    new = gathering.gather_more(context, key, progress)
    try:
        if new:
            stages.draft(context, key, progress)
    except StageParked:
        raise
    except (BriefingError, OSError) as error:
        return f"the last draft stays: {error}"
    return _source_troubles(context)


def _do_render(context: ShowContext, key: EditionKey, progress: Progress) -> str:
    """Approve by the show's rule if nobody did, render, and return notes on voices for listeners."""
    if context.store.editions.find_standing(key).stage is Stage.DRAFTED:
        edition_decisions.approve_by_rule(context, key)
    return "".join(stages.render(context, key, progress).notes)


def _do_publish(context: ShowContext, key: EditionKey, progress: Progress) -> str:
    del progress
    stages.publish(context, key)
    return ""


def _do_hold(context: ShowContext, key: EditionKey, progress: Progress) -> str:
    del progress
    edition_decisions.hold(context, key)
    return ""


STAGES: Stages = {
    Act.GATHER: _do_gather,
    Act.DRAFT: _do_draft,
    Act.REFRESH: _do_refresh,
    Act.RENDER: _do_render,
    Act.PUBLISH: _do_publish,
    Act.HOLD: _do_hold,
}
"""What the clock does; skipping is its own matter."""
