"""Who may be registered where: schools that DfE pays for, the appropriate bodies they may use, and teachers.

Provider API, attribute “school”: open, in England, and state-funded or section 41 approved. School journey:
appropriate bodies by kind of school, and the dead ends of the teacher record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.matching import fold

# The seven types as the reference file prints them, then the names that GIAS uses today. A type that is in
# neither list isn’t paid for until somebody has looked at it and put it here.
STATE_FUNDED_TYPES = (
    "Mainstream",
    "Mainstream academy",
    "Special",
    "Academy special",
    "Pupil Referral Unit",
    "AP Academy",
    "Non-maintained special school",
    "Community school",
    "Voluntary aided school",
    "Voluntary controlled school",
    "Foundation school",
    "Community special school",
    "Foundation special school",
    "Local authority nursery school",
    "City technology college",
    "Academy sponsor led",
    "Academy converter",
    "Academy special sponsor led",
    "Academy special converter",
    "Academy alternative provision sponsor led",
    "Academy alternative provision converter",
    "Academy 16 to 19 sponsor led",
    "Academy 16-19 converter",
    "Academy secure 16 to 19",
    "Free schools",
    "Free schools special",
    "Free schools alternative provision",
    "Free schools 16 to 19",
    "University technical college",
    "Studio schools",
    "Further education",
    "Sixth form centres",
    "Special post 16 institution",
)
INDEPENDENT_TYPES = ("Other independent school", "Other independent special school")
NOT_IN_ENGLAND_TYPES = (
    "Welsh establishment",
    "British schools overseas",
    "Offshore schools",
    "Service children's education",
)
OPEN_STATUSES = ("Open", "Open, but proposed to close")

_STATE_FUNDED = frozenset(map(fold, STATE_FUNDED_TYPES))
_INDEPENDENT = frozenset(map(fold, INDEPENDENT_TYPES))
_NOT_IN_ENGLAND = frozenset(map(fold, NOT_IN_ENGLAND_TYPES))
_OPEN = frozenset(map(fold, OPEN_STATUSES))


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What decides if DfE pays for training at a school. `type_name` is the type as GIAS prints it."""

    open: bool
    in_england: bool
    independent: bool
    section_41_approved: bool
    type_name: str


def is_open(status: str) -> bool:
    """Whether a GIAS status means that the school is open, proposed to close included."""
    return fold(status) in _OPEN


def is_state_funded(type_name: str) -> bool:
    """Whether a GIAS type is one that the state funds; case and hyphens don’t count."""
    return fold(type_name) in _STATE_FUNDED


def is_independent(type_name: str) -> bool:
    """Whether a GIAS type is an independent school."""
    return fold(type_name) in _INDEPENDENT


def lies_in_england(type_name: str) -> bool:
    """Whether a school of this GIAS type can lie in England: not Welsh, overseas, offshore or service
    schools.
    """
    return fold(type_name) not in _NOT_IN_ENGLAND


def can_get_training(school: SchoolFacts) -> bool:
    """Whether a school’s ECTs get training that DfE pays for, and so can be registered here."""
    state_funded = is_state_funded(school.type_name) and not school.independent
    return school.open and school.in_england and (state_funded or school.section_41_approved)


class BodyKind(StrEnum):
    """The kinds of appropriate body."""

    TEACHING_SCHOOL_HUB = "teaching_school_hub"
    NATIONAL = "national"
    LOCAL_AUTHORITY = "local_authority"


def body_kinds_offered(independent: bool) -> frozenset[BodyKind]:
    """The kinds a school can choose from; of the national ones, only the body marked as offered (ISTIP).

    Local authorities take no new inductions, from anybody.
    """
    hubs = frozenset({BodyKind.TEACHING_SCHOOL_HUB})
    return hubs | {BodyKind.NATIONAL} if independent else hubs


class InductionStatus(StrEnum):
    """Where somebody’s induction stands, in the teacher record’s words."""

    NONE = "none"
    REQUIRED_TO_COMPLETE = "required_to_complete"
    IN_PROGRESS = "in_progress"
    PASSED = "passed"
    FAILED = "failed"
    FAILED_IN_WALES = "failed_in_wales"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class TeacherRecord:
    """What the teacher record says about one person; never their date of birth or National Insurance number.

    `merged_into` is the TRN under which the record now stands, when it was found under an older one.
    """

    trn: str
    name: str
    qts_awarded: bool
    induction_status: InductionStatus
    induction_completed_on: date | None = None
    prohibited: bool = False
    merged_into: str | None = None


class Bar(StrEnum):
    """Why somebody can’t be registered as an ECT: each is a page of its own."""

    PROHIBITED = "prohibited"
    PASSED = "passed"
    FAILED = "failed"
    EXEMPT = "exempt"


BARRED_BY_INDUCTION = {
    InductionStatus.PASSED: Bar.PASSED,
    InductionStatus.FAILED: Bar.FAILED,
    InductionStatus.FAILED_IN_WALES: Bar.FAILED,
    InductionStatus.EXEMPT: Bar.EXEMPT,
}


def induction_bar(record: TeacherRecord) -> Bar | None:
    """What stands in the way of registering this teacher; None for nothing.

    A prohibition comes first: a school must hear of it, whatever else the record says. Missing qualified
    teacher status is no bar: funding waits for it.
    """
    if record.prohibited:
        return Bar.PROHIBITED
    return BARRED_BY_INDUCTION.get(record.induction_status)
