"""What is in the fictional demonstration is marked as made up, and visitors are told what to try."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, select

from app.data.columns import Model
from app.data.database import db
from app.data.models import (
    AppropriateBody,
    DeliveryPartner,
    EctPeriod,
    LeadProvider,
    Person,
    Run,
    School,
    Teacher,
)
from app.services import runs
from app.services.demo import guide
from app.services.demo.cast import FREE
from app.services.demo.organisations import ISTIP
from tests.services.demo.conftest import KEYS


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    found = {}
    for table in Model.metadata.sorted_tables:
        rows = db.session.connection().execute(select(table)).all()
        found[table.name] = sorted(map(tuple, rows), key=str)
    db.session.rollback()
    return found


def scalars(statement: Any) -> list[Any]:
    return list(db.session.connection().execute(statement).scalars())


def count(model: type[Model]) -> int:
    return int(scalars(select(func.count()).select_from(model))[0])


def test_everything_made_up_is_marked_and_only_the_national_body_is_real(shown: None) -> None:
    for model in (School, LeadProvider, DeliveryPartner):
        assert scalars(select(model.name).where(~model.fictional)) == []
    assert scalars(select(AppropriateBody.name).where(~AppropriateBody.fictional)) == [ISTIP]
    assert scalars(select(Person.name).where(~Person.demo, Person.kind == "school")) == []
    assert [name for name in scalars(select(Person.name)) if not name.endswith("(fictional)")] == []
    addresses = scalars(select(EctPeriod.email)) + scalars(select(Person.email))
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_a_dozen_ordinary_teachers_are_left_for_visitors_and_named_to_them(shown: None) -> None:
    registered = set(scalars(select(Teacher.trn)))
    assert len(FREE) == 12
    assert registered & {teacher.trn for teacher in FREE} == set()
    told = "\n".join(guide.teachers())
    for teacher in FREE:
        assert re.search(
            rf"{teacher.trn} +{teacher.national_insurance_number} +{re.escape(teacher.name)}", told
        )
    assert "27 3 2001" in told


def test_every_sign_in_is_named_with_something_to_see(shown: None) -> None:
    lines = list(guide.sign_ins())
    for name in scalars(select(Person.name).where(Person.demo)):
        place = lines.index(f"  {name}")
        assert lines[place + 1].startswith("      ")
    assert "Oakfield" in lines[0]


def test_unfinished_registrations_can_be_opened_and_have_no_birth_dates(shown: None) -> None:
    references = scalars(select(Run.reference))
    school = scalars(select(School.id).where(School.urn == "900101"))[0]
    rows = [runs.find(reference, (school,)) for reference in references]
    answers = [runs.answers_of(row, KEYS) for row in rows if row]
    assert sorted(runs.name_of(each) != "" for each in answers) == [False, True]
    said = {name for each in answers for answer in each.values() for name in answer.values}
    assert said & {"date_of_birth", "national_insurance_number"} == set()


def test_ten_schools_or_more_lie_in_several_local_authorities(shown: None) -> None:
    authorities = scalars(select(School.la_name))
    assert len(authorities) >= 10
    assert len(set(authorities)) >= 2
