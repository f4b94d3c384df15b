"""Repository of the articles, and which edition they are gathered for."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from briefing.model import Article, EditionKey, Stage
from briefing.storage.store.database import Repository, is_of, key_row, move_to
from briefing.storage.store.schema import ARTICLES, POOL, PUSHED, SOURCE_POOL

if TYPE_CHECKING:
    from collections.abc import Sequence


class ArticleRepository(Repository):
    """The articles, and which edition they are gathered for."""

    def save_gathered(self, key: EditionKey, articles: Sequence[Article]) -> None:
        """Keep the articles and make them the edition's pool: GATHERED."""
        unique = list({article.id: article for article in articles}.values())
        with self._database.begin_write() as db:
            move_to(db, key, Stage.GATHERED)
            db.execute(POOL.delete().where(*is_of(POOL, key)))
            for article in unique:
                _keep(db, _article_row(article))
            pool = [
                {**key_row(key), "position": index, "article": article.id}
                for index, article in enumerate(unique)
            ]
            if pool:
                db.execute(POOL.insert(), pool)

    def add_gathered(self, key: EditionKey, articles: Sequence[Article]) -> None:
        """Keep the articles, and add those to the edition's pool that are not in it; its stage stays."""
        with self._database.begin_write() as db:
            for article in articles:
                _keep(db, _article_row(article))
            _join_pool(db, key, list(dict.fromkeys(article.id for article in articles)))

    def list_articles(self, key: EditionKey) -> tuple[Article, ...]:
        """The edition's pool, in the order in which it was gathered."""
        query = (
            sa.select(ARTICLES)
            .join(POOL, POOL.c.article == ARTICLES.c.id)
            .where(*is_of(POOL, key))
            .order_by(POOL.c.position)
        )
        with self._database.begin_read() as db:
            return tuple(_article(row) for row in db.execute(query))

    def add_to_pool(self, source: str, articles: Sequence[Article], now: datetime, kept: timedelta) -> None:
        """Keep what a source gave between gatherings; what was met longer ago than `kept` leaves the pool."""
        with self._database.begin_write() as db:
            is_its = SOURCE_POOL.c.source == source
            db.execute(SOURCE_POOL.delete().where(is_its, SOURCE_POOL.c.met < (now - kept).isoformat()))
            ids = set(db.scalars(sa.select(SOURCE_POOL.c.article).where(is_its)))
            for article in {article.id: article for article in articles}.values():
                _keep(db, _article_row(article))
                if article.id not in ids:
                    db.execute(
                        SOURCE_POOL.insert().values(source=source, article=article.id, met=now.isoformat())
                    )

    def list_pooled(self, sources: Sequence[str]) -> tuple[Article, ...]:
        """Return everything that these sources gave between gatherings and that is still kept, in order of time."""
        query = (
            sa.select(ARTICLES)
            .join(SOURCE_POOL, SOURCE_POOL.c.article == ARTICLES.c.id)
            .where(SOURCE_POOL.c.source.in_(sources))
            .order_by(ARTICLES.c.published, ARTICLES.c.id)
        )
        with self._database.begin_read() as db:
            return tuple(_article(row) for row in db.execute(query))

    def push_articles(self, show: str, articles: Sequence[Article], editions: Sequence[EditionKey]) -> None:
        """Keep articles that somebody handed in for a show; editions that are gathered already get them at once."""
        with self._database.begin_write() as db:
            for article in articles:
                _keep(db, _article_row(article))
                row = {"show": show, "article": article.id}
                db.execute(PUSHED.delete().where(PUSHED.c.show == show, PUSHED.c.article == article.id))
                db.execute(PUSHED.insert().values(**row))
            for key in editions:
                _join_pool(db, key, [article.id for article in articles])

    def list_pushed(self, show: str) -> tuple[Article, ...]:
        """Every article that was handed in for a show."""
        query = (
            sa.select(ARTICLES).join(PUSHED, PUSHED.c.article == ARTICLES.c.id).where(PUSHED.c.show == show)
        )
        with self._database.begin_read() as db:
            return tuple(
                _article(row) for row in db.execute(query.order_by(ARTICLES.c.published, ARTICLES.c.id))
            )


def _keep(db: sa.Connection, row: dict[str, Any]) -> None:
    """Insert an article, or replace what its source has corrected since."""
    changed = db.execute(ARTICLES.update().where(ARTICLES.c.id == row["id"]).values(**row))
    if not changed.rowcount:
        db.execute(ARTICLES.insert().values(**row))


def _join_pool(db: sa.Connection, key: EditionKey, articles: Sequence[str]) -> None:
    """Add articles at the end of an edition's pool; those that are there stay where they are."""
    ids = set(db.scalars(sa.select(POOL.c.article).where(*is_of(POOL, key))))
    last = db.scalar(sa.select(sa.func.max(POOL.c.position)).where(*is_of(POOL, key)))
    start = -1 if last is None else last
    for index, article in enumerate((article for article in articles if article not in ids), start + 1):
        db.execute(POOL.insert().values(**key_row(key), position=index, article=article))


_COLUMNS = ("id", "source", "published")


def _article_row(article: Article) -> dict[str, Any]:
    body = dataclasses.asdict(article) | {
        "published": article.moment.isoformat(),
        "printed": article.published.isoformat() if article.published else None,
        "fetched": article.fetched.isoformat() if article.fetched else None,
    }
    return {name: body.pop(name) for name in _COLUMNS} | {"body": body}


def _article(row: sa.Row[Any]) -> Article:
    """The article of a row of ARTICLES."""
    body = row.body | {name: tuple(row.body[name]) for name in ("paragraphs", "sections")}
    # Rows that were stored before the two moments were kept apart have one, which is the printed one.
    printed, fetched = body.pop("printed", row.published), body.pop("fetched", None)
    return Article(
        id=row.id,
        source=row.source,
        published=datetime.fromisoformat(printed) if printed else None,
        fetched=datetime.fromisoformat(fetched) if fetched else None,
        **body,
    )
