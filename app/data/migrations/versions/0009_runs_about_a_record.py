"""Runs about a record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    """Runs about a record."""
    with op.batch_alter_table("runs") as runs:
        runs.add_column(sa.Column("subject_id", ID, nullable=True))


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("runs") as runs:
        runs.drop_column("subject_id")
