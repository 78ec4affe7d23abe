"""Reading a person as the Teaching Record System describes one, into a TeacherRecord.

The shape is that of `GET /v3/persons/{trn}` from API version 20250203 on. QTS is `qts.awarded` in that
version and `qts.holdsFrom` from 20250627; both are read. What we asked for and did not get is a fault,
never a guess: a missing list of alerts is not “no alerts”.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.eligibility import InductionStatus, TeacherRecord
from app.domain.people import read_name
from app.domain.refusals import Refused
from app.services.teacher_record.faults import Fault, FaultKind

LONGEST_NAME = 500

INDUCTION: Mapping[str, InductionStatus] = {
    "None": InductionStatus.NONE,
    "RequiredToComplete": InductionStatus.REQUIRED_TO_COMPLETE,
    "InProgress": InductionStatus.IN_PROGRESS,
    "Passed": InductionStatus.PASSED,
    "Failed": InductionStatus.FAILED,
    "FailedInWales": InductionStatus.FAILED_IN_WALES,
    "Exempt": InductionStatus.EXEMPT,
}

PROHIBITED_BY_CATEGORY = frozenset(
    {
        "b2b19019-b165-47a3-8745-3297ff152581",  # Prohibition from teaching
        "70b7d473-2ec8-4643-bfd4-d4ab9a9a0988",  # GTC Prohibition from teaching
    }
)
"""Alert categories in which every type bars a person from teaching."""

PROHIBITED_BY_TYPE = frozenset(
    {
        "38db7946-2dbf-408e-bc48-1625829e7dfe",  # Restricted by the Secretary of State: may not teach
        "651e1f56-3135-4961-bd7e-3f7b2c75cb04",  # Prohibited by the Secretary of State: failed probation
    }
)
"""Alert types that bar a person from teaching, in categories that also hold milder ones."""


def read_record(person: object, trn: str, today: date, *, merged: bool = False) -> TeacherRecord:
    """The record of the person asked for by `trn`. Raises Fault, unexpected_shape.

    A body about another TRN than the one in the address is refused: somebody else’s name must never be shown.
    `merged`: another TRN led to this one.
    """
    fields = _mapping(person)
    if fields.get("trn") != trn:
        raise Fault(FaultKind.UNEXPECTED_SHAPE)
    status, completed_on = _induction(fields)
    return TeacherRecord(
        trn=trn,
        name=_name(fields),
        qts_awarded=_has_qts(fields),
        induction_status=status,
        induction_completed_on=completed_on,
        prohibited=_is_prohibited(fields, today),
        merged_into=trn if merged else None,
    )


def read_birth_date(person: object) -> date:
    """The date of birth on the record, to compare and drop. Raises Fault, unexpected_shape."""
    born = _day(_mapping(person).get("dateOfBirth"))
    if born is None:
        raise Fault(FaultKind.UNEXPECTED_SHAPE)
    return born


def _name(fields: Mapping[str, object]) -> str:
    """First, middle and last name in one; people with one name have the others empty."""
    parts = [fields.get(key) or "" for key in ("firstName", "middleName", "lastName")]
    words = [part for part in parts if isinstance(part, str)]
    if len(words) < len(parts):
        raise Fault(FaultKind.UNEXPECTED_SHAPE)
    try:
        return read_name(" ".join(words), limit=LONGEST_NAME)
    except Refused:
        raise Fault(FaultKind.UNEXPECTED_SHAPE) from None


def _has_qts(fields: Mapping[str, object]) -> bool:
    if fields.get("qts") is None:
        return False
    qts = _mapping(fields["qts"])
    return any(_day(qts.get(key)) is not None for key in ("holdsFrom", "awarded"))


def _induction(fields: Mapping[str, object]) -> tuple[InductionStatus, date | None]:
    induction = _mapping(fields.get("induction"))
    status = induction.get("status")
    if not isinstance(status, str) or status not in INDUCTION:
        raise Fault(FaultKind.UNEXPECTED_SHAPE)
    return INDUCTION[status], _day(induction.get("completedDate"))


def _is_prohibited(fields: Mapping[str, object], today: date) -> bool:
    """Whether any alert that bars from teaching is open. Ended ones are still listed, with their end date."""
    alerts = fields.get("alerts")
    if not isinstance(alerts, list):
        raise Fault(FaultKind.UNEXPECTED_SHAPE)
    return any(_bars_from_teaching(_mapping(alert), today) for alert in alerts)


def _bars_from_teaching(alert: Mapping[str, object], today: date) -> bool:
    kind = _mapping(alert.get("alertType"))
    category = _mapping(kind.get("alertCategory"))
    barring = (
        _identifier(category.get("alertCategoryId")) in PROHIBITED_BY_CATEGORY
        or _identifier(kind.get("alertTypeId")) in PROHIBITED_BY_TYPE
    )
    ended = _day(alert.get("endDate"))
    return barring and (ended is None or ended >= today)


def _identifier(value: object) -> str:
    if not isinstance(value, str):
        raise Fault(FaultKind.UNEXPECTED_SHAPE)
    return value.lower()


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Fault(FaultKind.UNEXPECTED_SHAPE)
    return value


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise Fault(FaultKind.UNEXPECTED_SHAPE) from None
