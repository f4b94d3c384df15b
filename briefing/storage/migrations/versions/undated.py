"""What the sources need besides: which entries without a date a feed has had, and when each was first met."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "undated"
down_revision = "clock"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "undated_entries",
        sa.Column("source", sa.String(40), primary_key=True),
        sa.Column("entry", sa.String(64), primary_key=True),
        sa.Column("met", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("undated_entries")
