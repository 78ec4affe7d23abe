"""Schools, cohorts and organisations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Schools, cohorts and organisations."""
    _schools()
    _cohorts()
    _registration_closures()
    _lead_providers()
    _delivery_partners()
    _appropriate_bodies()
    _lead_provider_cohorts()
    _pairings()
    _organisation_links()


def downgrade() -> None:
    """Undo it."""
    op.drop_table("organisation_links")
    op.drop_table("pairings")
    op.drop_table("lead_provider_cohorts")
    op.drop_table("appropriate_bodies")
    op.drop_table("delivery_partners")
    op.drop_table("lead_providers")
    op.drop_table("registration_closures")
    op.drop_table("cohorts")
    op.drop_table("schools")


def _schools() -> None:
    op.create_table(
        "schools",
        sa.Column("id", ID, nullable=False),
        sa.Column("urn", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False),
        sa.Column("la_name", sa.Text(), nullable=False),
        sa.Column("establishment_number", sa.Text(), nullable=False),
        sa.Column("type_name", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("in_england", sa.Boolean(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("section_41_approved", sa.Boolean(), nullable=False),
        sa.Column("pupil_premium_uplift", sa.Boolean(), nullable=False),
        sa.Column("sparsity_uplift", sa.Boolean(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("induction_tutor_name", sa.Text(), nullable=True),
        sa.Column("induction_tutor_email", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("urn", name=op.f("uq_schools_urn")),
        sa.CheckConstraint("length(urn) = 6", name=op.f("ck_schools_urn")),
    )
    op.create_index(op.f("ix_schools_la_code"), "schools", ["la_code"], unique=False)
    op.create_index(op.f("ix_schools_name_key"), "schools", ["name_key"], unique=False)


def _cohorts() -> None:
    op.create_table(
        "cohorts",
        sa.Column("start_year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("registration_start_date", sa.Date(), nullable=False),
        sa.Column("academic_year_start_date", sa.Date(), nullable=False),
        sa.Column("automatic_assignment_period_end_date", sa.Date(), nullable=True),
        sa.Column("payments_frozen_at", MOMENT, nullable=True),
        sa.Column("mentor_funding", sa.Boolean(), nullable=False),
        sa.Column("detailed_evidence_types", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("start_year", name=op.f("pk_cohorts")),
        sa.CheckConstraint("start_year BETWEEN 2000 AND 2999", name=op.f("ck_cohorts_start_year")),
    )


def _registration_closures() -> None:
    op.create_table(
        "registration_closures",
        sa.Column("id", ID, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_closures")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_registration_closures_order")),
    )


def _lead_providers() -> None:
    op.create_table(
        "lead_providers",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_providers")),
        sa.UniqueConstraint("name", name=op.f("uq_lead_providers_name")),
    )


def _delivery_partners() -> None:
    op.create_table(
        "delivery_partners",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_partners")),
        sa.UniqueConstraint("name", name=op.f("uq_delivery_partners_name")),
    )


def _appropriate_bodies() -> None:
    op.create_table(
        "appropriate_bodies",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lead_school", sa.Text(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appropriate_bodies")),
        sa.UniqueConstraint("name", name=op.f("uq_appropriate_bodies_name")),
        sa.CheckConstraint(
            "kind IN ('teaching_school_hub', 'national', 'local_authority')",
            name=op.f("ck_appropriate_bodies_kind"),
        ),
    )


def _lead_provider_cohorts() -> None:
    op.create_table(
        "lead_provider_cohorts",
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("lead_provider_id", "cohort", name=op.f("pk_lead_provider_cohorts")),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_lead_provider_cohorts_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_lead_provider_cohorts_lead_provider_id"),
        ),
    )


def _pairings() -> None:
    op.create_table(
        "pairings",
        sa.Column("lead_provider_id", ID, nullable=False),
        sa.Column("delivery_partner_id", ID, nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint(
            "lead_provider_id", "delivery_partner_id", "cohort", name=op.f("pk_pairings")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_partner_id"], ["delivery_partners.id"], name=op.f("fk_pairings_delivery_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id", "cohort"],
            ["lead_provider_cohorts.lead_provider_id", "lead_provider_cohorts.cohort"],
            name=op.f("fk_pairings_lead_provider_cohort"),
        ),
    )
    op.create_index(
        op.f("ix_pairings_delivery_partner_id_cohort"),
        "pairings",
        ["delivery_partner_id", "cohort"],
        unique=False,
    )


def _organisation_links() -> None:
    op.create_table(
        "organisation_links",
        sa.Column("id", ID, nullable=False),
        sa.Column("appropriate_body_id", ID, nullable=False),
        sa.Column("delivery_partner_id", ID, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_links")),
        sa.ForeignKeyConstraint(
            ["appropriate_body_id"],
            ["appropriate_bodies.id"],
            name=op.f("fk_organisation_links_appropriate_body_id"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_partner_id"],
            ["delivery_partners.id"],
            name=op.f("fk_organisation_links_delivery_partner_id"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= decided_at", name=op.f("ck_organisation_links_order")
        ),
    )
    op.create_index(
        "uq_organisation_links_open",
        "organisation_links",
        ["appropriate_body_id", "delivery_partner_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
