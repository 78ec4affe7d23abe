"""Moments and ids come back as they went in, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from app.data import models
from app.data.database import reading
from app.data.ids import known_form, new_id
from tests.data import records


def test_a_moment_is_stored_in_utc_and_comes_back_aware(in_app: Flask) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    moment = datetime(2025, 9, 1, 4, 30, 15, 123456, tzinfo=india)
    school = records.school(created_at=moment)
    records.save(school)
    stored = reading().execute(select(models.School.created_at)).scalar_one()
    assert stored == moment
    assert stored.utcoffset() == timedelta(0)
    written = str(reading().execute(text("SELECT created_at FROM schools")).scalar_one())
    assert written.startswith("2025-08-31 23:00:15.123456")


def test_moments_compare_in_the_database_as_in_time(in_app: Flask) -> None:
    records.save(records.school(created_at=records.NOW))
    india = timezone(timedelta(hours=5, minutes=30))
    for shift, found in ((0, 1), (1, 0)):
        at = records.NOW.astimezone(india) + timedelta(microseconds=shift)
        rows = reading().execute(select(models.School.id).where(models.School.created_at >= at)).all()
        assert len(rows) == found


def test_a_moment_without_a_zone_is_refused(in_app: Flask) -> None:
    naive = datetime(2025, 9, 1, 12, 0, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a time zone"):
        records.save(records.school(created_at=naive))


def test_ids_are_text_with_hyphens_on_both_sides(in_app: Flask) -> None:
    school = records.school()
    given = school.id
    records.save(school)
    stored = reading().execute(select(models.School.id)).scalar_one()
    assert stored == given
    assert known_form(stored) == stored
    assert len(stored) == 36


def test_a_later_id_sorts_after_an_earlier_one() -> None:
    made = [new_id() for _ in range(1000)]
    assert made == sorted(made)
    assert {UUID(one).version for one in made} == {7}


@pytest.mark.parametrize("forged", ["", "0", "-1", "abc", "9" * 40, "é" * 36, "\x00", "{" + "0" * 34 + "}"])
def test_a_malformed_id_is_one_that_does_not_exist(in_app: Flask, forged: str) -> None:
    records.save(records.school())
    assert known_form(forged) is None
    rows = reading().execute(select(models.School.id).where(models.School.id == forged)).all()
    assert rows == []


def test_a_malformed_id_is_refused_as_a_foreign_key(in_app: Flask) -> None:
    world = records.world()
    with pytest.raises(IntegrityError):
        records.save(records.run(world, school_id="abc"))


def test_an_id_in_capitals_is_the_same_id(in_app: Flask) -> None:
    school = records.school()
    given = school.id
    records.save(school)
    rows = reading().execute(select(models.School.id).where(models.School.id == given.upper())).all()
    assert [row[0] for row in rows] == [given]
