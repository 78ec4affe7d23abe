from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from app.domain.eligibility import (
    INDEPENDENT_TYPES,
    NOT_IN_ENGLAND_TYPES,
    STATE_FUNDED_TYPES,
    Bar,
    BodyKind,
    InductionStatus,
    SchoolFacts,
    TeacherRecord,
    body_kinds_offered,
    can_get_training,
    induction_bar,
    is_independent,
    is_open,
    is_state_funded,
    lies_in_england,
)

STATE = SchoolFacts(
    open=True, in_england=True, independent=False, section_41_approved=False, type_name="Community school"
)
INDEPENDENT = replace(STATE, independent=True, type_name="Other independent school")
ELM_COURT = replace(
    INDEPENDENT, section_41_approved=True, type_name="Other independent special school"
)  # independent, section 41 approved
RECORD = TeacherRecord("3001234", "Aoife O’Brien", True, InductionStatus.NONE)

REFERENCE_TYPES = [
    "Mainstream",
    "Mainstream academy",
    "Special",
    "Academy special",
    "Pupil Referral Unit",
    "AP Academy",
    "Non-maintained special school",
]


@pytest.mark.parametrize("type_name", REFERENCE_TYPES)
def test_every_type_of_the_reference_file_gets_training(type_name: str) -> None:
    assert can_get_training(replace(STATE, type_name=type_name))


# The types that DfE’s own services fund, as GIAS prints them, by its codes 1 to 3, 5 to 8, 12 and so on.
GIAS_TYPES = """
Community school, Voluntary aided school, Voluntary controlled school, Foundation school,
City technology college, Community special school, Non-maintained special school, Foundation special school,
Pupil referral unit, Local authority nursery school, Further education, Academy sponsor led,
Sixth form centres, Special post 16 institution, Academy special sponsor led, Academy converter,
Free schools, Free schools special, Free schools alternative provision, Free schools 16 to 19,
University technical college, Studio schools, Academy alternative provision converter,
Academy alternative provision sponsor led, Academy special converter, Academy 16-19 converter,
Academy 16 to 19 sponsor led, Academy secure 16 to 19
"""


def test_the_state_funded_types_are_those_of_the_reference_file_and_of_gias() -> None:
    gias = [" ".join(name.split()).casefold() for name in GIAS_TYPES.split(",")]
    assert {name.casefold() for name in STATE_FUNDED_TYPES} == {*gias, *map(str.casefold, REFERENCE_TYPES)}


@pytest.mark.parametrize("type_name", STATE_FUNDED_TYPES)
def test_a_state_funded_type_gets_training_however_its_name_is_printed(type_name: str) -> None:
    assert can_get_training(replace(STATE, type_name=type_name.upper()))
    assert not is_independent(type_name)
    assert lies_in_england(type_name)


@pytest.mark.parametrize(
    "type_name",
    [
        *INDEPENDENT_TYPES,
        *NOT_IN_ENGLAND_TYPES,
        "Secure units",
        "Miscellaneous",
        "Higher education institutions",
        "Online provider",
        "Institution funded by other government department",
        "A type made up next year",
        "",
    ],
)
def test_any_other_type_is_not_state_funded(type_name: str) -> None:
    assert not is_state_funded(type_name)
    assert not can_get_training(replace(STATE, type_name=type_name))


def test_an_independent_school_needs_section_41_approval() -> None:
    assert not can_get_training(INDEPENDENT)
    assert can_get_training(ELM_COURT)


def test_a_school_marked_independent_is_not_state_funded_whatever_its_type_says() -> None:
    assert not can_get_training(replace(STATE, independent=True))


@pytest.mark.parametrize("school", [STATE, ELM_COURT])
@pytest.mark.parametrize("missing", ["open", "in_england"])
def test_a_school_must_be_open_and_in_england(school: SchoolFacts, missing: str) -> None:
    assert can_get_training(school)
    without: dict[str, Any] = {missing: False}
    assert not can_get_training(replace(school, **without))


def test_a_school_proposed_to_close_is_open() -> None:
    assert is_open("Open")
    assert is_open("Open, but proposed to close")
    assert not is_open("Closed")
    assert not is_open("Proposed to open")
    assert not is_open("")


@pytest.mark.parametrize(
    "type_name",
    ["Welsh establishment", "British schools overseas", "Offshore schools", "Service children’s education"],
)
def test_schools_abroad_and_in_wales_do_not_lie_in_england(type_name: str) -> None:
    assert not lies_in_england(type_name)


def test_independent_types_are_independent() -> None:
    assert is_independent("Other independent school")
    assert is_independent("Other Independent Special School")
    assert not is_independent("Community school")


def test_kinds_statuses_and_bars_are_spelt_as_they_are_stored() -> None:
    assert [str(kind) for kind in BodyKind] == ["teaching_school_hub", "national", "local_authority"]
    assert [str(status) for status in InductionStatus] == [
        "none",
        "required_to_complete",
        "in_progress",
        "passed",
        "failed",
        "failed_in_wales",
        "exempt",
    ]
    assert [str(bar) for bar in Bar] == ["prohibited", "passed", "failed", "exempt"]


def test_state_funded_schools_are_offered_hubs_only() -> None:
    assert body_kinds_offered(independent=False) == {BodyKind.TEACHING_SCHOOL_HUB}


def test_independent_schools_are_offered_hubs_and_national_bodies() -> None:
    assert body_kinds_offered(independent=True) == {
        BodyKind.TEACHING_SCHOOL_HUB,
        BodyKind.NATIONAL,
    }


@pytest.mark.parametrize(
    ("status", "bar"),
    [
        (InductionStatus.NONE, None),
        (InductionStatus.REQUIRED_TO_COMPLETE, None),
        (InductionStatus.IN_PROGRESS, None),
        (InductionStatus.PASSED, Bar.PASSED),
        (InductionStatus.FAILED, Bar.FAILED),
        (InductionStatus.FAILED_IN_WALES, Bar.FAILED),
        (InductionStatus.EXEMPT, Bar.EXEMPT),
    ],
)
def test_a_finished_induction_bars_registration(status: InductionStatus, bar: Bar | None) -> None:
    assert induction_bar(replace(RECORD, induction_status=status)) is bar


@pytest.mark.parametrize("status", InductionStatus)
def test_a_prohibition_comes_before_everything_else(status: InductionStatus) -> None:
    assert induction_bar(replace(RECORD, induction_status=status, prohibited=True)) is Bar.PROHIBITED


def test_missing_qualified_teacher_status_is_no_bar() -> None:
    assert induction_bar(replace(RECORD, qts_awarded=False)) is None


def test_a_teacher_record_has_no_place_for_a_birth_date_or_national_insurance_number() -> None:
    assert {field.name for field in fields(TeacherRecord)} == {
        "trn",
        "name",
        "qts_awarded",
        "induction_status",
        "induction_completed_on",
        "prohibited",
        "merged_into",
    }
    assert replace(RECORD, induction_completed_on=date(2024, 7, 1)).induction_completed_on
