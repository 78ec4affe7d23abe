"""Partnerships and proposals, as each lead provider reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries.api import partnerships, proposals
from app.data.queries.api.wanted import Wanted
from tests.data import records
from tests.data.queries.api import worlds

NOW = worlds.NOW
Counting = Callable[[], AbstractContextManager[list[str]]]

UNKNOWN = "0197a0c4-3c00-7000-8000-000000000999"


def test_a_partnership_is_told_with_its_school_partner_and_tutor(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.partnership(at)
    tutor = {"induction_tutor_name": "Priya Shah", "induction_tutor_email": "priya@example.com"}
    worlds.change(models.School, at.oakfield.id, **tutor)
    (row,) = partnerships.listed(at.northstar, Wanted())
    assert row == partnerships.PartnershipRow(
        id=made.id,
        cohort=2025,
        urn=at.oakfield.urn,
        school_id=at.oakfield.id,
        delivery_partner_id=at.alder,
        delivery_partner_name="Alder Teaching School Hub",
        status="active",
        challenged_reason=None,
        challenged_at=None,
        created_at=NOW,
        updated_at=row.updated_at,
        **tutor,
    )
    assert NOW < row.updated_at < NOW.replace(year=9000)
    assert partnerships.one(at.northstar, made.id) == row


def test_no_provider_reads_anothers_partnerships_or_proposals(in_app: Flask) -> None:
    at = worlds.sides()
    active, proposed = worlds.partnership(at), worlds.partnership(at, cohort=2024, status="proposed")
    for module, made in ((partnerships, active), (proposals, proposed)):
        assert made.id in {row.id for row in module.listed(at.northstar, Wanted())}
        assert module.listed(at.teach_forward, Wanted()) == []
        assert module.one(at.northstar, made.id) is not None
        assert module.one(at.teach_forward, made.id) is None


@pytest.mark.parametrize("id", ["", "abc", "0", UNKNOWN, "1" * 40, "\0"])
@pytest.mark.parametrize("module", [partnerships, proposals])
def test_an_id_that_is_none_finds_nothing(in_app: Flask, module: object, id: str) -> None:
    at = worlds.sides()
    worlds.partnership(at)
    assert module.one(at.northstar, id) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", ["challenged", "proposed", "declined", "retracted"])
def test_once_active_it_stays_and_is_shown_as_challenged(in_app: Flask, status: str) -> None:
    at = worlds.sides()
    said = {"challenged_reason": "mistake", "challenged_at": NOW}
    made = worlds.partnership(at, status=status, **said)
    row = partnerships.one(at.northstar, made.id)
    assert row is not None
    assert (row.status, row.challenged_reason, row.challenged_at) == ("challenged", "mistake", NOW)
    assert (proposals.one(at.northstar, made.id) is None) == (status == "challenged")
    worlds.change(models.Partnership, made.id, status="active")
    again = partnerships.one(at.northstar, made.id)
    assert again is not None
    assert (again.status, again.challenged_reason, again.challenged_at) == ("active", None, None)
    assert proposals.one(at.northstar, made.id) is None


@pytest.mark.parametrize("status", ["proposed", "declined", "retracted"])
def test_one_that_was_never_active_is_a_proposal_only(in_app: Flask, status: str) -> None:
    at = worlds.sides()
    made = worlds.partnership(
        at, status=status, ever_active=False, delivery_partner_id=None, declined_reason="other"
    )
    assert partnerships.listed(at.northstar, Wanted()) == []
    (row,) = proposals.listed(at.northstar, Wanted())
    assert (row.id, row.status, row.school_name) == (made.id, status, "Oakfield Primary")
    assert (row.delivery_partner_id, row.delivery_partner_name) == (None, None)
    assert row.declined_reason == ("other" if status == "declined" else None)


def test_a_proposal_counts_the_people_who_wait(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.partnership(at, status="proposed", ever_active=False)
    for finished_on in (None, None, date(2025, 9, 2)):
        worlds.ect(at, made, finished_on=finished_on)
    row = proposals.one(at.northstar, made.id)
    assert row is not None
    assert row.participants_waiting == 2


def test_filters_are_lists_and_narrow_each_other(in_app: Flask) -> None:
    at = worlds.sides()
    old, new = worlds.partnership(at, cohort=2024), worlds.partnership(at)
    other = worlds.partnership(at, delivery_partner_id=at.bramble)

    def found(**asked: object) -> set[str]:
        return {row.id for row in partnerships.listed(at.northstar, Wanted(**asked))}  # type: ignore[arg-type]

    assert found(cohorts=(2024,)) == {old.id}
    assert found(cohorts=(2024, 2025)) == {old.id, new.id, other.id}
    assert found(delivery_partner_ids=(at.bramble, new_id())) == {other.id}
    assert found(cohorts=(2024,), delivery_partner_ids=(at.bramble,)) == set()
    for nothing in ((), (1999,), (10**30, -1, 0)):
        assert found(cohorts=nothing) == set()
        assert proposals.listed(at.northstar, Wanted(cohorts=nothing)) == []
    for unknown in ((), ("abc",), ("\0", ""), (new_id(),)):
        assert found(delivery_partner_ids=unknown) == set()


def test_what_changed_at_the_moment_itself_is_found_and_nothing_before(in_app: Flask) -> None:
    at = worlds.sides()
    made = [worlds.partnership(at, cohort=year, status="proposed") for year in (2024, 2025)]
    worlds.change(models.Partnership, made[0].id, declined_reason="other")
    for module in (partnerships, proposals):
        rows = {row.id: row for row in module.listed(at.northstar, Wanted())}
        since = rows[made[0].id].updated_at
        assert [row.id for row in module.listed(at.northstar, Wanted(updated_since=since))] == [made[0].id]
        assert module.listed(at.northstar, Wanted(updated_since=since + timedelta(microseconds=1))) == []


def test_a_partners_new_name_and_a_new_tutor_are_changes_too(in_app: Flask) -> None:
    at = worlds.sides()
    made = worlds.partnership(at)
    stamps = []
    for model, changed, values in (
        (models.DeliveryPartner, at.alder, {"name": "Alder Hub"}),
        (models.School, at.oakfield.id, {"induction_tutor_name": "Tom Baker"}),
    ):
        worlds.change(model, changed, **values)
        row = partnerships.one(at.northstar, made.id)
        assert row is not None
        stamps.append(row.updated_at)
    assert made.created_at < stamps[0] < stamps[1]
    assert (row.delivery_partner_name, row.induction_tutor_name) == ("Alder Hub", "Tom Baker")


def many(at: worlds.Sides, how_many: int) -> None:
    """Partnerships at schools of their own, half of them made at the same moment."""
    for number in range(how_many):
        school = records.school()
        worlds.save(school)
        made_at = NOW + timedelta(minutes=number % 3)
        worlds.partnership(at, school_id=school.id, status="proposed", created_at=made_at)


@pytest.mark.parametrize("module", [partnerships, proposals])
@pytest.mark.parametrize(
    "sort",
    [
        (),
        (("created_at", True),),
        (("updated_at", True), ("created_at", False)),
        (("created_at", True), ("created_at", False)),
    ],
)
def test_pages_never_overlap_or_skip_and_end(in_app: Flask, module: object, sort: tuple[object, ...]) -> None:
    at = worlds.sides()
    many(at, 7)
    listed = module.listed  # type: ignore[attr-defined]
    whole = listed(at.northstar, Wanted(sort=sort))
    pages = [listed(at.northstar, Wanted(page=page, per_page=3, sort=sort)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [row.id for page in pages for row in page] == [row.id for row in whole]
    key, backwards = sort[0] if sort else ("created_at", False)
    expected = sorted(whole, key=lambda row: row.id)
    assert whole == sorted(expected, key=lambda row: getattr(row, key), reverse=backwards)
    for far in (10**6, 2**31, 10**40):
        assert listed(at.northstar, Wanted(page=far, per_page=3000)) == []


@pytest.mark.parametrize("module", [partnerships, proposals])
def test_a_page_is_one_select_whatever_its_size(
    in_app: Flask, module: object, count_queries: Counting
) -> None:
    at = worlds.sides()
    many(at, 2)
    counts = []
    for more in (0, 4):
        many(at, more)
        with count_queries() as queries:
            rows = module.listed(at.northstar, Wanted())  # type: ignore[attr-defined]
        counts.append((len(queries), len(rows)))
    assert counts == [(1, 2), (1, 6)]
