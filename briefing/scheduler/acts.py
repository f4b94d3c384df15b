"""What each act of the clock does to an edition: the stages of the pipeline, by rule instead of by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions import decisions, gathering, stages
from briefing.errors import BriefingError, NothingToSay, SourceError
from briefing.model import Act, Stage

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping

    from briefing.editions.context import Production, Progress
    from briefing.model import EditionKey, Rundown

    Stages = Mapping[Act, Callable[[Production, EditionKey, Progress], str]]
    """What is done for each act; returns what there is to say of it, in English, empty when there is nothing."""


class Parked(BriefingError):  # noqa: N818 - the name is what became of the stage
    """The process is to stop: the stage is left where it can go on."""


class Stopping:
    """A pipeline's progress that parks the stage when the process is to stop."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping

    def chose(self, chosen: Rundown) -> None:
        """The rundown is in the script."""
        del chosen
        self._go_on()

    def spoke(self, done: int, total: int) -> None:
        """A sentence more is in the cache."""
        self._go_on(f"{done} of {total} sentences are spoken")

    def step(self, what: str) -> None:
        """Before something that takes a while is a good place to stop."""
        self._go_on(what)

    def _go_on(self, where: str = "") -> None:
        if self._stopping.is_set():
            raise Parked(f"the process was to stop: {where}" if where else "the process was to stop")


def _gather(production: Production, key: EditionKey, progress: Progress) -> str:
    """Returns what was wrong with the sources; raises `SourceError` where no news came, but some were in trouble."""
    if production.store.standing(key).stage is not Stage.NEW:
        gathering.gather_more(production, key, progress)
        return _troubles(production)
    try:
        gathering.gather(production, key, progress)
    except NothingToSay as error:
        if _troubles(production):
            raise SourceError(f"{error}") from error
        raise
    return _troubles(production)


def _troubles(production: Production) -> str:
    states = [production.store.source_state(name) for name in production.sources]
    return "; ".join(f"source {one.name}: {one.trouble}" for one in states if one.trouble)


def _draft(production: Production, key: EditionKey, progress: Progress) -> str:
    """With what came since the first gathering; returns what was wrong with the sources."""
    gathering.gather_more(production, key, progress)
    stages.draft(production, key, progress)
    return _troubles(production)


def _refresh(production: Production, key: EditionKey, progress: Progress) -> str:
    """A new draft if there is news that the last one did not know; where that fails, the last one goes out."""
    new = gathering.gather_more(production, key, progress)
    try:
        if new:
            stages.draft(production, key, progress)
    except Parked:
        raise
    except (BriefingError, OSError) as error:
        return f"the last draft stays: {error}"
    return _troubles(production)


def _render(production: Production, key: EditionKey, progress: Progress) -> str:
    """Approved by the show's rule, if nobody did; returns what listeners are told of the voices."""
    if production.store.standing(key).stage is Stage.DRAFTED:
        decisions.approve_by_rule(production, key)
    return "".join(stages.render(production, key, progress).notes)


def _publish(production: Production, key: EditionKey, progress: Progress) -> str:
    del progress
    stages.publish(production, key)
    return ""


def _hold(production: Production, key: EditionKey, progress: Progress) -> str:
    del progress
    decisions.hold(production, key)
    return ""


STAGES: Stages = {
    Act.GATHER: _gather,
    Act.DRAFT: _draft,
    Act.REFRESH: _refresh,
    Act.RENDER: _render,
    Act.PUBLISH: _publish,
    Act.HOLD: _hold,
}
"""What the clock does; skipping is its own matter."""
