"""Alarm that needs no database: tells people that the server cannot open, and that it is open again."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from briefing import config
from briefing.errors import AlarmFailed, ConfigError
from briefing.model import AlarmKind
from briefing.monitoring.alarms.events import Event, Severity
from briefing.monitoring.chinese_errors import explain_text
from briefing.monitoring.redaction import Redactor
from briefing.wiring.alarm_ways import build_alarm_ways
from briefing.wiring.secrets import read_secrets

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = "原因写在服务器的日志和 /readyz 里"
"""Reason for people where the table of Chinese sentences has none."""

LOG = logging.getLogger(__name__)


class OutageSentences(NamedTuple):
    """Sentences that people are told of an outage, with its `reason`, and of its end; `subject` tells it from others."""

    subject: str
    begin: str
    end: str


SERVER = OutageSentences(
    "server",
    "服务器打不开，只有已播出的节目还在供应：{reason}。每分钟再试一次。",
    "服务器又打开了。",
)
DISK = OutageSentences(
    "disk", "{reason}。新的一期可能做不出来，已播出的节目照常供应。", "服务器的磁盘又有空间了。"
)


class OutageNotifier:
    """Notifier of each new reason for an outage, and of its end (""), which needs no database.

    A configuration that cannot be read names nobody to notify: its reason stands in the log and in /readyz only.
    """

    def __init__(self, settings: Path, sentences: OutageSentences = SERVER) -> None:
        self._sentences = sentences
        self._settings = settings
        self._last = ""

    def __call__(self, reason: str) -> None:
        """Notify everybody whom the configuration names, once a reason."""
        if reason == self._last:
            return
        self._last = reason
        try:
            described = config.load(self._settings)
        except ConfigError:
            return
        why = explain_text(reason, UNKNOWN).removesuffix("。")
        sentence = self._sentences.begin.format(reason=why) if reason else self._sentences.end
        event = Event(
            kind=AlarmKind.CLOCK,
            severity=Severity.URGENT,
            sentence=Redactor(read_secrets(described))(sentence),
            when=datetime.now(UTC),
            subject=self._sentences.subject,
            over=not reason,
        )
        for name, alarm in build_alarm_ways(described).items():
            try:
                alarm.notify(event)
            except AlarmFailed as error:
                LOG.warning("nobody was told by %s: %s", name, error)
