"""What people decide about an edition: its script, whether it goes on the air.

It imports neither voices nor the reading of Mandarin, so that `briefing approve` and `hold` start at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.editions.announcements import follow_changes
from briefing.editions.context import newest_draft, parse_revision
from briefing.editions.stage_log import log_stage
from briefing.editorial import script
from briefing.errors import ScriptError, StageError
from briefing.model import EditionKey, Stage
from briefing.storage.atomic_file import make_private_folder, write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.editions.context import Production
    from briefing.model import Script
    from briefing.storage.store import Draft


MARKS = frozenset("{}｛｝")
"""Characters of reading and pause marks."""


class Decision(NamedTuple):
    """A person's decision: who made it, at which address, and why."""

    who: str
    place: str
    why: str


def save(production: Production, key: EditionKey, text: str, *, base: int, author: str) -> int:
    """Save a script on top of revision `base`, in the store and as a file; returns the new revision.

    Raises `ScriptError` for a text that is no script of this edition, `StaleRevision` when somebody was faster.
    """
    parsed = parse_revision(text)
    if parsed.key != key:
        raise StageError(
            f"this script is of {parsed.key}, not of {key}; save it there, or mend its front matter"
        )
    check_anchors(production, parsed)
    revision = production.store.save_script(key, text, base=base, author=author, saved=production.now())
    _write_script(production.script_file(key, revision), text)
    return revision


def adopt(production: Production, key: EditionKey) -> int | None:
    """Take over what an editor changed in the file of the newest revision; returns the new revision, if any."""
    newest = production.store.script(key)
    if newest is None:
        return None
    path = production.script_file(key, newest.revision)
    if not path.exists():
        _write_script(path, newest.text)
    text = path.read_text(encoding="utf-8")
    if text == newest.text:
        return None
    text = script.dump(_followed(production, key, newest.text, text))
    revision = save(production, key, text, base=newest.revision, author="script file")
    _write_script(path, newest.text)
    return revision


def _followed(production: Production, key: EditionKey, before: str, text: str) -> Script:
    """Return a changed text file as a script whose headlines, transitions and credits follow its stories."""
    return follow_changes(production, key, parse_revision(before), parse_revision(text))


@log_stage("approve")
def approve(production: Production, key: EditionKey, revision: int | None = None) -> None:
    """Let the script be rendered; one that cannot be parsed or spoken is refused here, not at seven o'clock.

    Raises `StaleRevision` when the newest revision is not the one that was read, where that is named.
    """
    newest = newest_draft(production, key)
    check_speakable(production, newest)
    production.store.move(key, Stage.APPROVED, newest.revision if revision is None else revision)


@log_stage("approve")
def approve_by_rule(production: Production, key: EditionKey) -> None:
    """Approve a draft that nobody has decided about, as `approve`.

    Raises `StageError` when somebody has by now, and when somebody added by hand what is grave.
    """
    newest = newest_draft(production, key)
    check_speakable(production, newest)
    if newest.author != production.show.title:
        from briefing.editions.approvals import approval  # noqa: PLC0415 - it reads Mandarin, which takes a second to load

        if added := approval.added_by_hand(production, key):
            raise StageError(
                f"{key} has {len(added)} grave findings that nobody confirmed; look at them and approve it"
            )
    production.store.move(key, Stage.APPROVED, newest.revision, since=Stage.DRAFTED)


def hold(production: Production, key: EditionKey) -> None:
    """Keep the edition off the air until somebody approves it."""
    production.store.move(key, Stage.HELD)


def release(production: Production, key: EditionKey) -> None:
    """Hold the edition no longer: it waits for approval again, or for what the show's rule says."""
    if (stage := production.store.standing(key).stage) is not Stage.HELD:
        raise StageError(f"{key} is {stage}, not held; there is nothing to release")
    production.store.move(key, Stage.DRAFTED, since=Stage.HELD)


def _write_script(path: Path, text: str) -> None:
    make_private_folder(path.parent)
    write_atomic(path, text)


def check_speakable(production: Production, draft: Draft) -> None:
    """Raise `ScriptError` for a script that cannot be parsed, or has a wrong reading mark or an unknown anchor.

    Only sentences with marks are read: nothing in the others can fail, and reading takes a second to load.
    """
    spoken = parse_revision(draft.text)
    check_anchors(production, spoken)
    marked = [
        sentence.text for part in spoken.segments for sentence in part.sentences if MARKS & set(sentence.text)
    ]
    if marked:
        from briefing import mandarin  # noqa: PLC0415 - a second to load, for few scripts

        for text in marked:
            for piece in mandarin.pieces(text):
                mandarin.read(piece, production.lexicon)


def check_anchors(production: Production, spoken: Script) -> None:
    """Raise `ScriptError` for a segment that nobody of this show reads."""
    for segment in spoken.segments:
        if segment.anchor not in production.anchors:
            known = "、".join(production.anchors)
            raise ScriptError(
                f"“{segment.title}” is read by {segment.anchor!r}, who is no anchor here; name one of {known}"
            )
