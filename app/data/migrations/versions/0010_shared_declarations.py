"""Which declarations of one lead provider another one may see; pages of participants from an index alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)
TABLE, KEY = "provider_participants", ("lead_provider_id", "visible")
ORDERS = (
    ("ix_provider_participants_made", "created_at", "updated_at"),
    ("ix_provider_participants_changed", "updated_at", "created_at"),
)
FILL = """
    INSERT INTO shared_declarations (lead_provider_id, created_at, declaration_id)
    SELECT provider_participants.lead_provider_id, declarations.created_at, declarations.id
    FROM provider_participants
    JOIN declarations ON declarations.teacher_id = provider_participants.teacher_id
    WHERE provider_participants.visible
      AND declarations.lead_provider_id <> provider_participants.lead_provider_id
"""


def upgrade() -> None:
    """Which declarations of one lead provider another one may see."""
    op.create_table(
        "shared_declarations",
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("declaration_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declarations.id"],
            name=op.f("fk_shared_declarations_declaration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_shared_declarations_lead_provider_id"),
        ),
        sa.PrimaryKeyConstraint(
            "lead_provider_id", "created_at", "declaration_id", name=op.f("pk_shared_declarations")
        ),
    )
    op.create_index(op.f("ix_shared_declarations_declaration_id"), "shared_declarations", ["declaration_id"])
    op.execute(FILL)
    for name, order, other in ORDERS:
        op.drop_index(name, TABLE)
        covered = [other, "ect_record_id", "mentor_record_id"]
        op.create_index(name, TABLE, [*KEY, order, "teacher_id"], postgresql_include=covered)


def downgrade() -> None:
    """Undo it."""
    for name, order, _other in ORDERS:
        op.drop_index(name, TABLE)
        op.create_index(name, TABLE, [*KEY, order, "teacher_id"])
    op.drop_table("shared_declarations")
