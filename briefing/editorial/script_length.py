"""Length of a script beside the length of its programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.mandarin import marks
from briefing.model import Kind, han_count

if TYPE_CHECKING:
    from briefing.editorial.rundown.settings import Settings
    from briefing.model import Script

FAR = 0.08
"""Share of its length by which a programme may be off before somebody is told why."""


@dataclass(frozen=True, slots=True)
class ScriptLength:
    """Length of a script and its target, in seconds at the voice's rate; `why` says in Chinese if it is far off."""

    seconds: float
    target: float
    why: str = ""

    @property
    def is_too_long(self) -> bool:
        """Return whether it is longer than it may be; shorter is no fault: the length is the most, not a debt."""
        return bool(self.why) and self.seconds > self.target


def measure_length(script: Script, settings: Settings, measured: float | None = None) -> ScriptLength:
    """Return how long a script takes, `measured` or at the settings' rate, and why if it is far off."""
    seconds, target = measured or spoken_chars(script) / settings.rate, settings.total / settings.rate
    if not target or abs(seconds - target) <= FAR * target:
        return ScriptLength(seconds, target)
    if seconds > target:
        return ScriptLength(seconds, target, "稿子比节目时间长，请删减")
    count = sum(segment.kind is Kind.STORY for segment in script.segments)
    return ScriptLength(seconds, target, f"今天可播的新闻只有{count}条，节目会比平时短，不凑时间")


def spoken_chars(script: Script) -> int:
    """Return the Han characters of a script that are spoken."""
    texts = (sentence.text for segment in script.segments for sentence in segment.sentences)
    return sum(han_count(marks.strip(text)) for text in texts)
