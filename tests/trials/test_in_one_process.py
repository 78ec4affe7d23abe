"""The same crowds in threads of one process: more of them inside the database at once than a server lets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.data import clock
from app.data.database import db
from app.services import outcomes, runs
from app.services.registrations import Request
from tests.support import challenging
from tests.support.about_ects import store_ect
from tests.support.acceptance import OAKFIELD, OAKFIELD_TUTOR
from tests.support.amounts import amount
from tests.support.sitting import Ready, Wish, about_a_partnership, about_an_ect, ready
from tests.support.stored import Stored
from tests.trials.conftest import Installation
from tests.trials.crowd import at_once
from tests.trials.whole import assert_whole, events, partnerships, registered

ROUNDS = amount(2, 10)
CROWD = 12
STOPPED = {"stopped_on": date(2025, 9, 12), "stopped_reason": "other", "finished_on": date(2025, 9, 12)}


def test_different_teachers_in_the_same_moment_are_all_registered(installation: Installation) -> None:
    for _ in range(ROUNDS):
        installation.fill()
        wishes = [Wish(f"30040{n:02}", f"Teacher {n:02}", f"t{n}@example.com") for n in range(CROWD)]
        sent = at_once(_sending(installation), [ready(installation.store.app, wish) for wish in wishes])
        assert sent == ["sent"] * CROWD
        with installation.store.session():
            assert len(registered()) == CROWD and len(partnerships()) == 1
            assert_whole()


def test_one_run_in_the_same_moment_is_sent_once(installation: Installation) -> None:
    for _ in range(ROUNDS):
        installation.fill()
        run = ready(installation.store.app, Wish())
        sent = at_once(_sending(installation), [run] * CROWD)
        assert sorted(sent) == ["sent", *["stale"] * (CROWD - 1)]
        with installation.store.session():
            assert_whole()


def test_answers_to_one_page_in_the_same_moment_never_overwrite_each_other(
    installation: Installation,
) -> None:
    app = installation.store.app
    keys = app.extensions["journeys"].keys
    for _ in range(ROUNDS):
        installation.fill()
        run = ready(app, Wish())

        def say(number: int, run: Ready = run) -> bool:
            with app.app_context():
                opened = _opened(installation, run)
                said = {"email": f"answer{number}@example.com"}
                try:
                    runs.answer(
                        opened,
                        "email",
                        said,
                        version=run.version,
                        person_id=OAKFIELD_TUTOR,
                        now=clock.now(),
                        keys=keys,
                    )
                except runs.Stale:
                    return False
                return True

        assert at_once(say, range(CROWD)).count(True) == 1
        with app.app_context():
            assert _opened(installation, run).row.version == run.version + 1
            db.session.remove()


def test_a_partnership_called_wrong_by_many_in_the_same_moment_is_challenged_once(
    installation: Installation,
) -> None:
    for _ in range(ROUNDS):
        installation.fill()
        about = challenging.store_confirmed(Stored(installation.store.app))
        each_their_own = [about_a_partnership(installation.store.app, about) for _ in range(CROWD // 2)]
        sent = at_once(_sending(installation), each_their_own * 2)
        assert sent.count("sent") == 1
        assert set(sent) <= {"sent", "stale", "incomplete"}
        with installation.store.session():
            (row,) = partnerships()
            assert (row.id, row.status) == (about, "challenged")
            assert events() == {"partnership.challenged": 1}


@pytest.mark.parametrize(
    ("slug", "status", "said", "recorded"),
    [
        ("report-change", "active", {}, {"ect.leaving_reported", "training.ended"}),
        ("choose-together", "declined", {}, {"partnership.proposed", "training.chosen_again"}),
        ("choose-together", "challenged", {}, {"partnership.proposed", "training.ended", "training.started"}),
        ("choose-training", "active", STOPPED, {"training.started"}),
    ],
)
def test_an_ect_leaves_or_trains_again_once_however_many_say_so(
    installation: Installation, slug: str, status: str, said: dict[str, Any], recorded: set[str]
) -> None:
    for _ in range(ROUNDS):
        installation.fill()
        ect, _, under = store_ect(Stored(installation.store.app), status, **said)
        about = under if slug == "choose-together" else ect
        each_their_own = [about_an_ect(installation.store.app, slug, about) for _ in range(CROWD // 2)]
        sent = at_once(_sending(installation), each_their_own * 2)
        assert sent.count("sent") == 1
        assert set(sent) <= {"sent", "stale", "incomplete"}
        with installation.store.session():
            assert events() == dict.fromkeys(recorded, 1)


def _opened(installation: Installation, run: Ready) -> runs.OpenRun:
    parts = installation.store.app.extensions["journeys"]
    row = runs.find(run.reference, (OAKFIELD,))
    assert row is not None
    return runs.opened(row, parts.library.get(row.journey), clock.now(), parts.keys)


def _sending(installation: Installation) -> Callable[[Ready], str]:
    """What becomes of a run that is sent: “sent”, or why not."""
    app = installation.store.app

    def send(run: Ready) -> str:
        with app.app_context():
            try:
                opened = _opened(installation, run)
                asked = Request(OAKFIELD_TUTOR, clock.now(), "trial")
                outcomes.send(opened, run.version, asked, app.extensions["journeys"].keys)
            except (runs.Stale, runs.Over):
                return "stale"
            except outcomes.Incomplete:
                return "incomplete"
            return "sent"

    return send
