"""What a person should look at in the newest script: its length, what no source bears out, what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions import utterances
from briefing.editions.approvals.claims import check_segments
from briefing.editions.show_context import script_note, script_of
from briefing.editorial import script_length
from briefing.model import says_synthesised

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey

UNLABELLED = "稿中没有一句话说明节目由人工智能合成，GB 45438-2025 第5.3条要求听得到这样的标识"
"""Warning that the script of a show that labels itself by a sentence has lost it."""


def length(context: ShowContext, key: EditionKey) -> script_length.ScriptLength:
    """Return how long the newest script takes, spoken or estimated, and why, if that is far off."""
    recording = context.store.recordings.find_recording(key)
    measured = recording.duration / 1000 if recording else None
    return script_length.measure_length(script_of(context, key), context.settings, measured)


def unlabelled(context: ShowContext, key: EditionKey) -> bool:
    """Return whether the newest script lacks the sentence by which the show says that it is synthesised."""
    labels = context.wording.label_first or context.wording.label_last
    sentences = (
        sentence.text for segment in script_of(context, key).segments for sentence in segment.sentences
    )
    return bool(labels) and not any(map(says_synthesised, sentences))


def list_warnings(context: ShowContext, key: EditionKey) -> list[str]:
    """Return what a person should look at in the newest script, a Chinese sentence each."""
    off = length(context, key).why
    unsupported = (
        f"{'；'.join(check.doubts)}：{check.text}"
        for check in check_segments(context, key, script_of(context, key).segments)
        if not check.verified_by
    )
    misread = (
        f"{doubt.char} 应读 {doubt.chosen}，但这个声音做不到：{printed}"
        for printed, doubt in utterances.misread(context, key)
    )
    silent = [UNLABELLED] if unlabelled(context, key) else []
    note = script_note(context, key)
    return [*([note] if note else []), *([off] if off else []), *silent, *unsupported, *misread]
