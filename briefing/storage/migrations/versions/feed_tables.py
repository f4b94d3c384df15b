"""What the feed needs besides episodes: how often each was fetched, the numbers that were given, what was withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "feed"
down_revision = "sources"


def upgrade() -> None:
    """Make the tables."""
    _make_downloads()
    _make_numbers()
    _make_withdrawals()


def downgrade() -> None:
    """Drop the tables."""
    for name in ("withdrawals", "numbers", "downloads"):
        op.drop_table(name)


def _make_downloads() -> None:
    op.create_table(
        "downloads",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("episode", sa.String(200), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )


def _make_numbers() -> None:
    """Number the episodes on the air."""
    numbers = op.create_table(
        "numbers",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("guid", sa.String(64), nullable=False, unique=True),
        sa.Column("published", sa.String(40), nullable=False),
    )
    episodes = sa.table(
        "episodes",
        *(sa.column(name) for name in ("show", "number", "guid")),
        sa.column("body", sa.JSON),
    )
    for row in op.get_bind().execute(sa.select(episodes)).all():
        values = {"show": row.show, "number": row.number, "guid": row.guid}
        op.bulk_insert(numbers, [values | {"published": row.body["published"]}])


def _make_withdrawals() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("day", sa.String(40), primary_key=True),
        sa.Column("edition", sa.String(40), primary_key=True),
        sa.Column("withdrawn", sa.String(40), primary_key=True),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
