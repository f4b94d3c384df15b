"""The only SQL: articles, editions with their stages, scripts with their revisions, recordings, episodes.

Every stage's result and the new stage are written in one transaction, so that a killed process leaves
an edition either before the stage or after it. SQLite in a file by default; any SQLAlchemy URL works.
"""

from __future__ import annotations

import dataclasses
import hashlib
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from briefing.errors import StageError, StaleRevision
from briefing.model import NEXT_STAGES, Article, EditionKey, Stage, han_count
from briefing.sources.base import Copy, Fetched
from feed.model import Chapter, Cue, Episode
from voices import model as studio

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "sources"
"""The newest migration; a store that has it is opened without loading Alembic."""

TABLES = sa.MetaData()


def _table(
    name: str,
    *columns: str,
    json: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    blobs: tuple[str, ...] = (),
) -> sa.Table:
    """A table as the queries see it; the migrations are what makes it."""
    kinds: dict[str, Any] = dict.fromkeys(json, sa.JSON) | dict.fromkeys(numbers, sa.Integer)
    kinds |= dict.fromkeys(blobs, sa.LargeBinary)
    return sa.Table(name, TABLES, *(sa.Column(column, kinds.get(column, sa.String)) for column in columns))


_KEY = ("show", "day", "edition")
SHOWS = _table("shows", "slug", "guid")
ARTICLES = _table("articles", "id", "source", "published", "body", json=("body",))
EDITIONS = _table("editions", *_KEY, "stage", "revision", numbers=("revision",))
POOL = _table("edition_articles", *_KEY, "position", "article", numbers=("position",))
SCRIPTS = _table("scripts", *_KEY, "revision", "text", "author", "saved", numbers=("revision",))
RECORDINGS = _table("recordings", *_KEY, "revision", "body", json=("body",), numbers=("revision",))
EPISODES = _table("episodes", *_KEY, "guid", "number", "body", json=("body",), numbers=("number",))


COPIES = _table(
    "copies", "key", "etag", "modified", "url", "type", "charset", "content", "kept", blobs=("content",)
)
SOURCES = _table("source_states", "name", "worked", "articles", "failed", "trouble", numbers=("articles",))
PUSHED = _table("pushed_articles", "show", "article")

COPIES_KEPT = timedelta(days=14)
"""How long a copy of a page or feed is kept after it was fetched."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source did: when it last worked and what it gave, when it last failed and why ('' when it works)."""

    name: str
    worked: datetime | None
    articles: int
    failed: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A script as it was saved: its revision counts from 1; `author` is a person or the programme itself."""

    revision: int
    text: str
    author: str
    saved: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an edition stands: its stage and the revision of its script (0 before there is one)."""

    key: EditionKey
    stage: Stage
    revision: int


class Store:
    """The newsroom's memory. `root` is the folder that paths of recordings count from."""

    def __init__(self, engine: sa.Engine, root: Path) -> None:
        self._engine = engine
        self._root = root

    @classmethod
    def open(cls, url: str, root: Path) -> Store:
        """Connect, and bring the database to the newest migration."""
        root.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_immediate)
        _migrate(engine)
        return cls(engine, root)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # Shows ------------------------------------------------------------------------------------------------

    def show_guid(self, slug: str, fresh: str) -> str:
        """The show's Podcasting 2.0 guid: `fresh` the first time, then always the same."""
        with self._engine.begin() as db:
            found = db.scalar(sa.select(SHOWS.c.guid).where(SHOWS.c.slug == slug))
            if found is None:
                db.execute(SHOWS.insert().values(slug=slug, guid=fresh))
            return str(found or fresh)

    # Editions and their stages ----------------------------------------------------------------------------

    def standing(self, key: EditionKey) -> Standing:
        """Where an edition stands; one that nobody began is NEW."""
        with self._engine.begin() as db:
            return _standing(db, key)

    def standings(self, show: str | None = None) -> tuple[Standing, ...]:
        """All editions of a show, or of all shows, newest day first."""
        query = sa.select(EDITIONS).order_by(EDITIONS.c.day.desc(), EDITIONS.c.show, EDITIONS.c.edition)
        with self._engine.begin() as db:
            rows = db.execute(query if show is None else query.where(EDITIONS.c.show == show)).all()
        return tuple(Standing(_key_of(row), Stage(row.stage), row.revision) for row in rows)

    def move(self, key: EditionKey, stage: Stage) -> None:
        """Change the stage; raises `StageError` for a change that the table in `model` does not allow."""
        with self._engine.begin() as db:
            _move(db, key, stage)

    # Articles ---------------------------------------------------------------------------------------------

    def gather(self, key: EditionKey, articles: Sequence[Article]) -> None:
        """Keep the articles and make them the edition's pool: GATHERED."""
        unique = list({article.id: article for article in articles}.values())
        with self._engine.begin() as db:
            _move(db, key, Stage.GATHERED)
            db.execute(POOL.delete().where(*_is(POOL, key)))
            for article in unique:
                _keep(db, _article_row(article))
            pool = [
                {**_key_row(key), "position": place, "article": article.id}
                for place, article in enumerate(unique)
            ]
            if pool:
                db.execute(POOL.insert(), pool)

    def articles(self, key: EditionKey) -> tuple[Article, ...]:
        """The edition's pool, in the order in which it was gathered."""
        query = (
            sa.select(ARTICLES)
            .join(POOL, POOL.c.article == ARTICLES.c.id)
            .where(*_is(POOL, key))
            .order_by(POOL.c.position)
        )
        with self._engine.begin() as db:
            return tuple(_article(row) for row in db.execute(query))

    def push(self, show: str, articles: Sequence[Article], editions: Sequence[EditionKey]) -> None:
        """Keep articles that somebody handed in for a show; editions that are gathered already get them at once."""
        with self._engine.begin() as db:
            for article in articles:
                _keep(db, _article_row(article))
                row = {"show": show, "article": article.id}
                db.execute(PUSHED.delete().where(PUSHED.c.show == show, PUSHED.c.article == article.id))
                db.execute(PUSHED.insert().values(**row))
            for key in editions:
                _join_pool(db, key, [article.id for article in articles])

    def pushed(self, show: str) -> tuple[Article, ...]:
        """Every article that was handed in for a show."""
        query = (
            sa.select(ARTICLES).join(PUSHED, PUSHED.c.article == ARTICLES.c.id).where(PUSHED.c.show == show)
        )
        with self._engine.begin() as db:
            return tuple(
                _article(row) for row in db.execute(query.order_by(ARTICLES.c.published, ARTICLES.c.id))
            )

    # Sources ----------------------------------------------------------------------------------------------

    def source_worked(self, name: str, articles: int, now: datetime) -> None:
        """A source was read whole: its trouble is over."""
        with self._engine.begin() as db:
            _set_source(db, name, {"worked": now.isoformat(), "articles": articles, "trouble": ""})

    def source_failed(self, name: str, why: str, now: datetime) -> None:
        """A source could not be read; when it last worked is kept."""
        with self._engine.begin() as db:
            _set_source(db, name, {"failed": now.isoformat(), "trouble": why})

    def source_state(self, name: str) -> SourceState:
        """How a source did; one that was never read has no times."""
        with self._engine.begin() as db:
            row = db.execute(sa.select(SOURCES).where(SOURCES.c.name == name)).one_or_none()
        if row is None:
            return SourceState(name, None, 0, None, "")
        return SourceState(
            name, _moment(row.worked), row.articles or 0, _moment(row.failed), row.trouble or ""
        )

    def recall(self, url: str) -> Copy | None:
        """The copy of what was fetched from an address, if it is still kept."""
        with self._engine.begin() as db:
            row = db.execute(sa.select(COPIES).where(COPIES.c.key == _digest(url))).one_or_none()
        if row is None:
            return None
        return Copy(
            row.etag, row.modified, Fetched(row.url, row.type, row.charset, zlib.decompress(row.content))
        )

    def keep(self, url: str, copy: Copy) -> None:
        """Keep a copy in place of an older one; copies that nobody asked for lately go."""
        fetched, now = copy.fetched, datetime.now(UTC)
        row = {"key": _digest(url), "etag": copy.etag, "modified": copy.modified, "url": fetched.url}
        row |= {"type": fetched.content_type, "charset": fetched.charset, "kept": now.isoformat()}
        with self._engine.begin() as db:
            old = (now - COPIES_KEPT).isoformat()
            db.execute(COPIES.delete().where(sa.or_(COPIES.c.key == row["key"], COPIES.c.kept < old)))
            db.execute(COPIES.insert().values(**row, content=zlib.compress(fetched.content)))

    # Scripts ----------------------------------------------------------------------------------------------

    def save_script(self, key: EditionKey, text: str, *, base: int, author: str, saved: datetime) -> int:
        """Save a script on top of revision `base`: DRAFTED. Returns the new revision.

        Raises `StaleRevision`, and changes nothing, when `base` is not the newest revision.
        """
        with self._engine.begin() as db:
            newest = _standing(db, key).revision
            if newest != base:
                raise StaleRevision(
                    f"the script of {key} is at revision {newest}, the change was made to revision {base}; "
                    "nothing was overwritten: read the newest revision and make the change there"
                )
            _move(db, key, Stage.DRAFTED)
            row = {"revision": base + 1, "text": text, "author": author, "saved": saved.isoformat()}
            db.execute(SCRIPTS.insert().values(**_key_row(key), **row))
            db.execute(EDITIONS.update().where(*_is(EDITIONS, key)).values(revision=base + 1))
        return base + 1

    def script(self, key: EditionKey) -> Draft | None:
        """The newest revision, or None before there is one."""
        drafts = self.scripts(key)
        return drafts[-1] if drafts else None

    def scripts(self, key: EditionKey) -> tuple[Draft, ...]:
        """Every revision, oldest first."""
        query = sa.select(SCRIPTS).where(*_is(SCRIPTS, key)).order_by(SCRIPTS.c.revision)
        with self._engine.begin() as db:
            return tuple(
                Draft(row.revision, row.text, row.author, datetime.fromisoformat(row.saved))
                for row in db.execute(query)
            )

    # Recordings -------------------------------------------------------------------------------------------

    def save_recording(self, key: EditionKey, revision: int, recording: studio.Recording) -> None:
        """Keep what was rendered from that revision of the script: VOICED."""
        body = self._recording_body(recording)
        with self._engine.begin() as db:
            _move(db, key, Stage.VOICED)
            db.execute(RECORDINGS.delete().where(*_is(RECORDINGS, key), RECORDINGS.c.revision == revision))
            db.execute(RECORDINGS.insert().values(**_key_row(key), revision=revision, body=body))

    def recording(self, key: EditionKey) -> studio.Recording | None:
        """What was rendered from the newest revision of the script, or None."""
        query = sa.select(RECORDINGS.c.body).where(
            *_is(RECORDINGS, key), RECORDINGS.c.revision == self.standing(key).revision
        )
        with self._engine.begin() as db:
            body = db.scalar(query)
        if body is None:
            return None
        return self._recording(body)

    def _recording_body(self, recording: studio.Recording) -> dict[str, Any]:
        others = [self._recording_body(other) for other in recording.others]
        path = recording.path.relative_to(self._root).as_posix()
        return dataclasses.asdict(recording) | {"path": path, "others": others}

    def _recording(self, body: dict[str, Any]) -> studio.Recording:
        music = [item | {"sound": studio.Sound(item["sound"])} for item in body.get("music", ())]
        return studio.Recording(
            **body
            | {
                "path": self._root / body["path"],
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
        with self._engine.begin() as db:
            bodies = db.scalars(query).all()
        said = sum(han_count(cue["text"]) for body in bodies for cue in body["cues"])
        seconds = sum(body["duration"] for body in bodies) / 1000
        return said / seconds if said and seconds else None

    # Episodes ---------------------------------------------------------------------------------------------

    def next_number(self, show: str, guid: str) -> int:
        """The number of the episode with this guid, or the next free one of the show, counted from 1."""
        with self._engine.begin() as db:
            own = db.scalar(sa.select(EPISODES.c.number).where(EPISODES.c.guid == guid))
            last = db.scalar(sa.select(sa.func.max(EPISODES.c.number)).where(EPISODES.c.show == show))
        return int(own or (last or 0) + 1)

    def save_episode(self, key: EditionKey, episode: Episode) -> None:
        """Keep what is on the air now, in place of an earlier version of the same edition: PUBLISHED."""
        row = {"guid": episode.guid, "number": episode.number, "body": _episode_body(episode)}
        with self._engine.begin() as db:
            _move(db, key, Stage.PUBLISHED)
            db.execute(EPISODES.delete().where(*_is(EPISODES, key)))
            try:
                db.execute(EPISODES.insert().values(**_key_row(key), **row))
            except IntegrityError as error:
                raise StageError(
                    f"{key} cannot be number {episode.number}: that number is taken; publish again"
                ) from error

    def episode(self, key: EditionKey) -> Episode | None:
        """What is on the air for this edition, or None."""
        with self._engine.begin() as db:
            body = db.scalar(sa.select(EPISODES.c.body).where(*_is(EPISODES, key)))
        return None if body is None else _episode(body)

    def episodes(self, show: str) -> tuple[Episode, ...]:
        """All episodes of a show, newest first."""
        query = sa.select(EPISODES.c.body).where(EPISODES.c.show == show).order_by(EPISODES.c.number.desc())
        with self._engine.begin() as db:
            return tuple(_episode(body) for body in db.scalars(query))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Let SQLAlchemy say BEGIN itself, wait for other processes, and keep readers going while one writes."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_immediate(connection: sa.Connection) -> None:
    # A transaction that reads before it writes must not find, at the write, that another one was faster.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: sa.Engine) -> None:
    with engine.begin() as db:
        if _version(db) == HEAD:
            return
        from alembic import command  # noqa: PLC0415 - slower to load than a usual command to run
        from alembic.config import Config  # noqa: PLC0415 - as above

        config = Config(attributes={"connection": db})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, "head")


def _version(db: sa.Connection) -> str | None:
    if not sa.inspect(db).has_table("alembic_version"):
        return None
    found: str | None = db.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


@contextmanager
def opened(url: str, root: Path) -> Iterator[Store]:
    """A store that is closed at the end of the block."""
    store = Store.open(url, root)
    try:
        yield store
    finally:
        store.close()


def _key_row(key: EditionKey) -> dict[str, str]:
    return {"show": key.show, "day": key.day.isoformat(), "edition": key.edition}


def _key_of(row: sa.Row[Any]) -> EditionKey:
    """The edition of a row of any table with an edition's columns."""
    return EditionKey(row.show, date.fromisoformat(row.day), row.edition)


def _is(table: sa.Table, key: EditionKey) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == value for name, value in _key_row(key).items()]


def _standing(db: sa.Connection, key: EditionKey) -> Standing:
    row = db.execute(sa.select(EDITIONS).where(*_is(EDITIONS, key))).one_or_none()
    return Standing(key, Stage(row.stage), row.revision) if row else Standing(key, Stage.NEW, 0)


def _move(db: sa.Connection, key: EditionKey, stage: Stage) -> None:
    now = _standing(db, key).stage
    if stage not in NEXT_STAGES[now]:
        allowed = ", ".join(sorted(NEXT_STAGES[now]))
        raise StageError(f"{key} is {now} and cannot become {stage}; from here it can become: {allowed}")
    if now is Stage.NEW:
        db.execute(EDITIONS.insert().values(**_key_row(key), stage=stage, revision=0))
    else:
        db.execute(EDITIONS.update().where(*_is(EDITIONS, key)).values(stage=stage))


def _keep(db: sa.Connection, row: dict[str, Any]) -> None:
    """Insert an article, or replace what its source has corrected since."""
    changed = db.execute(ARTICLES.update().where(ARTICLES.c.id == row["id"]).values(**row))
    if not changed.rowcount:
        db.execute(ARTICLES.insert().values(**row))


def _join_pool(db: sa.Connection, key: EditionKey, articles: Sequence[str]) -> None:
    """Add articles at the end of an edition's pool; those that are there stay where they are."""
    there = set(db.scalars(sa.select(POOL.c.article).where(*_is(POOL, key))))
    last = db.scalar(sa.select(sa.func.max(POOL.c.position)).where(*_is(POOL, key)))
    start = -1 if last is None else last
    for place, article in enumerate((one for one in articles if one not in there), start + 1):
        db.execute(POOL.insert().values(**_key_row(key), position=place, article=article))


def _set_source(db: sa.Connection, name: str, values: dict[str, Any]) -> None:
    if not db.execute(SOURCES.update().where(SOURCES.c.name == name).values(**values)).rowcount:
        db.execute(SOURCES.insert().values(name=name, **values))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


_ARTICLE_COLUMNS = ("id", "source", "published")


def _article_row(article: Article) -> dict[str, Any]:
    body = dataclasses.asdict(article) | {"published": article.published.isoformat()}
    return {name: body.pop(name) for name in _ARTICLE_COLUMNS} | {"body": body}


def _article(row: sa.Row[Any]) -> Article:
    """The article of a row of ARTICLES."""
    body = row.body | {name: tuple(row.body[name]) for name in ("paragraphs", "sections")}
    return Article(id=row.id, source=row.source, published=datetime.fromisoformat(row.published), **body)


def _episode_body(episode: Episode) -> dict[str, Any]:
    """JSON of an episode; lengths of time in whole milliseconds."""
    body = dataclasses.asdict(episode)
    body["published"] = episode.published.isoformat()
    body["duration"] = _millis(episode.duration)
    for item in body["chapters"]:
        item["start"] = _millis(item["start"])
    for item in body["cues"]:
        item["start"], item["end"] = _millis(item["start"]), _millis(item["end"])
    return body


def _episode(body: dict[str, Any]) -> Episode:
    chapters = tuple(Chapter(**item | {"start": _span(item["start"])}) for item in body["chapters"])
    cues = tuple(
        Cue(**item | {"start": _span(item["start"]), "end": _span(item["end"])}) for item in body["cues"]
    )
    known = {
        "published": datetime.fromisoformat(body["published"]),
        "duration": _span(body["duration"]),
        "chapters": chapters,
        "cues": cues,
    }
    return Episode(**body | known)


def _millis(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _span(millis: int) -> timedelta:
    return timedelta(milliseconds=millis)
