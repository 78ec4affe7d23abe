"""Giving an ECT a mentor in a test, page by page, as a person without scripts would.

going = Mentoring(client, period_id)
going.to("check_answers", trn=acceptance.SAM_TRN)
"""

from __future__ import annotations

from app.data.columns import Model
from app.data.models import MentorFundingFlag, MentorPeriod, Mentorship
from tests.data import records
from tests.support import acceptance, challenging
from tests.support.about_ects import AboutEct
from tests.support.document import Document
from tests.support.registering import USUAL, day
from tests.support.stored import Stored

OF_A_PARTNERSHIP = (
    "lead_provider",
    "existing_partner",
    "same_organisation",
    "delivery_partner",
    "partner_to_be_confirmed",
)
BORN = day(27, 3, 2001, "date_of_birth")


class Mentoring(AboutEct):
    """Choosing a mentor for an ECT, or registering one."""

    path = "mentor"
    usual = {
        "mentor": {"mentor": "new"},
        "find_mentor": {"trn": acceptance.SAM_TRN, **BORN},
        "check_details": {"check_details": "yes"},
        "email": {"email": "sam.lee@example.com"},
        "only_here": {"only_here": "no"},
        "mentor_start_date": day(1, 10, 2025, "mentor_start_date"),
        "mentor_not_funded": {},
        "mentor_training": {"mentor_training": "same"},
        **{page: USUAL[page] for page in OF_A_PARTNERSHIP},
    }

    def to(self, target: str = "check_answers", **said: str) -> Document:
        """Go on with the usual answers until `target`; `said` changes some, by field."""
        for _ in range(len(self.usual) + 1):
            if self.at == target:
                return self.page
            assert self.at in self.usual, f"stuck at {self.at}: {self.page.h1}"
            usual = self.usual[self.at]
            self.answer(**{name: said.get(name, value) for name, value in usual.items()})
        raise AssertionError(f"never came to {target}")


def flag(trn: str = acceptance.SAM_TRN) -> MentorFundingFlag:
    """A flag that says that somebody has completed mentor training in the early roll-out."""
    early = acceptance.LOADED_AT.date().replace(year=2021, month=4, day=19)
    return MentorFundingFlag(
        trn=trn, reason="completed_during_early_roll_out", source="import", ended_on=early
    )


def mentor_rows(
    trn: str, name: str, school_id: str = acceptance.OAKFIELD, ect_id: str = ""
) -> tuple[MentorPeriod, tuple[Model, ...]]:
    """A mentor at a school since 1 September 2025, perhaps of an ECT: their time there, and all rows to store."""
    teacher = records.teacher(trn, name)
    period = records.mentor_period(challenging.at(school_id), teacher)
    mentorship = Mentorship(
        id=records.new_id(),
        ect_period_id=ect_id,
        mentor_period_id=period.id,
        started_on=period.started_on,
        created_at=acceptance.LOADED_AT,
    )
    return period, (teacher, period, *((mentorship,) if ect_id else ()))


def store_mentor(
    stored: Stored, trn: str, name: str, school_id: str = acceptance.OAKFIELD, ect_id: str = ""
) -> str:
    """Store one. Returns the id of their time at the school."""
    period, rows = mentor_rows(trn, name, school_id, ect_id)
    identity = period.id
    stored.store(*rows)
    return identity
