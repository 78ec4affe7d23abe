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
from app.services.demo.national.sizes import SIZES, Size

Run = Callable[..., Result]


@pytest.fixture
def run(app: Any) -> Run:
    return lambda *arguments: app.test_cli_runner().invoke(demo, [str(each) for each in arguments])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that lead providers did: this takes longest, and nobody is told of it."""
    monkeypatch.setattr("app.services.demo.loading.live", lambda *_: 0)
    monkeypatch.setattr("app.services.demo.money.set_up", lambda *_: 0)


def test_it_says_where_to_go_who_to_sign_in_as_and_whom_to_register_and_the_same_again(
    run: Run, clock: Any, quick: None
) -> None:
    clock.set("2026-01-01 09:00")
    result = run()
    assert result.exit_code == 0, result.output
    assert "Opened 2023 to 2024\nOpened 2024 to 2025\nOpened 2025 to 2026\n" in result.output
    for said in (
        "http://127.0.0.1:8000/sign-in ",
        "Induction tutor at Oakfield Primary (fictional)",
        "Finance officer at DfE (fictional)\n      statements",
        "Finance manager at DfE (fictional)",
        "Partnership manager at Northstar (fictional)\n      proposals",
        "Bramble Teaching School Hub: Bramble Trust Training",
        "27 3 2001",
        "3001234  QQ001234C  Aoife O'Brien",
        "Northstar      demo-northstar-",
        'curl -H "Authorization: Bearer demo-northstar-',
        "http://127.0.0.1:8000/api/v3/participants/ecf",
    ):
        assert said in result.output
    assert "nothing has changed" not in result.output
    again = run("--port", 9000)
    assert "The demonstration is here already: nothing has changed." in again.output
    assert _told(again) == _told(result).replace(":8000", ":9000")


def _told(result: Result) -> str:
    return result.output.partition("Once it is running")[2]


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


def test_a_larger_size_comes_in_behind_a_progress_bar_and_says_who_to_sign_in_as(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Size("sandbox", schools=12, participants=30, declarations=100, delivery_partners=12, cohorts=3)
    monkeypatch.setitem(SIZES, "sandbox", few)
    result = run("--size", "sandbox")
    assert result.exit_code == 0, result.output
    for said in ("sandbox", "Induction tutor at school 9100", "Northstar      demo-northstar-"):
        assert said in result.output
    assert "Appropriate bodies that also train" not in result.output
    again = run("--size", "sandbox")
    assert "The demonstration is here already: nothing has changed." in again.output
    assert "of another size" in run().stderr


def test_real_schools_have_no_size(run: Run, tmp_path: Path) -> None:
    result = run("--real", tmp_path, "--size", "national")
    assert result.exit_code == 2
    assert "leave out --size" in result.stderr


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
