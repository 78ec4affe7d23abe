"""Unfunded mentors: who mentors a provider’s ECTs without training with it (Provider API, Transfers)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from typing_extensions import TypedDict

from app.web.api_v3.shapes.values import MENTOR_ID, Created, Trn, Updated, Uuid, about

if TYPE_CHECKING:
    from app.data.queries.api.unfunded_mentors import UnfundedMentorRow


class UnfundedMentorAttributes(TypedDict):
    """What is told of an unfunded mentor."""

    full_name: Annotated[str, about("Their full name", "Sam Lee")]
    email: Annotated[str, about("Their email address", "sam.lee@oakfield.example")]
    teacher_reference_number: Trn
    created_at: Created
    updated_at: Updated


class UnfundedMentor(TypedDict):
    """A mentor of one of your ECTs who has no training with you."""

    id: Annotated[Uuid, about("The id of the mentor", MENTOR_ID)]
    type: Literal["unfunded-mentor"]
    attributes: UnfundedMentorAttributes


class UnfundedMentorResponse(TypedDict):
    """One unfunded mentor."""

    data: UnfundedMentor


class MultipleUnfundedMentorsResponse(TypedDict):
    """A page of unfunded mentors."""

    data: list[UnfundedMentor]


def item(row: UnfundedMentorRow) -> UnfundedMentor:
    """An unfunded mentor as the API shows one."""
    return {
        "id": row.id,
        "type": "unfunded-mentor",
        "attributes": {
            "full_name": row.full_name,
            "email": row.email,
            "teacher_reference_number": row.teacher_reference_number,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        },
    }
