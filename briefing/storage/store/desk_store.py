"""Repository of the audit log, of unsaved changes and of sentences that somebody answers for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from briefing.storage.store.database import AuditEntry, Repository, is_of, key_row, log_audit, utc_text
from briefing.storage.store.schema import AUDIT, DRAFTS, VERIFIED

if TYPE_CHECKING:
    from briefing.model import EditionKey


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Changes of a person to a script since revision `base` that are not saved as a revision."""

    base: int
    body: dict[str, Any]
    saved: datetime


class DeskRepository(Repository):
    """Audit log and unsaved changes of the desk."""

    def log_entry(self, entry: AuditEntry) -> None:
        """Write down what somebody did."""
        with self._database.begin_write() as db:
            log_audit(db, entry)

    def list_entries(self, last: int) -> tuple[AuditEntry, ...]:
        """The last things that were done, newest first."""
        query = sa.select(AUDIT).order_by(AUDIT.c.id.desc()).limit(last)
        with self._database.begin_read() as db:
            rows = db.execute(query).all()
        return tuple(
            AuditEntry(datetime.fromisoformat(row.at), row.who, row.what, row.about, row.place)
            for row in rows
        )

    def keep_unsaved(self, person: str, key: EditionKey, unsaved: Unsaved) -> None:
        """Keep what a person has written so far, in place of what was kept before."""
        row = {"base": unsaved.base, "body": unsaved.body, "saved": utc_text(unsaved.saved)}
        with self._database.begin_write() as db:
            db.execute(DRAFTS.delete().where(*is_of(DRAFTS, key), DRAFTS.c.person == person))
            db.execute(DRAFTS.insert().values(**key_row(key), **row, person=person))

    def find_unsaved(self, person: str, key: EditionKey) -> Unsaved | None:
        """Return what a person has written and not saved, or None."""
        with self._database.begin_read() as db:
            query = sa.select(DRAFTS).where(*is_of(DRAFTS, key), DRAFTS.c.person == person)
            row = db.execute(query).one_or_none()
        return Unsaved(row.base, row.body, datetime.fromisoformat(row.saved)) if row else None

    def verify_sentence(self, key: EditionKey, text: str, person: str, when: datetime) -> None:
        """Keep that a person answers for a sentence of an edition, in place of who did before."""
        row = {"digest": _digest(text), "text": text, "person": person, "at": utc_text(when)}
        with self._database.begin_write() as db:
            db.execute(VERIFIED.delete().where(*is_of(VERIFIED, key), VERIFIED.c.digest == row["digest"]))
            db.execute(VERIFIED.insert().values(**key_row(key), **row))

    def unverify_sentence(self, key: EditionKey, text: str) -> None:
        """Forget that anybody answers for a sentence."""
        with self._database.begin_write() as db:
            db.execute(VERIFIED.delete().where(*is_of(VERIFIED, key), VERIFIED.c.digest == _digest(text)))

    def verified_sentences(self, key: EditionKey) -> dict[str, str]:
        """Return the sentences of an edition that somebody answers for, each with that person's name."""
        with self._database.begin_read() as db:
            rows = db.execute(sa.select(VERIFIED).where(*is_of(VERIFIED, key)).order_by(VERIFIED.c.at)).all()
        return {row.text: row.person for row in rows}

    def drop_unsaved(self, person: str, key: EditionKey) -> None:
        """It is saved, or the person does not want it."""
        with self._database.begin_write() as db:
            db.execute(DRAFTS.delete().where(*is_of(DRAFTS, key), DRAFTS.c.person == person))


def _digest(text: str) -> str:
    """Return the key of a sentence: a text of any length."""
    return hashlib.sha256(text.encode()).hexdigest()
