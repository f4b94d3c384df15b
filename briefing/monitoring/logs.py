"""Log of a process: one line an event, for a person or a program, without secrets.

An event says in fields what it is about: show, edition, stage, seconds. Rooms log with Python's `logging`; this file says
how it looks and what is hidden. `staged` writes a line for every stage of an edition.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from briefing.monitoring.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO


P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


FIELDS = ("show", "edition", "stage", "seconds", "outcome", "alarm", "retry", "remembered")
"""What an event may say about itself besides its sentence."""

LOUD = ("apscheduler", "uvicorn.access", "alembic", "httpx", "httpcore")
"""Packages that tell at length what we tell in a line; their warnings are heard."""


class LineFormatter(logging.Formatter):
    """Formatter for people: `07:00:02 INFO demo/2026-03-02/morning render 41.2 s: done`."""

    def __init__(self, hide: Callable[[str], str]) -> None:
        super().__init__()
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback follows it."""
        fields = _extra_fields(record)
        about = [fields.get("edition") or fields.get("show"), fields.get("stage")]
        about += [f"{fields['seconds']:.1f} s" if "seconds" in fields else None]
        head = " ".join(str(part) for part in about if part)
        moment = datetime.fromtimestamp(record.created).astimezone()
        line = f"{moment:%Y-%m-%d %H:%M:%S%z} {record.levelname} {head + ': ' if head else ''}{_flat_message(record)}"
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return self._hide(line + trace)


class JsonFormatter(logging.Formatter):
    """Formatter for programs: one JSON object an event."""

    def __init__(self, hide: Callable[[str], str]) -> None:
        super().__init__()
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        """Return the object: time (ISO 8601), level, room, event, and its fields."""
        moment = datetime.fromtimestamp(record.created).astimezone()
        fields: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "event": record.getMessage(),
            **_extra_fields(record),
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        hidden = {
            name: self._hide(value) if isinstance(value, str) else value for name, value in fields.items()
        }
        return json.dumps(hidden, ensure_ascii=False)


def _extra_fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields that an event carries."""
    return {name: vars(record)[name] for name in FIELDS if vars(record).get(name) not in {None, ""}}


def _flat_message(record: logging.LogRecord) -> str:
    return " ".join(record.getMessage().splitlines())


FORMATS: dict[str, Callable[[Callable[[str], str]], logging.Formatter]] = {
    "human": LineFormatter,
    "json": JsonFormatter,
}


class LogHandler:
    """Log of a process on a stream.

    It begins with warnings only, for a command that somebody watches, and without failed stages and alarms, which the
    command tells by itself; `redact` takes out what is hidden; `open` writes down every event. `close` ends it.
    """

    def __init__(self, stream: TextIO) -> None:
        self.redact = Redactor()
        self._handler = logging.StreamHandler(stream)
        self._level = logging.root.level
        self._handler.setFormatter(LineFormatter(self.redact))
        self._handler.setLevel(logging.WARNING)
        self._handler.addFilter(_is_no_event)
        logging.root.addHandler(self._handler)

    def hide_secrets(self, secrets: Iterable[str]) -> None:
        """Hide these values in every line, besides what looks like a secret."""
        self.redact = Redactor(secrets)
        self._handler.setFormatter(LineFormatter(self.redact))

    def open(self, form: str, secrets: Iterable[str]) -> None:
        """Log every event from now on in this form, without these secrets."""
        self._handler.removeFilter(_is_no_event)
        self._handler.setLevel(logging.INFO)
        self.redact = Redactor(secrets)
        self._handler.setFormatter(FORMATS[form](self.redact))
        logging.root.setLevel(logging.INFO)
        for name in LOUD:
            logging.getLogger(name).setLevel(logging.WARNING)

    def close(self) -> None:
        """Stop logging."""
        logging.root.removeHandler(self._handler)
        logging.root.setLevel(self._level)


def _is_no_event(record: logging.LogRecord) -> bool:
    """Return whether a record is neither a stage nor an alarm, which commands print themselves."""
    return not {"stage", "alarm"} & vars(record).keys()
