"""The tables, one module per room. Importing this package fills the metadata."""

from app.data.models import append_only, pending
from app.data.models.api import ApiRequest, ApiToken, IdempotencyKey, RequestCount
from app.data.models.cohorts import Cohort, RegistrationClosure
from app.data.models.contracts import Contract, ContractBand
from app.data.models.declarations import Declaration
from app.data.models.events import Event
from app.data.models.mentors import Funding, MentorFundingFlag, MentorPeriod, Mentorship
from app.data.models.organisations import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    LeadProviderCohort,
    OrganisationLink,
    Pairing,
)
from app.data.models.participants import EctPeriod, Teacher, TrainingRecord
from app.data.models.participation import (
    ChangeClock,
    ProviderParticipant,
    SharedDeclaration,
    TeacherIdChange,
)
from app.data.models.partnerships import Partnership, PartnershipDeliveryPartner, SchoolChoice
from app.data.models.people import Person, SchoolMembership, SignInSession
from app.data.models.runs import Run, RunEvent
from app.data.models.schedules import Milestone, Schedule
from app.data.models.schools import School
from app.data.models.statements import Adjustment, PaymentRequest, Statement, StatementLine

pending.index_all()
append_only.guard(Event.__table__, "UPDATE", "DELETE")
append_only.guard(RunEvent.__table__, "UPDATE")

__all__ = [
    "Adjustment",
    "ApiRequest",
    "ApiToken",
    "AppropriateBody",
    "ChangeClock",
    "Cohort",
    "Contract",
    "ContractBand",
    "Declaration",
    "DeliveryPartner",
    "EctPeriod",
    "Event",
    "Funding",
    "IdempotencyKey",
    "LeadProvider",
    "LeadProviderCohort",
    "MentorFundingFlag",
    "MentorPeriod",
    "Mentorship",
    "Milestone",
    "OrganisationLink",
    "Pairing",
    "Partnership",
    "PartnershipDeliveryPartner",
    "PaymentRequest",
    "Person",
    "ProviderParticipant",
    "RegistrationClosure",
    "RequestCount",
    "Run",
    "RunEvent",
    "Schedule",
    "School",
    "SchoolChoice",
    "SchoolMembership",
    "SharedDeclaration",
    "SignInSession",
    "Statement",
    "StatementLine",
    "Teacher",
    "TeacherIdChange",
    "TrainingRecord",
]
