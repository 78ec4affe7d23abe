"""What both adapters promise, asked of both: the same people, the same questions, the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.domain.eligibility import InductionStatus
from app.services.teacher_record.demo_register import DemoRegister
from app.services.teacher_record.demo_teachers import DEMO_TEACHERS, PEOPLE, DemoTeacher, Standing
from app.services.teacher_record.port import Finding, Outcome, TeacherRecords
from app.services.teacher_record.reading import INDUCTION
from app.services.teacher_record.trs import TeachingRecordSystem
from tests.support.teacher_record_server import (
    KEY,
    VERSION,
    Behaviour,
    Person,
    TeacherRecordServer,
    alert,
)

BORN = date(2001, 3, 27)
OTHER_DAY = date(1999, 12, 31)
OTHER_NUMBER = "QQ555555A"
LISTED = {teacher.trn: teacher for teacher in DEMO_TEACHERS}
STATUS_WORDS = {status: word for word, status in INDUCTION.items()}

ANSWERS = {
    "3007007": (Outcome.MATCHED, Outcome.MATCHED),
    "3007009": (Outcome.NOT_FOUND, Outcome.NOT_FOUND),
    "3007010": (Outcome.BIRTH_DATE_DIFFERS, Outcome.MATCHED),
    "3007011": (Outcome.BIRTH_DATE_DIFFERS, Outcome.NUMBER_DIFFERS),
    "3007012": (Outcome.UNAVAILABLE, Outcome.UNAVAILABLE),
    "3008000": (Outcome.NOT_FOUND, Outcome.NOT_FOUND),
}
"""By date of birth and by number, with the details to type; every TRN that is not here matches both ways."""


def as_person(teacher: DemoTeacher) -> Person:
    """The row with which the real register’s protocol would tell of a demo teacher."""
    first, _, last = teacher.name.partition(" ")
    return Person(
        trn=teacher.trn,
        first_name=first,
        last_name=last,
        born=teacher.birth_date_on_record,
        number=teacher.number_on_record,
        qts=teacher.qts_awarded,
        induction=STATUS_WORDS[teacher.induction_status],
        completed=teacher.induction_completed_on,
        alerts=[alert()] if teacher.prohibited else [],
        merged_into=teacher.merged_into,
        deactivated=teacher.standing is Standing.DEACTIVATED,
    )


READ_AGAIN = {"3007009": Outcome.NOT_FOUND, "3007012": Outcome.UNAVAILABLE, "3008000": Outcome.NOT_FOUND}
"""By TRN alone; every TRN that is not here matches."""


@pytest.fixture(scope="module")
def trs_of_demo_teachers() -> Iterator[TeachingRecordSystem]:
    """The real adapter, asking a local server that knows the demo teachers."""
    listed = [teacher for teacher in DEMO_TEACHERS if teacher.standing is not Standing.NO_RECORD]
    with TeacherRecordServer({teacher.trn: as_person(teacher) for teacher in listed}) as server:
        server.behaviours["3007012"] = Behaviour.BROKEN
        trs = TeachingRecordSystem(server.base, KEY, VERSION, today=lambda: date(2025, 9, 15))
        yield trs
        trs.close()


@pytest.fixture(params=["demo register", "Teaching Record System"])
def records(request: pytest.FixtureRequest, trs_of_demo_teachers: TeachingRecordSystem) -> TeacherRecords:
    """Each adapter in turn. The broken case must not make the next ones rest, so an answer comes between."""
    if request.param == "demo register":
        return DemoRegister(wait=lambda _: None)
    trs_of_demo_teachers.find_by_birth_date("3001234", BORN)
    return trs_of_demo_teachers


def expected(trn: str) -> tuple[Outcome, Outcome]:
    return ANSWERS.get(trn, (Outcome.MATCHED, Outcome.MATCHED))


@pytest.mark.parametrize("trn", sorted(LISTED))
def test_every_listed_trn_answers_as_listed(records: TeacherRecords, trn: str) -> None:
    by_date, by_number = expected(trn)
    assert records.find_by_birth_date(trn, BORN).outcome is by_date
    number = LISTED[trn].national_insurance_number
    assert records.find_by_national_insurance_number(trn, number).outcome is by_number


@pytest.mark.parametrize("trn", sorted(LISTED))
def test_nobody_is_told_of_without_a_detail_that_matches(records: TeacherRecords, trn: str) -> None:
    by_date = records.find_by_birth_date(trn, OTHER_DAY)
    by_number = records.find_by_national_insurance_number(trn, OTHER_NUMBER)
    known = Outcome.MATCHED in expected(trn) or trn == "3007011"
    if known:
        assert by_date == Finding(Outcome.BIRTH_DATE_DIFFERS)
        assert by_number == Finding(Outcome.NUMBER_DIFFERS)
    else:
        assert by_date.outcome is by_number.outcome is expected(trn)[0]
    assert by_date.record is by_number.record is None


@pytest.mark.parametrize("trn", sorted(LISTED))
def test_every_listed_trn_can_be_read_again_by_itself(records: TeacherRecords, trn: str) -> None:
    finding = records.read_again(trn)
    assert finding.outcome is READ_AGAIN.get(trn, Outcome.MATCHED)
    if finding.outcome is Outcome.MATCHED:
        assert finding.record == records.read_again(trn).record
        assert finding.record is not None
        assert LISTED[finding.record.trn].name == finding.record.name


@pytest.mark.parametrize("teacher", PEOPLE, ids=lambda teacher: teacher.trn)
def test_ordinary_people_come_with_their_name_and_nothing_in_the_way(
    records: TeacherRecords, teacher: DemoTeacher
) -> None:
    record = records.find_by_birth_date(teacher.trn, BORN).record
    assert record is not None
    assert (record.trn, record.name) == (teacher.trn, teacher.name)
    assert record.qts_awarded
    assert not record.prohibited
    assert record.induction_status is InductionStatus.REQUIRED_TO_COMPLETE
    assert record.merged_into is None


@pytest.mark.parametrize(
    ("trn", "status", "completed"),
    [
        ("3007003", InductionStatus.PASSED, date(2023, 7, 21)),
        ("3007004", InductionStatus.FAILED, date(2023, 12, 15)),
        ("3007005", InductionStatus.FAILED_IN_WALES, date(2024, 3, 28)),
        ("3007006", InductionStatus.EXEMPT, None),
        ("3007014", InductionStatus.PASSED, None),
        ("3007015", InductionStatus.NONE, None),
        ("3009999", InductionStatus.IN_PROGRESS, None),
    ],
)
def test_induction_is_told(
    records: TeacherRecords, trn: str, status: InductionStatus, completed: date | None
) -> None:
    record = records.find_by_birth_date(trn, BORN).record
    assert record is not None
    assert (record.induction_status, record.induction_completed_on) == (status, completed)


def test_missing_qualified_teacher_status_is_told(records: TeacherRecords) -> None:
    record = records.find_by_birth_date("3007001", BORN).record
    assert record is not None
    assert not record.qts_awarded


def test_a_prohibition_is_told(records: TeacherRecords) -> None:
    record = records.find_by_birth_date("3007002", BORN).record
    assert record is not None
    assert record.prohibited


def test_a_merged_record_answers_with_the_trn_that_survives(records: TeacherRecords) -> None:
    for finding in (
        records.find_by_birth_date("3007007", BORN),
        records.find_by_national_insurance_number("3007007", "QQ007008C"),
    ):
        assert finding.record is not None
        assert finding.record.trn == finding.record.merged_into == "3007008"
        assert finding.record.name == "Parveen Akhtar"


@pytest.mark.parametrize(
    "trn",
    [
        "",
        "300123",
        "30012345",
        "\uff13\uff10\uff10\uff11\uff12\uff13\uff14",
        "300123a",
        "../3001",
        "3001234\n",
    ],
)
def test_only_seven_digits_are_looked_up_and_the_refusal_does_not_repeat_them(
    records: TeacherRecords, trn: str
) -> None:
    with pytest.raises(ValueError, match="seven digits") as refusal:
        records.find_by_birth_date(trn, BORN)
    assert not trn or trn not in str(refusal.value)
    with pytest.raises(ValueError, match="seven digits"):
        records.find_by_national_insurance_number(trn, OTHER_NUMBER)


def test_a_finding_has_a_record_exactly_when_it_is_matched(records: TeacherRecords) -> None:
    record = records.find_by_birth_date("3001234", BORN).record
    with pytest.raises(ValueError, match="exactly when"):
        Finding(Outcome.MATCHED)
    for outcome in set(Outcome) - {Outcome.MATCHED}:
        with pytest.raises(ValueError, match="exactly when"):
            Finding(outcome, record)


def test_a_finding_written_down_by_mistake_names_nobody(records: TeacherRecords) -> None:
    finding = records.find_by_birth_date("3001234", BORN)
    assert finding.record is not None
    assert "Aoife" not in repr(finding)
    assert "3001234" not in repr(finding)
