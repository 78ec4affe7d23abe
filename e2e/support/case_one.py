"""Acceptance case 1 as a person reads it: Aoife at Oakfield, Alder, Northstar, the same organisation."""

from __future__ import annotations

from app.data.models import EctPeriod, Event
from e2e.support.answers import choose
from e2e.support.site import Site
from e2e.support.visitor import Visitor
from tests.support import acceptance
from tests.support.stored import Stored

ECTS = f"/schools/{acceptance.OAKFIELD_URN}/ects"
REGISTERED = "Aoife O'Brien is registered"
REGISTER = "Register this ECT"


def begin(visitor: Visitor) -> None:
    """Sign in at Oakfield and start: on the page that asks which teacher."""
    visitor.sign_in(acceptance.OAKFIELD_TUTOR)
    another(visitor)


def another(visitor: Visitor) -> None:
    """Start a registration from Your ECTs."""
    visitor.go(ECTS)
    visitor.send("Register an ECT")
    visitor.send("Continue")


def find(visitor: Visitor, trn: str = acceptance.AOIFE_TRN) -> None:
    """Say who it is."""
    visitor.page.get_by_label("Teacher reference number (TRN)").fill(trn)
    date(visitor, 27, 3, 2001)
    visitor.send("Continue")


def date(visitor: Visitor, day: int, month: int, year: int) -> None:
    """Fill the three boxes of the date on the page."""
    for label, number in (("Day", day), ("Month", month), ("Year", year)):
        visitor.page.get_by_label(label, exact=True).fill(str(number))


def pick(visitor: Visitor, label: str) -> int:
    """Choose a radio by its label, and continue."""
    visitor.page.get_by_role("radio", name=label, exact=True).check()
    return visitor.send("Continue")


def about_the_teacher(
    visitor: Visitor, trn: str = acceptance.AOIFE_TRN, email: str = "aoife@example.com"
) -> None:
    """From the first question to the appropriate body."""
    find(visitor, trn)
    pick(visitor, "Yes")
    visitor.page.get_by_label("Email address").fill(email)
    visitor.send("Continue")
    date(visitor, 1, 9, 2025)
    visitor.send("Continue")
    pick(visitor, "Full time")


def about_the_training(visitor: Visitor) -> None:
    """From the appropriate body to check answers."""
    choose(visitor, "appropriate_body", acceptance.ALDER_BODY)
    visitor.send("Continue")
    pick(visitor, "Provider-led")
    pick(visitor, "Northstar")
    pick(visitor, "Yes, Alder Teaching School Hub")


def to_check_answers(visitor: Visitor) -> None:
    """Sign in and answer everything."""
    begin(visitor)
    about_the_teacher(visitor)
    about_the_training(visitor)
    assert visitor.path.endswith("/check-answers")


def stored_once(site: Site) -> None:
    """Case 1’s records: one registration, one proposed partnership, that Northstar sees once and nobody else."""
    stored = Stored(site.store.app)
    [partnership] = stored.partnerships(acceptance.OAKFIELD)
    assert (
        partnership.lead_provider_name,
        partnership.delivery_partner_name,
        partnership.cohort,
        partnership.status,
    ) == ("Northstar", "Alder Teaching School Hub", 2025, "proposed")
    assert len(stored.proposals(acceptance.NORTHSTAR)) == 1
    assert stored.proposals(acceptance.TEACH_FORWARD) == []
    assert len(stored.all(EctPeriod, EctPeriod.school_id == acceptance.OAKFIELD)) == 1
    kinds = [event.kind for event in stored.all(Event)]
    assert kinds
    assert len(kinds) == len(set(kinds))
