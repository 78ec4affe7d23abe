"""The fictional people of the demo register, and what is written about them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from app.domain.people import NAME_LIMIT, read_name, read_national_insurance_number, read_trn
from app.services.teacher_record.demo_register import SLOW_SECONDS, DemoRegister
from app.services.teacher_record.demo_teachers import (
    DEMO_TEACHERS,
    FIXTURE,
    PEOPLE,
    SPECIAL,
    DemoTeacher,
    Standing,
)
from app.services.teacher_record.port import Outcome


def test_no_trn_is_listed_twice() -> None:
    assert len({teacher.trn for teacher in DEMO_TEACHERS}) == len(DEMO_TEACHERS)


@pytest.mark.parametrize("teacher", DEMO_TEACHERS, ids=lambda teacher: teacher.trn)
def test_what_is_to_be_typed_can_be_typed(teacher: DemoTeacher) -> None:
    assert read_trn(teacher.trn) == teacher.trn
    number = teacher.national_insurance_number
    assert read_national_insurance_number(number) == number
    assert number.startswith("QQ")
    assert teacher.born == date(2001, 3, 27)


@pytest.mark.parametrize(
    "teacher", [one for one in DEMO_TEACHERS if one.name], ids=lambda teacher: teacher.trn
)
def test_every_name_is_one_that_the_service_would_accept(teacher: DemoTeacher) -> None:
    assert read_name(teacher.name) == teacher.name


def test_the_people_of_the_acceptance_cases_are_there_by_their_trn() -> None:
    assert {teacher.trn: teacher.name for teacher in FIXTURE} == {
        "3001234": "Aoife O'Brien",
        "0123456": "Zoë D'Arcy-N'Diaye",
        "3005678": "Sam Lee",
        "3009999": "Ravi Patel",
    }


def test_ordinary_people_have_every_kind_of_name() -> None:
    names = [teacher.name for teacher in PEOPLE]
    assert len(set(names)) == len(names) >= 30
    assert max(map(len, names)) == NAME_LIMIT
    assert any(" " not in name for name in names)
    assert any("'" in name for name in names)
    assert any("’" in name for name in names)
    assert any("-" in name for name in names)
    assert any(unicodedata.normalize("NFD", name) != name for name in names)


def test_every_special_case_says_what_it_is() -> None:
    cases = [teacher.case for teacher in SPECIAL]
    assert len(set(cases)) == len(cases)
    assert all(cases)
    assert {teacher.standing for teacher in SPECIAL} == set(Standing)


def test_a_merged_trn_leads_to_somebody_listed() -> None:
    listed = {teacher.trn: teacher for teacher in DEMO_TEACHERS}
    for teacher in DEMO_TEACHERS:
        if teacher.standing is Standing.MERGED:
            assert listed[teacher.merged_into].standing is Standing.ON_RECORD
        else:
            assert teacher.merged_into == ""


@pytest.mark.parametrize("trn", ["3008000", "3008500", "3008999", "0000000", "9999999"])
def test_a_trn_that_is_nobodys_is_not_found(trn: str) -> None:
    assert DemoRegister().find_by_birth_date(trn, date(2001, 3, 27)).outcome is Outcome.NOT_FOUND


def test_the_slow_case_is_slow_and_then_answers() -> None:
    waited: list[float] = []
    register = DemoRegister(wait=waited.append)
    assert register.find_by_birth_date("3007013", date(2001, 3, 27)).outcome is Outcome.MATCHED
    assert register.find_by_birth_date("3001234", date(2001, 3, 27)).outcome is Outcome.MATCHED
    assert waited == [SLOW_SECONDS]
