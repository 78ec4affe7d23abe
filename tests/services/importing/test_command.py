"""`flask import …`: what a person at the terminal sees, and the exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app.cli.importing import imports
from app.data.models import Cohort, Event, School
from app.services.importing.plans import PLANS
from tests.services.importing.test_cohorts import HEADER as COHORTS
from tests.services.importing.test_cohorts import ROW_2025

Run = Callable[..., Result]
PARTNERS = b"name\nAlder\n"


@pytest.fixture
def run(app: Any) -> Run:
    return lambda *arguments: app.test_cli_runner().invoke(imports, [str(argument) for argument in arguments])


@pytest.fixture
def a_file(tmp_path: Path) -> Callable[[bytes | str], Path]:
    def a_file(content: bytes | str) -> Path:
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return a_file


def test_every_import_is_a_command_that_names_its_columns(run: Run) -> None:
    listed = run("--help").output
    for name, plan in PLANS.items():
        assert name in listed
        assert name == "cohorts" or plan.layout.required[0] in run(name, "--help").output


def test_a_clean_import_prints_its_summary_and_ends_with_0(run: Run, a_file: Any) -> None:
    result = run("delivery-partners", a_file(PARTNERS))
    assert result.exit_code == 0
    assert "delivery-partners: 1 read, 1 added, 0 changed, 0 unchanged, 0 refused" in result.output
    assert "0 added, 0 changed, 1 unchanged" in run("delivery-partners", a_file(PARTNERS)).output


def test_refused_rows_are_named_and_end_with_1_while_good_rows_are_kept(run: Run, a_file: Any) -> None:
    result = run("delivery-partners", a_file("name,active\nAlder,yes\nBramble,perhaps\n"))
    assert result.exit_code == 1
    assert result.stderr == "file.csv: Row 3, active “perhaps”: must be true or false\n"
    assert "2 read, 1 added, 0 changed, 0 unchanged, 1 refused" in result.stdout


def test_a_file_that_is_refused_as_a_whole_ends_with_1_and_stores_nothing(
    run: Run, a_file: Any, held: Any
) -> None:
    result = run("schools", a_file("name\nOakfield\n"))
    assert result.exit_code == 1
    assert "Error: file.csv: The file has no column “URN”, “LA (code)”" in result.stderr
    assert held(School) == []
    assert held(Event) == []


def test_a_file_that_is_not_there_is_a_mistake_in_the_command(run: Run, tmp_path: Path) -> None:
    assert run("schools", tmp_path / "nothing.csv").exit_code == 2
    assert run("cohorts").exit_code == 2


def test_cohorts_are_opened_by_year_on_the_london_day(run: Run, a_file: Any, held: Any, clock: Any) -> None:
    clock.set("2025-06-01 00:30")
    result = run("cohorts", a_file(COHORTS + ROW_2025), "--open", "2025")
    assert (result.exit_code, "cohort 2025: opened" in result.output) == (0, True)
    assert [str(row["opened_on"]) for row in held(Cohort)] == ["2025-06-01"]
    assert "cohort 2025: was open already" in run("cohorts", "--open", "2025").output
    unknown = run("cohorts", "--open", "2026")
    assert (unknown.exit_code, "import it first" in unknown.stderr) == (1, True)
