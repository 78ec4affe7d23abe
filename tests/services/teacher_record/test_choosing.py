"""Which teacher record an installation uses."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from app.config import Config
from app.services.teacher_record.choosing import teacher_records
from app.services.teacher_record.demo_register import DemoRegister
from app.services.teacher_record.port import Outcome
from app.services.teacher_record.trs import TeachingRecordSystem
from tests.support.teacher_record_server import KEY, VERSION, Person, TeacherRecordServer, alert


def test_no_address_means_the_demo_register() -> None:
    assert isinstance(teacher_records(Config(environment="demo")), DemoRegister)


def test_production_does_not_get_the_demo_register() -> None:
    with pytest.raises(ValueError, match="fictional"):
        teacher_records(Config(environment="production"))


def test_an_address_means_the_teaching_record_system(server: TeacherRecordServer) -> None:
    server.add(Person("3001234", alerts=[alert(ended=date(2025, 9, 14))]))
    records = teacher_records(
        Config(
            environment="test",
            teacher_record_url=server.base,
            teacher_record_key=KEY,
            teacher_record_version=VERSION,
        )
    )
    assert isinstance(records, TeachingRecordSystem)
    # 23:30 UTC on the 13th is the 14th in London, the last day of the alert.
    with time_machine.travel(datetime(2025, 9, 13, 23, 30, tzinfo=UTC), tick=True):
        finding = records.find_by_birth_date("3001234", date(2001, 3, 27))
    records.close()
    assert finding.outcome is Outcome.MATCHED
    assert finding.record is not None
    assert finding.record.prohibited
