"""What is given of each table when it is filled in bulk. Columns that aren’t here stay empty."""

from __future__ import annotations

from collections.abc import Mapping

from app.data import models
from app.data.columns import Model

_STAMPS = ("created_at", "updated_at")
COLUMNS: Mapping[type[Model], tuple[str, ...]] = {
    models.LeadProvider: (
        "id", "name", "name_key", "contact_email", "contact_phone", "active", "fictional", *_STAMPS,
    ),
    models.DeliveryPartner: ("id", "name", "name_key", "active", "fictional", *_STAMPS),
    models.AppropriateBody: (
        "id", "name", "name_key", "short_name", "kind", "offered", "active", "fictional", *_STAMPS,
    ),
    models.LeadProviderCohort: ("lead_provider_id", "cohort"),
    models.Pairing: ("lead_provider_id", "delivery_partner_id", "cohort"),
    models.School: (
        "id", "urn", "name", "name_key", "la_code", "la_name", "establishment_number", "type_name", "phase",
        "status", "in_england", "independent", "section_41_approved", "pupil_premium_uplift", "sparsity_uplift",
        "fictional", "induction_tutor_name", "induction_tutor_email", *_STAMPS,
    ),
    models.Person: ("id", "name", "email", "kind", "demo", *_STAMPS),
    models.SchoolMembership: ("person_id", "school_id"),
    models.Statement: (
        "id", "lead_provider_id", "cohort", "year", "month", "deadline_on", "pays_on", "output", "state",
        "contract_id", "payable_at", *_STAMPS,
    ),
    models.Partnership: (
        "id", "school_id", "lead_provider_id", "delivery_partner_id", "cohort", "status", "proposed_at",
        "proposed_by", "confirmed_at", "confirmed_by", "declined_at", "declined_reason", "challenged_at",
        "challenged_reason", "retracted_at", "ever_active", *_STAMPS,
    ),
    models.PartnershipDeliveryPartner: ("partnership_id", "from_at", "delivery_partner_id"),
    models.SchoolChoice: (
        "school_id", "appropriate_body_id", "programme", "lead_provider_id", "delivery_partner_id",
        "partnership_id", "saved_at",
    ),
    models.Teacher: (
        "id", "trn", "name", "name_key", "record_name", "qts_awarded", "prohibited", "induction_status",
        "induction_completed_on", "checked_at", *_STAMPS,
    ),
    models.EctPeriod: (
        "id", "teacher_id", "school_id", "started_on", "finished_on", "email", "email_key", "working_pattern",
        "appropriate_body_id", "registered_by", "registered_at", "reference", "leaving_reported_at", *_STAMPS,
    ),
    models.MentorPeriod: (
        "id", "teacher_id", "school_id", "started_on", "email", "email_key", "registered_by", "registered_at",
        *_STAMPS,
    ),
    models.Mentorship: (
        "id", "ect_period_id", "mentor_period_id", "started_on", "finished_on", *_STAMPS,
    ),
    models.TrainingRecord: (
        "id", "teacher_id", "ect_period_id", "mentor_period_id", "participant_type", "programme",
        "partnership_id", "cohort", "schedule_identifier", "started_on", "finished_on",
        "cohort_changed_after_payments_frozen", "training_status", "deferred_at", "deferral_reason",
        "withdrawn_at", "withdrawal_reason", "stopped_on", "stopped_reason", *_STAMPS,
    ),
    models.Funding: ("teacher_id", "course", "eligible", "by_hand", "decided_at", *_STAMPS),
    models.MentorFundingFlag: ("trn", "reason", "source", "ended_on"),
    models.ProviderParticipant: (
        "lead_provider_id", "teacher_id", "visible", "ect_record_id", "mentor_record_id", "unfunded_period_id",
        "transfers", "changes_on", *_STAMPS,
    ),
    models.Declaration: (
        "id", "teacher_id", "training_record_id", "lead_provider_id", "course", "declaration_type",
        "declared_at", "state", "cohort", "schedule_identifier", "delivery_partner_id", "mentor_id",
        "evidence_held", "pupil_premium_uplift", "sparsity_uplift", "ineligible_reason", *_STAMPS,
    ),
    models.StatementLine: ("id", "statement_id", "declaration_id", "kind", "state", "added_at"),
    models.PaymentRequest: (
        "id", "statement_id", "requested_by", "requested_at", "authorised_by", "authorised_at",
    ),
}  # fmt: skip
"""In the order in which tables are filled: parents first."""
