"""The tables, one module per room. Importing this package fills the metadata."""

from app.data.models import append_only
from app.data.models.cohorts import Cohort, RegistrationClosure
from app.data.models.events import Event
from app.data.models.organisations import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    LeadProviderCohort,
    OrganisationLink,
    Pairing,
)
from app.data.models.participants import EctPeriod, Teacher, TrainingRecord
from app.data.models.partnerships import Partnership, PartnershipDeliveryPartner, SchoolChoice
from app.data.models.people import Person, SchoolMembership, SignInSession
from app.data.models.runs import Run, RunEvent
from app.data.models.schools import School

append_only.guard(Event.__table__, "UPDATE", "DELETE")
append_only.guard(RunEvent.__table__, "UPDATE")

__all__ = [
    "AppropriateBody",
    "Cohort",
    "DeliveryPartner",
    "EctPeriod",
    "Event",
    "LeadProvider",
    "LeadProviderCohort",
    "OrganisationLink",
    "Pairing",
    "Partnership",
    "PartnershipDeliveryPartner",
    "Person",
    "RegistrationClosure",
    "Run",
    "RunEvent",
    "School",
    "SchoolChoice",
    "SchoolMembership",
    "SignInSession",
    "Teacher",
    "TrainingRecord",
]
