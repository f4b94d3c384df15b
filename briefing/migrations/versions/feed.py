"""What the feed needs besides episodes."""

from __future__ import annotations

revision = "feed"
down_revision = "sources"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Drop the tables."""
