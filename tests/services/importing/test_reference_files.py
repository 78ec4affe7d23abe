"""The real public files: all of them go in, fast, and a second time nothing is written."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

from app.data.models import AppropriateBody, Cohort, School
from tests.services.importing.conftest import FIRST_DAY, NEXT_DAY

MOST_SECONDS = 30
FILES = {
    "cohorts": "cohorts.csv",
    "schools": "edubasealldata.csv",
    "uplifts": "pupil_premium_and_sparsity_2024.csv",
    "appropriate-bodies": "appropriate_bodies.csv",
}


def counts(read: int, **others: int) -> dict[str, int]:
    return {"read": read, "added": 0, "changed": 0, "unchanged": 0, "refused": 0, **others}


def test_the_reference_files_import_whole_and_a_second_time_change_nothing(
    reference: Path, bring_in: Any, held: Any, unchanged_by: Any
) -> None:
    def bring_all_in(at: datetime) -> dict[str, dict[str, int]]:
        return {
            name: bring_in(name, (reference / file).read_bytes(), at=at).counts()
            for name, file in FILES.items()
        }

    started = time.monotonic()
    assert bring_all_in(FIRST_DAY) == {
        "cohorts": counts(6, added=6),
        "schools": counts(20_760, added=20_760),
        "uplifts": counts(22_452, changed=9_099, unchanged=9_921, merged=16, unknown=3_416),
        "appropriate-bodies": counts(211, added=211),
    }
    assert time.monotonic() - started < MOST_SECONDS
    with unchanged_by(*(lambda model=model: held(model) for model in (School, AppropriateBody, Cohort))):
        assert bring_all_in(NEXT_DAY) == {
            "cohorts": counts(6, unchanged=6),
            "schools": counts(20_760, unchanged=20_760),
            "uplifts": counts(22_452, unchanged=19_020, merged=16, unknown=3_416),
            "appropriate-bodies": counts(211, unchanged=211),
        }
    flags = {
        school["urn"]: (school["pupil_premium_uplift"], school["sparsity_uplift"])
        for school in held(School, "urn", "pupil_premium_uplift", "sparsity_uplift")
    }
    assert [flags.get(urn) for urn in ("103895", "118159", "146558")] == [
        (True, True),
        (True, False),
        (True, False),
    ]


def test_every_real_body_has_a_short_name_of_its_own_and_all_hubs_a_lead_school(
    reference: Path, bring_in: Any, held: Any
) -> None:
    bring_in("appropriate-bodies", (reference / "appropriate_bodies.csv").read_bytes())
    bodies = held(AppropriateBody)
    assert len({body["short_name"] for body in bodies}) == len(bodies)
    hubs = [body for body in bodies if body["kind"] == "teaching_school_hub"]
    assert all(body["lead_school"] and body["name"].endswith(f"({body['lead_school']})") for body in hubs)
    assert not any("  " in body["name"] for body in bodies)
    national = {body["name"]: body["offered"] for body in bodies if body["kind"] == "national"}
    assert [name for name, offered in national.items() if offered] == [
        "Independent Schools Teacher Induction Panel (IStip)"
    ]
    assert len(national) == 3
