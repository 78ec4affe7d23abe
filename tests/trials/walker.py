"""Somebody who answers at random, on the real services and database, while others change the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, url_for
from sqlalchemy.orm import Session

from app.data import clock
from app.data.database import db
from app.data.transaction import write
from app.domain.names import Outcome
from app.engine.vocabulary import Ask, CheckAnswers, Journey, Stop, address, source_of
from app.services import runs
from app.services.runs import OpenRun
from tests.support import acceptance
from tests.trials.answers import Pick, some_answer
from tests.trials.challenges import Challenges
from tests.trials.changes import Change, open_next_year
from tests.trials.chosen_again import ChosenAgain
from tests.trials.chosen_together import ChosenTogether
from tests.trials.mentorings import Mentorings
from tests.trials.named_instead import NamedInstead
from tests.trials.registrations import Registrations
from tests.trials.rehearsed import Rehearsed
from tests.trials.reports import Reports
from tests.trials.tutors import Going, Tutor

SCHOOLS = (
    (acceptance.OAKFIELD, acceptance.OAKFIELD_URN, acceptance.OAKFIELD_TUTOR),
    (acceptance.HARROW_LANE, acceptance.HARROW_LANE_URN, acceptance.HARROW_LANE_TUTOR),
    (acceptance.ELM_COURT, acceptance.ELM_COURT_URN, acceptance.ELM_COURT_TUTOR),
)


class Ledger(Protocol):
    """What a journey’s outcome must leave in the records, kept beside them. Called in an application context."""

    sent: int
    changes: Sequence[Change]

    def prepare(self, session: Session, school: str) -> str | None:
        """Store what a run at this school needs; the id of the record it is about, if any."""

    def wanted(self, run: OpenRun, school: str) -> Any:
        """What sending a complete run must store; None for nothing."""

    def close(self, session: Session, run: OpenRun, wanted: Any, now: datetime) -> None:
        """Somebody takes away what the run rests on."""

    def hold_sent(self, run: OpenRun, wanted: Any) -> None:
        """The run that was just sent stored what was wanted."""

    def hold_records(self) -> None:
        """Nothing else is in the records."""


LEDGERS: Mapping[Outcome, Callable[[], Ledger]] = {
    Outcome.REGISTER_ECT: Registrations,
    Outcome.CHALLENGE_PARTNERSHIP: Challenges,
    Outcome.ANSWER_LEAD_PROVIDER: NamedInstead,
    Outcome.REPORT_CHANGE: Reports,
    Outcome.CHOOSE_TRAINING: ChosenAgain,
    Outcome.CHOOSE_TOGETHER: ChosenTogether,
    Outcome.ASSIGN_MENTOR: Mentorings,
}


def chosen_from_records(page: Ask) -> bool:
    """Whether a page’s answer is one of the organisations: what the pages after it are about."""
    return any(source_of(asked) for asked in page.question.fields)


@dataclass(slots=True)
class Walker:
    """Runs of one journey, and everything that must hold of them whatever happens. `routes` grows."""

    app: Flask
    journey: Journey
    rehearsed: Rehearsed
    pick: Pick
    ledger: Ledger = field(init=False)
    routes: set[tuple[str, ...]] = field(default_factory=set)
    goings: list[Going] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = LEDGERS[Outcome(self.journey.outcome)]()

    def begin(self, *, next_year_is_open: bool, runs_at_once: int = 2) -> None:
        """Begin the runs, each at some school, in records that have the fixture."""
        if next_year_is_open:
            self._write(open_next_year)
        for _ in range(runs_at_once):
            school, urn, person = self.pick(SCHOOLS)
            tutor = Tutor(self.app, person)
            going = Going(tutor, school, "")
            going.base = tutor.send(self._start(school, urn), {}).headers["Location"].rstrip("/")
            self.goings.append(going)

    def _start(self, school: str, urn: str) -> str:
        """Where a run is begun, about a record if the journey needs one."""
        if not self.journey.is_live:
            return f"/rounds/{self.journey.slug}/{self.journey.variant}"
        record = self._write(lambda session: self.ledger.prepare(session, school))
        about = {"record_id": record} if record else {}
        with self.app.test_request_context():
            return url_for("journeys.start", urn=urn, slug=self.journey.slug, **about)

    def _write(self, work: Callable[[Session], Any]) -> Any:
        """Change the records beside the runs."""
        with self.app.app_context():
            try:
                return write(work)
            finally:
                db.session.remove()

    def _read(self, work: Callable[[], Any]) -> Any:
        """Read the records beside the runs."""
        with self.app.app_context():
            try:
                return work()
            finally:
                db.session.remove()

    # ------------------------------------------------------------------------------------------ moves

    def go_on(self, going: Going, *, wild: bool = False) -> bool:
        """Answer the furthest page. Whether there was something to answer."""
        run = self.opened(going)
        if run is None or not isinstance(run.walk.frontier, Ask):
            return False
        self.answer(going, run, run.walk.frontier, run.row.version, wild=wild)
        return True

    def go_far(self, going: Going, pages: int) -> None:
        """Answer up to so many pages."""
        for _ in range(pages):
            if not self.go_on(going):
                return

    def go_back(self, going: Going, *, wild: bool = False, stale: bool = False, listed: bool = False) -> None:
        """Answer a page of the path again, as a Change link or the browser’s Back does; perhaps from an old form."""
        run = self.opened(going)
        if run is None:
            return
        asked = {page.name: page for page in run.walk.path if isinstance(page, Ask)}
        if asked:
            version = self.pick(range(run.row.version + 2)) if stale else run.row.version
            names = [name for name in asked if chosen_from_records(asked[name])] if listed else []
            names = names or list(asked)
            self.answer(going, run, asked[self.pick(names)], version, wild=wild)

    def answer(self, going: Going, run: OpenRun, page: Ask, version: int, *, wild: bool) -> None:
        """Send a page’s form. Refused: nothing changed. Taken: one answer changed. A look-up may be sent twice."""
        with self.app.app_context():
            form = some_answer(page.question, run, self.pick, wild=wild)
            db.session.remove()
        changing = {"changing": ["yes"]} if self.pick((False, True)) else {}
        reply = going.tutor.send(
            f"{going.base}/{address(page.name)}", {**form, **changing, "version": [str(version)]}
        )
        after = self.opened(going)
        assert after is not None and reply.status_code in (303, 422)
        if reply.status_code == 422 or "notice=changed" in reply.headers["Location"]:
            assert (after.row.version, after.answers) == (run.row.version, run.answers)
        if version > run.row.version and not page.question.action:
            assert after.answers == run.answers
        forgotten = set(run.answers) - set(after.answers)
        changed = {name for name, said in after.answers.items() if run.answers.get(name) != said}
        assert changed <= {page.name} and (not forgotten or page.name == "check_details")
        self.hold(going)

    def trespass(self, going: Going) -> None:
        """Post to any page of the journey as it comes: one that may not be shown now changes nothing."""
        run = self.opened(going)
        name = self.pick([page.name for page in self.journey.pages])
        if run is None or run.walk.find(name) is not None:
            return
        path = f"{going.base}/{address(name)}"
        forged = {"same_organisation": ["yes"], "delivery_partner": [acceptance.ALDER_PARTNER]}
        assert going.tutor.open(path).status_code == 303
        assert going.tutor.send(path, {**forged, "version": [str(run.row.version)]}).status_code == 303
        after = self.opened(going)
        assert after is not None and after.row == run.row
        for other in self.goings:
            if other.school != going.school:
                assert other.tutor.send(path, {}).status_code == 404
                assert other.tutor.open(f"{going.base}/").status_code == 404

    def look(self, going: Going) -> None:
        """Open the furthest page, which leads nowhere else."""
        run = self.opened(going)
        if run is not None:
            path = f"{going.base}/{address(run.walk.frontier.name)}"
            assert going.tutor.open(path).status_code == 200

    def change_records(self) -> None:
        """Somebody else changes something."""
        change = self.pick(self.ledger.changes)
        self._write(lambda session: change(session, self.pick, clock.now()))

    def close_chosen(self, going: Going) -> None:
        """What a run that could be sent rests on is taken away."""
        run = self.opened(going)
        wanted = self._wanted(run, going) if run is not None and run.walk.complete else None
        if run is not None and wanted is not None:
            self._write(lambda session: self.ledger.close(session, run, wanted, clock.now()))

    def _wanted(self, run: OpenRun, going: Going) -> Any:
        return self._read(lambda: self.ledger.wanted(run, going.school))

    # ------------------------------------------------------------------------------------------ sending

    def confirm(self, going: Going, *, stale: bool = False) -> None:
        """Press the button, wherever the run is. Sent exactly when the walk is complete and the form fresh."""
        run = self.opened(going)
        if run is None:
            return
        wanted = self._wanted(run, going) if run.walk.complete else None
        version = run.row.version - (1 if stale else 0)
        reply = going.tutor.send(f"{going.base}/check-answers", {"version": [str(version)]})
        assert reply.status_code == 303
        sent = reply.headers["Location"] == f"{going.base}/confirmation"
        assert sent == (run.walk.complete and not stale)
        if sent:
            self.routes.add(run.walk.names)
            assert going.tutor.open(f"{going.base}/confirmation").status_code == 200
            self._read(lambda: self.ledger.hold_sent(run, wanted))
        self._read(self.ledger.hold_records)

    # ------------------------------------------------------------------------------------------ invariants

    def opened(self, going: Going) -> OpenRun | None:
        """The run, walked now by the services themselves; None once it is finished."""
        parts = self.app.extensions["journeys"]
        with self.app.app_context():
            row = runs.find(going.base.rsplit("/", 1)[1], (going.school,))
            assert row is not None
            found = runs.opened(row, self.journey, clock.now(), parts.keys) if row.status == "open" else None
            if found is not None:
                self._hold_walk(found)
            db.session.remove()
        return found

    def hold(self, going: Going) -> None:
        """Everything that must hold of a run at any moment."""
        self.opened(going)

    def _hold_walk(self, run: OpenRun) -> None:
        walk = run.walk
        assert len(set(walk.names)) == len(walk.names), "a page twice"
        ends = [page for page in walk.path if isinstance(page, Stop | CheckAnswers)]
        assert ends in ([], [walk.path[-1]]), "the path goes on past an end"
        assert set(walk.heard.pages) == set(walk.names) - {walk.frontier.name}
        assert all(run.answers[page] is walk.heard.answer(page) for page in walk.heard.pages)
        assert walk.complete == isinstance(walk.frontier, CheckAnswers)
        assert self.rehearsed.has(walk), f"never rehearsed: {walk.names}"
