"""What decides if a lead provider’s report of a partnership is taken. (Provider API, “Partnerships”, POST.)"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, exists, select

from app.data.database import reading
from app.data.models import EctPeriod, Partnership, School, TrainingRecord
from app.domain.eligibility import SchoolFacts, can_get_training, is_open
from app.domain.partnerships import ChallengeReason
from app.domain.reporting import ProgrammeChoice, programme_choice


@dataclass(frozen=True, slots=True)
class ReportedSchool:
    """A school in a cohort. `awaits`: somebody there waits for the lead provider that asks."""

    fundable: bool
    choice: ProgrammeChoice
    awaits: bool


_NOBODY = ReportedSchool(False, ProgrammeChoice.NOT_YET_KNOWN, False)


# As `queries.api.schools` finds them: by their partnership, so ECTs and mentors alike.
_LED_BY_PROVIDER = exists().where(
    Partnership.school_id == School.id,
    TrainingRecord.partnership_id == Partnership.id,
    TrainingRecord.cohort == bindparam("cohort"),
)
_LED_BY_SCHOOL = exists().where(
    EctPeriod.school_id == School.id,
    TrainingRecord.ect_period_id == EctPeriod.id,
    TrainingRecord.cohort == bindparam("cohort"),
    TrainingRecord.programme == "school_led",
)
_IN_COHORT = and_(Partnership.school_id == School.id, Partnership.cohort == bindparam("cohort"))
_WAITS = (
    exists()
    .where(TrainingRecord.partnership_id == Partnership.id, TrainingRecord.finished_on.is_(None))
    .where(_IN_COHORT, Partnership.lead_provider_id == bindparam("lead_provider_id"))
)
_LAST_CHALLENGE = (
    select(Partnership.challenged_reason)
    .where(_IN_COHORT, Partnership.challenged_at.is_not(None))
    .order_by(Partnership.challenged_at.desc(), Partnership.id.desc())
    .limit(1)
    .scalar_subquery()
)
_SCHOOL = select(
    School.status,
    School.in_england,
    School.independent,
    School.section_41_approved,
    School.type_name,
    _LED_BY_PROVIDER,
    exists().where(_IN_COHORT, Partnership.status.in_(("proposed", "active"))),
    _LED_BY_SCHOOL,
    _LAST_CHALLENGE,
    _WAITS,
).where(School.id == bindparam("school_id"))


def school(school_id: str, cohort: int, lead_provider_id: str) -> ReportedSchool:
    """The school, as far as the report needs it; an unknown one isn’t fundable."""
    values = {"school_id": school_id, "cohort": cohort, "lead_provider_id": lead_provider_id}
    row = reading().execute(_SCHOOL, values).one_or_none()
    if row is None:
        return _NOBODY
    (
        status,
        in_england,
        independent,
        approved,
        type_name,
        provider_led,
        live,
        school_led,
        challenge,
        awaits,
    ) = row
    facts = SchoolFacts(is_open(status), in_england, independent, approved, type_name)
    choice = programme_choice(
        provider_led=provider_led,
        live_partnership=live,
        school_led=school_led,
        no_ects=challenge == ChallengeReason.NO_ECTS,
    )
    return ReportedSchool(can_get_training(facts), choice, awaits)
