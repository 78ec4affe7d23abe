"""Delivery partners, as each lead provider reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries.api import delivery_partners
from app.data.queries.api.wanted import Wanted
from tests.data import records
from tests.data.queries.api import worlds

Counting = Callable[[], AbstractContextManager[list[str]]]


def test_a_partner_is_told_with_the_cohorts_shared_with_the_caller(in_app: Flask) -> None:
    at = worlds.sides()
    rows = {row.name: row for row in delivery_partners.listed(at.northstar, Wanted())}
    assert {name: row.cohort for name, row in rows.items()} == {
        "Alder Teaching School Hub": ("2024", "2025"),
        "Bramble Trust Training": ("2025",),
    }
    alder = rows["Alder Teaching School Hub"]
    assert alder == delivery_partners.one(at.northstar, at.alder)
    assert (alder.id, alder.created_at) == (at.alder, worlds.NOW)


def test_a_partner_of_others_is_not_found(in_app: Flask) -> None:
    at = worlds.sides()
    assert [row.id for row in delivery_partners.listed(at.teach_forward, Wanted())] == [at.alder]
    assert delivery_partners.one(at.teach_forward, at.bramble) is None
    assert delivery_partners.one(at.northstar, at.bramble) is not None
    for unknown in ("abc", "", "\0", new_id()):
        assert delivery_partners.one(at.northstar, unknown) is None


def test_one_that_was_paired_once_is_still_named(in_app: Flask) -> None:
    at = worlds.sides()
    cedar = records.lead_provider("Cedar")
    place = models.LeadProviderCohort(lead_provider_id=cedar.id, cohort=2024)
    worlds.save(cedar, place, records.pairing(cedar, at.world.bramble, 2024, date(2025, 1, 1)))
    (row,) = delivery_partners.listed(cedar.id, Wanted())
    assert (row.id, row.cohort) == (at.bramble, ("2024",))


def test_the_cohort_filter_chooses_partners_and_leaves_their_cohorts_whole(in_app: Flask) -> None:
    at = worlds.sides()
    (row,) = delivery_partners.listed(at.northstar, Wanted(cohorts=(2024, 1999)))
    assert (row.id, row.cohort) == (at.alder, ("2024", "2025"))
    for nothing in ((), (1999,), (2**70,)):
        assert delivery_partners.listed(at.northstar, Wanted(cohorts=nothing)) == []


def add(at: worlds.Sides, names: str) -> None:
    """Partners of Northstar in both years, all made at the same moment."""
    for name in names:
        partner = records.delivery_partner(f"Partner {name}")
        pairings = [records.pairing(at.world.northstar, partner, year) for year in (2025, 2024)]
        worlds.save(partner, *pairings)


@pytest.mark.parametrize("sort", [(), (("created_at", True),), (("updated_at", True),)])
def test_a_page_holds_partners_not_pairings(in_app: Flask, sort: tuple[tuple[str, bool], ...]) -> None:
    at = worlds.sides()
    add(at, "ABCDE")
    whole = delivery_partners.listed(at.northstar, Wanted(sort=sort))
    pages = [
        delivery_partners.listed(at.northstar, Wanted(page=page, per_page=3, sort=sort))
        for page in (1, 2, 3, 4)
    ]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [row for page in pages for row in page] == whole
    assert len({row.id for row in whole}) == 7


def test_a_page_is_one_select_whatever_its_size(in_app: Flask, count_queries: Counting) -> None:
    at = worlds.sides()
    counts = []
    for names in ("", "ABCD"):
        add(at, names)
        with count_queries() as queries:
            rows = delivery_partners.listed(at.northstar, Wanted())
        counts.append((len(queries), len(rows)))
    assert counts == [(1, 2), (1, 6)]
