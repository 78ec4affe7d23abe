"""The kinds of value that shapes are made of (Provider API, Conventions and Attributes)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from app.domain.participants import TrainingStatus
from app.domain.schedules import IDENTIFIERS, Course, DeclarationType


def about(description: str, example: object) -> Any:
    """What a value is, in a sentence, and what one looks like in JSON."""
    return Field(description=description, examples=[example])


def among(words: Iterable[str]) -> WithJsonSchema:
    """Text that is one of these words, and no other."""
    return WithJsonSchema({"type": "string", "enum": [str(word) for word in words]})


Uuid = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
CourseIdentifier = Annotated[str, among(Course)]
Declared = Annotated[str, among(DeclarationType)]
ScheduleIdentifier = Annotated[str, among(IDENTIFIERS)]
TrainingState = Annotated[str, among(TrainingStatus)]

# One made-up world for all examples, so that an id on one page is the same record on another.
DELIVERY_PARTNER_ID = "0197a0c4-3c00-7000-8000-000000000003"
MENTOR_ID = "0197a0c4-3c00-7000-8000-000000000052"
PARTICIPANT_ID = "0197a0c4-3c00-7000-8000-000000000051"
OLD_PARTICIPANT_ID = "0197a0c4-3c00-7000-8000-000000000059"
SCHOOL_ID = "0197a0c4-3c00-7000-8000-000000000001"
STATEMENT_ID = "0197a0c4-3c00-7000-8000-000000000071"
TRAINING_RECORD_ID = "0197a0c4-3c00-7000-8000-000000000061"
URN = "900101"
SCHOOL_NAME = "Oakfield Primary"
PARTNER_NAME = "Alder Teaching School Hub"
PROVIDER_NAME = "Northstar"
PERSON = "Aoife O’Neill"
EMAIL = "aoife.oneill@oakfield.example"
TRN = "3001234"

Created = Annotated[datetime, about("When this was first stored", "2025-09-15T09:30:00Z")]
Updated = Annotated[
    datetime,
    about(
        "When anything told here last changed. Ask for changes by it: see updated_since",
        "2025-09-22T14:05:31Z",
    ),
]
CohortOut = Annotated[str, about("The cohort: the year its first training starts in", "2025")]
CohortIn = Annotated[
    str | int, about("The cohort: the year its first training starts in, as text or a number", "2025")
]
Urn = Annotated[str, about("The unique reference number (URN) of the school", URN)]
Trn = Annotated[str | None, about("The teacher reference number (TRN); null when it is not known", TRN)]
TutorName = Annotated[
    str | None, about("The school’s induction tutor; null when it has not named one", "Priya Shah")
]
TutorEmail = Annotated[
    str | None, about("The induction tutor’s email address", "priya.shah@oakfield.example")
]
SentType = Annotated[Any, WithJsonSchema({"type": "string"})]
"""The type of a body. It is documented, and never checked."""
