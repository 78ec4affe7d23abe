"""Public data in a demonstration, tried with the first rows of the real files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.data import clock as the_clock
from app.data.database import db
from app.data.models import AppropriateBody, DeliveryPartner, LeadProvider, OrganisationLink, Person, School
from app.data.queries import cohorts, sign_in
from app.services.demo.loading import Loaded, NotForDemonstration, load_real
from app.services.demo.real_data import FILES
from app.services.importing.report import FileRefused
from tests.services.demo.conftest import fictional
from tests.services.demo.test_fictional import everything

REPOSITORY = Path(__file__).parents[3]
ROWS = 1_200
Load = Callable[[Path], Loaded]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first rows of each reference file."""
    source = Path(os.environ.get("REFERENCE_DIR", REPOSITORY.parent / "shared" / "reference"))
    if not all((source / name).is_file() for name in FILES.values()):
        pytest.skip(f"The reference data is not in {source}: set REFERENCE_DIR to the folder that has it.")
    made = tmp_path_factory.mktemp("reference")
    for name in FILES.values():
        lines = (source / name).read_bytes().splitlines(keepends=True)
        (made / name).write_bytes(b"".join(lines[: ROWS + 1]))
    return made


@contextmanager
def unseen(_name: str, _total: int) -> Iterator[Callable[[int], None]]:
    yield lambda _rows: None


@pytest.fixture
def load(app: Any) -> Iterator[Load]:
    with app.app_context():
        yield lambda folder: load_real(folder, the_clock.today(), the_clock.now(), unseen)


def scalars(statement: Any) -> list[Any]:
    return list(db.session.connection().execute(statement).scalars())


def test_real_schools_and_bodies_come_with_fictional_organisations(load: Load, folder: Path) -> None:
    loaded = load(folder)
    assert [name for name, _ in loaded.reports] == list(FILES)
    assert sum(report.refused for _, report in loaded.reports) == 0
    assert scalars(select(func.count()).select_from(School).where(~School.fictional)) == [ROWS]
    assert scalars(select(AppropriateBody.name).where(AppropriateBody.fictional)) == []
    for model in (LeadProvider, DeliveryPartner):
        assert scalars(select(func.count()).where(model.fictional))[0] >= 5
        assert scalars(select(model.name).where(~model.fictional)) == []
    assert len(cohorts.opened(the_clock.today())) == 3


def test_links_to_real_bodies_are_made_up_and_say_so(load: Load, folder: Path) -> None:
    load(folder)
    statement = select(AppropriateBody.name, OrganisationLink.decided_by, OrganisationLink.note).join(
        AppropriateBody, AppropriateBody.id == OrganisationLink.appropriate_body_id
    )
    rows = db.session.connection().execute(statement).all()
    assert len({row[0] for row in rows}) == 3
    assert len(rows) == 4
    assert [row for row in rows if "ictional" not in row[1] or "ictional" not in row[2]] == []


def test_sign_ins_are_at_schools_of_different_local_authorities(load: Load, folder: Path) -> None:
    load(folder)
    people = sign_in.demo_people()
    assert len(people) >= 3
    assert scalars(select(Person.name).where(~Person.name.endswith("(fictional)"))) == []
    names = {school for person in people for school in person.schools}
    places = scalars(select(School.la_code).where(School.name.in_(names), School.urn == "100000"))
    assert places == ["201"]
    assert max(len(person.schools) for person in people) == 3


def test_a_second_time_changes_nothing_and_adds_nobody(load: Load, folder: Path) -> None:
    load(folder)
    people = sign_in.demo_people()
    again = load(folder)
    assert again.nothing_changed
    assert sign_in.demo_people() == people


def test_both_kinds_of_demonstration_can_stand_in_one_database(
    load: Load, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.demo.loading.live", lambda *_: 0)
    fictional()
    load(folder)
    assert scalars(select(func.count()).select_from(School)) == [ROWS + 13]
    assert fictional().nothing_changed


def test_a_folder_without_a_file_is_refused_with_nothing_stored(load: Load, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"has no file cohorts\.csv"):
        load(tmp_path)
    assert cohorts.all_cohorts() == ()


def test_a_database_with_anything_else_in_it_is_refused(load: Load, folder: Path, acceptance: None) -> None:
    before = everything()
    with pytest.raises(NotForDemonstration, match="not a demonstration’s"):
        load(folder)
    with pytest.raises(NotForDemonstration, match="not a demonstration’s"):
        fictional()
    assert everything() == before
