"""Schools, as every lead provider reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries.api import schools
from app.data.queries.api.wanted import Wanted
from app.domain.eligibility import (
    INDEPENDENT_TYPES,
    NOT_IN_ENGLAND_TYPES,
    OPEN_STATUSES,
    STATE_FUNDED_TYPES,
    SchoolFacts,
    can_get_training,
    is_open,
)
from tests.data import records
from tests.data.queries.api import worlds

NOW = worlds.NOW
Counting = Callable[[], AbstractContextManager[list[str]]]
IN_2025 = Wanted(cohorts=(2025,), per_page=3000)


def of(at: worlds.Sides, cohort: int = 2025) -> schools.SchoolRow:
    """Oakfield in the cohort."""
    row = schools.one(at.northstar, at.oakfield.id, cohort)
    assert row is not None
    assert row == next(
        each for each in schools.listed(at.teach_forward, Wanted(cohorts=(cohort,))) if each.id == row.id
    )
    return row


def test_a_school_nobody_has_spoken_of(in_app: Flask) -> None:
    at = worlds.sides()
    row = of(at)
    assert row == schools.SchoolRow(
        id=at.oakfield.id,
        name="Oakfield Primary",
        urn=at.oakfield.urn,
        cohort=2025,
        in_partnership=False,
        induction_programme_choice="not_yet_known",
        created_at=NOW,
        updated_at=row.updated_at,
    )


def variants() -> list[dict[str, Any]]:
    """Schools of every type and status, also as others write them, and with every flag."""
    types = (*STATE_FUNDED_TYPES, *INDEPENDENT_TYPES, *NOT_IN_ENGLAND_TYPES, "Something new")
    found = [{"type_name": name} for name in types]
    found += [{"type_name": name.upper()} for name in types]
    found += [{"type_name": name.lower().replace("-", "\u2011").join("  ")} for name in types]
    found += [
        {"status": name} for name in (*OPEN_STATUSES, "Closed", "Proposed to open", "OPEN", "open ", "")
    ]
    for flag in ("in_england", "independent", "section_41_approved"):
        found += [{flag: value, "type_name": name} for value in (True, False) for name in types[::5]]
    return [*found, {"independent": True, "section_41_approved": True, "type_name": INDEPENDENT_TYPES[1]}]


def test_exactly_the_schools_that_dfe_pays_for_are_listed(in_app: Flask) -> None:
    at = worlds.sides()
    made = [records.school(**each) for each in variants()]
    records.save(*made)
    funded = {
        school.id
        for school in made
        if can_get_training(
            SchoolFacts(
                is_open(school.status),
                school.in_england,
                school.independent,
                school.section_41_approved,
                school.type_name,
            )
        )
    }
    assert 0 < len(funded) < len(made)
    listed = {row.id for row in schools.listed(at.northstar, IN_2025)}
    assert listed - {at.oakfield.id, at.harrow.id} == funded
    assert {school.id for school in made if schools.one(at.northstar, school.id, 2025)} == funded


@pytest.mark.parametrize(
    ("status", "in_partnership", "choice"),
    [
        ("active", True, "provider_led"),
        ("proposed", False, "provider_led"),
        ("declined", False, "not_yet_known"),
        ("retracted", False, "not_yet_known"),
        ("challenged", False, "not_yet_known"),
    ],
)
def test_a_partnership_of_any_provider_counts_in_its_cohort(
    in_app: Flask, status: str, in_partnership: bool, choice: str
) -> None:
    at = worlds.sides()
    worlds.partnership(at, lead_provider_id=at.teach_forward, status=status)
    row = of(at)
    assert (row.in_partnership, row.induction_programme_choice) == (in_partnership, choice)
    before = of(at, 2024)
    assert (before.in_partnership, before.induction_programme_choice) == (False, "not_yet_known")


def test_records_of_the_cohort_count_after_their_partnership_has_gone(in_app: Flask) -> None:
    at = worlds.sides()
    challenged = worlds.partnership(at, status="challenged", challenged_reason="no_ects", challenged_at=NOW)
    assert of(at).induction_programme_choice == "no_early_career_teachers"
    worlds.ect(at, None)
    assert of(at).induction_programme_choice == "school_led"
    assert of(at, 2024).induction_programme_choice == "not_yet_known"
    worlds.mentor(at, challenged)
    assert of(at).induction_programme_choice == "provider_led"


def test_only_the_last_challenge_says_that_there_are_no_ects(in_app: Flask) -> None:
    at = worlds.sides()
    for partner, reason, hours in ((at.alder, "no_ects", 1), (at.bramble, "mistake", 2)):
        said = {"challenged_reason": reason, "challenged_at": NOW + timedelta(hours=hours)}
        made = worlds.partnership(at, delivery_partner_id=partner, status="challenged", **said)
    assert of(at).induction_programme_choice == "not_yet_known"
    worlds.change(models.Partnership, made.id, challenged_at=NOW)
    assert of(at).induction_programme_choice == "no_early_career_teachers"


def test_another_schools_records_say_nothing(in_app: Flask) -> None:
    at = worlds.sides()
    worlds.ect(at, worlds.partnership(at, school_id=at.harrow.id))
    row = of(at)
    assert (row.in_partnership, row.induction_programme_choice) == (False, "not_yet_known")


def test_filters(in_app: Flask) -> None:
    at = worlds.sides()

    def found(**asked: object) -> set[str]:
        return {row.id for row in schools.listed(at.northstar, Wanted(cohorts=(2025,), **asked))}  # type: ignore[arg-type]

    assert found() == {at.oakfield.id, at.harrow.id}
    assert found(urn=at.harrow.urn) == {at.harrow.id}
    for urn in ("999999", "abc", "", "\0", "\uff19" * 6, "9" * 40):
        assert found(urn=urn) == set()
    worlds.change(models.School, at.oakfield.id, induction_tutor_name="Tom Baker")
    since = of(at).updated_at
    assert found(updated_since=since) == {at.oakfield.id}
    assert found(updated_since=since + timedelta(microseconds=1)) == set()
    assert found(updated_since=NOW) == {at.oakfield.id, at.harrow.id}


def test_a_partnership_of_the_school_is_a_change_of_the_school(in_app: Flask) -> None:
    at = worlds.sides()
    before = of(at).updated_at
    worlds.partnership(at)
    assert of(at).updated_at > before


@pytest.mark.parametrize("cohort", [1999, 0, -1, 2**40, 10**30])
def test_an_unknown_cohort_has_no_schools(in_app: Flask, cohort: int) -> None:
    at = worlds.sides()
    assert schools.listed(at.northstar, Wanted(cohorts=(cohort,))) == []
    assert schools.one(at.northstar, at.oakfield.id, cohort) is None


def test_a_cohort_is_needed_and_an_id_must_be_one(in_app: Flask) -> None:
    at = worlds.sides()
    for none in (None, ()):
        with pytest.raises(ValueError, match="one cohort"):
            schools.listed(at.northstar, Wanted(cohorts=none))
    for unknown in ("abc", "", "\0", new_id()):
        assert schools.one(at.northstar, unknown, 2025) is None


@pytest.mark.parametrize("sort", [(), (("created_at", True),), (("updated_at", False),)])
def test_pages_never_overlap_or_skip_and_cost_one_select(
    in_app: Flask, count_queries: Counting, sort: tuple[tuple[str, bool], ...]
) -> None:
    at = worlds.sides()
    made = [records.school(created_at=NOW + timedelta(minutes=number % 2)) for number in range(5)]
    records.save(*made)
    with count_queries() as queries:
        whole = schools.listed(at.northstar, Wanted(cohorts=(2025,), sort=sort))
    assert (len(queries), len(whole)) == (1, 7)
    with count_queries() as queries:
        pages = [
            schools.listed(at.northstar, Wanted(page=page, per_page=3, cohorts=(2025,), sort=sort))
            for page in (1, 2, 3, 4)
        ]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len(queries) == 4
    assert [row for page in pages for row in page] == whole
    key, backwards = sort[0] if sort else ("created_at", False)
    expected = sorted(sorted(whole), key=lambda row: getattr(row, key), reverse=backwards)
    assert whole == expected
