"""Sources of a sentence, read once: those that it names, and the rest of the story behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.editorial.facts.offices import find_names, is_name
from briefing.editorial.guard.sentence_reading import HOME, fold, read_sentence
from briefing.mandarin import segmenter

if TYPE_CHECKING:
    from datetime import date

from briefing.editorial.guard.sentence_reading import Reading, Word

_LONGEST_NAME, _RARE = 3, 100
MOST_NAMED, MOST_STORY = 30, 60
"""Sources that are read of those that a sentence names, and of the rest of its story."""


@dataclass(frozen=True)
class Evidence:
    """Readings of the sources, with what is asked of them often."""

    named: tuple[Reading, ...]
    """The sources that the sentence names, and the title of their story."""
    rest: tuple[str, ...]
    """The other sentences of the same story."""
    place: str
    """What 我区 means."""
    printed: date
    """Day of the paper."""
    title: str = ""
    """The title of the story; the last of the named sources, if it has one."""
    names: tuple[str, ...] = ()
    """People that the sources introduce."""

    @cached_property
    def body(self) -> tuple[Reading, ...]:
        """The named sources without the title, which says what happened in few words and without reservations."""
        return tuple(reading for reading in self.named if reading.text != fold(self.title)) or self.named

    @cached_property
    def story(self) -> tuple[Reading, ...]:
        """The readings of the rest of the story, made when first asked for: few sentences need them."""
        return tuple(read_sentence(text, self.place, self.printed, self.names) for text in self.rest)

    @cached_property
    def text(self) -> str:
        """The named sources as one text."""
        return "\n".join(reading.text for reading in self.named)

    @cached_property
    def whole(self) -> str:
        """All sources as one text, the paper's own place included."""
        return "\n".join((self.text, *map(fold, self.rest), self.place))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the named sources."""
        return frozenset(word.text for reading in self.named for word in reading.words)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters of the named sources."""
        return frozenset(self.text)

    def holds_code(self, code: str) -> bool:
        """Return whether a Latin name stands in any source."""
        return code.lower() in self.whole.lower()

    def holds_number(self, text: str) -> bool:
        """Return whether a number with its unit stands so, word for word, in a named source."""
        front = r"(?<![\d.一二三四五六七八九十百千万])" if text[:1].isdigit() else ""
        return len(text) > 1 and re.search(front + re.escape(text) + r"(?![\d次])", self.text) is not None

    def lists(self, count: int) -> bool:
        """Return whether a named source lists so many things, joined by 、 and 和."""
        return any(_list_length(reading.text) == count for reading in self.named)


@lru_cache(maxsize=1024)
def _list_length(text: str) -> int:
    runs = re.findall(r"[^，。；：、]{1,30}(?:、[^，。；：、]{1,30})+", text)
    return max((run.count("、") + 1 + ("和" in run.rsplit("、", 1)[-1]) for run in runs), default=0)


def gather_evidence(
    sources: tuple[str, ...], story: tuple[str, ...], place: str, printed: date, title: str = ""
) -> Evidence:
    """Read the sources of a sentence; the title of the story is one of them."""
    sources = tuple(dict.fromkeys((*sources[:MOST_NAMED], *filter(None, [title]))))
    rest = tuple(dict.fromkeys(text for text in story if text not in sources))[:MOST_STORY]
    names = names_in(sources, rest)
    named = tuple(read_sentence(text, place, printed, names) for text in sources)
    return Evidence(named, rest, place, printed, title, names)


@lru_cache(maxsize=256)
def names_in(named: tuple[str, ...], rest: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the people that the texts introduce, longest names first.

    Those whom no office introduces are looked for in the named texts only: tagging a whole story takes half a second.
    """
    collected = dict.fromkeys(name for text in (*named, *rest) for name in _introduced(text))
    collected |= dict.fromkeys(name for text in named for name in tagged_names(fold(text)))
    return tuple(sorted(collected, key=len, reverse=True))


@lru_cache(maxsize=4096)
def _introduced(text: str) -> tuple[str, ...]:
    return find_names(fold(text))


@lru_cache(maxsize=2048)
def tagged_names(text: str) -> tuple[str, ...]:
    """Return people that the tagger guesses and that are built like names: 邹大海, whom no office introduces."""
    collected: list[str] = []
    tagged = [*segmenter.tag(text), ("", "")]
    for (word, flag), (following, _) in pairwise(tagged):
        name = word + following if len(word) == 1 else word
        if (
            flag.startswith("nr")
            and not text[text.find(name) + len(name) :][:1].isdigit()
            and len(name) <= _LONGEST_NAME
            and is_name(name)
            and segmenter.frequency(name) < _RARE
        ):
            collected.append(name)
    return tuple(collected)


def is_home(word: Word) -> bool:
    """Return whether a word is the paper's own place."""
    return word.text == HOME


__all__ = ["Evidence", "fold", "gather_evidence", "is_home", "tagged_names"]
