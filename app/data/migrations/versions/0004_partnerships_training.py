"""Partnerships, training and what schools chose last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Partnerships, training and what schools chose last."""
    _partnerships()
    _partnership_delivery_partners()
    _training_records()
    _school_choices()


def downgrade() -> None:
    """Undo it."""
    op.drop_table("school_choices")
    op.drop_table("training_records")
    op.drop_table("partnership_delivery_partners")
    op.drop_table("partnerships")


def _partnerships() -> None:
    op.create_table(
        "partnerships",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("delivery_partner_id", ID, nullable=True),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=True),
        sa.Column("proposed_by", ID, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("declined_at", MOMENT, nullable=True),
        sa.Column("declined_reason", sa.Text(), nullable=True),
        sa.Column("challenged_at", MOMENT, nullable=True),
        sa.Column("challenged_reason", sa.Text(), nullable=True),
        sa.Column("retracted_at", MOMENT, nullable=True),
        sa.Column("ever_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerships")),
        sa.ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name=op.f("fk_partnerships_lead_provider_cohort"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id", "delivery_partner_id", "cohort"],
            ["pairings.lead_provider_id", "pairings.delivery_partner_id", "pairings.cohort"],
            name=op.f("fk_partnerships_pairing"),
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name=op.f("fk_partnerships_proposed_by")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_partnerships_school_id")),
        sa.CheckConstraint(
            "challenged_reason IS NULL OR challenged_reason IN ('another_provider', "
            "'not_confirmed', 'do_not_recognise', 'no_ects', 'mistake')",
            name=op.f("ck_partnerships_challenged_reason"),
        ),
        sa.CheckConstraint(
            "declined_reason IS NULL OR declined_reason IN ('no_agreement', "
            "'wrong_delivery_partner', 'delivery_partner_unavailable', 'not_this_cohort', 'other')",
            name=op.f("ck_partnerships_declined_reason"),
        ),
        sa.CheckConstraint(
            "delivery_partner_id IS NOT NULL OR status IN ('proposed', 'declined', 'retracted')",
            name=op.f("ck_partnerships_delivery_partner_known"),
        ),
        sa.CheckConstraint(
            "ever_active OR status NOT IN ('active', 'challenged')", name=op.f("ck_partnerships_ever_active")
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'active', 'declined', 'retracted', 'challenged')",
            name=op.f("ck_partnerships_status"),
        ),
    )
    op.create_index(
        op.f("ix_partnerships_lead_provider_id_cohort"),
        "partnerships",
        ["lead_provider_id", "cohort"],
        unique=False,
    )
    op.create_index(
        op.f("ix_partnerships_school_id_cohort"), "partnerships", ["school_id", "cohort"], unique=False
    )
    op.create_index(
        "uq_partnerships_school_provider_partner_cohort",
        "partnerships",
        ["school_id", "lead_provider_id", "delivery_partner_id", "cohort"],
        unique=True,
        sqlite_where=sa.text("delivery_partner_id IS NOT NULL"),
        postgresql_where=sa.text("delivery_partner_id IS NOT NULL"),
    )
    op.create_index(
        "uq_partnerships_without_partner",
        "partnerships",
        ["school_id", "lead_provider_id", "cohort"],
        unique=True,
        sqlite_where=sa.text("delivery_partner_id IS NULL"),
        postgresql_where=sa.text("delivery_partner_id IS NULL"),
    )


def _partnership_delivery_partners() -> None:
    op.create_table(
        "partnership_delivery_partners",
        sa.Column("partnership_id", ID, nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("delivery_partner_id", ID, nullable=False),
        sa.Column("to_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("partnership_id", "from_at", name=op.f("pk_partnership_delivery_partners")),
        sa.ForeignKeyConstraint(
            ["delivery_partner_id"],
            ["delivery_partners.id"],
            name=op.f("fk_partnership_delivery_partners_delivery_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnerships.id"],
            name=op.f("fk_partnership_delivery_partners_partnership_id"),
        ),
        sa.CheckConstraint(
            "to_at IS NULL OR to_at >= from_at", name=op.f("ck_partnership_delivery_partners_order")
        ),
    )
    op.create_index(
        "uq_partnership_delivery_partners_open",
        "partnership_delivery_partners",
        ["partnership_id"],
        unique=True,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )


def _training_records() -> None:
    op.create_table(
        "training_records",
        sa.Column("id", ID, nullable=False),
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("ect_period_id", ID, nullable=True),
        sa.Column("participant_type", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("partnership_id", ID, nullable=True),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.Column("schedule_identifier", sa.Text(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("cohort_changed_after_payments_frozen", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_records")),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.start_year"], name=op.f("fk_training_records_cohort")),
        sa.ForeignKeyConstraint(
            ["ect_period_id"], ["ect_at_school_periods.id"], name=op.f("fk_training_records_ect_period_id")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnerships.id"], name=op.f("fk_training_records_partnership_id")
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_training_records_teacher_id")),
        sa.CheckConstraint(
            "finished_on IS NULL OR finished_on >= started_on", name=op.f("ck_training_records_dates")
        ),
        sa.CheckConstraint(
            "participant_type <> 'ect' OR ect_period_id IS NOT NULL",
            name=op.f("ck_training_records_ect_period"),
        ),
        sa.CheckConstraint(
            "participant_type IN ('ect', 'mentor')", name=op.f("ck_training_records_participant_type")
        ),
        sa.CheckConstraint(
            "(programme = 'school_led') = (partnership_id IS NULL)",
            name=op.f("ck_training_records_partnership"),
        ),
        sa.CheckConstraint(
            "programme IN ('provider_led', 'school_led')", name=op.f("ck_training_records_programme")
        ),
    )
    op.create_index(
        op.f("ix_training_records_ect_period_id_started_on"),
        "training_records",
        ["ect_period_id", "started_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_training_records_partnership_id"), "training_records", ["partnership_id"], unique=False
    )
    op.create_index(
        op.f("ix_training_records_teacher_id_started_on"),
        "training_records",
        ["teacher_id", "started_on"],
        unique=False,
    )
    op.create_index(
        "uq_training_records_open_per_ect_period",
        "training_records",
        ["ect_period_id"],
        unique=True,
        sqlite_where=sa.text("finished_on IS NULL"),
        postgresql_where=sa.text("finished_on IS NULL"),
    )


def _school_choices() -> None:
    op.create_table(
        "school_choices",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("appropriate_body_id", ID, nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("lead_provider_id", ID, nullable=True),
        sa.Column("delivery_partner_id", ID, nullable=True),
        sa.Column("partnership_id", ID, nullable=True),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_school_choices")),
        sa.ForeignKeyConstraint(
            ["appropriate_body_id"],
            ["appropriate_bodies.id"],
            name=op.f("fk_school_choices_appropriate_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_partner_id"],
            ["delivery_partners.id"],
            name=op.f("fk_school_choices_delivery_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_school_choices_lead_provider_id")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnerships.id"], name=op.f("fk_school_choices_partnership_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_school_choices_school_id")),
        sa.CheckConstraint(
            "programme <> 'school_led' OR delivery_partner_id IS NULL",
            name=op.f("ck_school_choices_delivery_partner"),
        ),
        sa.CheckConstraint(
            "(programme = 'school_led') = (lead_provider_id IS NULL)",
            name=op.f("ck_school_choices_lead_provider"),
        ),
        sa.CheckConstraint(
            "programme <> 'school_led' OR partnership_id IS NULL", name=op.f("ck_school_choices_partnership")
        ),
        sa.CheckConstraint(
            "programme IN ('provider_led', 'school_led')", name=op.f("ck_school_choices_programme")
        ),
    )
