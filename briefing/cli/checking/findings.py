"""What a check finds."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Finding(NamedTuple):
    """What a check found: a name, how bad it is, one sentence, and the cure (empty when all is well)."""

    name: str
    state: Literal["ok", "warn", "error"]
    sentence: str
    cure: str = ""
