"""The script at the desk: what is saved, by the same functions as the text file, and how two changes come together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.desk.editing.merge import MergedScript, merge_scripts
from briefing.desk.editing.readings import MOST_SENTENCE_CHARS
from briefing.editions import edition_decisions
from briefing.editorial import script
from briefing.errors import BriefingError, ScriptError, StageError, StaleRevision
from briefing.mandarin import marks

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey, Script
    from briefing.storage.store import Draft


@dataclass(frozen=True, slots=True)
class StaleSave:
    """A change that came too late: the newest revision, what it says, and both put together."""

    newest: Draft
    theirs: Script
    merged: MergedScript


def open_newest(context: ShowContext, key: EditionKey) -> tuple[Draft, str]:
    """The newest revision, with what an editor has changed in the text file, and why that could not be taken over.

    Raises `StageError` while there is no script.
    """
    trouble = adopt_file(context, key)
    return newest_draft(context, key), trouble


def adopt_file(context: ShowContext, key: EditionKey) -> str:
    """Take over what an editor has changed in the text file; says why that cannot be done, '' where it can."""
    try:
        edition_decisions.adopt(context, key)
    except StaleRevision:
        # Somebody saved in this moment; the file belongs to the revision before.
        pass
    except (BriefingError, OSError, UnicodeDecodeError) as error:
        return f"the text file of this script was changed and cannot be used: {error}"
    return ""


def newest_draft(context: ShowContext, key: EditionKey) -> Draft:
    """Return the newest revision as it is stored; raises `StageError` while there is none."""
    newest = context.store.scripts.newest_script(key)
    if newest is None:
        raise StageError(f"{key} has no script yet; run `briefing draft` first")
    return newest


def load_revision(context: ShowContext, key: EditionKey, number: int) -> Draft:
    """Return one revision; raises `StageError` for one that there is not."""
    draft = context.store.scripts.script_at(key, number)
    if draft is None:
        raise StageError(f"{key} has no revision {number} of its script")
    return draft


def save_script(context: ShowContext, key: EditionKey, said: Script, base: int, author: str) -> int:
    """Save a script on top of revision `base`; returns the new revision.

    Raises `ScriptError` for what cannot be spoken, `StaleRevision` when somebody was faster, in the text file too: it
    would be of an old revision after this, and nobody would look at it again.
    """
    _check_script(said)
    adopt_file(context, key)
    return edition_decisions.save(context, key, script.dump(said), base=base, author=author)


def _check_script(said: Script) -> None:
    """Refuse what a text file cannot say, in the words of a page that has no lines."""
    if not said.segments:
        raise ScriptError("the script has no segment; keep at least one")
    names = [segment.id for segment in said.segments]
    for segment in said.segments:
        if not segment.id.strip() or names.count(segment.id) > 1:
            raise ScriptError(
                f"“{segment.title}” has the id {segment.id!r}; give each segment one of its own"
            )
        if not segment.sentences:
            raise ScriptError(f"“{segment.title}” says nothing; write a sentence or drop it")
        for sentence in segment.sentences:
            if len(sentence.text) > MOST_SENTENCE_CHARS:
                raise ScriptError(
                    f"“{segment.title}” has a sentence of {len(sentence.text)} characters; "
                    f"split it below {MOST_SENTENCE_CHARS}"
                )
            if not any(map(str.isalnum, marks.strip(sentence.text))):
                raise ScriptError(
                    f"“{segment.title}” has a sentence with no word in it; write one or remove it"
                )


def merge_stale(context: ShowContext, key: EditionKey, mine: Script, base: int) -> StaleSave:
    """A change to revision `base` that came too late, with what was saved since."""
    saved = newest_draft(context, key)
    theirs, read = script.parse(saved.text), script.parse(load_revision(context, key, base).text)
    return StaleSave(saved, theirs, merge_scripts(read, mine, theirs))


def restore_revision(context: ShowContext, key: EditionKey, old: Draft, base: int, author: str) -> int:
    """Save an old revision's text as the newest, on top of revision `base`; raises as `save`."""
    adopt_file(context, key)
    return edition_decisions.save(context, key, old.text, base=base, author=author)
