"""Repository of present troubles, and of when somebody was told of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from briefing.storage.store.database import Repository
from briefing.storage.store.schema import ALARMS

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Ailment:
    """A trouble that is not over: since when, how often it was met, when somebody was last told (None: not yet)."""

    name: str
    severity: str
    sentence: str
    since: datetime
    times: int
    told: datetime | None


class AlarmRepository(Repository):
    """Present troubles."""

    def change_alarm(self, name: str, change: Callable[[Ailment | None], Ailment | None]) -> None:
        """Replace what is known of a trouble by what `change` makes of it, None for nothing, in one transaction.

        `change` may be called again where another process was faster.
        """
        try:
            self._change_alarm(name, change)
        except IntegrityError:
            # Two met it for the first time at the same moment: now there is something to lock.
            self._change_alarm(name, change)

    def _change_alarm(self, name: str, change: Callable[[Ailment | None], Ailment | None]) -> None:
        is_named = ALARMS.c.name == name
        with self._database.begin_write() as db:
            # Two servers must not both find that nobody was told yet.
            row = db.execute(sa.select(ALARMS).where(is_named).with_for_update()).one_or_none()
            after = change(_ailment(row) if row else None)
            if row and after:
                db.execute(ALARMS.update().where(is_named).values(**_row(after)))
            elif after:
                db.execute(ALARMS.insert().values(**_row(after)))
            else:
                db.execute(ALARMS.delete().where(is_named))

    def list_alarms(self) -> tuple[Ailment, ...]:
        """Everything that is not over, the oldest first."""
        with self._database.begin_read() as db:
            ailments = [_ailment(row) for row in db.execute(sa.select(ALARMS))]
        return tuple(sorted(ailments, key=lambda one: (one.since, one.name)))


def _row(one: Ailment) -> dict[str, Any]:
    told_at = one.told.isoformat() if one.told else None
    return {
        "name": one.name,
        "severity": one.severity,
        "sentence": one.sentence,
        "since": one.since.isoformat(),
        "times": one.times,
        "told": told_at,
    }


def _ailment(row: sa.Row[Any]) -> Ailment:
    told_at = datetime.fromisoformat(row.told) if row.told else None
    return Ailment(
        row.name, row.severity, row.sentence, datetime.fromisoformat(row.since), row.times, told_at
    )
