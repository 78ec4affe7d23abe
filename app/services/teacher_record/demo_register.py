"""The embedded demo register: fictional people, and a reserved TRN for each special case.

The people are in `demo_teachers.DEMO_TEACHERS`; any TRN that is not there is not found. It keeps the
promises of `port`, except that it may be told to be slow.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from app.domain.eligibility import TeacherRecord
from app.services.teacher_record.demo_teachers import DEMO_TEACHERS, DemoTeacher, Standing
from app.services.teacher_record.port import Finding, Outcome, seven_digits

SLOW_SECONDS = 4.0


class DemoRegister:
    """Looks demo teachers up. `wait` is called with seconds for the slow case: tests pass their own."""

    def __init__(
        self,
        teachers: tuple[DemoTeacher, ...] = DEMO_TEACHERS,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._teachers = {teacher.trn: teacher for teacher in teachers}
        self._wait = wait

    def find_by_birth_date(self, trn: str, born: date) -> Finding:
        """As the port says."""
        return self._find(trn, lambda one: one.birth_date_on_record == born, Outcome.BIRTH_DATE_DIFFERS)

    def find_by_national_insurance_number(self, trn: str, number: str) -> Finding:
        """As the port says."""
        return self._find(trn, lambda one: one.number_on_record == number, Outcome.NUMBER_DIFFERS)

    def read_again(self, trn: str) -> Finding:
        """As the port says."""
        return self._find(trn, lambda one: True, Outcome.NOT_FOUND)

    def _find(self, trn: str, matches: Callable[[DemoTeacher], bool], differs: Outcome) -> Finding:
        asked = self._teachers.get(seven_digits(trn))
        teacher = self._teachers.get(asked.merged_into) if asked and asked.merged_into else asked
        if teacher is None or teacher.standing in (Standing.NO_RECORD, Standing.DEACTIVATED):
            return Finding(Outcome.NOT_FOUND)
        if teacher.standing is Standing.UNAVAILABLE:
            return Finding(Outcome.UNAVAILABLE)
        if teacher.standing is Standing.SLOW:
            self._wait(SLOW_SECONDS)
        if not matches(teacher):
            return Finding(differs)
        return Finding(Outcome.MATCHED, _record(teacher, merged=teacher is not asked))


def _record(teacher: DemoTeacher, *, merged: bool) -> TeacherRecord:
    return TeacherRecord(
        trn=teacher.trn,
        name=teacher.name,
        qts_awarded=teacher.qts_awarded,
        induction_status=teacher.induction_status,
        induction_completed_on=teacher.induction_completed_on,
        prohibited=teacher.prohibited,
        merged_into=teacher.trn if merged else None,
    )
