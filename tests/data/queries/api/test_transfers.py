"""Moves between schools, as the lead providers of both sides read them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.data.queries.api import transfers
from app.data.queries.api.transfers import SideRow
from app.data.queries.api.wanted import Wanted
from tests.data.queries.api import worlds

NOW, TODAY = worlds.NOW, worlds.TODAY
LAST, FIRST = date(2025, 9, 10), date(2025, 9, 11)
REPORTED = NOW - timedelta(days=20)
Counting = Callable[[], AbstractContextManager[list[str]]]


def ids(provider: str, **asked: object) -> list[str]:
    """The ids that are listed."""
    return [row.id for row in transfers.listed(provider, Wanted(**asked), TODAY)]  # type: ignore[arg-type]


def moves(provider: str, who: worlds.Trained, today: date = TODAY) -> tuple[transfers.TransferRow, ...]:
    """The person's moves, who is listed when there are any."""
    row = transfers.one(provider, who.teacher, today)
    assert row is not None
    listed = {each.id: each for each in transfers.listed(provider, Wanted(), today)}
    assert listed.get(who.teacher, row) == row
    assert (who.teacher in listed) == bool(row.transfers)
    return row.transfers


def leave(at: worlds.Sides, last: date = LAST, **values: object) -> tuple[models.Partnership, worlds.Trained]:
    """Somebody leaves Oakfield, where they were with Northstar."""
    old = worlds.partnership(at)
    return old, worlds.ect(at, old, finished_on=last, **values)


def join(at: worlds.Sides, who: worlds.Trained, provider: str, first: date = FIRST) -> worlds.Trained:
    """They join Harrow Lane, where they are with the provider."""
    new = worlds.partnership(at, lead_provider_id=provider, school_id=at.harrow.id)
    return worlds.ect(at, new, teacher_id=who.teacher, started_on=first)


def test_a_move_to_another_provider_is_told_to_both(in_app: Flask) -> None:
    at = worlds.sides()
    _, gone = leave(at)
    here = join(at, gone, at.teach_forward)
    (told,) = moves(at.northstar, gone)
    assert told == transfers.TransferRow(
        training_record_id=gone.record,
        transfer_type="new_provider",
        status="complete",
        created_at=NOW,
        leaving=SideRow(at.oakfield.urn, "Northstar", LAST),
        joining=SideRow(at.harrow.urn, "Teach Forward", FIRST),
    )
    (theirs,) = moves(at.teach_forward, gone)
    assert theirs == told._replace(training_record_id=here.record)


def test_a_move_within_a_provider_is_told_once(in_app: Flask) -> None:
    at = worlds.sides()
    _, gone = leave(at)
    join(at, gone, at.northstar)
    (told,) = moves(at.northstar, gone)
    assert (told.transfer_type, told.training_record_id) == ("new_school", gone.record)
    assert ids(at.teach_forward) == []


def test_who_leaves_for_an_unknown_school_is_told_to_the_leaving_side(in_app: Flask) -> None:
    at = worlds.sides()
    _, gone = leave(at, leaving_reported_at=REPORTED)
    (told,) = moves(at.northstar, gone)
    assert (told.transfer_type, told.joining, told.created_at) == ("unknown", None, REPORTED)
    assert transfers.one(at.teach_forward, gone.teacher, TODAY) is None
    join(at, gone, at.teach_forward)
    (after,) = moves(at.northstar, gone)
    assert after.joining is not None
    assert after.created_at == REPORTED


@pytest.mark.parametrize(
    ("last", "first", "status"),
    [
        (LAST, date(2025, 9, 16), "incomplete"),
        (date(2025, 9, 16), None, "incomplete"),
        (LAST, TODAY, "complete"),
    ],
)
def test_it_is_incomplete_while_the_later_day_is_ahead(
    in_app: Flask, last: date, first: date | None, status: str
) -> None:
    at = worlds.sides()
    _, gone = leave(at, last)
    if first is not None:
        join(at, gone, at.teach_forward, first)
    (told,) = moves(at.northstar, gone)
    assert told.status == status
    (then,) = moves(at.northstar, gone, date(2025, 9, 16))
    assert then.status == "complete"


def test_a_provider_that_has_not_confirmed_is_neither_told_nor_named(in_app: Flask) -> None:
    at = worlds.sides()
    _, gone = leave(at)
    new = worlds.partnership(
        at,
        lead_provider_id=at.teach_forward,
        school_id=at.harrow.id,
        status="proposed",
        ever_active=False,
    )
    worlds.ect(at, new, teacher_id=gone.teacher, started_on=FIRST)
    (told,) = moves(at.northstar, gone)
    assert told.joining == SideRow(at.harrow.urn, None, FIRST)
    assert ids(at.teach_forward) == []
    assert transfers.one(at.teach_forward, gone.teacher, TODAY) is None


def test_school_led_training_has_no_provider(in_app: Flask) -> None:
    at = worlds.sides()
    old = worlds.partnership(at, school_id=at.harrow.id)
    gone = worlds.ect(at, old, finished_on=LAST)
    worlds.ect(at, None, teacher_id=gone.teacher, started_on=FIRST)
    (told,) = moves(at.northstar, gone)
    assert told.joining == SideRow(at.oakfield.urn, None, FIRST)
    assert told.transfer_type == "new_provider"


def test_a_challenge_takes_the_move_from_the_provider(in_app: Flask) -> None:
    at = worlds.sides()
    old, gone = leave(at)
    join(at, gone, at.teach_forward)
    worlds.change(models.Partnership, old.id, status="challenged")
    assert ids(at.northstar) == []
    assert transfers.one(at.northstar, gone.teacher, TODAY) is None
    (told,) = moves(at.teach_forward, gone)
    assert told.leaving == SideRow(at.oakfield.urn, None, LAST)


def test_somebody_who_never_moved_is_found_and_not_listed(in_app: Flask) -> None:
    at = worlds.sides()
    who = worlds.ect(at, worlds.partnership(at))
    assert moves(at.northstar, who) == ()
    for unknown in ("abc", "", "\0", new_id()):
        assert transfers.one(at.northstar, unknown, TODAY) is None
    assert transfers.one(at.teach_forward, who.teacher, TODAY) is None


def test_what_changed_since_is_what_the_other_side_did_too(in_app: Flask) -> None:
    at = worlds.sides()
    _, gone = leave(at)
    row = transfers.one(at.northstar, gone.teacher, TODAY)
    assert row is not None
    assert ids(at.northstar, updated_since=row.updated_at) == [gone.teacher]
    later = row.updated_at + timedelta(microseconds=1)
    assert ids(at.northstar, updated_since=later) == []
    join(at, gone, at.teach_forward)
    assert ids(at.northstar, updated_since=later) == [gone.teacher]


def test_pages_never_overlap_or_skip_and_cost_two_selects(in_app: Flask, count_queries: Counting) -> None:
    at = worlds.sides()
    old = worlds.partnership(at)
    people = [worlds.ect(at, old, finished_on=LAST).teacher for _ in range(5)]
    worlds.ect(at, old)
    for per_page in (2, 5):
        with count_queries() as queries:
            assert ids(at.northstar, per_page=per_page) == people[:per_page]
        assert len(queries) == 2
    pages = [ids(at.northstar, page=page, per_page=2, sort=(("created_at", True),)) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert [who for page in pages for who in page] == people
