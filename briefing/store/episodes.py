"""The store's part on what is on the air."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from briefing.errors import StageError
from briefing.model import EditionKey, Stage
from briefing.store.base import EPISODES, Part, is_of, key_row, move_to
from feed.model import Audio, Chapter, Correction, Cue, Episode, Soundbite


class Episodes(Part):
    """What is on the air."""

    def next_number(self, show: str, guid: str) -> int:
        """The number of the episode with this guid, or the next free one of the show, counted from 1."""
        with self._begin() as db:
            own = db.scalar(sa.select(EPISODES.c.number).where(EPISODES.c.guid == guid))
            last = db.scalar(sa.select(sa.func.max(EPISODES.c.number)).where(EPISODES.c.show == show))
        return int(own or (last or 0) + 1)

    def save_episode(self, key: EditionKey, episode: Episode) -> None:
        """Keep what is on the air now, in place of an earlier version of the same edition: PUBLISHED."""
        row = {"guid": episode.guid, "number": episode.number, "body": _episode_body(episode)}
        with self._begin() as db:
            move_to(db, key, Stage.PUBLISHED)
            db.execute(EPISODES.delete().where(*is_of(EPISODES, key)))
            try:
                db.execute(EPISODES.insert().values(**key_row(key), **row))
            except IntegrityError as error:
                raise StageError(
                    f"{key} cannot be number {episode.number}: that number is taken; publish again"
                ) from error

    def episode(self, key: EditionKey) -> Episode | None:
        """What is on the air for this edition, or None."""
        with self._begin() as db:
            body = db.scalar(sa.select(EPISODES.c.body).where(*is_of(EPISODES, key)))
        return None if body is None else _episode(body)

    def episodes(self, show: str) -> tuple[Episode, ...]:
        """All episodes of a show, newest first."""
        query = sa.select(EPISODES.c.body).where(EPISODES.c.show == show).order_by(EPISODES.c.number.desc())
        with self._begin() as db:
            return tuple(_episode(body) for body in db.scalars(query))

    def newest_episode(self, show: str) -> Episode | None:
        """The episode of a show that was published last, or None before there is one."""
        query = sa.select(EPISODES.c.body).where(EPISODES.c.show == show).order_by(EPISODES.c.number.desc())
        with self._begin() as db:
            body = db.scalar(query.limit(1))
        return None if body is None else _episode(body)


def _episode_body(episode: Episode) -> dict[str, Any]:
    """JSON of an episode; lengths of time in whole milliseconds."""
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
    """The episode of a body; one that an earlier version kept knows less, and has none of the rest."""
    known = {
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
    return Episode(**body | known)


def _audio(item: dict[str, Any] | None) -> Audio | None:
    return Audio(**_timed(item, "duration")) if item else None


def _timed(item: dict[str, Any], *names: str) -> dict[str, Any]:
    """A part of an episode whose fields of these names are lengths of time."""
    return item | {name: _span(item[name]) for name in names}


def _span(millis: int) -> timedelta:
    return timedelta(milliseconds=millis)
