"""People, sessions and runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.data.models import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """People, sessions and runs."""
    _people()
    _school_memberships()
    _sessions()
    _runs()
    _run_events()
    dialect = op.get_bind().dialect.name
    for statement in append_only.statements("run_events", "UPDATE", dialect):
        op.execute(statement)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("run_events")
    op.drop_table("runs")
    op.drop_table("sessions")
    op.drop_table("school_memberships")
    op.drop_table("people")
    dialect = op.get_bind().dialect.name
    for statement in append_only.undoing("run_events", "UPDATE", dialect):
        op.execute(statement)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_people_email")),
        sa.CheckConstraint("kind IN ('school', 'dfe')", name=op.f("ck_people_kind")),
    )


def _school_memberships() -> None:
    op.create_table(
        "school_memberships",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "school_id", name=op.f("pk_school_memberships")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_school_memberships_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_school_memberships_school_id")),
    )
    op.create_index(
        op.f("ix_school_memberships_school_id"), "school_memberships", ["school_id"], unique=False
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"], unique=False)
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"], unique=False)


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("journey", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("kept_until", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("result_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("reference", name=op.f("uq_runs_reference")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_runs_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_runs_school_id")),
        sa.CheckConstraint("length(reference) >= 22", name=op.f("ck_runs_reference")),
        sa.CheckConstraint(
            "status IN ('open', 'finished') OR sealed IS NULL", name=op.f("ck_runs_sealed_while_kept")
        ),
        sa.CheckConstraint("(sealed IS NULL) = (key_id IS NULL)", name=op.f("ck_runs_sealed_with")),
        sa.CheckConstraint(
            "status IN ('open', 'finished', 'deleted', 'expired')", name=op.f("ck_runs_status")
        ),
        sa.CheckConstraint("version >= 0", name=op.f("ck_runs_version")),
    )
    op.create_index(op.f("ix_runs_school_id_status"), "runs", ["school_id", "status"], unique=False)
    op.create_index(op.f("ix_runs_status_kept_until"), "runs", ["status", "kept_until"], unique=False)


def _run_events() -> None:
    op.create_table(
        "run_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_events")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_run_events_person_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_events_run_id")),
    )
    op.create_index(op.f("ix_run_events_run_id"), "run_events", ["run_id"], unique=False)
