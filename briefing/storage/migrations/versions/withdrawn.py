"""Withdrawn editions that saving a script had put back to DRAFTED: they are WITHDRAWN again."""

from __future__ import annotations

from alembic import op

revision = "withdrawn"
down_revision = "undated"


def upgrade() -> None:
    """Set the stage of every edition that was withdrawn and is not on the air."""
    op.execute(
        "UPDATE editions SET stage = 'withdrawn' WHERE EXISTS (SELECT 1 FROM withdrawals w"
        " WHERE w.show = editions.show AND w.day = editions.day AND w.edition = editions.edition)"
        " AND NOT EXISTS (SELECT 1 FROM episodes e"
        " WHERE e.show = editions.show AND e.day = editions.day AND e.edition = editions.edition)"
    )


def downgrade() -> None:
    """Leave them withdrawn: the version before reads that stage, too."""
