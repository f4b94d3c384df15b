"""What the clock needs: who is at work, what was decided, what was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "clock"
down_revision = "desk"


def upgrade() -> None:
    """Make the tables."""
    _make_alarms()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("alarms")


def _make_alarms() -> None:
    """What is wrong now, and who was told when."""
    op.create_table(
        "alarms",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("since", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("told", sa.String(40)),
    )
