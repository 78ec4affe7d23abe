"""Two lead providers side by side, and what hangs on them: stored and stamped as the service does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import update

from app.data import models
from app.data.columns import PENDING, Model, Stamped
from app.data.ids import new_id
from app.data.transaction import write
from tests.data import records

NOW, TODAY = records.NOW, records.TODAY
SEPTEMBER = "ecf-standard-september"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Sides:
    """Northstar and Teach Forward, each paired with Alder in 2024 and 2025; Northstar with Bramble too, in 2025.

    All ids. `oakfield` and `harrow` are schools; `world` is for the builders in `records`.
    """

    world: records.World
    northstar: str
    teach_forward: str
    alder: str
    bramble: str
    oakfield: models.School
    harrow: models.School


def sides() -> Sides:
    """Store the two."""
    world = records.world()
    other, harrow = records.lead_provider("Teach Forward"), records.school(name="Harrow Lane")
    places = [models.LeadProviderCohort(lead_provider_id=other.id, cohort=year) for year in (2024, 2025)]
    pairings = [records.pairing(other, world.alder, year) for year in (2024, 2025)]
    schedules = [models.Schedule(cohort=year, identifier=SEPTEMBER) for year in (2024, 2025)]
    save(other, harrow, *places, *pairings, *schedules)
    return Sides(world, world.northstar.id, other.id, world.alder.id, world.bramble.id, world.school, harrow)


def save(*rows: Model) -> None:
    """Store the rows in one write, stamped at its end."""
    for row in rows:
        if isinstance(row, Stamped):
            row.updated_at = PENDING
    records.save(*rows)


def change(model: type[Model], id: str, **values: Any) -> None:
    """Change one record, as a write does."""
    changed = update(model).where(model.__table__.c.id == id).values(**values)
    write(lambda session: session.execute(changed))


def change_all(model: type[Model], **values: Any) -> None:
    """Change every record of a kind, in one write."""
    write(lambda session: session.execute(update(model).values(**values)))


def partnership(at: Sides, **values: Any) -> models.Partnership:
    """Store a partnership, Northstar's with Alder at Oakfield in 2025 and active unless said otherwise."""
    made = records.partnership(at.world, **{"status": "active", "ever_active": True} | values)
    save(made)
    return made


@dataclass(frozen=True, slots=True)
class Trained:
    """Ids of a person in training."""

    teacher: str
    record: str
    period: str


def trn() -> str:
    """A number nobody has yet."""
    return f"{next(_numbers):07}"


def ect(at: Sides, under: models.Partnership | None, name: str = "Aoife O’Brien", **values: Any) -> Trained:
    """Store an ECT with training under the partnership (None: school-led, at Oakfield).

    `teacher_id` for somebody stored before; `finished_on` ends period and record; the rest is of the record.
    """
    teacher_id = values.pop("teacher_id", None)
    rows: list[Model] = []
    if teacher_id is None:
        rows.append(records.teacher(trn(), name))
        teacher_id = rows[0].id  # type: ignore[attr-defined]
    days = {key: values[key] for key in ("started_on", "finished_on") if key in values}
    reported = {"leaving_reported_at": values.pop("leaving_reported_at", None)}
    teacher = models.Teacher(id=teacher_id)
    school_id = under.school_id if under else at.oakfield.id
    period = records.period(at.world, teacher, school_id=school_id, **days | reported)
    record = records.training(period, under, **values)
    save(*rows, period, record)
    return Trained(teacher_id, record.id, period.id)


def mentor(at: Sides, under: models.Partnership | None, name: str = "Sam Lee", **values: Any) -> Trained:
    """Store a mentor at the partnership's school with training under it; None: at Oakfield, without training."""
    teacher_id, rows = values.pop("teacher_id", None), []
    if teacher_id is None:
        rows.append(records.teacher(trn(), name))
        teacher_id = rows[0].id
    number = next(_numbers)
    started_on = values.pop("started_on", date(2025, 9, 1))
    period = models.MentorPeriod(
        id=new_id(),
        teacher_id=teacher_id,
        school_id=under.school_id if under else at.oakfield.id,
        started_on=started_on,
        email=f"mentor{number}@example.com",
        email_key=f"mentor{number}@example.com",
        registered_at=NOW,
        created_at=NOW,
    )
    save(*rows, period)
    if under is None:
        return Trained(teacher_id, "", period.id)
    plain = {"participant_type": "mentor", "programme": "provider_led", "partnership_id": under.id}
    record = models.TrainingRecord(
        id=new_id(),
        teacher_id=teacher_id,
        mentor_period_id=period.id,
        started_on=started_on,
        cohort_changed_after_payments_frozen=False,
        created_at=NOW,
        **{**plain, "cohort": 2025, "schedule_identifier": SEPTEMBER} | values,
    )
    save(record)
    return Trained(teacher_id, record.id, period.id)


def mentoring(mentor: Trained, ect: Trained, **values: Any) -> None:
    """Store that the mentor is the ECT's."""
    plain = {"ect_period_id": ect.period, "mentor_period_id": mentor.period, "started_on": date(2025, 9, 1)}
    save(models.Mentorship(**{"id": new_id(), "created_at": NOW} | plain | values))


def declaration(who: Trained, provider: str, **values: Any) -> models.Declaration:
    """Store a declaration: a started one of an ECT, eligible, unless said otherwise."""
    plain = {
        "id": new_id(),
        "teacher_id": who.teacher,
        "training_record_id": who.record,
        "lead_provider_id": provider,
        "course": "ecf-induction",
        "declaration_type": "started",
        "declared_at": NOW,
        "state": "eligible",
        "cohort": 2025,
        "schedule_identifier": SEPTEMBER,
        "pupil_premium_uplift": False,
        "sparsity_uplift": False,
        "created_at": NOW,
    }
    made = models.Declaration(**plain | values)
    save(made)
    return made


def statement(provider: str, **values: Any) -> models.Statement:
    """Store a statement: an open one with output, November 2025, unless said otherwise."""
    plain = {
        "id": new_id(),
        "lead_provider_id": provider,
        "cohort": 2025,
        "year": 2025,
        "month": 11,
        "deadline_on": date(2025, 10, 31),
        "pays_on": date(2025, 11, 25),
        "output": True,
        "state": "open",
        "created_at": NOW,
    }
    made = models.Statement(**plain | values)
    save(made)
    return made
