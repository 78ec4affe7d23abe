"""Which teacher record this installation uses, from its settings."""

from __future__ import annotations

from typing import Protocol

from app.data import clock
from app.services.teacher_record.demo_register import DemoRegister
from app.services.teacher_record.port import TeacherRecords
from app.services.teacher_record.trs import TeachingRecordSystem


class RecordSettings(Protocol):
    """The settings read here; `app.config.Config` has them."""

    @property
    def environment(self) -> str:
        """production, demo or test."""
        ...

    @property
    def teacher_record_url(self) -> str:
        """Where the Teaching Record System is, up to `/v3`; empty for the demo register."""
        ...

    @property
    def teacher_record_key(self) -> str:
        """The bearer key."""
        ...

    @property
    def teacher_record_version(self) -> str:
        """The API version to ask for, a date like 20260120."""
        ...


def teacher_records(settings: RecordSettings) -> TeacherRecords:
    """The teacher record to ask: made once for an app and shared by its requests.

    Raises ValueError for settings that are unsafe (see TeachingRecordSystem), and for the demo register in
    production, whose people are fictional.
    """
    if settings.teacher_record_url:
        return TeachingRecordSystem(
            settings.teacher_record_url,
            settings.teacher_record_key,
            settings.teacher_record_version,
            today=clock.today,
        )
    if settings.environment == "production":
        raise ValueError("the demo register has fictional people, so production can’t use it")
    return DemoRegister()
