"""What the editors' desk needs: people, their sessions, tokens and drafts, and what they did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "desk"
down_revision = "feed"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("made", sa.String(40), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(40), sa.ForeignKey("people.name"), nullable=False, index=True),
        sa.Column("made", sa.String(40), nullable=False),
        sa.Column("seen", sa.String(40), nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("made", sa.String(40), nullable=False),
    )
    op.create_table(
        "login_attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("of", sa.String(64), nullable=False, index=True),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("person", sa.String(40), primary_key=True),
        sa.Column("show", sa.String(40), primary_key=True),
        sa.Column("day", sa.String(40), primary_key=True),
        sa.Column("edition", sa.String(40), primary_key=True),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("saved", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables, the ones that refer to others first."""
    for name in ("drafts", "audit", "login_attempts", "tokens", "sessions", "people"):
        op.drop_table(name)
