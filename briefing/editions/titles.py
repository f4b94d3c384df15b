"""Title of an episode, by which listeners and programs tell the editions of a show apart.

Two editions of a day under one title are one file for several programs: one sews them together, another skips the second.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.show_wording import render_title
from briefing.model import Kind
from feed import plain_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey, Script

MAX_TITLE_CHARS = 60
EDITION_NAMES = {
    "dawn": "凌晨",
    "morning": "早间",
    "noon": "午间",
    "midday": "午间",
    "afternoon": "下午",
    "evening": "晚间",
    "night": "夜间",
}
"""Chinese names of usual editions; any other stands under its own name."""

_NO_MARKUP = str.maketrans("<>", "＜＞")
_ENDS = "。！？；，、：,.;:!? "
_BREAKS = re.compile("[，。！？；：、 ]")


def episode_title(context: ShowContext, key: EditionKey, script: Script) -> str:
    """Return the title that an episode has on the air: the one it has, or a new one, unique among the show's."""
    history = context.store.episodes.list_history(key.show)
    for aired in history:
        if aired.key == key:
            return aired.episode.title
    lead = next((segment.title for segment in script.segments if segment.kind is Kind.STORY), "")
    title = _compose_title(context, key, _plain(lead))
    return make_unique(title, {aired.episode.title for aired in history})


def _compose_title(context: ShowContext, key: EditionKey, lead: str) -> str:
    """Fill in the show's template; cut the lead, and only then the rest, to what apps can show."""
    name = EDITION_NAMES.get(key.edition, key.edition)
    bare = _plain(render_title(context.wording, key.day, name, ""))
    whole = _plain(render_title(context.wording, key.day, name, lead))
    if len(whole) > MAX_TITLE_CHARS:
        room = max(0, len(lead) - (len(whole) - MAX_TITLE_CHARS))
        whole = _plain(render_title(context.wording, key.day, name, cut_lead(lead, room)))
    return (whole if len(whole) <= MAX_TITLE_CHARS else bare)[:MAX_TITLE_CHARS] or f"{key.day} {name}"


def cut_lead(lead: str, room: int) -> str:
    """Cut a lead to `room` characters behind one of its parts, else mark the cut by …."""
    if len(lead) <= room:
        return lead
    ends = [match.start() for match in _BREAKS.finditer(lead, 0, room + 1)]
    if ends and ends[-1] >= room // 2:
        return lead[: ends[-1]]
    return lead[: room - 1] + "…" if room > 1 else ""


def make_unique(title: str, others: Collection[str]) -> str:
    """Return the title, or with a number behind it the first form that no other episode has."""
    unique, number = title, 1
    while unique in others:
        number += 1
        ending = f"（{number}）"
        unique = title[: MAX_TITLE_CHARS - len(ending)] + ending
    return unique


def _plain(text: str) -> str:
    """Return a title on one line, without markup and without marks at its end."""
    return plain_text.single_line(text).translate(_NO_MARKUP).rstrip(_ENDS)
