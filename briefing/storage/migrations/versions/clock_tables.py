"""What the clock needs: who is at work, what was done, what was skipped and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "clock"
down_revision = "desk"

EDITION = ("show", "day", "edition")


def _edition_columns(*, key: bool) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(40), primary_key=key, nullable=False) for name in EDITION]


def upgrade() -> None:
    """Make the tables."""
    _make_alarms()
    op.create_table(
        "leases",
        sa.Column("name", sa.String(140), primary_key=True),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("born", sa.Text, nullable=False),
        sa.Column("taken", sa.String(40), nullable=False),
        sa.Column("until", sa.String(40), nullable=False),
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, primary_key=True),
        *_edition_columns(key=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("began", sa.String(40), nullable=False),
        sa.Column("ended", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
    )
    op.create_index("acts_of_an_edition", "acts", [*EDITION])
    op.create_table(
        "skips",
        *_edition_columns(key=True),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("decided", sa.String(40), nullable=False),
    )
    # As APScheduler 3 makes it where there is none: two servers that start at once must not both make it.
    op.create_table(
        "apscheduler_jobs",
        sa.Column("id", sa.Unicode(191), primary_key=True),
        sa.Column("next_run_time", sa.Float(25), index=True),
        sa.Column("job_state", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "watched",
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("edition", sa.String(40), primary_key=True),
        sa.Column("day", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("apscheduler_jobs", "watched", "skips", "acts", "leases", "alarms"):
        op.drop_table(name)


def _make_alarms() -> None:
    """Make the table of present troubles and of who was told."""
    op.create_table(
        "alarms",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("since", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("told", sa.String(40)),
    )
