"""What the clock needs: who is at work, what was decided, what was told."""

from __future__ import annotations

revision = "clock"
down_revision = "desk"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Drop the tables."""
