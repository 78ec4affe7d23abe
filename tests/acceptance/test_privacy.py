"""Acceptance case 23 of the school journey: no date of birth or National Insurance number is left behind anywhere.

Canaries: values that stand nowhere else are typed in finished and abandoned runs, then looked for in every byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import text, update

from app.data import clock as clock_service
from app.data.database import db
from app.data.models import Run, Teacher
from app.data.sealing import Sealed, unseal
from app.domain.eligibility import InductionStatus, TeacherRecord
from app.services import runs
from app.services.teacher_record.port import Finding, Outcome
from tests.support.client import InspectingClient
from tests.support.clocks import Clock
from tests.support.databases import Store
from tests.support.registering import Registering
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")

WREN, LARK, DOWN, BROKEN = "4017233", "4017244", "4017255", "4017266"
BORN, MISTYPED = date(1987, 11, 23), date(1986, 12, 24)
NUMBER, WRONG_NUMBER = "AB987654C", "CE876543D"
BIRTH_DATES = tuple(
    pattern
    for each in (BORN, MISTYPED)
    for pattern in (
        rf"{each.day}\D{{0,60}}{each.month}\D{{0,60}}{each.year}",
        rf"{each.month}\D{{0,60}}{each.day}\D{{0,60}}{each.year}",
        rf"{each.year}\D{{0,60}}{each.month}\D{{0,60}}{each.day}",
        rf"{each.day}\W{{0,3}}{each:%b}\w*\W{{0,3}}{each.year}",
    )
)
NUMBERS = tuple(
    r"[\W_]{0,3}".join((each[:2], each[2:4], each[4:6], each[6:8], each[8]))
    for each in (NUMBER, WRONG_NUMBER)
)
CANARIES = re.compile("|".join((*BIRTH_DATES, *NUMBERS)), re.IGNORECASE)


class Records:
    """A teacher record with people of its own: Wren, whose details match, and Lark, born on another day."""

    def find_by_birth_date(self, trn: str, born: date) -> Finding:
        """The record with this TRN, if it has this date of birth."""
        if trn == BROKEN:
            raise RuntimeError(f"no answer about {trn}, born {born.isoformat()}")
        if trn == DOWN:
            return Finding(Outcome.UNAVAILABLE)
        return _found(trn) if trn == WREN and born == BORN else Finding(Outcome.BIRTH_DATE_DIFFERS)

    def find_by_national_insurance_number(self, trn: str, number: str) -> Finding:
        """The record with this TRN, if it has this number."""
        return _found(trn) if number == NUMBER else Finding(Outcome.NUMBER_DIFFERS)


def _found(trn: str) -> Finding:
    name = {WREN: "Wren Canary", LARK: "Lark Canary"}[trn]
    return Finding(Outcome.MATCHED, TeacherRecord(trn, name, True, InductionStatus.NONE))


@pytest.fixture
def records(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application asks these records."""
    parts = app.extensions["journeys"]
    monkeypatch.setitem(app.extensions, "journeys", replace(parts, records=Records()))


def born(trn: str, on: date = BORN) -> dict[str, str]:
    """The find page’s fields."""
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {"trn": trn, **{f"date_of_birth-{part}": str(value) for part, value in parts.items()}}


def at_find(client: InspectingClient) -> Registering:
    going = Registering(client)
    going.to("find_ect")
    return going


def finished(client: InspectingClient) -> None:
    """One run finished by date of birth, one by National Insurance number after a mistyped date."""
    wren = at_find(client)
    wren.refused(**born("12", BORN))
    wren.answer(**born(WREN, MISTYPED))
    wren.see("find_ect")
    wren.answer(**born(WREN))
    wren.confirm(email="wren@example.com")
    assert wren.page.h1 == "Wren Canary is registered"
    lark = at_find(client)
    lark.answer(**born(LARK))
    lark.refused(national_insurance_number=f"{NUMBER}5")
    lark.answer(national_insurance_number="ab 98 76 54 c")
    lark.confirm(email="lark@example.com")
    assert lark.page.h1 == "Lark Canary is registered"


def abandoned(client: InspectingClient, app: Flask, clock: Clock) -> None:
    """Runs left at every point where the two have been typed; one deleted, one past its time."""
    refused = at_find(client)
    refused.refused(**{**born("x" * 3), "date_of_birth-day": "23"})
    wrong = at_find(client)
    wrong.answer(**born(LARK))
    wrong.answer(national_insurance_number=WRONG_NUMBER)
    assert wrong.at == "details_do_not_match"
    down = at_find(client)
    down.answer(**born(DOWN))
    assert down.at == "records_not_answering"
    waiting = at_find(client)
    waiting.answer(**born(LARK, MISTYPED))
    assert waiting.at == "national_insurance_number"
    client.see(waiting.address("delete"))
    client.submit("Yes, delete this registration")
    broken = at_find(client)
    client.submit(status=500, **born(BROKEN))
    assert client.see(broken.address("find_ect")).h1 == "Which teacher do you want to register?"
    with app.app_context():
        db.session.execute(
            update(Run).where(Run.reference == refused.reference).values(kept_until=clock_service.now())
        )
        db.session.commit()
        runs.drop_old(clock_service.now())


def every_column(store: Store) -> Iterator[str]:
    """Every value of every column of every table, as text."""
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')):
            yield " ".join(
                bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                for value in row
            )


def files(store: Store) -> Iterator[str]:
    """The bytes of an SQLite database: the file, and what stands beside it (its WAL)."""
    if store.kind == "sqlite":
        path = Path(urlsplit(store.url).path)
        for each in sorted(path.parent.glob(f"{path.name}*")):
            yield each.read_bytes().decode("latin-1")


def left_in(store: Store) -> str:
    """Everything that the database holds."""
    with store.session():
        found = "\n".join((*every_column(store), *files(store)))
    store.let_go()  # which writes the WAL into the file
    return "\n".join((found, *files(store)))


def unsealed(store: Store, app: Flask) -> str:
    """What stands in the runs once their seals are opened."""
    keys = app.extensions["journeys"].keys
    with store.session():
        rows = db.session.execute(db.select(Run.id, Run.key_id, Run.sealed).where(Run.sealed.is_not(None)))
        return "\n".join(unseal(Sealed(key, sealed), run, keys).decode() for run, key, sealed in rows)


@pytest.mark.usefixtures("records")
def test_no_date_of_birth_or_number_is_left_after_finished_and_abandoned_runs(
    app: Flask,
    client: InspectingClient,
    database: Store,
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    finished(client)
    abandoned(client, app, clock)
    printed = capsys.readouterr()
    logged, stored, sealed = printed.err + printed.out, left_in(database), unsealed(database, app)
    assert WREN in stored
    assert LARK in stored
    assert "Lark Canary" in sealed
    assert DOWN in sealed
    assert "RuntimeError" in logged
    assert "/registrations/<reference>/<page>" in logged
    for where, found in (("database", stored), ("runs", sealed), ("logs", logged)):
        leak = CANARIES.search(found)
        assert leak is None, f"{where}: {leak}"
    assert not re.search(f"{WREN}|{LARK}|{DOWN}|{BROKEN}|Canary|wren@", logged)


@pytest.mark.usefixtures("records")
def test_no_page_of_a_run_says_them_back(client: InspectingClient) -> None:
    going = at_find(client)
    going.answer(**born(LARK))
    going.answer(national_insurance_number=NUMBER)
    pages = [going.see(name) for name in ("find_ect", "national_insurance_number", "check_details")]
    going.to("check_answers", email="lark@example.com")
    for page in (*pages, going.page):
        assert CANARIES.search(page.html) is None
    typed = {
        each.get("name"): each.get("value", "") for each in pages[0].all("input", within=pages[0].form())
    }
    assert typed["trn"] == LARK
    assert [typed[f"date_of_birth-{part}"] for part in ("day", "month", "year")] == ["", "", ""]


@pytest.mark.parametrize(
    "leak",
    [
        "1987-11-23",
        "23/11/1987",
        "23 November 1987",
        "23 Nov 1987",
        "datetime.date(1987, 11, 23)",
        "19871123",
        '{"day": "23", "month": "11", "year": "1987"}',
        "date_of_birth-day=24&date_of_birth-month=12&date_of_birth-year=1986",
        "AB987654C",
        "ab 98 76 54 c",
        "CE 87 65 43 D",
    ],
)
def test_the_search_would_find_them_in_the_database(
    client: InspectingClient, stored: Stored, database: Store, leak: str
) -> None:
    stored.change(
        lambda session: session.connection().execute(update(Teacher).values(record_name=f"born {leak}."))
    )
    assert CANARIES.search(left_in(database)) is not None
