"""What is grave in a script: what a person confirms, one by one, who lets it go on the air.

What somebody added by hand and nobody approved does not go out by the show's rule: then the edition is held.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editions.approvals.claims import check_segments
from briefing.editions.show_context import parse_revision
from briefing.editorial import script_length
from briefing.errors import ScriptError
from briefing.model import Act, says_synthesised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey, Script

UNLABELLED = "没有一句话说明节目由人工智能合成；GB 45438-2025 第5.3条要求听得到这样的标识"


@dataclass(frozen=True, slots=True)
class GraveFinding:
    """Something that a person confirms before the script is approved."""

    name: str
    """Short name: the same for the same finding in every revision."""
    text: str
    """What it is, in Chinese."""
    segment: str = ""
    """Id of the segment that it is in; '' for the whole script."""
    sentence: str = ""
    """The sentence that it is about; '' for the whole script."""


def find_grave(context: ShowContext, key: EditionKey) -> tuple[GraveFinding, ...]:
    """Return what is grave in the newest script, unsupported claims first; nothing while there is no script."""
    newest = context.store.scripts.newest_script(key)
    if newest is None:
        return ()
    return (*_grave_of(context, key, parse_revision(newest.text)), *_grave_voices(context, key))


def added_by_hand(context: ShowContext, key: EditionKey) -> tuple[GraveFinding, ...]:
    """Return what is grave in the newest script and was not in the programme's own newest one."""
    store = context.store
    newest, own = store.scripts.newest_script(key), store.scripts.newest_script_by(key, context.show.title)
    if newest is None or (own is not None and newest.revision == own.revision):
        return ()
    verified = tuple(store.desk.verified_sentences(key))
    state = _State(str(context.folder), key, newest.revision, verified)
    return _added_by_hand(state, _Handle(context))


@dataclass(frozen=True, slots=True)
class _State:
    """State that the findings of a revision follow from, besides the day's articles."""

    folder: str
    key: EditionKey
    revision: int
    verified: tuple[str, ...]


class _Handle:
    """A show's context beside a cache's key: all of them are equal."""

    def __init__(self, context: ShowContext) -> None:
        self.context = context

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Handle)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=32)
def _added_by_hand(state: _State, handle: _Handle) -> tuple[GraveFinding, ...]:
    context, key, store = handle.context, state.key, handle.context.store
    newest, own = store.scripts.newest_script(key), store.scripts.newest_script_by(key, context.show.title)
    if newest is None:
        return ()
    try:
        grave = tuple(_grave_of(context, key, parse_revision(newest.text)))
        earlier = (
            {claim.name for claim in _grave_of(context, key, parse_revision(own.text))} if own else set()
        )
    except ScriptError:
        # A script that cannot be parsed cannot be approved either; whoever tries that is told why.
        return ()
    return tuple(claim for claim in grave if claim.name not in earlier)


def _grave_of(context: ShowContext, key: EditionKey, spoken: Script) -> Iterator[GraveFinding]:
    for check in check_segments(context, key, spoken.segments):
        if check.grave:
            text = "；".join(check.doubts)
            yield _finding(f"{text}：{check.text}", check.segment, check.text)
    if _lacks_label(context, spoken):
        yield _finding(UNLABELLED)
    length = script_length.measure_length(spoken, context.settings)
    if length.is_too_long:
        yield GraveFinding("length", length.why)


def _grave_voices(context: ShowContext, key: EditionKey) -> Iterator[GraveFinding]:
    """Return that the last recording failed: a voice that cannot be had is met there."""
    acts = context.store.acts.list_acts(key)
    if acts and acts[-1].act is Act.RENDER and acts[-1].outcome == "failed":
        yield GraveFinding("recording", "上一次录制没有做成，到点可能播不出来")


def _lacks_label(context: ShowContext, spoken: Script) -> bool:
    labels = context.wording.label_first or context.wording.label_last
    sentences = (sentence.text for part in spoken.segments for sentence in part.sentences)
    return bool(labels) and not any(map(says_synthesised, sentences))


def _finding(text: str, segment: str = "", sentence: str = "") -> GraveFinding:
    name = hashlib.sha256(text.encode()).hexdigest()[:12]
    return GraveFinding(name, text, segment, sentence)
