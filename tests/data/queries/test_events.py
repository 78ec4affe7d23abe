"""Events are stored in the write that makes the change, or not at all."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.ids import new_id
from app.data.queries import events
from app.data.queries.events import SYSTEM, Actor
from app.data.transaction import OutsideWriteError, write
from tests.data import records

WHAT = {"at": records.NOW, "kind": "school.imported", "record_kind": "school", "request_id": "r-1"}


def test_an_event_says_who_what_when_which_record_and_which_request(in_app: Flask) -> None:
    school, person = records.school(), new_id()
    school_id = school.id

    def work(session: Session) -> str:
        session.add(school)
        details = {"to": "active", "from": None, "people": 2}
        about = {"record_id": school_id, "school_id": school_id, "details": details}
        return events.record(session, actor=Actor("person", person), **WHAT, **about)  # type: ignore[arg-type]

    event_id = write(work)
    (found,) = events.of_record("school", school_id).rows
    assert (found.id, found.at, found.kind) == (event_id, records.NOW, "school.imported")
    assert (found.actor_kind, found.actor_id, found.request_id) == ("person", person, "r-1")
    assert json.loads(found.details) == {"to": "active", "from": None, "people": 2}


def test_an_event_goes_when_its_change_is_rolled_back(in_app: Flask) -> None:
    def work(session: Session) -> None:
        events.record(session, actor=SYSTEM, record_id="1", **WHAT)  # type: ignore[arg-type]
        raise LookupError

    with pytest.raises(LookupError):
        write(work)
    assert events.of_record("school", "1").total == 0


def test_an_event_outside_a_write_is_refused(in_app: Flask) -> None:
    from app.data.database import db

    with pytest.raises(OutsideWriteError):
        events.record(db.session(), actor=SYSTEM, record_id="1", **WHAT)  # type: ignore[arg-type]


def test_an_event_about_an_unknown_school_is_refused(in_app: Flask) -> None:
    about = {"record_id": "1", "school_id": new_id()}
    with pytest.raises(IntegrityError):
        write(lambda session: events.record(session, actor=SYSTEM, **WHAT, **about))  # type: ignore[arg-type]


def test_events_of_a_record_come_in_the_order_they_happened(in_app: Flask) -> None:
    records.save(*(records.event(record_id="1", kind=f"kind-{number}") for number in range(3)))
    records.save(records.event(record_id="2"))
    found = [event.kind for event in events.of_record("partnership", "1").rows]
    assert found == ["kind-0", "kind-1", "kind-2"]
