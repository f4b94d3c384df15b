"""Manners of speaking: the styles that a show may have, their rules, and the shape of their answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.editorial.llm.question import NUMBER, TEXT, shape_list, shape_object

if TYPE_CHECKING:
    from collections.abc import Mapping

PROMPTS = Path(__file__).parent / "prompts"
BROADCAST, BRIEF, TALK = "播报", "快讯", "对谈"
STYLES = {BROADCAST: "broadcast", BRIEF: "brief", TALK: "talk"}
"""Prompt file of each style."""

_SENTENCE = {"text": TEXT, "sources": shape_list(NUMBER)}
SENTENCES = shape_object({"sentences": shape_list(shape_object(_SENTENCE))})
"""The answer that is wanted, as servers with structured output understand it."""
TURNS = shape_object({"sentences": shape_list(shape_object({"speaker": NUMBER, **_SENTENCE}))})
"""The same with who says each sentence: 1 or 2."""


def load_prompt(name: str) -> str:
    """Return rules as the project ships them: of a style, or of the work `name`."""
    return (PROMPTS / f"{STYLES.get(name, name)}.txt").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Manner:
    """Manner of speaking that a show wants."""

    rules: str
    """What the model is told, apart from the article."""
    forbidden: tuple[str, ...] = ()
    """Words that the show does not say."""
    most: int = 0
    """Sentences a story may have; 0 leaves it to the budget."""
    hosts: tuple[str, ...] = ()
    """Names of the two who talk; empty where one anchor reads a story."""

    @property
    def schema(self) -> Mapping[str, Any]:
        """Return the shape of an answer."""
        return TURNS if self.hosts else SENTENCES

    def allows(self, text: str) -> bool:
        """Return whether a sentence has no forbidden word."""
        return not any(word in text for word in self.forbidden)
