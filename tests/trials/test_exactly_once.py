"""Exactly once: whoever presses the button, however often and in the same moment. (School journey, case 18.)"""

from __future__ import annotations

from collections import Counter

from app.data.transaction import store
from e2e.support.site import Site
from tests.support import acceptance
from tests.support.amounts import amount
from tests.support.sitting import Wish, ready
from tests.trials.crowd import SECOND_TUTOR, Tutor, at_once, second_tutor, signed_in
from tests.trials.whole import EVENTS_OF_A_REGISTRATION, assert_whole, events, partnerships, registered

PRESSES = 50
ROUNDS = amount(3, 20)
TEACHERS = amount(12, 50)
PAIRS = amount(3, 20)
ONE_OF_EACH = {**EVENTS_OF_A_REGISTRATION, "partnership.proposed": 1}


def test_fifty_presses_at_once_register_once_and_all_are_told_so(site: Site) -> None:
    for _ in range(ROUNDS):
        site.fill()
        tutor = signed_in(site, acceptance.OAKFIELD_TUTOR)
        run = ready(site.store.app, Wish())
        replies = at_once(lambda _press, who=tutor, sent=run: who.confirm(sent), range(PRESSES))  # type: ignore[misc]
        told = Counter((reply.status, reply.place or reply.page.h1) for reply in replies)
        assert told == {(303, f"{run.base}/confirmation"): PRESSES}
        assert "is registered" in (tutor.see(f"{run.base}/confirmation").page.h1 or "")
        with site.store.session():
            assert list(registered()) == [run.reference]
            assert len(partnerships()) == 1
            assert events() == ONE_OF_EACH
            assert_whole()


def test_two_tutors_of_a_school_register_a_teacher_once_and_the_later_is_told_who_was_first(
    site: Site,
) -> None:
    for _ in range(PAIRS):
        site.fill()
        site.write(lambda session: store(session, *second_tutor()))
        first, second = signed_in(site, acceptance.OAKFIELD_TUTOR), signed_in(site, SECOND_TUTOR)
        ours = ready(site.store.app, Wish(email="first@example.com"))
        theirs = ready(site.store.app, Wish(tutor=SECOND_TUTOR, email="second@example.com"))
        told = _race((first, ours), (second, theirs))
        assert sorted(told) == ["Aoife O'Brien is already registered", "Aoife O'Brien is registered"]
        _assert_one_registration(site)


def test_two_schools_register_a_teacher_once_and_the_later_is_told_of_the_other(site: Site) -> None:
    for _ in range(PAIRS):
        site.fill()
        first = signed_in(site, acceptance.OAKFIELD_TUTOR)
        second = signed_in(site, acceptance.HARROW_LANE_TUTOR)
        ours = ready(site.store.app, Wish(email="first@example.com"))
        wish = Wish(
            school=acceptance.HARROW_LANE, tutor=acceptance.HARROW_LANE_TUTOR, email="second@example.com"
        )
        told = _race((first, ours), (second, ready(site.store.app, wish)))
        assert sorted(told) == [
            "Another school has just registered Aoife O'Brien",
            "Aoife O'Brien is registered",
        ]
        _assert_one_registration(site)


def test_the_same_email_address_at_once_goes_to_one_and_the_other_is_asked_again(site: Site) -> None:
    for _ in range(PAIRS):
        site.fill()
        tutor = signed_in(site, acceptance.OAKFIELD_TUTOR)
        runs = [
            ready(site.store.app, Wish(trn=trn, name=name, email="both@example.com"))
            for trn, name in (("3004001", "Ada Park"), ("3004002", "Ben Rowe"))
        ]
        told = _race(*((tutor, run) for run in runs))
        asked = [h1 for h1 in told if h1.startswith("What email address does")]
        assert len(asked) == 1 and len([h1 for h1 in told if h1.endswith("is registered")]) == 1, told
        _assert_one_registration(site)


def test_many_different_teachers_at_once_share_one_new_partnership(site: Site) -> None:
    tutor = signed_in(site, acceptance.OAKFIELD_TUTOR)
    runs = [
        ready(site.store.app, Wish(f"30040{n:02}", f"Teacher {n:02}", f"t{n}@example.com"))
        for n in range(TEACHERS)
    ]
    replies = at_once(tutor.confirm, runs)
    assert {(reply.status, reply.place) for reply in replies} == {
        (303, f"{run.base}/confirmation") for run in runs
    }
    with site.store.session():
        assert len(registered()) == TEACHERS
        assert len(partnerships()) == 1
        assert events() == {
            **dict.fromkeys(EVENTS_OF_A_REGISTRATION, TEACHERS),
            "partnership.proposed": 1,
        }
        assert_whole()


def _race(*pairs: tuple[Tutor, object]) -> list[str]:
    """Confirm at once; return the headings that the people come to."""

    def confirm(pair: tuple[Tutor, object]) -> str:
        tutor, run = pair
        reply = tutor.confirm(run)  # type: ignore[arg-type]
        assert reply.status == 303, reply.page.h1
        page = tutor.see(reply.place)
        assert page.status == 200
        return page.page.h1 or ""

    return at_once(confirm, pairs)


def _assert_one_registration(site: Site) -> None:
    with site.store.session():
        assert len(registered()) == 1
        assert len(partnerships()) == 1
        assert events() == ONE_OF_EACH
        assert_whole()
