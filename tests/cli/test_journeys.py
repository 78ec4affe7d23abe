"""`flask journeys`: listed, drawn and checked from the value that is served."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli.journeys import journeys
from app.engine.library import WrongJourneys
from app.engine.rehearsal import routes
from app.web import journeys as served


def run(*arguments: str) -> Result:
    return CliRunner().invoke(journeys, arguments)


def test_every_journey_is_listed_with_its_pages_and_routes() -> None:
    result = run("list")
    assert result.exit_code == 0
    for journey in served.library():
        counted = f"{len(journey.pages)} pages, {sum(1 for _ in routes(journey)):,} routes"
        assert f"{journey.slug} {journey.variant}: {counted}\n" in result.output


def test_a_journey_is_drawn_with_every_page_of_it() -> None:
    drawn = run("draw", "register-ect", "round-1").output
    journey = served.library().get("register-ect", "round-1")
    assert journey is not None
    assert drawn.startswith("flowchart TD\n")
    assert [page.name for page in journey.pages if f"    {page.name}[" not in drawn.replace("([", "[")] == []


def test_the_live_variant_is_drawn_when_none_is_named() -> None:
    assert run("draw", "register-ect").output == run("draw", "register-ect", "live").output


def test_a_journey_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    result = run("draw", "register-ect", "round-0")
    assert result.exit_code == 1
    assert "There is no journey register-ect round-0. There are: " in result.stderr
    assert all(f"{each.slug} {each.variant}" in result.stderr for each in served.library())


def test_the_check_passes_and_counts() -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, f"{len(list(served.library()))} journeys, no problems\n")


@pytest.mark.parametrize("command", ["check", "list"])
def test_a_journey_written_wrong_fails_with_each_problem(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def broken() -> Any:
        raise WrongJourneys(["a/b: asks twice", "c/d: unknown source"])

    monkeypatch.setattr(served, "library", broken)
    result = run(command)
    assert result.exit_code == 1
    assert "a/b: asks twice" in result.stderr
    assert "c/d: unknown source" in result.stderr
