"""What runs when a teacher’s details are given: the look-up in the teacher record, and what is kept of it.

Kept: the outcome, the register’s name and TRN, whether there is qualified teacher status, the day induction ended,
and the time. Dropped: the date of birth and the National Insurance number. (School journey, “Date of birth and NI
number”.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from app.data.database import release
from app.domain.eligibility import induction_bar
from app.domain.names import Action
from app.services.teacher_record.port import Finding, Outcome, TeacherRecords

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NOT_FOUND: "no_such_trn",
    Outcome.BIRTH_DATE_DIFFERS: "birth_date_differs",
    Outcome.NUMBER_DIFFERS: "number_differs",
    Outcome.UNAVAILABLE: "not_answering",
}


def run(
    action: str, trn: str, passing: Mapping[str, str], records: TeacherRecords, now: datetime
) -> dict[str, str]:
    """What a page’s action adds to its answer. `passing` holds the values that are not kept."""
    release()
    finding = LOOK_UPS[Action(action)](records, trn, passing)
    return {**derived(finding), "record_checked_at": now.isoformat()}


def derived(finding: Finding) -> dict[str, str]:
    """A finding as the values a run keeps; the name only where TRN and second detail belong together."""
    record = finding.record
    if record is None:
        return {"record_outcome": OUTCOMES[finding.outcome]}
    bar = induction_bar(record)
    ended = record.induction_completed_on
    return {
        "record_outcome": bar.value if bar else "matched",
        "record_trn": record.trn,
        "record_name": record.name,
        "record_qts": "yes" if record.qts_awarded else "no",
        "record_finished_on": ended.isoformat() if ended else "",
    }


def _by_birth_date(records: TeacherRecords, trn: str, passing: Mapping[str, str]) -> Finding:
    return records.find_by_birth_date(trn, date.fromisoformat(passing["date_of_birth"]))


def _by_number(records: TeacherRecords, trn: str, passing: Mapping[str, str]) -> Finding:
    return records.find_by_national_insurance_number(trn, passing["national_insurance_number"])


LOOK_UPS: Mapping[Action, Callable[[TeacherRecords, str, Mapping[str, str]], Finding]] = {
    Action.FIND_BY_BIRTH_DATE: _by_birth_date,
    Action.FIND_BY_NATIONAL_INSURANCE_NUMBER: _by_number,
}
