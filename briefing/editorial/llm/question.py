"""Questions to a language model: messages, and the shape of the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Question:
    """Messages to a model, the shape of the answer, and how long that may be."""

    messages: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any]
    longest: int
    """Tokens of the answer at most."""

    @property
    def characters(self) -> int:
        """Return the length of all messages: about their tokens, in a tokenizer that knows Chinese."""
        return sum(len(message["content"]) for message in self.messages)

    def followed_by(self, answer: str, reply: str) -> Question:
        """Return the question with the model's answer and what is said to it."""
        more = ({"role": "assistant", "content": answer}, {"role": "user", "content": reply})
        return replace(self, messages=(*self.messages, *more))


def ask_in_messages(rules: str, data: str) -> tuple[Mapping[str, str], ...]:
    """Return rules and data as the two messages that a question opens with: what is read is never an order."""
    return ({"role": "system", "content": rules}, {"role": "user", "content": data})


def shape_object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON schema of an object that has exactly these properties, as strict servers want it."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": dict(properties),
    }


def shape_list(items: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON schema of a list."""
    return {"type": "array", "items": dict(items)}


TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
