"""Alarms as lines of the log: always there, enough for a machine that is watched."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from briefing.monitoring.alarms import wording
from briefing.monitoring.alarms.events import Severity

if TYPE_CHECKING:
    from briefing.monitoring.alarms.events import Event

LOG = logging.getLogger(__name__)


class LogAlarm:
    """Alarm that logs every event."""

    def notify(self, event: Event) -> None:
        """Log an event in one line; the end of trouble is information."""
        trouble = logging.ERROR if event.severity is Severity.URGENT else logging.WARNING
        about = {"show": event.show, "edition": str(event.edition or ""), "alarm": event.kind.value}
        LOG.log(
            logging.INFO if event.over else trouble, "%s", wording.clean_sentence(event.sentence), extra=about
        )
