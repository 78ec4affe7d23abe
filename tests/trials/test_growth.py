"""A question more is one value and one line, a round more is one file: shown in a copy of everything.

The copy is then served, checked, drawn, rehearsed and walked with no other change.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.web.journeys import library
from tests.support.amounts import SEED
from tests.support.tree import ROOT, tracked

VALUE = """

SUBJECT_TAUGHT = Question(
    name="subject_taught",
    heading="What does {name} mainly teach?",
    fields=(
        Radios(
            name="subject_taught",
            choices=(Choice("one", "One subject"), Choice("class", "A class of their own")),
            errors={"blank": "Select what {name} mainly teaches"},
        ),
    ),
    subject=Subject.TEACHER,
)
"""
LINE = ("        Ask(WORKING_PATTERN),\n", "        Ask(WORKING_PATTERN),\n        Ask(SUBJECT_TAUGHT),\n")
IMPORT = (
    "    START_DATE,\n    WORKING_PATTERN,\n",
    "    START_DATE,\n    SUBJECT_TAUGHT,\n    WORKING_PATTERN,\n",
)
ROUND = '''"""Round 3, which asks about lunch."""

from app.domain.names import Outcome, Place
from app.engine.conditions import chose
from app.engine.vocabulary import (
    Ask, CheckAnswers, Choice, Done, Journey, LinkTo, Question, Radios, Row, Section, Stop,
)
from journeys.questions.dead_ends import (
    ALREADY_HERE, EXEMPT, FAILED, NO_APPROPRIATE_BODY, NO_SUCH_TRN, NUMBER_DOES_NOT_MATCH, PASSED, PROHIBITED,
    RECORDS_NOT_ANSWERING, YEAR_NOT_OPEN,
)
from journeys.questions.finding import CHECK_DETAILS, CORRECTED_NAME, FIND_ECT, NATIONAL_INSURANCE_NUMBER
from journeys.questions.teacher import EMAIL, START_DATE, WORKING_PATTERN
from journeys.questions.training import APPROPRIATE_BODY

LUNCH = Question(
    name="lunch",
    heading="Does {name} have lunch?",
    fields=(
        Radios(
            name="lunch",
            choices=(Choice("yes", "Yes"), Choice("no", "No")),
            errors={"blank": "Select yes if {name} has lunch"},
        ),
    ),
)
NO_LUNCH = Stop(
    name="no_lunch",
    heading="{name} must have lunch",
    when=chose("lunch", "no"),
    links=(LinkTo("Change it", page="lunch"),),
)

JOURNEY = Journey(
    slug="register-ect",
    variant="round-3",
    title="Register an early career teacher",
    about="Asks about lunch.",
    outcome=Outcome.REGISTER_ECT,
    pages=(
        Ask(FIND_ECT),
        NO_SUCH_TRN,
        Ask(NATIONAL_INSURANCE_NUMBER, when=chose("record_outcome", "birth_date_differs")),
        NUMBER_DOES_NOT_MATCH,
        RECORDS_NOT_ANSWERING,
        ALREADY_HERE,
        PROHIBITED,
        PASSED,
        FAILED,
        EXEMPT,
        Ask(CHECK_DETAILS),
        Ask(CORRECTED_NAME, when=chose("check_details", "new_name")),
        Ask(EMAIL),
        Ask(START_DATE),
        YEAR_NOT_OPEN,
        Ask(WORKING_PATTERN),
        Ask(APPROPRIATE_BODY),
        NO_APPROPRIATE_BODY,
        Ask(LUNCH),
        NO_LUNCH,
        CheckAnswers(
            heading="Check your answers",
            sections=(Section(heading="All", rows=(Row(label="Name", value="{name}"),)),),
            button="Confirm details",
        ),
    ),
    done=Done(heading="{name} is registered", blocks=(LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),)),
)
'''
SERVED = """
from tests.support.registering import Registering

def test_the_new_question_is_asked_in_its_place(acceptance, client):
    going = Registering(client)
    assert going.to("subject_taught").h1 == "What does Aoife O'Brien mainly teach?"
    going.refused()
    going.answer(subject_taught="class")
    assert going.at == "appropriate_body"

def test_the_new_round_is_listed_and_begins(acceptance, client):
    Registering(client)
    page = client.see("/rounds")
    assert "/rounds/register-ect/round-3" in page.html
    client.see("/rounds/register-ect/round-3")
    client.submit("Start this round")
    assert client.follow().h1 == "Which teacher do you want to register?"
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole tree with one question and one round more, and a test that asks for them."""
    folder = tmp_path_factory.mktemp("grown")
    for path in tracked():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    questions, live = folder / "journeys/questions/teacher.py", folder / "journeys/register_ect/live.py"
    questions.write_text(questions.read_text(encoding="utf-8") + VALUE, encoding="utf-8")
    text = live.read_text(encoding="utf-8")
    for old, new in (LINE, IMPORT):
        assert text.count(old) == 1
        text = text.replace(old, new)
    live.write_text(text, encoding="utf-8")
    (folder / "journeys/register_ect/round_3.py").write_text(ROUND, encoding="utf-8")
    (folder / "tests/web/test_grown.py").write_text(SERVED, encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> str:
    """Run a Python module in the copy; return what it printed. Raises AssertionError when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "ENVIRONMENT": "test", "FLASK_APP": "app.wsgi"}
    environment |= {"SEED": str(SEED), "DATABASE_URL": f"sqlite:///{folder}/grown.db"}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def test_both_are_served(grown: Path) -> None:
    assert "2 passed" in run(grown, "pytest", "tests/web/test_grown.py", "-k", "sqlite")


def test_both_are_checked_as_every_journey_is(grown: Path) -> None:
    said = run(grown, "pytest", "-v", "tests/journeys/test_library.py", "tests/house/test_journey_files.py")
    assert "test_the_journey_is_written_right[register-ect/round-3] PASSED" in said
    assert f"{len(tuple(library())) + 1} journeys, no problems" in run(grown, "flask", "journeys", "check")


def test_both_are_drawn_and_rehearsed(grown: Path) -> None:
    live = run(grown, "flask", "journeys", "draw", "register-ect")
    assert "working_pattern --> subject_taught" in live
    drawn = run(grown, "flask", "journeys", "draw", "register-ect", "round-3")
    assert 'lunch -->|"lunch = no"| no_lunch' in drawn and "lunch --> check_answers" in drawn
    listed = run(grown, "flask", "journeys", "list")
    assert "register-ect round-3: 21 pages" in listed


@pytest.mark.long
def test_both_are_walked_at_random_through_the_real_services(grown: Path) -> None:
    walks = (
        "pytest",
        "-v",
        "tests/trials/test_rehearsal_contract.py",
        "-k",
        "services and (register-ect/live or register-ect/round-3)",
    )
    said = run(grown, *walks)
    assert "only[register-ect/live] PASSED" in said and "only[register-ect/round-3] PASSED" in said


@pytest.mark.long
@pytest.mark.skipif(not (ROOT / "e2e/test_walks.py").is_file(), reason="there is no walker in the browser")
def test_both_are_walked_in_a_browser(grown: Path) -> None:
    walks = "every_page and wide and narrow and (register-ect-live or register-ect-round-3)"
    said = run(grown, "pytest", "-v", "-m", "", "e2e/test_walks.py", "-k", walks)
    assert "register-ect-live]" in said and "register-ect-round-3]" in said
