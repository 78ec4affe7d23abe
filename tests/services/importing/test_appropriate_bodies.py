"""Appropriate bodies: names kept whole, lead schools kept apart, short names never cut by code."""

from __future__ import annotations

from typing import Any

import pytest

from app.data.models import AppropriateBody
from app.services.importing.appropriate_bodies import split_lead_school
from tests.services.importing.conftest import NEXT_DAY

HEADER = "name,type\n"
EAST = "One Cornwall Teaching School Hub  (East Cornwall) (The Roseland Academy),teaching_school_hub\n"
WEST = "One Cornwall Teaching School Hub (West) (Trenance Learning Academy),teaching_school_hub\n"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Alban Hub (Sandringham School)", ("Alban Hub", "Sandringham School")),
        ("Hub (West) (Trenance (Academy))", ("Hub (West)", "Trenance (Academy)")),
        ("Kent", ("Kent", None)),
        ("Hub (West) North", ("Hub (West) North", None)),
        ("Hub ()", ("Hub ()", None)),
        ("(Only brackets)", ("(Only brackets)", None)),
        ("Hub West)", ("Hub West)", None)),
    ],
)
def test_the_last_brackets_of_a_name_are_its_lead_school(name: str, parts: tuple[str, str | None]) -> None:
    assert split_lead_school(name) == parts


def test_commas_and_double_spaces_are_read_and_the_full_name_is_kept(bring_in: Any, held: Any) -> None:
    bring_in(
        "appropriate-bodies",
        f'{HEADER}"Astra Hub,  Buckinghamshire (Dr Challoner\'s, A School)",teaching_school_hub\n',
    )
    assert held(AppropriateBody, "name", "name_key", "short_name", "lead_school", "kind") == [
        {
            "name": "Astra Hub, Buckinghamshire (Dr Challoner's, A School)",
            "name_key": "astra hub, buckinghamshire (dr challoners, a school)",
            "short_name": "Astra Hub, Buckinghamshire",
            "lead_school": "Dr Challoner's, A School",
            "kind": "teaching_school_hub",
        }
    ]


def test_names_that_differ_only_in_brackets_stay_distinct(bring_in: Any, held: Any) -> None:
    bring_in("appropriate-bodies", HEADER + EAST + WEST)
    assert held(AppropriateBody, "short_name") == [
        {"short_name": "One Cornwall Teaching School Hub (East Cornwall)"},
        {"short_name": "One Cornwall Teaching School Hub (West)"},
    ]


def test_hubs_that_differ_only_in_their_lead_school_go_by_their_full_names(bring_in: Any, held: Any) -> None:
    one, other = "Rose Hub (A School),teaching_school_hub\n", "Rose Hub (B School),teaching_school_hub\n"
    late = "Rose Hub (C School),teaching_school_hub\n"
    bring_in("appropriate-bodies", HEADER + one + other)
    bring_in("appropriate-bodies", HEADER + one + other + late)
    found = [body["short_name"] for body in held(AppropriateBody, "short_name")]
    assert found == ["Rose Hub (A School)", "Rose Hub (B School)", "Rose Hub (C School)"]


def test_a_body_that_comes_later_leaves_the_short_name_to_the_first(bring_in: Any, held: Any) -> None:
    bring_in("appropriate-bodies", f"{HEADER}Rose Hub (A School),teaching_school_hub\n")
    bring_in("appropriate-bodies", f"{HEADER}Rose Hub (B School),teaching_school_hub\n")
    assert held(AppropriateBody, "name", "short_name") == [
        {"name": "Rose Hub (A School)", "short_name": "Rose Hub"},
        {"name": "Rose Hub (B School)", "short_name": "Rose Hub (B School)"},
    ]


def test_only_hubs_and_the_independent_schools_panel_are_offered(bring_in: Any, held: Any) -> None:
    bring_in(
        "appropriate-bodies",
        f"{HEADER}Kent,local_authority\nKent Hub (A School),teaching_school_hub\n"
        "Independent Schools Teacher Induction Panel (IStip),national\n"
        "National Teacher Accreditation (NTA),national\n",
    )
    assert {body["name"]: (body["offered"], body["lead_school"]) for body in held(AppropriateBody)} == {
        "Kent": (False, None),
        "Kent Hub (A School)": (True, "A School"),
        "Independent Schools Teacher Induction Panel (IStip)": (True, None),
        "National Teacher Accreditation (NTA)": (False, None),
    }


def test_a_short_name_that_a_person_set_outlives_files_without_one(
    bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    with_short = "name,type,short_name\n{},teaching_school_hub,{}\n"
    bring_in("appropriate-bodies", with_short.format("Rose Hub (A School)", "Rose"))
    with unchanged_by(lambda: held(AppropriateBody)):
        bring_in("appropriate-bodies", f"{HEADER}Rose Hub (A School),teaching_school_hub\n", at=NEXT_DAY)
        bring_in("appropriate-bodies", with_short.format("Rose Hub (A School)", ""), at=NEXT_DAY)
    report = bring_in(
        "appropriate-bodies", with_short.format("ROSE  HUB (A School)", "The Rose"), at=NEXT_DAY
    )
    assert (report.added, report.changed) == (0, 1)
    assert held(AppropriateBody, "name", "short_name") == [
        {"name": "ROSE HUB (A School)", "short_name": "The Rose"}
    ]


def test_one_short_name_for_two_bodies_is_refused_and_two_can_be_exchanged(bring_in: Any, held: Any) -> None:
    header = "name,type,short_name\n"
    report = bring_in(
        "appropriate-bodies", f"{header}Rose Hub,teaching_school_hub,R\nElm Hub,teaching_school_hub,r\n"
    )
    assert [error.message for error in report.errors] == ["is the short name of another body as well"] * 2
    bring_in("appropriate-bodies", f"{header}Rose Hub,teaching_school_hub,R\nElm Hub,teaching_school_hub,E\n")
    report = bring_in("appropriate-bodies", f"{header}Ash Hub,teaching_school_hub,R\n")
    assert [str(error) for error in report.errors] == [
        "Row 2, short_name “R”: is the short name of another body as well"
    ]
    bring_in("appropriate-bodies", f"{header}Rose Hub,teaching_school_hub,E\nElm Hub,teaching_school_hub,R\n")
    assert held(AppropriateBody, "name", "short_name") == [
        {"name": "Elm Hub", "short_name": "R"},
        {"name": "Rose Hub", "short_name": "E"},
    ]


def test_a_kind_that_is_none_and_a_name_twice_are_named(bring_in: Any) -> None:
    report = bring_in(
        "appropriate-bodies", f"{HEADER}Rose,university\nKent,local_authority\nKENT ,local_authority\n"
    )
    assert [str(error) for error in report.errors] == [
        "Row 2, type “university”: must be teaching_school_hub, national, local_authority",
        "Row 4, name “KENT”: is in row 3 already",
    ]


def test_a_body_can_be_made_inactive_and_marked_as_fictional(bring_in: Any, held: Any) -> None:
    bring_in("appropriate-bodies", f"{HEADER}Rose Hub,teaching_school_hub\n")
    assert held(AppropriateBody, "active", "fictional") == [{"active": True, "fictional": False}]
    bring_in("appropriate-bodies", "name,type,active,fictional\nRose Hub,teaching_school_hub,no,yes\n")
    assert held(AppropriateBody, "active", "fictional") == [{"active": False, "fictional": True}]
