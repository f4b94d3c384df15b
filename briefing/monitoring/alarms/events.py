"""Alert event and Alarm protocol."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.model import AlarmKind, EditionKey


class Severity(StrEnum):
    """Urgency of an event: to be looked at when there is time, or now."""

    WARNING = "warning"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Event:
    """Trouble, or (`over`) its end.

    `sentence` is one Chinese sentence that a person can act on; `when` is aware, in the show's time zone. `edition` is
    the edition it is about, if it is about one; `subject` says what else it is about, such as the name of a source.
    What went wrong and its end have the same `kind`, `show`, `edition` and `subject`.
    """

    kind: AlarmKind
    severity: Severity
    sentence: str
    when: datetime
    show: str = ""
    edition: EditionKey | None = None
    subject: str = ""
    over: bool = False

    @property
    def name(self) -> str:
        """Return the name that trouble and its end share."""
        parts = (self.kind, self.show, str(self.edition or ""), self.subject)
        return " ".join(part for part in parts if part)


class Alarm(Protocol):
    """Way to tell people of an event.

    An implementation MUST raise `AlarmFailed`, and nothing else, when nobody was told; MUST bound every wait for the
    other side; MUST NOT put a secret into an error or a log; MUST be safe to call from several threads.
    It MAY try a few times. What the pipeline and the clock are given is `alarms.patient.Patient`, which is one of these
    too but never raises.
    """

    def notify(self, event: Event) -> None:
        """Tell people of an event."""
        ...
