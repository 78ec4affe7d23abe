"""Records at Oakfield, beside the acceptance fixture."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from flask import Flask

from app.data.columns import Model
from app.data.models import EctPeriod, Partnership, Teacher, TrainingRecord
from tests.data import records
from tests.support import acceptance

NOW = records.NOW
ECTS = f"/schools/{acceptance.OAKFIELD_URN}/ects"
PARTNERSHIPS = f"/schools/{acceptance.OAKFIELD_URN}/partnerships"
HERE = cast(
    records.World,
    SimpleNamespace(
        school=SimpleNamespace(id=acceptance.OAKFIELD),
        person=SimpleNamespace(id=acceptance.OAKFIELD_TUTOR),
        body=SimpleNamespace(id=acceptance.ALDER_BODY),
        northstar=SimpleNamespace(id=acceptance.NORTHSTAR),
        alder=SimpleNamespace(id=acceptance.ALDER_PARTNER),
    ),
)


def partnership(status: str = "proposed", **values: Any) -> Partnership:
    """A partnership of Oakfield with Northstar and Alder for 2025, unless said otherwise."""
    plain: dict[str, Any] = {"status": status, "ever_active": status in ("active", "challenged")}
    if plain["ever_active"]:
        plain |= {"confirmed_at": NOW, "confirmed_by": "Kim Osei"}
    return records.partnership(HERE, **plain | values)


def ect(
    number: int, name: str, under: Partnership | None, **values: Any
) -> tuple[Teacher, EctPeriod, TrainingRecord]:
    """An ECT at Oakfield whose TRN ends in `number`; `under` is None for school-led training."""
    teacher = records.teacher(f"{4000000 + number}", name)
    period = records.period(HERE, teacher, **values)
    return teacher, period, records.training(period, under, cohort=under.cohort if under else 2025)


def save(app: Flask, *rows: Model) -> None:
    """Store the rows, in this order."""
    with app.app_context():
        records.save(*rows)
