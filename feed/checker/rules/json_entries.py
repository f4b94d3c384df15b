"""Lists of JSON objects, each with its place and line: what speakers, transcripts and chapters are made of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feed.checker.rules.finding import WEB, Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEXT = re.compile(r"[^\s,]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of the file, or the file itself; `faults` is why there is none."""

    value: dict[str, Any]
    place: str
    source: str
    line: int = 0
    faults: tuple[Finding, ...] = ()

    def get(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The value of a field, None where there is none."""
        return self.value.get(name)

    def text(self, name: str) -> str:
        """The text of a field, "" for what is no text."""
        found = self.value.get(name)
        return found if isinstance(found, str) else ""

    def number(self, name: str) -> float | None:
        """The number of a field, None for what is none."""
        found = self.value.get(name)
        # In Python True is a number.
        return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None

    def web(self, name: str, rule: str, *, needed: bool = True) -> Iterator[Finding]:
        """The field is an ASCII http(s) URL."""
        found = self.value.get(name)
        if (needed or found is not None) and not (isinstance(found, str) and WEB.fullmatch(found)):
            yield self.error(rule, f"has the {name} {shown(str(found))}", "give an ASCII http(s) URL")

    def error(self, rule: str, message: str, cure: str) -> Finding:
        """A breach for which the platform refuses the file or the entry."""
        return Finding(rule, "error", self.place, message, cure, self.source, self.line)

    def warning(self, rule: str, message: str, cure: str) -> Finding:
        """A breach for which the platform does less."""
        return Finding(rule, "warning", self.place, message, cure, self.source, self.line)


def entries(text: str, key: str, name: str, source: str) -> tuple[Entry, list[Entry]]:
    """The file and the objects of its list, which stands under `key` or, where that is empty, is the whole file.

    One object in place of a list counts as a list of one. What is not readable is a fault of the file.
    """
    whole = Entry({}, "the file", source)
    try:
        data = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        at = getattr(error, "lineno", 0)
        told = getattr(error, "msg", str(error))
        return _spoiled(source, f"is no JSON: {told}", "write it by a JSON library", at), []
    listed = data.get(key) if key and isinstance(data, dict) else data
    listed = [listed] if not key and isinstance(listed, dict) else listed
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return _spoiled(source, f"has no list of {name}s", f"make it a list, an object each {name}"), []
    whole = Entry(data if isinstance(data, dict) else {}, "the file", source)
    lines = _lines(text, key, len(listed))
    return whole, [
        Entry(one, f"{name} {number}", source, line)
        for number, (one, line) in enumerate(zip(listed, lines, strict=True), 1)
    ]


def _spoiled(source: str, message: str, cure: str, line: int = 0) -> Entry:
    fault = Finding("json", "error", "the file", message, cure, source, line)
    return Entry({}, "the file", source, faults=(fault,))


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def _lines(text: str, key: str, count: int) -> list[int]:
    """The line of each object of the list; zeros where its key does not stand first."""
    begin = re.search(rf'"{key}"\s*:\s*\[', text) if key else re.match(r"\s*\[?", text)
    decoder, at, seen, line, found = json.JSONDecoder(), begin.end() if begin else 0, 0, 1, []
    for _ in range(count):
        here = _NEXT.search(text, at)
        at = here.start() if here else at
        line, seen = line + text.count("\n", seen, at), at
        found.append(line)
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:
            return [0] * count
    return found
