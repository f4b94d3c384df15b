"""Repository of published episodes, withdrawn ones included."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from briefing.errors import StageError, StaleRevision
from briefing.model import EditionKey, Stage
from briefing.storage.store.database import (
    AuditEntry,
    Repository,
    is_of,
    key_of,
    key_row,
    log_audit,
    move_to,
    standing_of,
)
from briefing.storage.store.schema import EDITIONS, EPISODES, NUMBERS, WITHDRAWALS
from feed.model import Audio, Chapter, Correction, Cue, Episode, Soundbite

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Number of an episode in its show and moment of its publication, kept for ever."""

    number: int
    published: datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Aired:
    """Published episode; `withdrawn` is when it was taken off the air, and `why`; None while it is on."""

    key: EditionKey
    episode: Episode
    withdrawn: datetime | None = None
    why: str = ""


class EpisodeRepository(Repository):
    """Queries on published episodes."""

    def assign_place(self, show: str, guid: str, published: datetime) -> Place:
        """The place of the episode with this guid: the next number of the show and this moment, or what it got before.

        A number that was given is never given again, not even when its episode is withdrawn or never goes out.
        """
        with self._database.begin_write() as db:
            own = db.execute(sa.select(NUMBERS).where(NUMBERS.c.guid == guid)).one_or_none()
            if own is not None:
                return Place(own.number, datetime.fromisoformat(own.published))
            last = db.scalar(sa.select(sa.func.max(NUMBERS.c.number)).where(NUMBERS.c.show == show))
            given_place = Place((last or 0) + 1, published)
            row = {
                "show": show,
                "guid": guid,
                "number": given_place.number,
                "published": published.isoformat(),
            }
            db.execute(NUMBERS.insert().values(row))
        return given_place

    def expected_number(self, show: str, guid: str) -> int:
        """Return the number that an episode has, or will have if it is published next."""
        with self._database.begin_read() as db:
            own = db.scalar(sa.select(NUMBERS.c.number).where(NUMBERS.c.guid == guid))
            last = db.scalar(sa.select(sa.func.max(NUMBERS.c.number)).where(NUMBERS.c.show == show))
        return int(own or (last or 0) + 1)

    def save_episode(self, key: EditionKey, episode: Episode) -> None:
        """Keep what is on the air now, in place of an earlier version of the same edition: PUBLISHED."""
        row = {"guid": episode.guid, "number": episode.number, "body": _episode_body(episode)}
        with self._database.begin_write() as db:
            move_to(db, key, Stage.PUBLISHED)
            db.execute(EPISODES.delete().where(*is_of(EPISODES, key)))
            try:
                db.execute(EPISODES.insert().values(**key_row(key), **row))
            except IntegrityError as error:
                raise StageError(
                    f"{key} cannot be number {episode.number}: that number is taken; publish again"
                ) from error

    def adopt_episodes(
        self, episodes: Sequence[tuple[EditionKey, Episode]], newest: Collection[EditionKey] = ()
    ) -> None:
        """Store episodes that are on the air and that this database has lost.

        Editions that nobody began are PUBLISHED, and those in `newest`: of them the newest recording is on the air, by a
        process that was killed before it could say so. Raises `StageError` if one of their numbers is taken.
        """
        with self._database.begin_write() as db:
            for key, episode in episodes:
                row = {"guid": episode.guid, "number": episode.number}
                if db.scalar(sa.select(NUMBERS.c.guid).where(NUMBERS.c.guid == episode.guid)) is None:
                    published = episode.published.isoformat()
                    _insert_number(db, key, NUMBERS, row | {"show": key.show, "published": published})
                _insert_number(db, key, EPISODES, row | key_row(key) | {"body": _episode_body(episode)})
                if standing_of(db, key).stage is Stage.NEW:
                    db.execute(EDITIONS.insert().values(**key_row(key), stage=Stage.PUBLISHED, revision=0))
                elif key in newest:
                    move_to(db, key, Stage.PUBLISHED)

    def find_episode(self, key: EditionKey) -> Episode | None:
        """Return the published episode of an edition, or None."""
        with self._database.begin_read() as db:
            body = db.scalar(sa.select(EPISODES.c.body).where(*is_of(EPISODES, key)))
        return None if body is None else _episode(body)

    def list_episodes(self, show: str) -> tuple[Episode, ...]:
        """Return all episodes of a show, newest first."""
        query = sa.select(EPISODES.c.body).where(EPISODES.c.show == show).order_by(EPISODES.c.number.desc())
        with self._database.begin_read() as db:
            return tuple(_episode(body) for body in db.scalars(query))

    def newest_episode(self, show: str) -> Episode | None:
        """Return the show's newest episode, or None."""
        query = sa.select(EPISODES.c.body).where(EPISODES.c.show == show).order_by(EPISODES.c.number.desc())
        with self._database.begin_read() as db:
            body = db.scalar(query.limit(1))
        return None if body is None else _episode(body)

    def withdraw_episode(self, key: EditionKey, why: str, when: datetime) -> None:
        """Take an edition off the air, and remember why: WITHDRAWN. Raises `StageError` when it is not on the air."""
        with self._database.begin_write() as db:
            body = db.scalar(sa.select(EPISODES.c.body).where(*is_of(EPISODES, key)))
            if body is None:
                raise StageError(f"{key} is not on the air; `briefing history` shows what is")
            move_to(db, key, Stage.WITHDRAWN)
            db.execute(EPISODES.delete().where(*is_of(EPISODES, key)))
            row = {"withdrawn": when.isoformat(), "why": why, "body": body}
            db.execute(WITHDRAWALS.insert().values(**key_row(key), **row))

    def reinstate_edition(self, key: EditionKey, revision: int, entry: AuditEntry) -> None:
        """Let the newest revision of a withdrawn edition go on the air again: APPROVED, with the entry in the audit log.

        The only way out of WITHDRAWN. Raises `StageError` for an edition that is not withdrawn, `StaleRevision` when
        `revision` is not the newest one.
        """
        with self._database.begin_write() as db:
            standing = standing_of(db, key)
            if standing.stage is not Stage.WITHDRAWN:
                raise StageError(f"{key} is {standing.stage}, not withdrawn; there is nothing to reinstate")
            if standing.revision != revision:
                raise StaleRevision(
                    f"the script of {key} is at revision {standing.revision}, not {revision}; read it before you decide"
                )
            db.execute(EDITIONS.update().where(*is_of(EDITIONS, key)).values(stage=Stage.APPROVED))
            log_audit(db, entry)

    def list_history(self, show: str) -> tuple[Aired, ...]:
        """Return all episodes that a show ever published, withdrawn ones too, newest number first."""
        with self._database.begin_read() as db:
            on = db.execute(sa.select(EPISODES).where(EPISODES.c.show == show)).all()
            off = db.execute(sa.select(WITHDRAWALS).where(WITHDRAWALS.c.show == show)).all()
        aired = [Aired(key_of(row), _episode(row.body)) for row in on]
        aired += [
            Aired(key_of(row), _episode(row.body), datetime.fromisoformat(row.withdrawn), row.why)
            for row in off
        ]
        return tuple(sorted(aired, key=_newest, reverse=True))


def _insert_number(db: sa.Connection, key: EditionKey, table: sa.Table, row: dict[str, Any]) -> None:
    """Insert a row with an episode's number; raise `StageError` if the number is taken."""
    try:
        db.execute(table.insert().values(**row))
    except IntegrityError as error:
        raise StageError(
            f"{key} is on the air as number {row['number']}, which the database has given to another episode; "
            "restore the database by `briefing restore`"
        ) from error


def _newest(aired: Aired) -> tuple[int, bool, datetime]:
    """Return a sort key; the present version of an edition is newer than withdrawn ones."""
    return aired.episode.number, aired.withdrawn is None, aired.withdrawn or aired.episode.published


def _episode_body(episode: Episode) -> dict[str, Any]:
    """Return an episode as JSON; lengths of time are whole milliseconds."""
    body: dict[str, Any] = _plain(dataclasses.asdict(episode))
    return body


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever an episode holds
    """Moments and lengths of time as JSON has them, however deep they lie."""
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value // timedelta(milliseconds=1)
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    return value


def _episode(body: dict[str, Any]) -> Episode:
    """Return the episode of a JSON body; bodies of earlier versions lack newer fields."""
    columns = {
        "published": datetime.fromisoformat(body["published"]),
        "duration": _span(body["duration"]),
        "chapters": tuple(Chapter(**_timed(item, "start")) for item in body["chapters"]),
        "cues": tuple(Cue(**_timed(item, "start", "end")) for item in body["cues"]),
        "soundbites": tuple(
            Soundbite(**_timed(item, "start", "duration")) for item in body.get("soundbites", ())
        ),
        "m4a": _audio(body.get("m4a")),
        "short": _audio(body.get("short")),
        "corrections": tuple(
            Correction(datetime.fromisoformat(item["when"]), item["what"])
            for item in body.get("corrections", ())
        ),
    }
    return Episode(**body | columns)


def _audio(item: dict[str, Any] | None) -> Audio | None:
    return Audio(**_timed(item, "duration")) if item else None


def _timed(item: dict[str, Any], *names: str) -> dict[str, Any]:
    """A part of an episode whose fields of these names are lengths of time."""
    return item | {name: _span(item[name]) for name in names}


def _span(millis: int) -> timedelta:
    return timedelta(milliseconds=millis)
