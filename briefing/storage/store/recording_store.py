"""Repository of recordings."""

from __future__ import annotations

import dataclasses
from typing import Any

import sqlalchemy as sa

from briefing.model import EditionKey, Stage, han_count
from briefing.storage.store.database import Repository, is_of, key_row, move_to, standing_of
from briefing.storage.store.schema import RECORDINGS
from voices import model as studio


class RecordingRepository(Repository):
    """Recordings of editions."""

    def save_recording(self, key: EditionKey, revision: int, recording: studio.Recording) -> None:
        """Keep what was rendered from that revision of the script: VOICED."""
        body = self._recording_body(recording)
        with self._database.begin_write() as db:
            move_to(db, key, Stage.VOICED)
            db.execute(RECORDINGS.delete().where(*is_of(RECORDINGS, key), RECORDINGS.c.revision == revision))
            db.execute(RECORDINGS.insert().values(**key_row(key), revision=revision, body=body))

    def find_recording(self, key: EditionKey) -> studio.Recording | None:
        """Return what was rendered from the newest revision of the script, or None."""
        with self._database.begin_read() as db:
            revision = standing_of(db, key).revision
            query = sa.select(RECORDINGS.c.body).where(
                *is_of(RECORDINGS, key), RECORDINGS.c.revision == revision
            )
            body = db.scalar(query)
        if body is None:
            return None
        return self._recording(body)

    def list_recordings(self, key: EditionKey) -> tuple[studio.Recording, ...]:
        """Return what was rendered from any revision of the script, the newest first."""
        query = (
            sa.select(RECORDINGS.c.body).where(*is_of(RECORDINGS, key)).order_by(RECORDINGS.c.revision.desc())
        )
        with self._database.begin_read() as db:
            return tuple(self._recording(body) for body in db.scalars(query))

    def _recording_body(self, recording: studio.Recording) -> dict[str, Any]:
        others = [self._recording_body(other) for other in recording.others]
        path = recording.path.relative_to(self._database.root).as_posix()
        return dataclasses.asdict(recording) | {"path": path, "others": others}

    def _recording(self, body: dict[str, Any]) -> studio.Recording:
        music = [item | {"sound": studio.Sound(item["sound"])} for item in body.get("music", ())]
        return studio.Recording(
            **body
            | {
                "path": self._database.root / body["path"],
                "chapters": tuple(studio.Chapter(**item) for item in body["chapters"]),
                "cues": tuple(studio.Cue(**item) for item in body["cues"]),
                "music": tuple(studio.Music(**item) for item in music),
                "others": tuple(self._recording(other) for other in body.get("others", ())),
                # A recording of an earlier version has no notes.
                "notes": tuple(body.get("notes", ())),
            }
        )

    def speaking_rate(self, show: str, editions: int = 5) -> float | None:
        """Han characters a second, pauses and all, in the newest recordings of a show; None before there is one."""
        query = (
            sa.select(RECORDINGS.c.body)
            .where(RECORDINGS.c.show == show)
            .order_by(RECORDINGS.c.day.desc(), RECORDINGS.c.revision.desc())
            .limit(editions)
        )
        with self._database.begin_read() as db:
            bodies = db.scalars(query).all()
        chars = sum(han_count(cue["text"]) for body in bodies for cue in body["cues"])
        seconds = sum(body["duration"] for body in bodies) / 1000
        return chars / seconds if chars and seconds else None
