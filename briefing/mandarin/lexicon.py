"""The lexicon: how words are read, or what is said in their place. Data in TOML, checked when it is loaded.

    [words]
    "重庆" = "chong2 qing4"                          # a word and its pinyin
    "行" = { pinyin = "hang2", before = "业" }       # only right before these characters
    "IMAX" = { say = "艾麦克斯" }                    # what is said instead

The longest word wins; of the same word, the entry with a context, then the one loaded last: house, show, editor.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import LexiconError
from briefing.mandarin import syllables
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

HOUSE = Path(__file__).with_name("lexicon.toml")
"""The house's own words."""

LONGEST = 24
"""Characters of a word; longer ones are sentences."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, and either one syllable for each of its Han characters or what is said in its place.

    `before` and `after` narrow it to where the text goes on, or came before, with these characters.
    """

    word: str
    pinyin: tuple[str, ...] = ()
    say: str = ""
    before: str = ""
    after: str = ""
    yields: bool = False

    def fits(self, text: str, start: int) -> bool:
        """Whether the entry is meant for its word at `start` of a text that holds it there."""
        return text.startswith(self.before, start + len(self.word)) and text[:start].endswith(self.after)


class Lexicon:
    """Entries by word; made by `load`."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_word: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_word.setdefault(entry.word, []).insert(0, entry)
        for same in self._by_word.values():
            same.sort(key=lambda entry: -len(entry.before + entry.after))
        self._lengths = sorted({len(word) for word in self._by_word}, reverse=True)

    def matches(self, text: str, edges: Container[int] | None = None) -> Iterator[tuple[int, Entry]]:
        """Where entries stand in a text, left to right, the longest first, none over another.

        `edges` are the places where words begin: the house's entries do not lie across them (打中 in 打|中国队).
        """
        start = 0
        while start < len(text):
            entry = self._at(text, start, edges)
            if entry:
                yield start, entry
            start += len(entry.word) if entry else 1

    def _at(self, text: str, start: int, edges: Container[int] | None) -> Entry | None:
        for length in self._lengths:
            for entry in self._by_word.get(text[start : start + length], ()):
                if entry.fits(text, start) and (
                    edges is None or not entry.yields or not _across(edges, start, length)
                ):
                    return entry
        return None

    def said(self, text: str) -> str:
        """The text with the words that are said otherwise replaced."""
        pieces, done = [], 0
        for start, entry in self.matches(text):
            if entry.say:
                pieces += [text[done:start], entry.say]
                done = start + len(entry.word)
        return "".join([*pieces, text[done:]])


def _across(edges: Container[int], start: int, length: int) -> bool:
    """Whether a stretch holds the edge of a word, and begins or ends inside another."""
    inner = any(place in edges for place in range(start + 1, start + length))
    return inner and (start not in edges or start + length not in edges)


def load(paths: Sequence[Path] = (HOUSE,)) -> Lexicon:
    """The lexicon of these files, the later ones winning; raises `LexiconError` for the first wrong entry."""
    return Lexicon([replace(one, yields=path == HOUSE) for path in paths for one in read(path)])


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of one file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(f"{path} cannot be read as TOML: {error}; mend it") from error
    if set(data) - {"words"} or not isinstance(data.get("words", {}), dict):
        raise LexiconError(f"{path} may hold the table [words] and nothing else; mend it")
    return tuple(_entry(word, value, path) for word, value in data.get("words", {}).items())


def _entry(word: str, value: Any, path: Path) -> Entry:  # noqa: ANN401 - whatever TOML holds
    fields = {"pinyin": value} if isinstance(value, str) else value
    known = {"pinyin", "say", "before", "after"}
    if (
        not isinstance(fields, dict)
        or not set(fields) <= known
        or not all(isinstance(v, str) for v in fields.values())
    ):
        raise LexiconError(f"{path}: {word!r} must be its pinyin, or a table of {', '.join(sorted(known))}")
    return entry(word, where=str(path), **fields)


def entry(
    word: str, *, pinyin: str = "", say: str = "", before: str = "", after: str = "", where: str = "lexicon"
) -> Entry:
    """A checked entry; raises `LexiconError` with the word and the reason."""
    said = tuple(syllables.normal(syllable) for syllable in pinyin.split())
    count = sum(map(is_han, word))
    if not 0 < len(word) <= LONGEST or re.search(r"\s", word):
        raise LexiconError(f"{where}: {word!r} is no word; give one of 1 to {LONGEST} characters")
    if bool(said) == bool(say):
        raise LexiconError(f"{where}: {word!r} needs its pinyin or what to say instead, one of the two")
    for syllable, written in zip(said, pinyin.split(), strict=True):
        if syllable not in syllables.known():
            raise LexiconError(
                f"{where}: {word!r} has {written!r}, which is no Mandarin syllable with a tone 1 to 5"
            )
    if said and len(said) != count:
        raise LexiconError(f"{where}: {word!r} has {count} Han characters but {len(said)} syllables")
    return Entry(word, said, say, before, after)


def add(path: Path, new: Entry) -> None:
    """Write an entry into an editor's file, in place of an older one of the same word; whole or not at all."""
    kept = [old for old in read(path) if old.word != new.word] if path.exists() else []
    lines = ["# 编辑添加的读音", "[words]", *map(_line, [*kept, new]), ""]
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary.open("w", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _line(one: Entry) -> str:
    fields = {"pinyin": " ".join(one.pinyin), "say": one.say, "before": one.before, "after": one.after}
    table = ", ".join(f"{name} = {_quoted(value)}" for name, value in fields.items() if value)
    return f"{_quoted(one.word)} = {{ {table} }}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
