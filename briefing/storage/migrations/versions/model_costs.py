"""Cost of the language model for each edition: requests, tokens, money, seconds, and what went wrong."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "model_costs"
down_revision = "script_notes"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "model_costs",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("edition", sa.String(40), primary_key=True),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("tokens", sa.Integer, nullable=False),
        sa.Column("micro_yuan", sa.Integer, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("unanswered", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("model_costs")
