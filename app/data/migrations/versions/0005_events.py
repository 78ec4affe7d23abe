"""Events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.data.models import append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Events."""
    _events()
    dialect = op.get_bind().dialect.name
    for statement in append_only.statements("events", "UPDATE", dialect):
        op.execute(statement)
    for statement in append_only.statements("events", "DELETE", dialect):
        op.execute(statement)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("events")
    dialect = op.get_bind().dialect.name
    for statement in append_only.undoing("events", "UPDATE", dialect):
        op.execute(statement)
    for statement in append_only.undoing("events", "DELETE", dialect):
        op.execute(statement)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("lead_provider_id", ID, nullable=True),
        sa.Column("record_kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_events_lead_provider_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_events_school_id")),
        sa.CheckConstraint(
            "actor_kind IN ('person', 'lead_provider', 'dfe', 'system')", name=op.f("ck_events_actor_kind")
        ),
    )
    op.create_index(op.f("ix_events_lead_provider_id"), "events", ["lead_provider_id"], unique=False)
    op.create_index(
        op.f("ix_events_record_kind_record_id"), "events", ["record_kind", "record_id"], unique=False
    )
    op.create_index(op.f("ix_events_school_id"), "events", ["school_id"], unique=False)
