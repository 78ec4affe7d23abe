"""`flask demo`: what a person at the terminal sees, and when it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app.cli.demo import demo
from app.data.queries import schools

Run = Callable[..., Result]


@pytest.fixture
def run(app: Any) -> Run:
    return lambda *arguments: app.test_cli_runner().invoke(demo, [str(each) for each in arguments])


def test_it_says_who_to_sign_in_as_and_whom_to_register(run: Run, clock: Any) -> None:
    clock.set("2026-01-01 09:00")
    result = run()
    assert result.exit_code == 0, result.output
    assert "Opened 2023 to 2024\nOpened 2024 to 2025\nOpened 2025 to 2026\n" in result.output
    for said in (
        "Induction tutor at Oakfield Primary (fictional)",
        "Bramble Teaching School Hub: Bramble Trust Training",
        "27 3 2001",
        "3001234  QQ001234C  Aoife O'Brien",
    ):
        assert said in result.output
    assert "nothing has changed" not in result.output


def test_a_second_time_it_says_that_nothing_has_changed_and_lists_the_same(run: Run) -> None:
    first, second = run(), run()
    assert "The demonstration is here already: nothing has changed." in second.output
    assert first.output.partition("Sign in as")[2] == second.output.partition("Sign in as")[2]


def test_it_refuses_a_database_with_other_records_in_one_sentence(run: Run, acceptance: None) -> None:
    result = run()
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: This database has records in it that are not a demonstration’s.")


def test_it_refuses_in_production(run: Run, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], environment="production"))
    result = run()
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: Production has no demonstration: set ENVIRONMENT=demo.\n",
    )
    with app.app_context():
        assert schools.by_urn("900101") is None


def test_a_folder_that_lacks_a_file_is_named(run: Run, tmp_path: Path) -> None:
    result = run("--real", tmp_path)
    assert result.exit_code == 1
    assert "has no file cohorts.csv" in result.stderr


def test_public_data_comes_in_behind_progress_bars(run: Run, tmp_path: Path, app: Any) -> None:
    files = {
        "cohorts.csv": "start-year,registration-start-date,academic-year-start-date,"
        "automatic-assignment-period-end-date,payments-frozen-at,mentor-funding,detailed-evidence-types\n"
        "2025,2024/12/31,2025/09/01,2026/03/31,,true,true\n",
        "edubasealldata.csv": "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,"
        "TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name)\n"
        "100000,201,City of London,3614,The School,Community school,Open,Primary\n"
        "abc,201,City of London,3614,The School,Community school,Open,Primary\n",
        "pupil_premium_and_sparsity_2024.csv": "URN,Pupil Premium Incentive,Sparsity Incentive\n100000,1,0\n",
        "appropriate_bodies.csv": "name,type\nOne Teaching School Hub (One School),teaching_school_hub\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    result = run("--real", tmp_path)
    assert result.exit_code == 0, result.output
    assert "schools: 2 read, 1 added, 0 changed, 0 unchanged, 1 refused" in result.stdout
    assert "schools: Row 3, URN “abc”: must be 6 numbers" in result.stderr
    assert "Induction tutor at The School (fictional)" in result.stdout
    with app.app_context():
        found = schools.by_urn("100000")
    assert found is not None
    assert found.name == "The School"
