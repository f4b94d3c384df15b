"""What people decide about an edition: its script, whether it goes on the air.

It imports neither voices nor the reading of Mandarin, so that `briefing approve` and `hold` start at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.editions.announcements import follow_changes
from briefing.editions.show_context import newest_draft, parse_revision
from briefing.editions.stage_log import log_stage
from briefing.editorial import script
from briefing.errors import ScriptError, StageError
from briefing.model import EditionKey, Stage
from briefing.storage.atomic_file import make_private_folder, write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.editions.show_context import ShowContext
    from briefing.model import Script
    from briefing.storage.store import Draft


MARKS = frozenset("{}｛｝")
"""Characters of reading and pause marks."""


class Decision(NamedTuple):
    """A person's decision: who made it, at which address, and why."""

    who: str
    place: str
    why: str


def save(context: ShowContext, key: EditionKey, text: str, *, base: int, author: str, note: str = "") -> int:
    """Save a script on top of revision `base`, in the store and as a file; returns the new revision.

    Raises `ScriptError` for a text that is no script of this edition, `StaleRevision` when somebody was faster.
    """
    parsed = parse_revision(text)
    if parsed.key != key:
        raise StageError(
            f"this script is of {parsed.key}, not of {key}; save it there, or mend its front matter"
        )
    check_anchors(context, parsed)
    revision = context.store.scripts.save_script(
        key, text, base=base, author=author, saved=context.now(), note=note
    )
    _write_script(context.script_file(key, revision), text)
    return revision


def adopt(context: ShowContext, key: EditionKey) -> int | None:
    """Take over what an editor changed in the file of the newest revision; returns the new revision, if any."""
    newest = context.store.scripts.newest_script(key)
    if newest is None:
        return None
    path = context.script_file(key, newest.revision)
    if not path.exists():
        _write_script(path, newest.text)
    text = path.read_text(encoding="utf-8")
    if text == newest.text:
        return None
    text = script.dump(_followed(context, key, newest.text, text))
    revision = save(context, key, text, base=newest.revision, author="script file")
    _write_script(path, newest.text)
    return revision


def _followed(context: ShowContext, key: EditionKey, before: str, text: str) -> Script:
    """Return a changed text file as a script whose headlines, transitions and credits follow its stories."""
    return follow_changes(context, key, parse_revision(before), parse_revision(text))


@log_stage("approve")
def approve(context: ShowContext, key: EditionKey, revision: int | None = None) -> None:
    """Let the script be rendered; one that cannot be parsed or spoken is refused here, not at seven o'clock.

    Raises `StaleRevision` when the newest revision is not the one that was read, where that is named.
    """
    newest = newest_draft(context, key)
    check_speakable(context, newest)
    context.store.editions.move_edition(
        key, Stage.APPROVED, newest.revision if revision is None else revision
    )


@log_stage("approve")
def approve_by_rule(context: ShowContext, key: EditionKey) -> None:
    """Approve a draft that nobody has decided about, as `approve`.

    Raises `StageError` when somebody has by now, and when somebody added by hand what is grave.
    """
    newest = newest_draft(context, key)
    check_speakable(context, newest)
    if newest.author != context.show.title:
        from briefing.editions.approvals import approval  # noqa: PLC0415 - it reads Mandarin, which takes a second to load

        if added := approval.added_by_hand(context, key):
            raise StageError(
                f"{key} has {len(added)} grave findings that nobody confirmed; look at them and approve it"
            )
    context.store.editions.move_edition(key, Stage.APPROVED, newest.revision, since=Stage.DRAFTED)


def hold(context: ShowContext, key: EditionKey) -> None:
    """Keep the edition off the air until somebody approves it."""
    context.store.editions.move_edition(key, Stage.HELD)


def release(context: ShowContext, key: EditionKey) -> None:
    """Hold the edition no longer: it waits for approval again, or for what the show's rule says."""
    if (stage := context.store.editions.find_standing(key).stage) is not Stage.HELD:
        raise StageError(f"{key} is {stage}, not held; there is nothing to release")
    context.store.editions.move_edition(key, Stage.DRAFTED, since=Stage.HELD)


def _write_script(path: Path, text: str) -> None:
    make_private_folder(path.parent)
    write_atomic(path, text)


def check_speakable(context: ShowContext, draft: Draft) -> None:
    """Raise `ScriptError` for a script that cannot be parsed, or has a wrong reading mark or an unknown anchor.

    Only sentences with marks are read: nothing in the others can fail, and reading takes a second to load.
    """
    spoken = parse_revision(draft.text)
    check_anchors(context, spoken)
    marked = [
        sentence.text for part in spoken.segments for sentence in part.sentences if MARKS & set(sentence.text)
    ]
    if marked:
        from briefing import mandarin  # noqa: PLC0415 - a second to load, for few scripts

        for text in marked:
            for piece in mandarin.pieces(text):
                mandarin.read(piece, context.lexicon)


def check_anchors(context: ShowContext, spoken: Script) -> None:
    """Raise `ScriptError` for a segment, or a sentence of it, that nobody of this show reads."""
    for segment in spoken.segments:
        anchors = (segment.anchor, *(sentence.anchor for sentence in segment.sentences if sentence.anchor))
        if unknown := next((anchor for anchor in anchors if anchor not in context.anchors), None):
            names = "、".join(context.anchors)
            raise ScriptError(
                f"“{segment.title}” is read by {unknown!r}, who is no anchor here; name one of {names}"
            )
