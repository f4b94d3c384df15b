"""Wording of an event: one line that no hostile headline turns into markup or mentions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.monitoring.alarms.events import Severity

if TYPE_CHECKING:
    from briefing.monitoring.alarms.events import Event

LONGEST = 500
"""Characters of a sentence: 企业微信 takes 2,048 bytes of text, and a Han character has three."""

_HEADS = {Severity.URGENT: "紧急", Severity.WARNING: "提醒"}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_HARMLESS = str.maketrans({"<": "＜", ">": "＞", "@": "＠"})


def event_headline(event: Event) -> str:
    """Return the subject in a few words: `【每日简报】紧急 demo/2026-03-02/morning`."""
    head = "恢复" if event.over else _HEADS[event.severity]
    about = str(event.edition or event.show)
    return f"【每日简报】{head} {about}".rstrip()


def event_text(event: Event) -> str:
    """Return the headline, the sentence and the time of an event."""
    sentence = clean_sentence(event.sentence)
    return f"{event_headline(event)}\n{sentence}\n{event.when:%Y-%m-%d %H:%M %Z}"


def clean_sentence(sentence: str) -> str:
    """Return a sentence in one line, without markup, direction marks or mentions."""
    plain = _UNSEEN.sub(" ", sentence).translate(_HARMLESS).strip()
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
