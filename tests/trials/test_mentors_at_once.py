"""Mentors, exactly once: whoever presses the button, however often and at once. (School journey, case 18.)"""

from __future__ import annotations

from sqlalchemy import func, select

from app.data.database import db
from app.data.models import Event, MentorPeriod, Mentorship, TrainingRecord
from app.data.transaction import store
from e2e.support.site import Site
from tests.support import about_ects, acceptance
from tests.support.amounts import amount
from tests.support.sitting import Wish, about_an_ect
from tests.trials.crowd import SECOND_TUTOR, at_once, second_tutor, signed_in

PRESSES = amount(8, 50)
ROUNDS = amount(1, 20)


def new_ect(site: Site) -> str:
    """An ECT in training, at a school with two tutors."""
    site.fill()
    period, _, _, rows = about_ects.ect_under()
    identity = period.id
    site.write(lambda session: store(session, *second_tutor(), *rows))
    return identity


def count(*conditions: object) -> int:
    statement = select(func.count()).where(*conditions)  # type: ignore[arg-type]
    return int(db.session.execute(statement).scalar_one())


def test_many_presses_and_two_tutors_register_a_mentor_once(site: Site) -> None:
    for _ in range(ROUNDS):
        ect = new_ect(site)
        first, second = signed_in(site, acceptance.OAKFIELD_TUTOR), signed_in(site, SECOND_TUTOR)
        sam = {"trn": acceptance.SAM_TRN, "name": "Sam Lee", "email": "sam.lee@example.com"}
        ours = about_an_ect(site.store.app, "assign-mentor", ect, Wish(**sam))
        theirs = about_an_ect(site.store.app, "assign-mentor", ect, Wish(**sam, tutor=SECOND_TUTOR))
        presses = [(first, ours), (second, theirs)] * (PRESSES // 2)
        replies = at_once(lambda press: press[0].confirm(press[1]), presses)
        assert {each.status for each in replies} == {303}
        with site.store.session():
            assert count(MentorPeriod.id.is_not(None)) == 1
            assert count(Mentorship.id.is_not(None)) == 1
            assert count(TrainingRecord.participant_type == "mentor") == 1
            assert count(Event.kind == "mentor.registered") == 1
            assert count(Event.kind == "mentorship.started") == 1


def test_two_mentors_chosen_at_once_for_one_ect_leave_one(site: Site) -> None:
    for _ in range(ROUNDS):
        ect = new_ect(site)
        first, second = signed_in(site, acceptance.OAKFIELD_TUTOR), signed_in(site, SECOND_TUTOR)
        wishes = (
            Wish("3002001", "Amelia Hartley", "amelia@example.com"),
            Wish("3002002", "Mohammed Rahman", "mohammed@example.com", tutor=SECOND_TUTOR),
        )
        runs = [about_an_ect(site.store.app, "assign-mentor", ect, wish) for wish in wishes]
        replies = at_once(
            lambda press: press[0].confirm(press[1]), list(zip((first, second), runs, strict=True))
        )
        assert {each.status for each in replies} == {303}
        told = sum(each.acknowledged for each in replies)
        with site.store.session():
            assert count(Mentorship.finished_on.is_(None)) == 1
            assert count(MentorPeriod.id.is_not(None)) == told >= 1
