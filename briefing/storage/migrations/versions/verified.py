"""Sentences that somebody answered for: verified by whom, and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "verified"
down_revision = "withdrawn"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "verified_sentences",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("edition", sa.String(40), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("person", sa.String(40), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("verified_sentences")
