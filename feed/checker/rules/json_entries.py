"""Reader of lists of JSON objects, each with its name and line for findings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feed.checker.rules.finding import WEB, Finding, quote_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEXT = re.compile(r"[^\s,]")


@dataclass(frozen=True, slots=True)
class JsonEntry:
    """Object of a file, or the file itself; `faults` say why it is unreadable."""

    value: dict[str, Any]
    place: str
    source: str
    line: int = 0
    faults: tuple[Finding, ...] = ()

    def get(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the value of a field, or None."""
        return self.value.get(name)

    def text(self, name: str) -> str:
        """Return the text of a field, "" for any other value."""
        value = self.value.get(name)
        return value if isinstance(value, str) else ""

    def number_field(self, name: str) -> float | None:
        """Return the number of a field, None for any other value."""
        value = self.value.get(name)
        # In Python True is a number.
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def check_url(self, name: str, rule: str, *, needed: bool = True) -> Iterator[Finding]:
        """Require an ASCII http(s) URL in the field."""
        value = self.value.get(name)
        if (needed or value is not None) and not (isinstance(value, str) and WEB.fullmatch(value)):
            yield self.error(rule, f"has the {name} {quote_value(str(value))}", "give an ASCII http(s) URL")

    def error(self, rule: str, message: str, cure: str) -> Finding:
        """Return an error: the platform refuses the file or the entry."""
        return Finding(rule, "error", self.place, message, cure, self.source, self.line)

    def warning(self, rule: str, message: str, cure: str) -> Finding:
        """Return a warning: the platform does less."""
        return Finding(rule, "warning", self.place, message, cure, self.source, self.line)


def read_entries(text: str, key: str, name: str, source: str) -> tuple[JsonEntry, list[JsonEntry]]:
    """Return the file and the objects of its list under `key` ("": the file is the list).

    One object in place of a list counts as a list of one. What is not readable is a fault of the file.
    """
    whole = JsonEntry({}, "the file", source)
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        reason = getattr(error, "msg", str(error))
        return _unreadable_file(source, f"is no JSON: {reason}", "write it by a JSON library", line), []
    listed = data.get(key) if key and isinstance(data, dict) else data
    listed = [listed] if not key and isinstance(listed, dict) else listed
    if not isinstance(listed, list) or not all(isinstance(value, dict) for value in listed):
        return _unreadable_file(
            source, f"has no list of {name}s", f"make it a list, an object each {name}"
        ), []
    whole = JsonEntry(data if isinstance(data, dict) else {}, "the file", source)
    lines = _entry_lines(text, key, len(listed))
    return whole, [
        JsonEntry(value, f"{name} {number}", source, line)
        for number, (value, line) in enumerate(zip(listed, lines, strict=True), 1)
    ]


def _unreadable_file(source: str, message: str, cure: str, line: int = 0) -> JsonEntry:
    fault = Finding("json", "error", "the file", message, cure, source, line)
    return JsonEntry({}, "the file", source, faults=(fault,))


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def _entry_lines(text: str, key: str, count: int) -> list[int]:
    """Return the line of each object; zeros if the list cannot be located."""
    begin = re.search(rf'"{key}"\s*:\s*\[', text) if key else re.match(r"\s*\[?", text)
    decoder, position, counted, line, lines = json.JSONDecoder(), begin.end() if begin else 0, 0, 1, []
    for _ in range(count):
        here = _NEXT.search(text, position)
        position = here.start() if here else position
        line, counted = line + text.count("\n", counted, position), position
        lines.append(line)
        try:
            _, position = decoder.raw_decode(text, position)
        except ValueError:
            return [0] * count
    return lines
