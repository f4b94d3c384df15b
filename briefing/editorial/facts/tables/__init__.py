"""Word lists of the facts, one text file a list, read once when first needed; lines that begin with # are notes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@lru_cache(maxsize=32)
def read_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a list without notes and blanks."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=32)
def read_words(name: str) -> frozenset[str]:
    """Return all words of a list."""
    return frozenset(word for line in read_lines(name) for word in line.split())


@lru_cache(maxsize=32)
def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a list by the name at the head of their line, such as `可能: 可能 或许`."""
    parted = (line.partition(":") for line in read_lines(name))
    return {head: tuple(words.split()) for head, _, words in parted}
