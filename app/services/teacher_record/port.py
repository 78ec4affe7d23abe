"""The port to the national teacher record: what a look-up is given, what it answers, what it never does.

Two adapters keep the same promises, and one set of tests holds both to them:

- `trs.TeachingRecordSystem` asks DfE’s Teaching Record System over HTTP;
- `demo_register.DemoRegister` answers from fictional people, for demonstrations and tests.

`choosing.teacher_records` picks one from the settings.

How a look-up answers (School journey, “Register an ECT” and Words, table 4):

| What is true | `find_by_birth_date` | `find_by_national_insurance_number` |
|---|---|---|
| TRN and the second detail belong together | matched, with the record | matched, with the record |
| the TRN was merged into another, and the detail matches | matched; `record.trn` is the survivor | the same |
| the TRN is known, the second detail is not the one on it | birth_date_differs | number_differs |
| no record has the TRN, or the record was deactivated | not_found | not_found |
| the register is down, slow, busy, or says what we can’t read | unavailable | unavailable |

Privacy. Only `matched` carries a record, so no name is known to a caller before TRN and date of birth (or
National Insurance number) match. Dates of birth and National Insurance numbers are used for the one
question and dropped: nothing here stores them, and no TRN, name, date of birth or number is written to a
log or an exception.

A merged record also has `record.merged_into`, its own TRN, to tell it by.

`read_again` asks by TRN alone, for somebody whose details matched before: matched, not_found or unavailable.

A look-up answers within 8 seconds, whatever the register does, and never raises because of the register.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.domain.eligibility import TeacherRecord


class Outcome(StrEnum):
    """How a look-up ended."""

    MATCHED = "matched"
    NOT_FOUND = "not_found"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    NUMBER_DIFFERS = "number_differs"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one look-up: a record when, and only when, the outcome is matched.

    The record stays out of `repr`, so that a logged Finding tells nobody’s name. Raises ValueError when
    outcome and record don’t go together.
    """

    outcome: Outcome
    record: TeacherRecord | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if (self.outcome is Outcome.MATCHED) != (self.record is not None):
            raise ValueError(f"a finding that is {self.outcome} has a record exactly when it is matched")


class TeacherRecords(Protocol):
    """Finds a teacher’s record by TRN and one more detail that only someone who knows the teacher has.

    `trn` is seven digits, as `app.domain.people` reads it; anything else raises ValueError (without the
    value).
    """

    def find_by_birth_date(self, trn: str, born: date) -> Finding:
        """The record with this TRN, if it has this date of birth."""
        ...

    def find_by_national_insurance_number(self, trn: str, number: str) -> Finding:
        """The record with this TRN, if it has this National Insurance number.

        `number` is as `app.domain.people` reads it: two capitals, six digits and a letter, without spaces.
        """
        ...

    def read_again(self, trn: str) -> Finding:
        """What the record with this TRN says now. Only for somebody who was found by a second detail before."""
        ...


def seven_digits(trn: str) -> str:
    """The TRN itself. Raises ValueError, without naming it, when it is not seven ASCII digits."""
    if len(trn) == 7 and trn.isascii() and trn.isdigit():
        return trn
    raise ValueError("a TRN is looked up as seven digits")
