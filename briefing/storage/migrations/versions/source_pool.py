"""What sources gave between gatherings: a pool that only grows until its retention, and when each was polled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "source_pool"
down_revision = "jobs_in_memory"


def upgrade() -> None:
    """Make the pool, and the column that says when a source was polled."""
    op.create_table(
        "source_pool",
        sa.Column("source", sa.String(40), primary_key=True),
        sa.Column("article", sa.String(64), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("met", sa.String(40), nullable=False),
    )
    op.add_column("source_states", sa.Column("polled", sa.String(40)))
    op.add_column("source_states", sa.Column("failures", sa.Integer))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("source_states", "failures")
    op.drop_column("source_states", "polled")
    op.drop_table("source_pool")
