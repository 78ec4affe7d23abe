"""Schools and their uplift flags."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from app.data.models import Event, School
from app.services.importing.plans import PLANS
from app.services.importing.report import FileRefused, Report
from app.services.importing.running import import_file
from tests.services.importing.conftest import FIRST_DAY, NEXT_DAY
from tests.support.databases import Store

HEADER = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),"
    "EstablishmentStatus (name),PhaseOfEducation (name)"
)
FLAGS = "URN,Pupil Premium Incentive,Sparsity Incentive\n"


def schools(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *lines, "")).encode("cp1252")


def oakfield(
    name: str = "Oakfield", status: str = "Open", type_name: str = "Mainstream", la: str = "201"
) -> str:
    return f"900101,{la},City of London,3614,{name},{type_name},{status},Primary"


def test_a_windows_file_is_read_with_its_accents_and_every_column_is_kept(bring_in: Any, held: Any) -> None:
    report = bring_in("schools", schools(oakfield("St Zoë’s  à Becket")))
    assert report.line() == "1 read, 1 added, 0 changed, 0 unchanged, 0 refused"
    [school] = held(School)
    assert {name: school[name] for name in school if name not in ("id", "created_at", "updated_at")} == {
        "urn": "900101",
        "name": "St Zoë’s à Becket",
        "name_key": "st zoes a becket",
        "la_code": "201",
        "la_name": "City of London",
        "establishment_number": "3614",
        "type_name": "Mainstream",
        "phase": "Primary",
        "status": "Open",
        "in_england": True,
        "independent": False,
        "section_41_approved": False,
        "pupil_premium_uplift": False,
        "sparsity_uplift": False,
        "fictional": False,
        "induction_tutor_name": None,
        "induction_tutor_email": None,
    }


@pytest.mark.parametrize(
    ("type_name", "la", "in_england", "independent"),
    [
        ("Community school", "420", True, False),
        ("Other independent school", "201", True, True),
        ("Other independent special school", "201", True, True),
        ("Welsh establishment", "681", False, False),
        ("Community school", "681", False, False),
        ("British schools overseas", "000", False, False),
        ("Service children's education", "702", False, False),
    ],
)
def test_type_and_local_authority_say_where_a_school_is_and_whether_it_is_independent(
    bring_in: Any, held: Any, type_name: str, la: str, in_england: bool, independent: bool
) -> None:
    bring_in("schools", schools(oakfield(type_name=type_name, la=la)))
    assert held(School, "in_england", "independent") == [
        {"in_england": in_england, "independent": independent}
    ]


def test_section_41_is_read_where_the_file_has_it_and_left_alone_where_not(bring_in: Any, held: Any) -> None:
    header = f"{HEADER},Section41Approved (name)"
    bring_in("schools", schools(f"{oakfield()},Approved", header=header))
    bring_in("schools", schools(oakfield("Oakfield Primary")))
    assert held(School, "name", "section_41_approved") == [
        {"name": "Oakfield Primary", "section_41_approved": True}
    ]
    bring_in("schools", schools(f"{oakfield()},Not applicable", header=header))
    assert held(School, "section_41_approved") == [{"section_41_approved": False}]


def test_a_closed_school_is_marked_and_one_that_left_the_file_is_left_alone(bring_in: Any, held: Any) -> None:
    elm = oakfield("Elm").replace("900101", "900103")
    bring_in("schools", schools(oakfield(), elm))
    report = bring_in("schools", schools(oakfield(status="Closed")))
    assert (report.added, report.changed) == (0, 1)
    assert held(School, "name", "status") == [
        {"name": "Elm", "status": "Open"},
        {"name": "Oakfield", "status": "Closed"},
    ]


def test_a_second_import_writes_no_school_and_a_third_only_the_one_that_differs(
    bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    elm = oakfield("Elm").replace("900101", "900103")
    bring_in("schools", schools(oakfield(), elm))
    with unchanged_by(lambda: held(School)):
        report = bring_in("schools", schools(oakfield(), elm), at=NEXT_DAY)
    assert report.line() == "2 read, 0 added, 0 changed, 2 unchanged, 0 refused"
    before = {row["name"]: row["updated_at"] for row in held(School, "name", "updated_at")}
    bring_in("schools", schools(oakfield("Oakfield Primary"), elm), at=NEXT_DAY)
    assert held(School, "name", "created_at") == [
        {"name": "Elm", "created_at": FIRST_DAY},
        {"name": "Oakfield Primary", "created_at": FIRST_DAY},
    ]
    stamps = {row["name"]: row["updated_at"] for row in held(School, "name", "updated_at")}
    assert stamps["Elm"] == before["Elm"] < stamps["Oakfield Primary"]


def test_a_broken_row_is_named_by_row_column_and_value_and_the_rest_is_kept(bring_in: Any, held: Any) -> None:
    content = schools(
        oakfield(),
        oakfield().replace("900101", "90010X"),
        oakfield("").replace("900101", "900104"),
        oakfield("Oak again"),
        '900105,201,"London"ish,1,Ash,Mainstream,Open,Primary',
        "900106,201,London",
        oakfield("Yew").replace("900101", "900107"),
    )
    report = bring_in("schools", content)
    assert [str(error) for error in report.errors] == [
        "Row 3, URN “90010X”: must be 6 numbers",
        "Row 4, EstablishmentName “”: is blank",
        "Row 5, URN “900101”: is in row 2 already",
        "Row 6: ',' expected after '\"'",
        "Row 7: its number of cells is 3, the header’s is 8",
    ]
    assert report.line() == "7 read, 2 added, 0 changed, 0 unchanged, 5 refused"
    assert held(School, "name") == [{"name": "Oakfield"}, {"name": "Yew"}]


def test_a_file_that_is_wrong_as_a_whole_stores_nothing(bring_in: Any, held: Any) -> None:
    with pytest.raises(FileRefused, match="Quotes are opened"):
        bring_in("schools", schools(oakfield(), '900104,201,"London\nline,1', oakfield("Yew")))
    with pytest.raises(FileRefused, match="no column “LA"):
        bring_in("schools", b"URN,EstablishmentName\n900101,Oakfield\n")
    assert held(School) == []
    assert held(Event) == []


def test_each_batch_is_stored_with_an_event_and_the_last_event_has_the_counts(
    bring_in: Any, held: Any
) -> None:
    lines = [oakfield().replace("900101", str(900101 + number)) for number in range(5)]
    told: list[int] = []
    bring_in("schools", schools(*lines, "x"), batch=2, tell=told.append)
    bring_in("schools", schools(*lines), batch=2)
    assert told == [2, 2, 2]
    events = held(Event, "id", "kind", "record_kind", "record_id", "actor_kind", "details")
    first, again = [
        [json.loads(event["details"]) for event in events if event["record_id"] == run]
        for run in dict.fromkeys(event["record_id"] for event in events)
    ]
    nothing = {"changed": 0, "unchanged": 0, "refused": 0, "finished": False}
    assert first == [
        {**nothing, "read": 2, "added": 2},
        {**nothing, "read": 4, "added": 4},
        {**nothing, "read": 6, "added": 5, "refused": 1, "finished": True},
    ]
    assert again == [{**nothing, "read": 5, "added": 0, "unchanged": 5, "finished": True}]
    assert {(event["kind"], event["record_kind"], event["actor_kind"]) for event in events} == {
        ("schools.imported", "import", "system")
    }


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from app.config import Config
from app.factory import create_app
from app.services.importing.plans import PLANS
from app.services.importing.running import import_file

batches = []

def tell(rows):
    batches.append(rows)
    if len(batches) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

with create_app(Config(environment="test", database_url=sys.argv[1], demo_sign_in=True)).app_context():
    import_file(PLANS["schools"], Path(sys.argv[2]), datetime(2025, 9, 15, tzinfo=UTC), tell, batch=10)
"""


def test_a_kill_leaves_whole_batches_and_running_again_completes_them(
    database: Store, bring_in: Callable[..., Any], held: Any, tmp_path: Path
) -> None:
    content = schools(*(oakfield().replace("900101", str(900101 + number)) for number in range(35)))
    path = tmp_path / "schools.csv"
    path.write_bytes(content)
    database.let_go()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database.url, str(path)],
        check=False,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(held(School)) == 20
    assert len(held(Event)) == 2
    report = bring_in("schools", content)
    assert report.line() == "35 read, 15 added, 0 changed, 20 unchanged, 0 refused"


def test_two_imports_of_one_file_at_once_add_each_school_once(app: Flask, held: Any, tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_bytes(schools(*(oakfield().replace("900101", str(900101 + number)) for number in range(300))))
    together = Barrier(2)

    def bring_all_in(_: int) -> Report:
        with app.app_context():
            together.wait()
            return import_file(PLANS["schools"], path, FIRST_DAY, batch=20)

    with ThreadPoolExecutor(2) as threads:
        reports = list(threads.map(bring_all_in, range(2)))
    assert len(held(School)) == 300
    assert sum(report.added for report in reports) == 300
    assert sum(report.unchanged for report in reports) == 300


def test_uplift_flags_are_set_by_urn_and_either_of_two_rows_wins(bring_in: Any, held: Any) -> None:
    elm = oakfield("Elm").replace("900101", "900103")
    bring_in("schools", schools(oakfield(), elm))
    flags = f"{FLAGS}900103,0,1\n900101,1,0\n900101,0,1\n999999,1,1\nx,1,0\n900103,maybe,1\n"
    report = bring_in("uplifts", flags)
    assert [str(error) for error in report.errors] == [
        "Row 6, URN “x”: must be 6 numbers",
        "Row 7, Pupil Premium Incentive “maybe”: must be true or false",
    ]
    assert report.line() == ("6 read, 0 added, 2 changed, 0 unchanged, 2 refused, 1 merged, 1 unknown")
    assert held(School, "name", "pupil_premium_uplift", "sparsity_uplift") == [
        {"name": "Elm", "pupil_premium_uplift": False, "sparsity_uplift": True},
        {"name": "Oakfield", "pupil_premium_uplift": True, "sparsity_uplift": True},
    ]


def test_a_new_year_s_flags_take_the_place_of_the_old_and_schools_imported_again_keep_theirs(
    bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    bring_in("schools", schools(oakfield()))
    bring_in("uplifts", f"{FLAGS}900101,1,1\n")
    bring_in("uplifts", f"{FLAGS}900101,0,1\n")
    assert held(School, "pupil_premium_uplift", "sparsity_uplift") == [
        {"pupil_premium_uplift": False, "sparsity_uplift": True}
    ]
    with unchanged_by(lambda: held(School)):
        bring_in("schools", schools(oakfield()))
        bring_in("uplifts", f"{FLAGS}900101,0,1\n")
