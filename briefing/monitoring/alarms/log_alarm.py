"""Alarms as lines of the log: always there, and enough for a machine that somebody watches."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from briefing.monitoring.alarms import wording
from briefing.monitoring.alarms.events import Severity

if TYPE_CHECKING:
    from briefing.monitoring.alarms.events import Event

LOG = logging.getLogger(__name__)


class Log:
    """Writes every event down."""

    def raise_(self, event: Event) -> None:
        """One line; what is over is information."""
        trouble = logging.ERROR if event.severity is Severity.URGENT else logging.WARNING
        about = {"show": event.show, "edition": str(event.edition or ""), "alarm": event.kind.value}
        LOG.log(logging.INFO if event.over else trouble, "%s", wording.clean(event.sentence), extra=about)
