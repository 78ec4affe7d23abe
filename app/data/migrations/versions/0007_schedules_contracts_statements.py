"""Schedules, contracts, declarations, statements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)
PENDING = sa.text("updated_at > '9999-01-01'")


def upgrade() -> None:
    """Schedules, contracts, declarations, statements."""
    _schedules()
    _milestones()
    _contracts()
    _contract_bands()
    _statements()
    _declarations()
    _statement_lines()
    _payment_requests()
    _adjustments()


def downgrade() -> None:
    """Undo it."""
    op.drop_table("adjustments")
    op.drop_table("payment_requests")
    op.drop_table("statement_lines")
    op.drop_table("declarations")
    op.drop_table("statements")
    op.drop_table("contract_bands")
    op.drop_table("contracts")
    op.drop_table("milestones")
    op.drop_table("schedules")


def _schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("cohort", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.start_year"], name=op.f("fk_schedules_cohort")),
        sa.PrimaryKeyConstraint("cohort", "identifier", name=op.f("pk_schedules")),
    )


def _milestones() -> None:
    op.create_table(
        "milestones",
        sa.Column("cohort", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("declaration_type", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("pays_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "declaration_type IN ('started', 'retained-1', 'retained-2', 'retained-3', 'retained-4', "
            "'completed', 'extended-1', 'extended-2', 'extended-3')",
            name=op.f("ck_milestones_declaration_type"),
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_milestones_dates")),
        sa.ForeignKeyConstraint(
            ["cohort", "identifier"],
            ["schedules.cohort", "schedules.identifier"],
            name="fk_milestones_schedule",
        ),
        sa.PrimaryKeyConstraint("cohort", "identifier", "declaration_type", name=op.f("pk_milestones")),
    )


def _contracts() -> None:
    op.create_table(
        "contracts",
        sa.Column("id", ID, nullable=False),
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recruitment_target", sa.Integer(), nullable=False),
        sa.Column("set_up_fee_pence", sa.Integer(), nullable=False),
        sa.Column("monthly_service_fee_pence", sa.Integer(), nullable=True),
        sa.Column("uplift_pence", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Boolean(), nullable=False),
        sa.Column("mentor_price_pence", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.CheckConstraint(
            "mentor_price_pence IS NULL OR mentor_price_pence >= 0", name=op.f("ck_contracts_mentor_price")
        ),
        sa.CheckConstraint(
            "monthly_service_fee_pence IS NULL OR monthly_service_fee_pence >= 0",
            name=op.f("ck_contracts_service_fee"),
        ),
        sa.CheckConstraint("recruitment_target >= 0", name=op.f("ck_contracts_recruitment_target")),
        sa.CheckConstraint("set_up_fee_pence >= 0", name=op.f("ck_contracts_set_up_fee")),
        sa.CheckConstraint("uplift_pence >= 0", name=op.f("ck_contracts_uplift")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_contracts_version")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_contracts_created_by")),
        sa.ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name="fk_contracts_lead_provider_cohort",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
    )
    op.create_index(
        op.f("ix_contracts_lead_provider_id_cohort_version"),
        "contracts",
        ["lead_provider_id", "cohort", "version"],
        unique=True,
    )


def _contract_bands() -> None:
    op.create_table(
        "contract_bands",
        sa.Column("contract_id", ID, nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("min", sa.Integer(), nullable=False),
        sa.Column("max", sa.Integer(), nullable=False),
        sa.Column("price_pence", sa.Integer(), nullable=False),
        sa.Column("output_percent", sa.Integer(), nullable=False),
        sa.Column("service_percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("letter IN ('A', 'B', 'C', 'D')", name=op.f("ck_contract_bands_letter")),
        sa.CheckConstraint("min >= 0 AND max >= min", name=op.f("ck_contract_bands_numbers")),
        sa.CheckConstraint("output_percent BETWEEN 0 AND 100", name=op.f("ck_contract_bands_output")),
        sa.CheckConstraint("price_pence >= 0", name=op.f("ck_contract_bands_price")),
        sa.CheckConstraint("service_percent BETWEEN 0 AND 100", name=op.f("ck_contract_bands_service")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_contract_bands_contract_id")
        ),
        sa.PrimaryKeyConstraint("contract_id", "letter", name=op.f("pk_contract_bands")),
    )


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("id", ID, nullable=False),
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=False),
        sa.Column("pays_on", sa.Date(), nullable=False),
        sa.Column("output", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("contract_id", ID, nullable=True),
        sa.Column("payable_at", MOMENT, nullable=True),
        sa.Column("paid_at", MOMENT, nullable=True),
        sa.Column("total_pence", sa.Integer(), nullable=True),
        sa.Column("vat_pence", sa.Integer(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state <> 'paid' OR (paid_at IS NOT NULL AND total_pence IS NOT NULL AND vat_pence IS NOT NULL)",
            name=op.f("ck_statements_paid"),
        ),
        sa.CheckConstraint("state = 'paid' OR paid_at IS NULL", name=op.f("ck_statements_paid_at")),
        sa.CheckConstraint("state IN ('open', 'payable', 'paid')", name=op.f("ck_statements_state")),
        sa.CheckConstraint("deadline_on <= pays_on", name=op.f("ck_statements_dates")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_statements_month")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_statements_contract_id")),
        sa.ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name="fk_statements_lead_provider_cohort",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index(
        op.f("ix_statements_lead_provider_id_cohort_year_month"),
        "statements",
        ["lead_provider_id", "cohort", "year", "month"],
        unique=True,
    )
    op.create_index(
        op.f("ix_statements_lead_provider_id_pays_on"),
        "statements",
        ["lead_provider_id", "pays_on"],
        unique=False,
    )
    op.create_index(
        "ix_statements_pending",
        "statements",
        ["updated_at"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index(
        op.f("ix_statements_state_deadline_on"), "statements", ["state", "deadline_on"], unique=False
    )


def _declarations() -> None:
    op.create_table(
        "declarations",
        sa.Column("id", ID, nullable=False),
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("training_record_id", ID, nullable=False),
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("declaration_type", sa.Text(), nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.Column("schedule_identifier", sa.Text(), nullable=False),
        sa.Column("delivery_partner_id", ID, nullable=True),
        sa.Column("mentor_id", ID, nullable=True),
        sa.Column("evidence_held", sa.Text(), nullable=True),
        sa.Column("pupil_premium_uplift", sa.Boolean(), nullable=False),
        sa.Column("sparsity_uplift", sa.Boolean(), nullable=False),
        sa.Column("ineligible_reason", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("course IN ('ecf-induction', 'ecf-mentor')", name=op.f("ck_declarations_course")),
        sa.CheckConstraint(
            "declaration_type IN ('started', 'retained-1', 'retained-2', 'retained-3', 'retained-4', "
            "'completed', 'extended-1', 'extended-2', 'extended-3')",
            name=op.f("ck_declarations_declaration_type"),
        ),
        sa.CheckConstraint(
            "evidence_held IS NULL OR evidence_held IN ('training-event-attended', "
            "'self-study-material-completed', 'materials-engaged-with-offline', "
            "'75-percent-engagement-met', '75-percent-engagement-met-reduced-induction', "
            "'one-term-induction', 'other')",
            name=op.f("ck_declarations_evidence_held"),
        ),
        sa.CheckConstraint(
            "ineligible_reason IS NULL OR ineligible_reason IN ('not_eligible_for_funding', 'duplicate_declaration')",
            name=op.f("ck_declarations_ineligible_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('submitted', 'eligible', 'ineligible', 'payable', 'paid', 'voided', "
            "'awaiting_clawback', 'clawed_back')",
            name=op.f("ck_declarations_state"),
        ),
        sa.ForeignKeyConstraint(
            ["cohort", "schedule_identifier"],
            ["schedules.cohort", "schedules.identifier"],
            name="fk_declarations_schedule",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_partner_id"],
            ["delivery_partners.id"],
            name=op.f("fk_declarations_delivery_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_declarations_lead_provider_id")
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["teachers.id"], name=op.f("fk_declarations_mentor_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_declarations_teacher_id")),
        sa.ForeignKeyConstraint(
            ["training_record_id"], ["training_records.id"], name=op.f("fk_declarations_training_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declarations")),
    )
    op.create_index(
        op.f("ix_declarations_lead_provider_id_created_at_id"),
        "declarations",
        ["lead_provider_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_declarations_lead_provider_id_updated_at_id"),
        "declarations",
        ["lead_provider_id", "updated_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_declarations_pending",
        "declarations",
        ["updated_at"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index(op.f("ix_declarations_teacher_id"), "declarations", ["teacher_id"], unique=False)
    op.create_index(
        "uq_declarations_live",
        "declarations",
        ["teacher_id", "course", "declaration_type"],
        unique=True,
        sqlite_where=sa.text("state IN ('submitted', 'eligible', 'payable', 'paid')"),
        postgresql_where=sa.text("state IN ('submitted', 'eligible', 'payable', 'paid')"),
    )


def _statement_lines() -> None:
    op.create_table(
        "statement_lines",
        sa.Column("id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("declaration_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(kind = 'clawback') = (state IN ('awaiting_clawback', 'clawed_back'))",
            name=op.f("ck_statement_lines_state_of_kind"),
        ),
        sa.CheckConstraint("kind IN ('payment', 'clawback')", name=op.f("ck_statement_lines_kind")),
        sa.CheckConstraint(
            "state IN ('eligible', 'payable', 'paid', 'voided', 'awaiting_clawback', 'clawed_back')",
            name=op.f("ck_statement_lines_state"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declarations.id"], name=op.f("fk_statement_lines_declaration_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_lines_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_lines")),
    )
    op.create_index(
        op.f("ix_statement_lines_declaration_id_kind"),
        "statement_lines",
        ["declaration_id", "kind"],
        unique=True,
    )
    op.create_index(
        op.f("ix_statement_lines_statement_id_state"),
        "statement_lines",
        ["statement_id", "state"],
        unique=False,
    )


def _payment_requests() -> None:
    op.create_table(
        "payment_requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("requested_by", ID, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("authorised_by", ID, nullable=True),
        sa.Column("authorised_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(authorised_by IS NULL) = (authorised_at IS NULL)", name=op.f("ck_payment_requests_authorised")
        ),
        sa.CheckConstraint(
            "authorised_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_payment_requests_one_end")
        ),
        sa.CheckConstraint(
            "authorised_by IS NULL OR authorised_by <> requested_by",
            name=op.f("ck_payment_requests_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["authorised_by"], ["people.id"], name=op.f("fk_payment_requests_authorised_by")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["people.id"], name=op.f("fk_payment_requests_requested_by")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_payment_requests_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_requests")),
    )
    op.create_index(
        "uq_payment_requests_standing",
        "payment_requests",
        ["statement_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _adjustments() -> None:
    op.create_table(
        "adjustments",
        sa.Column("id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_adjustments_name")),
        sa.CheckConstraint("amount_pence <> 0", name=op.f("ck_adjustments_amount")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_adjustments_added_by")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_adjustments_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustments")),
    )
    op.create_index(op.f("ix_adjustments_statement_id"), "adjustments", ["statement_id"], unique=False)
