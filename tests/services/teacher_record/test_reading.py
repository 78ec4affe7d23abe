"""Reading a person from the Teaching Record System’s JSON."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.eligibility import InductionStatus
from app.services.teacher_record.faults import Fault, FaultKind
from app.services.teacher_record.reading import read_birth_date, read_record
from tests.support.teacher_record_server import Person, alert

TRN = "3001234"
TODAY = date(2025, 9, 15)
GTC_PROHIBITION = "70b7d473-2ec8-4643-bfd4-d4ab9a9a0988"
RESTRICTION = "cbf7633f-3904-407d-8371-42a473fa641f"
MAY_NOT_TEACH = "38db7946-2dbf-408e-bc48-1625829e7dfe"
MAY_TEACH = "18e04dcb-fb86-4b05-8d5d-ff9c5da738dd"
DBS = "e8a9ee91-bf7f-4f70-bc66-a644d522384e"


@pytest.mark.parametrize(
    ("first", "middle", "last", "name"),
    [
        ("Aoife", "", "O'Brien", "Aoife O'Brien"),
        ("Zoë", "Anaïs", "D’Arcy-N'Diaye", "Zoë Anaïs D’Arcy-N'Diaye"),
        ("Nirmala", "", "", "Nirmala"),
        ("", "", "Nirmala", "Nirmala"),
        ("  Sam ", None, " Lee", "Sam Lee"),
        ("Zoe\u0308", "", "Lee", "Zoë Lee"),
        ("Sam\u202e", "", "Lee\x00", "Sam Lee"),
    ],
)
def test_names_are_joined_and_tidied(first: str, middle: str, last: str, name: str) -> None:
    assert read_record(Person(TRN, first, middle, last).body(), TRN, TODAY).name == name


@pytest.mark.parametrize(
    ("qts", "awarded"),
    [
        ({"holdsFrom": "2024-07-01"}, True),
        ({"awarded": "2024-07-01", "statusDescription": "Qualified"}, True),
        ({"holdsFrom": None}, False),
        ({}, False),
        (None, False),
        (..., False),
    ],
)
def test_qualified_teacher_status_is_read_in_both_shapes(qts: object, awarded: bool) -> None:
    body = Person(TRN, overrides={"qts": qts}).body()
    assert read_record(body, TRN, TODAY).qts_awarded is awarded


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("None", InductionStatus.NONE),
        ("RequiredToComplete", InductionStatus.REQUIRED_TO_COMPLETE),
        ("InProgress", InductionStatus.IN_PROGRESS),
        ("Passed", InductionStatus.PASSED),
        ("Failed", InductionStatus.FAILED),
        ("FailedInWales", InductionStatus.FAILED_IN_WALES),
        ("Exempt", InductionStatus.EXEMPT),
    ],
)
def test_every_induction_status_is_read(word: str, status: InductionStatus) -> None:
    body = Person(TRN, induction=word, completed=date(2024, 7, 19)).body()
    record = read_record(body, TRN, TODAY)
    assert (record.induction_status, record.induction_completed_on) == (status, date(2024, 7, 19))


@pytest.mark.parametrize(
    ("one", "prohibited"),
    [
        (alert(), True),
        (alert(GTC_PROHIBITION.upper()), True),
        (alert(RESTRICTION, MAY_NOT_TEACH), True),
        (alert(RESTRICTION, MAY_TEACH), False),
        (alert(DBS), False),
        (alert(ended=date(2025, 9, 14)), False),
        (alert(ended=date(2025, 9, 15)), True),
        (alert(ended=date(2026, 1, 1)), True),
    ],
)
def test_only_open_alerts_that_bar_from_teaching_are_prohibitions(
    one: dict[str, object], prohibited: bool
) -> None:
    body = Person(TRN, alerts=[alert(DBS), one]).body()
    assert read_record(body, TRN, TODAY).prohibited is prohibited


@pytest.mark.parametrize(
    "overrides",
    [
        {"trn": ...},
        {"trn": 3001234},
        {"trn": "3001235"},
        {"firstName": 5},
        {"firstName": "", "lastName": " "},
        {"lastName": "x" * 501},
        {"qts": "2024-07-01"},
        {"qts": {"holdsFrom": "July"}},
        {"qts": {"holdsFrom": 2024}},
        {"induction": ...},
        {"induction": None},
        {"induction": {"status": None}},
        {"induction": {"status": "Paused"}},
        {"induction": {"status": "Passed", "completedDate": "19 July"}},
        {"alerts": ...},
        {"alerts": None},
        {"alerts": [None]},
        {"alerts": [{"alertType": {"alertTypeId": "a"}}]},
        {"alerts": [{"alertType": {"alertTypeId": "a", "alertCategory": {"alertCategoryId": 1}}}]},
        {"alerts": [{**alert(), "endDate": "soon"}]},
    ],
)
def test_a_shape_we_do_not_know_is_a_fault_and_not_a_guess(overrides: dict[str, object]) -> None:
    body = Person(TRN, overrides=overrides).body()
    with pytest.raises(Fault) as fault:
        read_record(body, TRN, TODAY)
    assert fault.value.kind is FaultKind.UNEXPECTED_SHAPE
    assert str(fault.value) == "unexpected_shape"
    assert fault.value.__context__ is None or fault.value.__suppress_context__


@pytest.mark.parametrize("person", [None, [], "a person", 3001234, {}])
def test_something_that_is_not_a_person_is_a_fault(person: object) -> None:
    with pytest.raises(Fault):
        read_record(person, TRN, TODAY)
    with pytest.raises(Fault):
        read_birth_date(person)


def test_keys_we_do_not_know_are_let_be() -> None:
    body = Person(TRN, overrides={"qtlsStatus": "None", "somethingNew": [1]}).body()
    assert read_record(body, TRN, TODAY).name == "Aoife O'Brien"
