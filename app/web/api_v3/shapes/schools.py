"""Schools that can have training paid for, in one cohort (Provider API, Attributes)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from typing_extensions import TypedDict

from app.domain.reporting import ProgrammeChoice
from app.web.api_v3.shapes.values import (
    SCHOOL_ID,
    SCHOOL_NAME,
    CohortOut,
    Created,
    Updated,
    Urn,
    Uuid,
    about,
    among,
)

if TYPE_CHECKING:
    from app.data.queries.api.schools import SchoolRow

Choice = Annotated[str, among(ProgrammeChoice)]


class ECFSchoolAttributes(TypedDict):
    """What is told of a school in one cohort."""

    name: Annotated[str, about("The name of the school", SCHOOL_NAME)]
    urn: Urn
    cohort: CohortOut
    in_partnership: Annotated[
        bool, about("Whether it has an active partnership in this cohort, with any lead provider", True)
    ]
    induction_programme_choice: Annotated[
        Choice,
        about("How the school trains in this cohort, as far as its registrations tell", "provider_led"),
    ]
    created_at: Created
    updated_at: Updated


class ECFSchool(TypedDict):
    """A school whose training can be paid for."""

    id: Annotated[Uuid, about("The id of the school", SCHOOL_ID)]
    type: Literal["school"]
    attributes: ECFSchoolAttributes


class ECFSchoolResponse(TypedDict):
    """One school."""

    data: ECFSchool


class MultipleECFSchoolsResponse(TypedDict):
    """A page of schools."""

    data: list[ECFSchool]


def item(row: SchoolRow) -> ECFSchool:
    """A school as the API shows it."""
    return {
        "id": row.id,
        "type": "school",
        "attributes": {
            "name": row.name,
            "urn": row.urn,
            "cohort": str(row.cohort),
            "in_partnership": row.in_partnership,
            "induction_programme_choice": row.induction_programme_choice,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        },
    }
