"""What the feed needs besides episodes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "feed"
down_revision = "sources"


def upgrade() -> None:
    """Make the tables."""
    _make_downloads()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("downloads")


def _make_downloads() -> None:
    op.create_table(
        "downloads",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("episode", sa.String(200), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
