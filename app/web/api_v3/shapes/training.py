"""What a lead provider sends about somebody’s training (Provider API, training_status and change-schedule)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from app.web.api_v3.shapes.participants import Deferred, Withdrawn
from app.web.api_v3.shapes.values import CourseIdentifier, ScheduleIdentifier, SentType, about

Course = Annotated[CourseIdentifier, about("The course they are on with you", "ecf-induction")]


class ECFParticipantDeferAttributes(BaseModel):
    """Why training pauses."""

    reason: Annotated[Deferred, about("Why the training pauses", "career-break")]
    course_identifier: Course


class ECFParticipantDefer(BaseModel):
    """A pause."""

    type: Annotated[SentType, about("Not checked", "participant-defer")] = None
    attributes: ECFParticipantDeferAttributes


class ECFParticipantDeferRequest(BaseModel):
    """Somebody takes a break from training."""

    data: ECFParticipantDefer


class ECFParticipantResumeAttributes(BaseModel):
    """Which training goes on."""

    course_identifier: Course


class ECFParticipantResume(BaseModel):
    """The end of a pause or of a withdrawal."""

    type: Annotated[SentType, about("Not checked", "participant-resume")] = None
    attributes: ECFParticipantResumeAttributes


class ECFParticipantResumeRequest(BaseModel):
    """Somebody trains again."""

    data: ECFParticipantResume


class ECFParticipantWithdrawAttributes(BaseModel):
    """Why training ends."""

    reason: Annotated[
        Withdrawn,
        about(
            "Why the training ends; mentor-no-longer-being-mentor is for mentors only",
            "left-teaching-profession",
        ),
    ]
    course_identifier: Course


class ECFParticipantWithdraw(BaseModel):
    """An end."""

    type: Annotated[SentType, about("Not checked", "participant-withdraw")] = None
    attributes: ECFParticipantWithdrawAttributes


class ECFParticipantWithdrawRequest(BaseModel):
    """Somebody no longer trains with you."""

    data: ECFParticipantWithdraw


class ECFParticipantChangeScheduleAttributes(BaseModel):
    """Where somebody trains from now on."""

    schedule_identifier: Annotated[ScheduleIdentifier, about("The new schedule", "ecf-extended-september")]
    course_identifier: Course
    cohort: Annotated[
        str | int | None,
        about("The cohort to move to, as text or a number; leave it out to stay in theirs", "2025"),
    ] = None


class ECFParticipantChangeSchedule(BaseModel):
    """Another schedule."""

    type: Annotated[SentType, about("Not checked", "participant-change-schedule")] = None
    attributes: ECFParticipantChangeScheduleAttributes


class ECFParticipantChangeScheduleRequest(BaseModel):
    """Somebody changes schedule, and perhaps cohort."""

    data: ECFParticipantChangeSchedule
