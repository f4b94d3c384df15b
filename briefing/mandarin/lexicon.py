"""The lexicon: how words are read, or what is said in their place. Data in TOML, checked when it is loaded.

    [words]
    "重庆" = "chong2 qing4"                          # a word and its pinyin
    "行" = { pinyin = "hang2", before = "业" }       # only right before these characters
    "IMAX" = { say = "艾麦克斯" }                    # what is said instead

The longest word wins; of the same word, the entry with a context, then the one loaded last: newsroom, show, editor. An
entry gives way to a longer word of the dictionary that it lies in (踏实 in 脚踏实地), unless it says `wins = true`; what
a show or an editor adds gives way only where it is one character without a context.
The home of tomlkit, which writes into a file and keeps its comments.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import tomlkit

from briefing.errors import LexiconError
from briefing.mandarin.pronounce import syllables
from briefing.mandarin.segmenter import lies_across
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from tomlkit.items import InlineTable

NEWSROOM_LEXICON = Path(__file__).with_name("lexicon.toml")
"""The newsroom's own words."""

LONGEST = 24
"""Characters of a word; longer ones are sentences."""

FIELDS = ("pinyin", "say", "before", "after", "wins")
"""What an entry may hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, and either one syllable for each of its Han characters or what is said in its place.

    `before` and `after` narrow it to where the text goes on, or came before, with this, or with one of several that
    are parted by a bar: 业|列. `source` is the name of its file. An entry that `yields`, one of the newsroom, gives way
    to the words of the sentence that it would lie across, and to a longer word of the dictionary unless it `wins`.
    """

    word: str
    pinyin: tuple[str, ...] = ()
    say: str = ""
    before: str = ""
    after: str = ""
    source: str = ""
    yields: bool = False
    wins: bool = False

    @property
    def gives_way(self) -> bool:
        """Return whether a longer word of the dictionary that holds it is read by itself."""
        bare = not (self.before or self.after)
        return not self.wins and (self.yields if len(self.word) > 1 else bare or self.yields)

    def fits(self, text: str, start: int) -> bool:
        """Return whether the entry is meant for its word at `start` of a text that holds it there."""
        end = start + len(self.word)
        return text.startswith(_few(self.before), end) and text.endswith(_few(self.after), 0, start)


def _few(texts: str) -> tuple[str, ...]:
    return tuple(texts.split("|"))


class Match(NamedTuple):
    """Place of an entry in a text."""

    start: int
    entry: Entry


class Lexicon:
    """Entries by word; made by `load`."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_word: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_word.setdefault(entry.word, []).insert(0, entry)
        for same in self._by_word.values():
            same.sort(key=lambda entry: -len(entry.before + entry.after))
        lengths: dict[str, set[int]] = {}
        for word in self._by_word:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {char: sorted(sizes, reverse=True) for char, sizes in lengths.items()}

    def matches(
        self, text: str, edges: Container[int] | None = None, longer: Sequence[tuple[int, int]] = ()
    ) -> Iterator[Match]:
        """Yield where entries stand in a text, left to right, the longest first, none over another.

        `edges` are the places where words begin: the newsroom's entries do not lie across them (打中 in 打|中国队).
        `longer` are the words of the dictionary in the text, from and to: entries inside them give way.
        """
        inside = _covers(longer)
        start = 0
        while start < len(text):
            entry = self._at(text, start, edges, inside)
            if entry:
                yield Match(start, entry)
            start += len(entry.word) if entry else 1

    def _at(
        self, text: str, start: int, edges: Container[int] | None, inside: Mapping[int, tuple[int, int]]
    ) -> Entry | None:
        for length in self._lengths.get(text[start], ()):
            for entry in self._by_word.get(text[start : start + length], ()):
                end = start + len(entry.word)
                across = entry.yields and edges is not None and lies_across(edges, start, end)
                within = entry.gives_way and _lies_within(inside, start, end)
                if not across and not within and entry.fits(text, start):
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

    def list(self, word: str = "") -> tuple[Entry, ...]:
        """The entries whose word holds these characters, all for ''; the winning one of equals comes last."""
        return tuple(entry for entry in self.entries if word in entry.word)

    def is_asked_for(self, word: str) -> bool:
        """Return whether a show or an editor, not the common lexicon, has an entry for this word."""
        return any(not entry.yields for entry in self._by_word.get(word, ()))

    def test(self, text: str) -> tuple[Match, ...]:
        """Which entries a text would be read by; an editor tries a new one."""
        return tuple(self.matches(text))


def _covers(words: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """The word that covers each place."""
    return {index: (start, end) for start, end in words for index in range(start, end)}


def _lies_within(inside: Mapping[int, tuple[int, int]], start: int, end: int) -> bool:
    """Return whether a longer word holds this stretch."""
    first, last = inside.get(start, (start, end))
    return first <= start and end <= last and last - first > end - start


def load(paths: Sequence[Path] = (NEWSROOM_LEXICON,)) -> Lexicon:
    """The lexicon of these files, the later ones winning; raises `LexiconError` for the first wrong entry."""
    return Lexicon(
        replace(word_entry, yields=path == NEWSROOM_LEXICON) for path in paths for word_entry in read(path)
    )


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of one file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LexiconError(f"{path} cannot be read: {error.strerror}; mend the lexicon's path") from error
    except ValueError as error:
        raise LexiconError(f"{path} cannot be read as TOML: {error}; mend it") from error
    if set(data) - {"words"} or not isinstance(data.get("words", {}), dict):
        raise LexiconError(f"{path} may hold the table [words] and nothing else; mend it")
    return tuple(
        _entry(word, fields, path)
        for word, value in data.get("words", {}).items()
        for fields in (value if isinstance(value, list) else [value])
    )


def _entry(word: str, value: object, path: Path) -> Entry:
    fields = {"pinyin": value} if isinstance(value, str) else value
    if not isinstance(fields, dict) or not set(fields) <= set(FIELDS):
        raise LexiconError(f"{path}: {word!r} must be its pinyin, or a table of {', '.join(FIELDS)}")
    wins = fields.get("wins", False)
    fields = {name: held for name, held in fields.items() if name != "wins"}
    if not isinstance(wins, bool):
        raise LexiconError(f"{path}: {word!r} has wins = {wins!r}; write true or false")
    if not all(isinstance(field, str) for field in fields.values()):
        raise LexiconError(f"{path}: {word!r} must hold texts only")
    return replace(entry(word, **fields, where=str(path)), wins=wins)


def entry(
    word: str, *, pinyin: str = "", say: str = "", before: str = "", after: str = "", where: str = "lexicon"
) -> Entry:
    """A checked entry; raises `LexiconError` with the word and the reason."""
    if not 0 < len(word) <= LONGEST or re.search(r"[\s{}]", word):
        raise LexiconError(f"{where}: {word!r} is no word; give one of 1 to {LONGEST} characters")
    if bool(pinyin.strip()) == bool(say.strip()):
        raise LexiconError(f"{where}: {word!r} needs its pinyin or what to say instead, one of the two")
    if any(text and not all(_few(text)) for text in (before, after)):
        raise LexiconError(
            f"{where}: {word!r} has nothing on one side of a bar; write before and after like 业|列"
        )
    return Entry(word, _checked(word, pinyin, where), say, before, after, where)


def _checked(word: str, pinyin: str, where: str) -> tuple[str, ...]:
    typed = tuple(map(syllables.typed, pinyin.split()))
    for syllable, written in zip(typed, pinyin.split(), strict=True):
        if not syllable:
            raise LexiconError(
                f"{where}: {word!r} has {written!r}, which is no Mandarin syllable with a tone 1 to 5"
            )
    count = sum(map(is_han, word))
    if typed and len(typed) != count:
        raise LexiconError(f"{where}: {word!r} has {count} Han characters but {len(typed)} syllables")
    return typed


def add(path: Path, new: Entry) -> None:
    """Write an entry into an editor's file, in place of an older one of the same word; whole or not at all.

    What else the file holds, comments too, stays. Raises `LexiconError` when the file is wrong or cannot be written.
    """
    if path.exists():
        read(path)
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
    else:
        document = tomlkit.document()
        document.add(tomlkit.comment("编辑添加的读音"))
    if "words" not in document:
        document.add("words", tomlkit.table())
    document["words"][new.word] = _value(new)
    try:
        _write(path, tomlkit.dumps(document))
    except OSError as error:
        raise LexiconError(f"{path} cannot be written: {error.strerror}; check the folder") from error


def _value(one: Entry) -> str | InlineTable:
    if not (one.say or one.before or one.after or one.wins):
        return " ".join(one.pinyin)
    table = tomlkit.inline_table()
    fields = {"pinyin": " ".join(one.pinyin), "say": one.say, "before": one.before, "after": one.after}
    table.update({name: value for name, value in fields.items() if value})
    if one.wins:
        table["wins"] = True
    return table


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
