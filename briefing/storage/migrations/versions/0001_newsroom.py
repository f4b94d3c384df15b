"""The newsroom's first tables: shows, articles, editions, scripts, recordings, episodes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

EDITION = ("show", "day", "edition")


def _edition_columns() -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(40), primary_key=True) for name in EDITION]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "shows",
        sa.Column("slug", sa.String(40), primary_key=True),
        sa.Column("guid", sa.String(36), nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("published", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "editions",
        *_edition_columns(),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "edition_articles",
        *_edition_columns(),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("article", sa.String(64), sa.ForeignKey("articles.id"), nullable=False),
    )
    op.create_table(
        "scripts",
        *_edition_columns(),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("saved", sa.String(40), nullable=False),
    )
    op.create_table(
        "recordings",
        *_edition_columns(),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "episodes",
        *_edition_columns(),
        sa.Column("guid", sa.String(64), nullable=False, unique=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.UniqueConstraint("show", "number"),
    )


def downgrade() -> None:
    """Drop the tables, the ones that refer to others first."""
    for name in ("episodes", "recordings", "scripts", "edition_articles", "editions", "articles", "shows"):
        op.drop_table(name)
