"""Public data in a demonstration: which files are brought in, and what is fictional around them.

Real schools and appropriate bodies stay as their files have them. Lead providers and delivery partners are made up, and
so is every claim that a real appropriate body trains under one of their names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.models import AppropriateBody, School
from app.domain.eligibility import is_open, is_state_funded
from app.services.demo.organisations import ALDER, BRAMBLE, FIVE_RIVERS_NORTH, FIVE_RIVERS_SOUTH
from app.services.demo.schools import Seat, tutor
from app.services.importing import running
from app.services.importing.plans import PLANS
from app.services.importing.reading import CheckedFile
from app.services.importing.reading import check as check_file
from app.services.importing.report import FileRefused, Report

T = TypeVar("T")

FILES = {
    "cohorts": "cohorts.csv",
    "schools": "edubasealldata.csv",
    "uplifts": "pupil_premium_and_sparsity_2024.csv",
    "appropriate-bodies": "appropriate_bodies.csv",
}
"""What is brought in, in this order, and its file’s name in the folder."""

SCHOOLS_WITH_SIGN_INS = 6
LINKED_BODIES = 3
ShowProgress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Given a file’s kind and its number of rows: a context that gives a function to tell of rows done."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that can be imported, and which import it is for."""

    name: str
    file: CheckedFile


def check(folder: Path) -> tuple[Checked, ...]:
    """The files of a folder, looked through. Raises FileRefused when one is missing or can’t be used."""
    found = []
    for name, file_name in FILES.items():
        if not (folder / file_name).is_file():
            raise FileRefused(f"{folder} has no file {file_name}.")
        try:
            found.append(Checked(name, check_file(folder / file_name, PLANS[name].layout)))
        except FileRefused as refused:
            raise FileRefused(f"{file_name}: {refused}") from refused
    return tuple(found)


def bring_in(checked: Sequence[Checked], now: datetime, show: ShowProgress) -> tuple[tuple[str, Report], ...]:
    """Import the files, each behind its progress bar."""
    reports = []
    for each in checked:
        with show(each.name, each.file.total) as tell:
            reports.append((each.name, running.run(PLANS[each.name], each.file, now, tell)))
    return tuple(reports)


def links(session: Session) -> tuple[tuple[str, str], ...]:
    """Made-up links for three real hubs spread over the alphabet: two under another name, one under two names."""
    statement = (
        select(AppropriateBody.name)
        .where(
            AppropriateBody.kind == "teaching_school_hub", ~AppropriateBody.fictional, AppropriateBody.offered
        )
        .order_by(AppropriateBody.name_key, AppropriateBody.id)
    )
    hubs = _spread(tuple(session.connection().execute(statement).scalars()), LINKED_BODIES)
    partners = ((ALDER,), (BRAMBLE,), (FIVE_RIVERS_NORTH, FIVE_RIVERS_SOUTH))
    return tuple((hub, name) for hub, names in zip(hubs, partners, strict=False) for name in names)


def seats(session: Session) -> tuple[Seat, ...]:
    """Fictional induction tutors at real schools: the lowest URN of some local authorities, spread over their codes.

    One more acts for the first three of them.
    """
    statement = (
        select(School.la_code, School.urn, School.name, School.type_name, School.status)
        .where(School.in_england, ~School.independent, ~School.fictional)
        .order_by(School.urn)
    )
    lowest: dict[str, tuple[str, str]] = {}
    for code, urn, name, type_name, status in session.connection().execute(statement):
        if is_state_funded(type_name) and is_open(status):
            lowest.setdefault(code, (urn, name))
    chosen = _spread(tuple(lowest[code] for code in sorted(lowest)), SCHOOLS_WITH_SIGN_INS)
    several = Seat(
        "Induction tutor for several schools (fictional)",
        "several.schools@schools.example",
        tuple(urn for urn, _ in chosen[:3]),
    )
    return (*(tutor(urn, name) for urn, name in chosen), several)


def _spread(found: tuple[T, ...], most: int) -> tuple[T, ...]:
    """At most so many of them, at even distances, the first always among them."""
    wanted = min(most, len(found))
    return tuple(found[number * len(found) // wanted] for number in range(wanted))
