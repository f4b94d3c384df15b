"""What the sources need: copies of what was fetched, how each source did, and the articles that were handed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "sources"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "copies",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("modified", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("charset", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("kept", sa.String(40), nullable=False),
    )
    op.create_table(
        "source_states",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("worked", sa.String(40)),
        sa.Column("articles", sa.Integer),
        sa.Column("failed", sa.String(40)),
        sa.Column("trouble", sa.Text),
    )
    op.create_table(
        "pushed_articles",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("article", sa.String(64), sa.ForeignKey("articles.id"), primary_key=True),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("pushed_articles", "source_states", "copies"):
        op.drop_table(name)
