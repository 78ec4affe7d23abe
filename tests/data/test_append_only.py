"""The database itself refuses to change what happened (Trust, 8)."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.data import models
from app.data.database import reading
from app.data.ids import new_id
from app.data.transaction import write
from tests.data import records


def change(statement: str) -> None:
    write(lambda session: session.execute(text(statement)))


@pytest.mark.parametrize("statement", ["UPDATE events SET kind = 'other'", "DELETE FROM events"])
def test_an_event_can_be_neither_changed_nor_deleted(in_app: Flask, statement: str) -> None:
    records.save(records.event())
    with pytest.raises(IntegrityError, match="events is append-only"):
        change(statement)
    assert reading().execute(select(models.Event.kind)).scalars().all() == ["partnership.proposed"]


def test_more_events_can_be_added(in_app: Flask) -> None:
    records.save(records.event())
    records.save(records.event())
    assert len(reading().execute(select(models.Event.id)).all()) == 2


def test_what_happened_in_a_run_can_be_purged_but_not_changed(in_app: Flask) -> None:
    run = records.run(records.world())
    happened = models.RunEvent(id=new_id(), run_id=run.id, version=1, at=records.NOW, kind="answered")
    records.save(run, happened)
    with pytest.raises(IntegrityError, match="run_events is append-only"):
        change("UPDATE run_events SET kind = 'other'")
    change("DELETE FROM run_events")
    assert reading().execute(select(models.RunEvent.id)).all() == []
