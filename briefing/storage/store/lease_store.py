"""Repository of leases: one holder a name, and nothing stored for one who has lost it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from briefing.storage.store.database import Repository
from briefing.storage.store.schema import LEASES

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Holder:
    """Holder of a lease: a secret of this holding, the process (place, number, birth), since when and until when."""

    owner: str
    place: str
    pid: int
    born: str
    taken: datetime
    until: datetime


class LeaseRepository(Repository):
    """Leases of editions. Times are aware; they are compared, so any zone will do."""

    def take_lease(self, name: str, holder: Holder, gone: Callable[[Holder], bool]) -> Holder | None:
        """Give the lease to `holder`, unless somebody has it who is not `gone`; returns who has it, None for the taker."""
        mine = LEASES.c.name == name
        try:
            with self._database.begin_write() as db:
                row = db.execute(sa.select(LEASES).where(mine).with_for_update()).one_or_none()
                if row is None:
                    db.execute(LEASES.insert().values(name=name, **_row(holder)))
                elif gone(other := _holder(row)):
                    db.execute(LEASES.update().where(mine).values(**_row(holder)))
                else:
                    return other
        except IntegrityError:
            # Two inserted at once, as a server's transactions may: the other one was faster.
            return self.find_lease(name)
        return None

    def renew_lease(self, name: str, owner: str, until: datetime) -> bool:
        """Hold it for longer; whether it is still the owner's."""
        query = LEASES.update().where(LEASES.c.name == name, LEASES.c.owner == owner)
        with self._database.begin_write() as db:
            return bool(db.execute(query.values(until=until.isoformat())).rowcount)

    def give_back_lease(self, name: str, owner: str) -> None:
        """It is free, unless somebody else has it by now."""
        with self._database.begin_write() as db:
            db.execute(LEASES.delete().where(LEASES.c.name == name, LEASES.c.owner == owner))

    def find_lease(self, name: str) -> Holder | None:
        """Return who holds it, as far as anybody has said."""
        with self._database.begin_read() as db:
            row = db.execute(sa.select(LEASES).where(LEASES.c.name == name)).one_or_none()
        return _holder(row) if row else None

    def list_leases(self) -> dict[str, Holder]:
        """Every lease that is held."""
        with self._database.begin_read() as db:
            return {row.name: _holder(row) for row in db.execute(sa.select(LEASES).order_by(LEASES.c.name))}


def _row(holder: Holder) -> dict[str, Any]:
    return {
        "owner": holder.owner,
        "place": holder.place,
        "pid": holder.pid,
        "born": holder.born,
        "taken": holder.taken.isoformat(),
        "until": holder.until.isoformat(),
    }


def _holder(row: sa.Row[Any]) -> Holder:
    taken, until = datetime.fromisoformat(row.taken), datetime.fromisoformat(row.until)
    return Holder(row.owner, row.place, row.pid, row.born, taken, until)
