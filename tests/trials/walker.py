"""Somebody who answers at random, on the real services and database, while others change the records."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.data.database import db
from app.data.models import EctPeriod, Partnership, Run, TrainingRecord
from app.data.transaction import write
from app.engine.vocabulary import Ask, CheckAnswers, Journey, Stop, address, source_of
from app.services import clock, runs
from app.services.runs import OpenRun
from tests.support import acceptance
from tests.trials.answers import Pick, some_answer
from tests.trials.changes import CHANGES, close_this, open_next_year
from tests.trials.expected import Training, expected, records, refused
from tests.trials.rehearsed import Rehearsed
from tests.trials.tutors import Going, Tutor

SCHOOLS = (
    (acceptance.OAKFIELD, acceptance.OAKFIELD_URN, acceptance.OAKFIELD_TUTOR),
    (acceptance.HARROW_LANE, acceptance.HARROW_LANE_URN, acceptance.HARROW_LANE_TUTOR),
    (acceptance.ELM_COURT, acceptance.ELM_COURT_URN, acceptance.ELM_COURT_TUTOR),
)
TODAY = acceptance.ACCEPTANCE_CLOCK.date()
Trio = tuple[str, str, str | None, int]


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
    registered: int = 0
    trios: set[Trio] = field(default_factory=set)
    routes: set[tuple[str, ...]] = field(default_factory=set)
    goings: list[Going] = field(default_factory=list)

    def begin(self, *, next_year_is_open: bool, runs_at_once: int = 2) -> None:
        """Fill the records and begin the runs, each at some school."""

        def fill(session: Session) -> None:
            acceptance.load(session)
            if next_year_is_open:
                open_next_year(session)

        with self.app.app_context():
            write(fill)
        self.trios = {(acceptance.HARROW_LANE, acceptance.TEACH_FORWARD, acceptance.ST_OSWINS, 2025)}
        for _ in range(runs_at_once):
            school, urn, person = self.pick(SCHOOLS)
            tutor = Tutor(self.app, person)
            start = f"/rounds/{self.journey.slug}/{self.journey.variant}"
            path = f"/schools/{urn}/register-ect" if self.journey.is_live else start
            self.goings.append(Going(tutor, school, tutor.send(path, {}).headers["Location"].rstrip("/")))

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
        change = self.pick(CHANGES)
        with self.app.app_context():
            write(lambda session: change(session, self.pick, clock.now()))
            db.session.remove()

    def close_chosen(self, going: Going) -> None:
        """What a run that could be sent rests on is closed."""
        run = self.opened(going)
        wanted = self.wanted(run, going) if run is not None and run.walk.complete else None
        if wanted is not None and wanted.lead_provider is not None:
            with self.app.app_context():
                write(lambda session: close_this(session, wanted, clock.now()))
                db.session.remove()

    # ------------------------------------------------------------------------------------------ sending

    def confirm(self, going: Going, *, stale: bool = False) -> None:
        """Press the button, wherever the run is. Sent exactly when the walk is complete and the form fresh."""
        run = self.opened(going)
        if run is None:
            return
        wanted = self.wanted(run, going) if run.walk.complete else None
        version = run.row.version - (1 if stale else 0)
        reply = going.tutor.send(f"{going.base}/check-answers", {"version": [str(version)]})
        assert reply.status_code == 303
        sent = reply.headers["Location"] == f"{going.base}/confirmation"
        assert sent == (run.walk.complete and not stale)
        if sent:
            self.routes.add(run.walk.names)
            assert going.tutor.open(f"{going.base}/confirmation").status_code == 200
            self.registered += 1 if wanted else 0
            self.hold_stored(run, wanted)
        self.hold_records()

    def wanted(self, run: OpenRun, going: Going) -> Training | None:
        """What must be stored, and that it may be."""
        values = run.walk.heard.values
        with self.app.app_context():
            kept = records(TODAY)
            db.session.remove()
        found = expected(values, going.school, kept)
        if found is not None and found.partner is not None:
            assert found.partner in kept.eligible(found.lead_provider, found.cohort)
            assert found.partner not in refused(values, going.school, found, kept)
        if found is not None and found.lead_provider is not None:
            assert (found.lead_provider, found.cohort) in kept.places
            self.trios.add((going.school, found.lead_provider, found.partner, found.cohort))
        return found

    def hold_stored(self, run: OpenRun, wanted: Training | None) -> None:
        """What was stored is what the answers came to."""
        with self.app.app_context():
            found = db.session.execute(
                select(EctPeriod, TrainingRecord, Partnership)
                .join(TrainingRecord, TrainingRecord.ect_period_id == EctPeriod.id)
                .outerjoin(Partnership, Partnership.id == TrainingRecord.partnership_id)
                .where(EctPeriod.run_id == run.row.id)
            ).one_or_none()
            db.session.remove()
        if wanted is None or found is None:
            assert wanted is None and found is None
            return
        period, training, partnership = found
        trio = (
            (partnership.lead_provider_id, partnership.delivery_partner_id) if partnership else (None, None)
        )
        stored = Training(period.appropriate_body_id, training.programme, *trio, training.cohort)
        assert stored == wanted
        values = run.walk.heard.values
        assert period.school_id == run.row.school_id and period.finished_on is None
        assert period.started_on.isoformat() == values["start_date"]
        assert (period.email, period.working_pattern) == (values["email"], values["working_pattern"])
        assert partnership is None or partnership.status in ("proposed", "active")

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

    def hold_records(self) -> None:
        """Nothing is in the records but the fixture and what was sent."""
        with self.app.app_context():
            found = db.session.execute(
                select(
                    Partnership.school_id,
                    Partnership.lead_provider_id,
                    Partnership.delivery_partner_id,
                    Partnership.cohort,
                )
            ).all()
            periods, finished = (
                db.session.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
                for table, where in ((EctPeriod, ()), (Run, (Run.result_id.is_not(None),)))
            )
            db.session.remove()
        assert {tuple(row) for row in found} <= self.trios and len(found) == len(set(found))
        assert periods == self.registered + 1
        assert finished == self.registered
