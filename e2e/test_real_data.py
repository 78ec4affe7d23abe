"""An ECT registered at a real school with a real appropriate body: the published files, whole, in a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.data.models import AppropriateBody, EctPeriod, School
from app.data.queries import organisations, sign_in
from app.domain.days import london_day
from app.services.demo.loading import load_real
from app.services.demo.real_data import FILES
from e2e.support.answers import choose
from e2e.support.case_one import REGISTER, about_the_teacher, pick
from e2e.support.site import Site
from e2e.support.visitor import Visitors
from tests.support.acceptance import ACCEPTANCE_CLOCK
from tests.support.stored import Stored
from tests.support.tree import ROOT

PARTNER = "Alder Teaching School Hub"


@pytest.fixture(scope="module")
def published() -> Path:
    """The folder of published files."""
    folder = Path(os.environ.get("REFERENCE_DIR", ROOT.parent / "shared" / "reference"))
    if not all((folder / name).is_file() for name in FILES.values()):
        pytest.skip(f"The reference data is not in {folder}: set REFERENCE_DIR to the folder that has it.")
    return folder


@contextmanager
def unseen(_name: str, _total: int) -> Iterator[Callable[[int], None]]:
    """No progress bar."""
    yield lambda _rows: None


def linked_body() -> str:
    """The id of a real hub that a person has linked to a delivery partner."""
    bodies = organisations.bodies_offered(independent=False)
    return next(b.id for b in bodies if PARTNER in {p.name for p in organisations.linked_partners(b.id)})


@pytest.mark.parametrize(
    "site", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)
def test_an_ect_is_registered_at_a_real_school_with_a_real_body(
    site: Site, visitors: Visitors, published: Path
) -> None:
    site.store.reset()
    at = ACCEPTANCE_CLOCK
    site.read(lambda: load_real(published, london_day(at), at, unseen))
    body = site.read(linked_body)
    tutor = next(each for each in site.read(sign_in.demo_people) if len(each.schools) == 1)
    visitor = visitors()
    visitor.sign_in(tutor.id)
    visitor.send("Register an ECT")
    visitor.send("Continue")
    about_the_teacher(visitor)
    choose(visitor, "appropriate_body", body)
    visitor.send("Continue")
    pick(visitor, "Provider-led")
    pick(visitor, "Northstar")
    pick(visitor, f"Yes, {PARTNER}")
    visitor.send(REGISTER)
    assert visitor.path.endswith("/confirmation")
    stored = Stored(site.store.app)
    [period] = stored.all(EctPeriod)
    school = stored.one(School, School.id == period.school_id)
    chosen = stored.one(AppropriateBody, AppropriateBody.id == period.appropriate_body_id)
    assert (school.name, school.fictional, chosen.fictional) == (tutor.schools[0], False, False)
    assert len(stored.all(School)) == 20_760
    [partnership] = stored.partnerships(period.school_id)
    assert (partnership.delivery_partner_name, partnership.status) == (PARTNER, "proposed")
