"""Keys to the API, and what each lead provider sees of each person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)
PENDING = sa.text("updated_at > '9999-01-01'")

ORDERS = (
    ("ix_schools_made", "schools", ["created_at", "id"]),
    ("ix_schools_changed", "schools", ["updated_at", "id"]),
    ("ix_partnerships_made", "partnerships", ["lead_provider_id", "created_at", "id"]),
    ("ix_partnerships_changed", "partnerships", ["lead_provider_id", "updated_at", "id"]),
)
SOME = {"moved": sa.text("transfers > 0"), "unfunded": sa.text("unfunded_period_id IS NOT NULL")}


def upgrade() -> None:
    """Keys to the API, and what each lead provider sees of each person."""
    _api_tokens()
    _idempotency_keys()
    _api_requests()
    _request_counts()
    _provider_participants()
    _teacher_id_changes()
    _change_clock()
    _orders()


def downgrade() -> None:
    """Undo it."""
    for name, table, _columns in ORDERS:
        op.drop_index(name, table)
    op.drop_table("change_clock")
    op.drop_table("teacher_id_changes")
    op.drop_table("provider_participants")
    op.drop_table("request_counts")
    op.drop_table("api_requests")
    op.drop_table("idempotency_keys")
    op.drop_table("api_tokens")


def _api_tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lead_provider_id", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(kind = 'lead_provider') = (lead_provider_id IS NOT NULL)",
            name=op.f("ck_api_tokens_lead_provider"),
        ),
        sa.CheckConstraint("kind IN ('lead_provider', 'service')", name=op.f("ck_api_tokens_kind")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_api_tokens_token_hash")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_api_tokens_created_by")),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_api_tokens_lead_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index(op.f("ix_api_tokens_lead_provider_id"), "api_tokens", ["lead_provider_id"], unique=False)


def _idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(body_hash) = 64", name=op.f("ck_idempotency_keys_body_hash")),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_idempotency_keys_lead_provider_id")
        ),
        sa.PrimaryKeyConstraint(
            "lead_provider_id", "method", "path", "key", name=op.f("pk_idempotency_keys")
        ),
    )
    op.create_index(op.f("ix_idempotency_keys_started_at"), "idempotency_keys", ["started_at"], unique=False)


def _api_requests() -> None:
    op.create_table(
        "api_requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("token_id", ID, nullable=True),
        sa.Column("lead_provider_id", ID, nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_api_requests_lead_provider_id")
        ),
        sa.ForeignKeyConstraint(["token_id"], ["api_tokens.id"], name=op.f("fk_api_requests_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_requests")),
    )
    op.create_index(op.f("ix_api_requests_at"), "api_requests", ["at"], unique=False)
    op.create_index(
        op.f("ix_api_requests_lead_provider_id_at"), "api_requests", ["lead_provider_id", "at"], unique=False
    )


def _request_counts() -> None:
    op.create_table(
        "request_counts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_request_counts")),
    )
    op.create_index(op.f("ix_request_counts_expires_at"), "request_counts", ["expires_at"], unique=False)


def _provider_participants() -> None:
    op.create_table(
        "provider_participants",
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("ect_record_id", ID, nullable=True),
        sa.Column("mentor_record_id", ID, nullable=True),
        sa.Column("unfunded_period_id", ID, nullable=True),
        sa.Column("transfers", sa.Integer(), nullable=False),
        sa.Column("changes_on", sa.Date(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "visible = (ect_record_id IS NOT NULL OR mentor_record_id IS NOT NULL)",
            name=op.f("ck_provider_participants_visible"),
        ),
        sa.ForeignKeyConstraint(
            ["ect_record_id"], ["training_records.id"], name=op.f("fk_provider_participants_ect_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_provider_participants_lead_provider_id"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_record_id"],
            ["training_records.id"],
            name=op.f("fk_provider_participants_mentor_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_provider_participants_teacher_id")
        ),
        sa.ForeignKeyConstraint(
            ["unfunded_period_id"],
            ["mentor_at_school_periods.id"],
            name=op.f("fk_provider_participants_unfunded_period_id"),
        ),
        sa.PrimaryKeyConstraint("lead_provider_id", "teacher_id", name=op.f("pk_provider_participants")),
    )
    op.create_index(
        "ix_provider_participants_changed",
        "provider_participants",
        ["lead_provider_id", "visible", "updated_at", "teacher_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_provider_participants_changes_on"), "provider_participants", ["changes_on"], unique=False
    )
    op.create_index(
        "ix_provider_participants_made",
        "provider_participants",
        ["lead_provider_id", "visible", "created_at", "teacher_id"],
        unique=False,
    )
    op.create_index(
        "ix_provider_participants_pending",
        "provider_participants",
        ["updated_at"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index(
        op.f("ix_provider_participants_teacher_id"), "provider_participants", ["teacher_id"], unique=False
    )


def _teacher_id_changes() -> None:
    op.create_table(
        "teacher_id_changes",
        sa.Column("from_teacher_id", ID, nullable=False),
        sa.Column("to_teacher_id", ID, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["to_teacher_id"], ["teachers.id"], name=op.f("fk_teacher_id_changes_to_teacher_id")
        ),
        sa.PrimaryKeyConstraint("from_teacher_id", name=op.f("pk_teacher_id_changes")),
    )
    op.create_index(
        op.f("ix_teacher_id_changes_to_teacher_id"), "teacher_id_changes", ["to_teacher_id"], unique=False
    )


def _change_clock() -> None:
    op.create_table(
        "change_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_change_clock_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_clock")),
    )


def _orders() -> None:
    for name, table, columns in ORDERS:
        op.create_index(name, table, columns)
    for name, where in SOME.items():
        op.create_index(
            f"ix_provider_participants_{name}",
            "provider_participants",
            ["lead_provider_id", "created_at", "teacher_id"],
            sqlite_where=where,
            postgresql_where=where,
        )
