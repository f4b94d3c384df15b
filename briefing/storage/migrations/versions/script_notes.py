"""Notes of the programme on its own drafts: what an editor must know of how a script was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "script_notes"
down_revision = "source_pool"


def upgrade() -> None:
    """Add the column; scripts from before have no note."""
    op.add_column("scripts", sa.Column("note", sa.Text))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("scripts", "note")
