"""Teachers and their time as an ECT at a school."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Teachers and their time as an ECT at a school."""
    _teachers()
    _ect_at_school_periods()


def downgrade() -> None:
    """Undo it."""
    op.drop_table("ect_at_school_periods")
    op.drop_table("teachers")


def _teachers() -> None:
    op.create_table(
        "teachers",
        sa.Column("id", ID, nullable=False),
        sa.Column("trn", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("record_name", sa.Text(), nullable=False),
        sa.Column("qts_awarded", sa.Boolean(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teachers")),
        sa.UniqueConstraint("trn", name=op.f("uq_teachers_trn")),
        sa.CheckConstraint("length(trn) = 7", name=op.f("ck_teachers_trn")),
    )
    op.create_index(op.f("ix_teachers_name_key"), "teachers", ["name_key"], unique=False)


def _ect_at_school_periods() -> None:
    op.create_table(
        "ect_at_school_periods",
        sa.Column("id", ID, nullable=False),
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("working_pattern", sa.Text(), nullable=False),
        sa.Column("appropriate_body_id", ID, nullable=False),
        sa.Column("registered_by", ID, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("leaving_reported_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ect_at_school_periods")),
        sa.UniqueConstraint("reference", name=op.f("uq_ect_at_school_periods_reference")),
        sa.UniqueConstraint("run_id", name=op.f("uq_ect_at_school_periods_run_id")),
        sa.ForeignKeyConstraint(
            ["appropriate_body_id"],
            ["appropriate_bodies.id"],
            name=op.f("fk_ect_at_school_periods_appropriate_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["people.id"], name=op.f("fk_ect_at_school_periods_registered_by")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_ect_at_school_periods_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_ect_at_school_periods_teacher_id")
        ),
        sa.CheckConstraint(
            "finished_on IS NULL OR finished_on >= started_on", name=op.f("ck_ect_at_school_periods_dates")
        ),
        sa.CheckConstraint(
            "working_pattern IN ('full_time', 'part_time')",
            name=op.f("ck_ect_at_school_periods_working_pattern"),
        ),
    )
    op.create_index(
        op.f("ix_ect_at_school_periods_school_id_finished_on"),
        "ect_at_school_periods",
        ["school_id", "finished_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ect_at_school_periods_teacher_id_started_on"),
        "ect_at_school_periods",
        ["teacher_id", "started_on"],
        unique=False,
    )
    op.create_index(
        "uq_ect_periods_open_email",
        "ect_at_school_periods",
        ["email_key"],
        unique=True,
        sqlite_where=sa.text("finished_on IS NULL"),
        postgresql_where=sa.text("finished_on IS NULL"),
    )
    op.create_index(
        "uq_ect_periods_open_per_teacher",
        "ect_at_school_periods",
        ["teacher_id"],
        unique=True,
        sqlite_where=sa.text("finished_on IS NULL"),
        postgresql_where=sa.text("finished_on IS NULL"),
    )
