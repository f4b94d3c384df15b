"""Wake-ups of the scheduler lie in memory: the table of pickled jobs goes, since unpickling a job can run code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "jobs_in_memory"
down_revision = "verified"


def upgrade() -> None:
    """Drop the table."""
    op.execute("DROP TABLE IF EXISTS apscheduler_jobs")


def downgrade() -> None:
    """Make the table as the version before wants it, empty."""
    op.create_table(
        "apscheduler_jobs",
        sa.Column("id", sa.Unicode(191), primary_key=True),
        sa.Column("next_run_time", sa.Float(25), index=True),
        sa.Column("job_state", sa.LargeBinary, nullable=False),
    )
