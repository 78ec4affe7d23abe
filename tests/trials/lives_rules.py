"""The tables of the specification, once more: written from its words, not from the code that they judge.

Provider API, “training_status” and “Declarations”; Schedules and money, Schedules. Cohorts 2024 and 2025 only.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
USUAL = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
EXTENDED = ("extended-1", "extended-2", "extended-3")
# First and last month, counted from January of the cohort’s year.
STANDARD = {
    "september": ((6, 12), (13, 15), (16, 19), (20, 24), (25, 27), (28, 31)),
    "january": ((13, 15), (16, 19), (20, 24), (25, 27), (28, 31), (32, 36)),
    "april": ((16, 19), (20, 24), (25, 27), (28, 31), (32, 36), (37, 39)),
}
FIRST_MONTH = {"september": 9, "january": 13, "april": 16}
MENTOR_FUNDING = 2025
"""From this cohort on, mentors are paid for started and completed alone, whenever they are."""

LIVE = ("submitted", "eligible", "payable", "paid")
MOVES = {
    ("submitted", "eligible"),
    ("submitted", "ineligible"),
    ("submitted", "voided"),
    ("eligible", "payable"),
    ("eligible", "voided"),
    ("ineligible", "voided"),
    ("payable", "paid"),
    ("payable", "voided"),
    ("paid", "awaiting_clawback"),
    ("awaiting_clawback", "clawed_back"),
}
WHO = {
    "eligible": {"system", "lead_provider", "dfe"},
    "ineligible": {"system", "lead_provider", "dfe"},
    "payable": {"system"},
    "paid": {"dfe"},
    "voided": {"lead_provider", "dfe"},
    "awaiting_clawback": {"lead_provider", "dfe"},
    "clawed_back": {"dfe"},
}
"""Whose events they are. What settles funding may be a lead provider’s act: a mentor’s completion."""

TRAINING = {
    ("active", "deferred"),
    ("active", "withdrawn"),
    ("deferred", "withdrawn"),
    ("deferred", "active"),
    ("withdrawn", "active"),
}

PARTNERSHIPS = {
    "partnership.challenged": ("active", "challenged"),
    "partnership.reported": ("challenged", "active"),
}
STATEMENTS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "statement.payable": (("open",), "payable"),
    "statement.payment_requested": (("open", "payable"), None),
    "statement.paid": (("payable",), "paid"),
}
"""The states that an event finds, and the one that it leaves; None for the same."""


def day(moment: datetime) -> date:
    """The day in London."""
    return moment.astimezone(LONDON).date()


def midnight(on: date) -> datetime:
    """When a day begins in London."""
    return datetime.combine(on, time(), LONDON)


def allowed(cohort: int, schedule: str, course: str, kind: str, at: datetime) -> bool:
    """Whether a declaration of this kind may be dated so."""
    months = _months(cohort, schedule, course, kind)
    if months is None:
        return False
    first, last = months
    opens, closes = midnight(_first_of(cohort, first)), None if last is None else _first_of(cohort, last + 1)
    return opens <= at and (closes is None or at < midnight(closes))


def _months(cohort: int, schedule: str, course: str, kind: str) -> tuple[int, int | None] | None:
    """The months in which a kind is open, whole; None when it isn’t on the schedule."""
    _ecf, sort, season = schedule.split("-")
    if kind not in (USUAL + EXTENDED if sort == "extended" else USUAL):
        return None
    flat = course == "ecf-mentor" and cohort >= MENTOR_FUNDING
    if flat and kind not in ("started", "completed"):
        return None
    if sort != "standard":
        return FIRST_MONTH[season], None
    found = STANDARD[season]
    return (found[0][0], None) if flat else found[USUAL.index(kind)]


def _first_of(cohort: int, month: int) -> date:
    return date(cohort + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def suits(schedule: str, course: str) -> bool:
    """Replacement schedules are for mentors."""
    return "replacement" not in schedule or course == "ecf-mentor"


def evidence_fits(cohort: int, course: str, kind: str, held: str | None) -> bool:
    """Whether what is kept as evidence is what the table asks for."""
    three = {"training-event-attended", "self-study-material-completed", "other"}
    engaged = {"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"}
    if cohort < MENTOR_FUNDING:
        return held is None if kind == "started" else held in three
    if kind == "completed":
        return held in engaged | ({"one-term-induction"} if course == "ecf-induction" else set())
    if kind == "retained-2":
        return held in engaged
    four = three | {"materials-engaged-with-offline"}
    return held in four or (kind == "started" and held is None)
