"""`flask drop-old-runs`: answers go when their time is over, and not before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.cli.demo import demo
from app.cli.housekeeping import drop_old_runs
from app.data.database import db
from app.data.models import Run


def sealed(app: Any) -> list[bool]:
    with app.app_context():
        return [content is not None for content in db.session.execute(select(Run.sealed)).scalars()]


def test_answers_are_deleted_once_thirty_days_have_passed(app: Any, clock: Any) -> None:
    runner = app.test_cli_runner()
    clock.set("2026-01-01 09:00")
    runner.invoke(demo)
    clock.set("2026-01-20 09:00")
    assert runner.invoke(drop_old_runs).output == "Answers of 0 registrations deleted\n"
    assert sealed(app) == [True, True]
    # The one left three days before the demonstration was loaded has had its time; the other has a day to go.
    clock.set("2026-01-29 12:00")
    assert runner.invoke(drop_old_runs).output == "Answers of 1 registration deleted\n"
    clock.set("2026-02-01 09:00")
    assert runner.invoke(drop_old_runs).output == "Answers of 1 registration deleted\n"
    assert sealed(app) == [False, False]
    assert runner.invoke(drop_old_runs).output == "Answers of 0 registrations deleted\n"
