"""Alarm for scheduler and stages: remembers what people know, and never raises.

A trouble is told when it was met as often as the configuration says, again when the cooldown is over, at once when it
became urgent, and once more when it is over. What is wrong is kept in the store, so that a restart tells nothing twice
and forgets nothing. An alarm that fails is a line in the log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from briefing.errors import AlarmFailed
from briefing.monitoring.alarms.events import Severity
from briefing.monitoring.alarms.log_alarm import LogAlarm
from briefing.storage.store import Ailment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.model import AlarmKind
    from briefing.monitoring.alarms.events import Alarm, Event
    from briefing.storage.store import Store

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ThrottleRules:
    """Limits on how often people are told.

    `after` says at which failure of a kind (the first where it says nothing), `cooldown` how long until the same is told
    again.
    """

    after: Mapping[AlarmKind, int] = field(default_factory=dict)
    cooldown: timedelta = timedelta(hours=1)


class ThrottleDecision(NamedTuple):
    """State of a trouble after an event, and whether the event is to be told."""

    ailment: Ailment | None
    tell: bool


def decide_notification(before: Ailment | None, event: Event, rules: ThrottleRules) -> ThrottleDecision:
    """Decide whether an event is to be told (pure)."""
    if event.over:
        return ThrottleDecision(None, tell=before is not None and before.told is not None)
    since, times, last_told = (before.since, before.times, before.told) if before else (event.when, 0, None)
    met = Ailment(event.name, event.severity, event.sentence, since, times + 1, last_told)
    worse = before is not None and event.severity is Severity.URGENT and before.severity != Severity.URGENT
    again = last_told is not None and (worse or event.when - last_told >= rules.cooldown)
    first = last_told is None and met.times >= rules.after.get(event.kind, 1)
    return (
        ThrottleDecision(replace(met, told=event.when), tell=True)
        if first or again
        else ThrottleDecision(met, tell=False)
    )


class BrokenAlarm:
    """Alarm whose settings cannot be used: the programme goes on without it, and each use says so."""

    def __init__(self, why: str) -> None:
        self._why = why

    def notify(self, event: Event) -> None:
        """Raise `AlarmFailed`."""
        del event
        raise AlarmFailed(self._why)


class ThrottledAlarm:
    """Alarm that tells each of `ways` by rules; `hide` takes secrets out of sentences. Never raises."""

    def __init__(
        self, ways: Mapping[str, Alarm], store: Store, rules: ThrottleRules, hide: Callable[[str], str]
    ) -> None:
        self._ways = ways
        self._store = store
        self._rules = rules
        self._hide = hide

    def notify(self, event: Event) -> None:
        """Tell an event if it is time to; log whatever fails here."""
        try:
            self._notify_ways(replace(event, sentence=self._hide(event.sentence)))
        except Exception:
            # An alarm must not become the trouble: the edition goes on.
            LOG.exception("the alarm %s could not be handled", event.name)

    def _notify_ways(self, event: Event) -> None:
        before, tell = self._update_ailment(event)
        if not tell:
            return
        LogAlarm().notify(event)
        reached = [self._notify_way(name, way, event) for name, way in self._ways.items()]
        if reached and not any(reached):
            # Nobody knows: the next time is the first time again.
            self._store.alarms.change_alarm(event.name, lambda now: _waiting_state(now, before, event))

    def _update_ailment(self, event: Event) -> tuple[Ailment | None, bool]:
        """Return the state before and whether to tell; if the database is down, tell anyway."""
        decisions: list[tuple[Ailment | None, bool]] = []

        def change(before: Ailment | None) -> Ailment | None:
            weighed = decide_notification(before, event, self._rules)
            decisions[:] = [(before, weighed.tell)]
            return weighed.ailment

        try:
            self._store.alarms.change_alarm(event.name, change)
        except Exception:
            # Whatever is wrong with the database, somebody must hear of it.
            LOG.exception("what is known of %s cannot be kept", event.name)
            return None, True
        return decisions[0]

    def _notify_way(self, name: str, way: Alarm, event: Event) -> bool:
        try:
            way.notify(event)
        except AlarmFailed as error:
            LOG.error("%s", self._hide(f"alarm {name} reached nobody: {error}"))  # noqa: TRY400 - one sentence says it
            return False
        return True


def _waiting_state(now: Ailment | None, before: Ailment | None, event: Event) -> Ailment | None:
    """Return the state after an event that was to be told and reached nobody."""
    if event.over:
        return now or before
    return replace(now, told=before.told if before else None) if now else None
