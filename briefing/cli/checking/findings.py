"""What a check finds."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """Finding of a check: a name, its severity, one sentence, and the cure (empty when all is well)."""

    name: str
    state: Literal["ok", "warn", "error"]
    sentence: str
    cure: str = ""
