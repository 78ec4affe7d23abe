"""Mentors, and what providers and schools say of training."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)
PENDING = sa.text("updated_at > '9999-01-01'")

STAMPED = (
    "appropriate_bodies",
    "delivery_partners",
    "ect_at_school_periods",
    "lead_providers",
    "partnerships",
    "people",
    "schools",
    "teachers",
    "training_records",
)
INDUCTION = (
    "induction_status IN ('none', 'required_to_complete', 'in_progress', 'passed', 'failed', 'failed_in_wales',"
    " 'exempt')"
)
TRAINING = {
    "ect_period": "(participant_type = 'ect') = (ect_period_id IS NOT NULL)",
    "mentor_period": "(participant_type = 'mentor') = (mentor_period_id IS NOT NULL)",
    "training_status": "training_status IN ('active', 'deferred', 'withdrawn')",
    "deferral_reason": "deferral_reason IS NULL OR deferral_reason IN ('bereavement', 'long-term-sickness',"
    " 'parental-leave', 'career-break', 'other')",
    "withdrawal_reason": "withdrawal_reason IS NULL OR withdrawal_reason IN ('left-teaching-profession',"
    " 'moved-school', 'mentor-no-longer-being-mentor', 'switched-to-school-led', 'other')",
    "deferred": "training_status <> 'deferred' OR deferred_at IS NOT NULL",
    "withdrawn": "training_status <> 'withdrawn' OR withdrawn_at IS NOT NULL",
}
TRAINING_COLUMNS = (
    "mentor_period_id",
    "training_status",
    "deferred_at",
    "deferral_reason",
    "withdrawn_at",
    "withdrawal_reason",
    "stopped_on",
    "stopped_reason",
)


def upgrade() -> None:
    """Mentors, and what providers and schools say of training."""
    _mentor_at_school_periods()
    _mentorships()
    _mentor_funding_flags()
    _funding()
    _teachers()
    _people()
    _training_records()
    _pending()


def downgrade() -> None:
    """Undo it."""
    _no_more_pending()
    _training_records_as_before()
    _people_as_before()
    _teachers_as_before()
    op.drop_table("funding")
    op.drop_table("mentor_funding_flags")
    op.drop_table("mentorships")
    op.drop_table("mentor_at_school_periods")


def _mentor_at_school_periods() -> None:
    op.create_table(
        "mentor_at_school_periods",
        sa.Column("id", ID, nullable=False),
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("registered_by", ID, nullable=True),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "finished_on IS NULL OR finished_on >= started_on", name=op.f("ck_mentor_at_school_periods_dates")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["people.id"], name=op.f("fk_mentor_at_school_periods_registered_by")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_mentor_at_school_periods_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_mentor_at_school_periods_teacher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_at_school_periods")),
    )
    op.create_index(
        "ix_mentor_at_school_periods_pending",
        "mentor_at_school_periods",
        ["updated_at"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index(
        op.f("ix_mentor_at_school_periods_school_id_finished_on"),
        "mentor_at_school_periods",
        ["school_id", "finished_on"],
        unique=False,
    )
    op.create_index(
        "uq_mentor_periods_open_per_school",
        "mentor_at_school_periods",
        ["teacher_id", "school_id"],
        unique=True,
        sqlite_where=sa.text("finished_on IS NULL"),
        postgresql_where=sa.text("finished_on IS NULL"),
    )


def _mentorships() -> None:
    op.create_table(
        "mentorships",
        sa.Column("id", ID, nullable=False),
        sa.Column("ect_period_id", ID, nullable=False),
        sa.Column("mentor_period_id", ID, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "finished_on IS NULL OR finished_on >= started_on", name=op.f("ck_mentorships_dates")
        ),
        sa.ForeignKeyConstraint(
            ["ect_period_id"], ["ect_at_school_periods.id"], name=op.f("fk_mentorships_ect_period_id")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_period_id"],
            ["mentor_at_school_periods.id"],
            name=op.f("fk_mentorships_mentor_period_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentorships")),
    )
    op.create_index(
        op.f("ix_mentorships_ect_period_id_started_on"),
        "mentorships",
        ["ect_period_id", "started_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_mentorships_mentor_period_id"), "mentorships", ["mentor_period_id"], unique=False
    )
    op.create_index(
        "ix_mentorships_pending",
        "mentorships",
        ["updated_at"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index(
        "uq_mentorships_open_per_ect_period",
        "mentorships",
        ["ect_period_id"],
        unique=True,
        sqlite_where=sa.text("finished_on IS NULL"),
        postgresql_where=sa.text("finished_on IS NULL"),
    )


def _mentor_funding_flags() -> None:
    op.create_table(
        "mentor_funding_flags",
        sa.Column("trn", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('completed_declaration_received', 'completed_during_early_roll_out', 'started_not_completed')",
            name=op.f("ck_mentor_funding_flags_reason"),
        ),
        sa.CheckConstraint(
            "source IN ('declaration', 'import')", name=op.f("ck_mentor_funding_flags_source")
        ),
        sa.CheckConstraint("length(trn) = 7", name=op.f("ck_mentor_funding_flags_trn")),
        sa.PrimaryKeyConstraint("trn", "reason", "source", name=op.f("pk_mentor_funding_flags")),
    )


def _funding() -> None:
    op.create_table(
        "funding",
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("course IN ('ecf-induction', 'ecf-mentor')", name=op.f("ck_funding_course")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_funding_teacher_id")),
        sa.PrimaryKeyConstraint("teacher_id", "course", name=op.f("pk_funding")),
    )
    op.create_index(op.f("ix_funding_eligible_course"), "funding", ["eligible", "course"], unique=False)
    op.create_index(
        "ix_funding_pending",
        "funding",
        ["updated_at"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )


def _teachers() -> None:
    with op.batch_alter_table("teachers") as table:
        table.add_column(sa.Column("prohibited", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("induction_status", sa.Text(), nullable=False, server_default="none"))
        table.add_column(sa.Column("induction_completed_on", sa.Date(), nullable=True))
        table.create_check_constraint(op.f("ck_teachers_induction_status"), INDUCTION)
    with op.batch_alter_table("teachers") as table:
        table.alter_column("prohibited", server_default=None)
        table.alter_column("induction_status", server_default=None)


def _people() -> None:
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("lead_provider_id", ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_people_lead_provider_id"), "lead_providers", ["lead_provider_id"], ["id"]
        )
        table.drop_constraint(op.f("ck_people_kind"), type_="check")
        table.create_check_constraint(op.f("ck_people_kind"), "kind IN ('school', 'dfe', 'lead_provider')")
        table.create_check_constraint(
            op.f("ck_people_lead_provider"), "(kind = 'lead_provider') = (lead_provider_id IS NOT NULL)"
        )


def _training_records() -> None:
    with op.batch_alter_table("training_records") as table:
        table.add_column(sa.Column("mentor_period_id", ID, nullable=True))
        table.add_column(sa.Column("training_status", sa.Text(), nullable=False, server_default="active"))
        table.add_column(sa.Column("deferred_at", MOMENT, nullable=True))
        table.add_column(sa.Column("deferral_reason", sa.Text(), nullable=True))
        table.add_column(sa.Column("withdrawn_at", MOMENT, nullable=True))
        table.add_column(sa.Column("withdrawal_reason", sa.Text(), nullable=True))
        table.add_column(sa.Column("stopped_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("stopped_reason", sa.Text(), nullable=True))
        table.create_foreign_key(
            op.f("fk_training_records_mentor_period_id"),
            "mentor_at_school_periods",
            ["mentor_period_id"],
            ["id"],
        )
        table.drop_constraint(op.f("ck_training_records_ect_period"), type_="check")
        for name, rule in TRAINING.items():
            table.create_check_constraint(op.f(f"ck_training_records_{name}"), rule)
    with op.batch_alter_table("training_records") as table:
        table.alter_column("training_status", server_default=None)
    op.create_index(
        "uq_training_records_open_per_mentor_period",
        "training_records",
        ["mentor_period_id"],
        unique=True,
        sqlite_where=sa.text("finished_on IS NULL"),
        postgresql_where=sa.text("finished_on IS NULL"),
    )


def _pending() -> None:
    for table in STAMPED:
        op.create_index(
            f"ix_{table}_pending", table, ["updated_at"], sqlite_where=PENDING, postgresql_where=PENDING
        )


def _no_more_pending() -> None:
    for table in STAMPED:
        op.drop_index(f"ix_{table}_pending", table)


def _training_records_as_before() -> None:
    op.drop_index("uq_training_records_open_per_mentor_period", "training_records")
    with op.batch_alter_table("training_records") as table:
        for name in TRAINING:
            table.drop_constraint(op.f(f"ck_training_records_{name}"), type_="check")
        table.create_check_constraint(
            op.f("ck_training_records_ect_period"), "participant_type <> 'ect' OR ect_period_id IS NOT NULL"
        )
        table.drop_constraint(op.f("fk_training_records_mentor_period_id"), type_="foreignkey")
        for column in TRAINING_COLUMNS:
            table.drop_column(column)


def _people_as_before() -> None:
    with op.batch_alter_table("people") as table:
        table.drop_constraint(op.f("ck_people_lead_provider"), type_="check")
        table.drop_constraint(op.f("ck_people_kind"), type_="check")
        table.create_check_constraint(op.f("ck_people_kind"), "kind IN ('school', 'dfe')")
        table.drop_constraint(op.f("fk_people_lead_provider_id"), type_="foreignkey")
        table.drop_column("lead_provider_id")


def _teachers_as_before() -> None:
    with op.batch_alter_table("teachers") as table:
        table.drop_constraint(op.f("ck_teachers_induction_status"), type_="check")
        for column in ("prohibited", "induction_status", "induction_completed_on"):
            table.drop_column(column)
