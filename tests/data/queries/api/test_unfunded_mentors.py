"""Mentors whom a lead provider doesn't train, as it reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries.api import participants, unfunded_mentors
from app.data.queries.api.wanted import Wanted
from tests.data.queries.api import worlds

Counting = Callable[[], AbstractContextManager[list[str]]]


def ids(provider: str, **asked: object) -> list[str]:
    """The ids that are listed."""
    return [row.id for row in unfunded_mentors.listed(provider, Wanted(**asked))]  # type: ignore[arg-type]


def mentored(at: worlds.Sides, under: models.Partnership) -> worlds.Trained:
    """A mentor without training, of an ECT under the partnership."""
    guide = worlds.mentor(at, None)
    worlds.mentoring(guide, worlds.ect(at, under))
    return guide


def test_a_mentor_of_the_callers_ect_is_told_with_their_address(in_app: Flask) -> None:
    at = worlds.sides()
    guide = mentored(at, worlds.partnership(at))
    (row,) = unfunded_mentors.listed(at.northstar, Wanted())
    assert (row.id, row.full_name) == (guide.teacher, "Sam Lee")
    assert row.email.startswith("mentor") and len(row.teacher_reference_number) == 7
    assert unfunded_mentors.one(at.northstar, guide.teacher) == row
    assert participants.one(at.northstar, guide.teacher, worlds.TODAY) is None
    since = row.updated_at
    assert ids(at.northstar, updated_since=since) == [guide.teacher]
    assert ids(at.northstar, updated_since=since + timedelta(microseconds=1)) == []


def test_no_provider_reads_the_mentors_of_anothers_ects(in_app: Flask) -> None:
    at = worlds.sides()
    guide = mentored(at, worlds.partnership(at))
    assert ids(at.teach_forward) == []
    assert unfunded_mentors.one(at.teach_forward, guide.teacher) is None
    for unknown in ("abc", "", "\0", new_id()):
        assert unfunded_mentors.one(at.northstar, unknown) is None


def test_one_whom_the_caller_trains_is_a_participant_instead(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    guide = worlds.mentor(at, under)
    worlds.mentoring(guide, worlds.ect(at, under))
    assert ids(at.northstar) == []
    assert participants.one(at.northstar, guide.teacher, worlds.TODAY) is not None


def test_nobody_is_shown_under_a_partnership_that_is_not_active(in_app: Flask) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    guide = mentored(at, under)
    worlds.change(models.Partnership, under.id, status="challenged")
    assert ids(at.northstar) == []
    assert unfunded_mentors.one(at.northstar, guide.teacher) is None


def test_pages_never_overlap_or_skip_and_cost_one_select(in_app: Flask, count_queries: Counting) -> None:
    at = worlds.sides()
    under = worlds.partnership(at)
    guides = [mentored(at, under).teacher for _ in range(5)]
    with count_queries() as queries:
        assert ids(at.northstar) == guides
    assert len(queries) == 1
    assert ids(at.northstar, sort=(("created_at", True),)) == guides[::-1]
    pages = [ids(at.northstar, page=page, per_page=2) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [row for page in pages for row in page] == guides
