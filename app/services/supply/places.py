"""The cohort and the schedule that somebody trains in, read against the records."""

from __future__ import annotations

from datetime import date

from app.domain.cohorts import CohortPlace, cohort_to_train_in
from app.domain.refusals import Refused
from app.services.supply.reads import Reads


def place(reads: Reads, trn: str, start: date) -> CohortPlace | None:
    """Where the teacher with this TRN trains from this day on; None while that cohort isn’t open, or too early."""
    return reads.once(("place", trn, start), lambda: _worked_out(reads, trn, start))


def _worked_out(reads: Reads, trn: str, start: date) -> CohortPlace | None:
    periods = reads.periods(trn) if trn else ()
    earlier = next(
        (p.training for p in periods if p.training and p.training.programme == "provider_led"), None
    )
    frozen_at = earlier.payments_frozen_at if earlier else None
    try:
        return cohort_to_train_in(
            start,
            reads.opened(),
            reads.today,
            earlier.cohort if earlier else None,
            frozen_at is not None and frozen_at <= reads.now,
            earlier.schedule if earlier else None,
        )
    except Refused:
        return None
