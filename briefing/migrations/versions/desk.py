"""What the editors' desk needs: people, their sessions and what they did."""

from __future__ import annotations

revision = "desk"
down_revision = "feed"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Drop the tables."""
