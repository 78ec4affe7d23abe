"""Giving an ECT a mentor, and registering one for it, in the write that the caller holds open.

School journey, “Register a mentor, assign, change, leave”. The mentor before stops the day before; a mentor trains with
the lead provider of their ECT, or another that the school names, when DfE pays for it and nobody trains them already.
The mentor whom the ECT has can be chosen again for that alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.data.columns import PENDING
from app.data.ids import new_id
from app.data.models import MentorPeriod, Mentorship, TrainingRecord
from app.data.queries import enrolments
from app.data.queries import mentoring as reads
from app.data.queries.events import Detail
from app.data.queries.mentoring import MentorNow, MentorStretch
from app.data.transaction import store
from app.domain.leaving import ends_on
from app.domain.mentoring import MentorTraining
from app.domain.participants import leaving_day
from app.domain.partnerships import LIVE
from app.domain.people import email_key
from app.services import funding, partnerships
from app.services.asked import Asked
from app.services.leaving import say
from app.services.partnerships import Conflict, moving
from app.services.partnerships.mentors import Mentor, train
from app.services.registrations import Request, keep_teacher
from app.services.supply import ects, mentors
from app.services.supply.view import View

_KINDS: tuple[tuple[type[TrainingRecord] | type[Mentorship], str, str], ...] = (
    (TrainingRecord, "training", "training_record"),
    (Mentorship, "mentorship", "mentorship"),
)


def give(session: Session, view: View, asked: Request, by: Asked, reference: str) -> None:
    """Give the ECT the mentor that was chosen, or register the one that was found and give them that one.

    `view` must rest on a complete walk made in the same write. `asked` and `by` are the same person at the same moment;
    `reference` is what the school is given for it. Raises Conflict when the ECT’s mentor or training changed meanwhile;
    IntegrityError when the same mentor was registered at this school in the same moment.
    """
    ect, now, chosen = view.ect, view.reads.mentor_now(), mentors.chosen(view)
    if chosen is not None:
        enrolments.hold(session, chosen.teacher_id)
    moving.hold_school(session, view.reads.school_id)
    assert ect is not None
    if reads.mentor_of(ect.card.id) != now or (chosen.trn if chosen else view.trn) == ect.card.trn:
        raise Conflict
    # Read before anything is stored: what is registered here would count as time and training of before.
    becomes, starts, first_day = mentors.training(view), mentors.start(view), mentors.mentors_from(view)
    if chosen is not None:
        teacher_id, period_id = chosen.teacher_id, chosen.id
    else:
        teacher_id, period_id = _register(session, view, starts, asked, by)
    if now is None or now.mentor_period_id != period_id:
        _mentor(session, view, now, period_id, first_day, by, reference)
    funding.decide_mentor(session, teacher_id, by)
    if becomes is MentorTraining.STARTS:
        begins = max(starts, view.reads.today) if chosen else starts
        _train(session, view, Mentor(teacher_id, period_id, begins), by, reference)


def _register(session: Session, view: View, starts: date, asked: Request, by: Asked) -> tuple[str, str]:
    """The ids of the mentor’s teacher row and of their time at the school. Time at other schools may end with it."""
    teacher_id = keep_teacher(session, view, mentors.name(view), asked)
    if mentors.only_here(view):
        for stretch in mentors.elsewhere(view):
            _end(session, stretch, leaving_day(starts), by)
    email = view.heard.value("email") or ""
    period = MentorPeriod(
        id=new_id(),
        teacher_id=teacher_id,
        school_id=view.reads.school_id,
        started_on=starts,
        email=email,
        email_key=email_key(email),
        registered_by=asked.person_id,
        registered_at=asked.now,
        created_at=asked.now,
    )
    period_id = period.id
    store(session, period)
    say(session, "mentor.registered", "mentor_at_school_period", period_id, view.reads.school_id, by, {})
    return teacher_id, period_id


def _end(session: Session, stretch: MentorStretch, last_day: date, by: Asked) -> None:
    """A mentor’s time at another school ends, with their training and mentorships there."""
    if stretch.finished_on is not None and stretch.finished_on <= last_day:
        return
    changed = update(MentorPeriod).where(MentorPeriod.id == stretch.id).values(finished_on=last_day)
    session.connection().execute(changed)
    details = {"finished_on": last_day.isoformat()}
    say(session, "mentor.left", "mentor_at_school_period", stretch.id, stretch.school_id, by, details)
    for table, what, record_kind in _KINDS:
        rows = select(table.id, table.started_on, table.finished_on).where(
            table.mentor_period_id == stretch.id
        )
        for identity, started_on, finished_on in session.execute(rows.order_by(table.id)).all():
            ends = ends_on(started_on, finished_on, last_day)
            if ends is None or ends == finished_on:
                continue
            session.connection().execute(update(table).where(table.id == identity).values(finished_on=ends))
            ended = {"finished_on": ends.isoformat()}
            say(session, f"{what}.ended", record_kind, identity, stretch.school_id, by, ended)


def _mentor(
    session: Session,
    view: View,
    now: MentorNow | None,
    period_id: str,
    first_day: date,
    by: Asked,
    reference: str,
) -> None:
    """The mentorship from its first day on. One that began later than the day before is given to the new mentor."""
    ect, school_id = view.ect, view.reads.school_id
    assert ect is not None
    if now is not None and now.started_on >= first_day:
        _hand_over(session, now, period_id, first_day, school_id, by, reference)
        _stop_earlier(session, ect.card.id, now, first_day, school_id, by)
        return
    if now is not None:
        _stop(session, now, first_day - timedelta(days=1), school_id, by)
    row = Mentorship(
        id=new_id(),
        ect_period_id=ect.card.id,
        mentor_period_id=period_id,
        started_on=first_day,
        finished_on=max(ect.card.finished_on, first_day) if ect.card.finished_on else None,
        created_at=by.now,
    )
    identity = row.id
    store(session, row)
    details: Mapping[str, Detail] = {"reference": reference, "after": now.id if now else None}
    say(session, "mentorship.started", "mentorship", identity, school_id, by, details)


def _hand_over(
    session: Session,
    now: MentorNow,
    period_id: str,
    first_day: date,
    school_id: str,
    by: Asked,
    reference: str,
) -> None:
    """A mentorship that has not lasted a day has nothing to keep: it becomes the new mentor’s, from their first day."""
    _changed(session, now, {"mentor_period_id": period_id, "started_on": first_day})
    # The mentor before isn’t named by the row any more, so what is seen of them is told of here.
    before = update(MentorPeriod).where(MentorPeriod.id == now.mentor_period_id).values(updated_at=PENDING)
    session.connection().execute(before)
    details: Mapping[str, Detail] = {
        "from": now.mentor_period_id,
        "to": period_id,
        "reference": reference,
    }
    say(session, "mentorship.changed", "mentorship", now.id, school_id, by, details)


def _stop_earlier(
    session: Session, ect_period_id: str, now: MentorNow, first_day: date, school_id: str, by: Asked
) -> None:
    """Whoever would have gone on until the mentorship that was handed over began stops now."""
    rows = select(Mentorship.id, Mentorship.started_on, Mentorship.finished_on).where(
        Mentorship.ect_period_id == ect_period_id,
        Mentorship.id != now.id,
        Mentorship.finished_on >= first_day,
    )
    for identity, started_on, finished_on in session.execute(rows.order_by(Mentorship.id)).all():
        ends = max(first_day - timedelta(days=1), started_on)
        if finished_on is not None and ends < finished_on:
            own = update(Mentorship).where(Mentorship.id == identity)
            session.connection().execute(own.values(finished_on=ends))
            told = {"finished_on": ends.isoformat()}
            say(session, "mentorship.ended", "mentorship", identity, school_id, by, told)


def _stop(session: Session, now: MentorNow, last_day: date, school_id: str, by: Asked) -> None:
    if now.finished_on is not None and now.finished_on <= last_day:
        return
    _changed(session, now, {"finished_on": last_day})
    details = {"finished_on": last_day.isoformat()}
    say(session, "mentorship.ended", "mentorship", now.id, school_id, by, details)


def _changed(session: Session, now: MentorNow, changes: Mapping[str, object]) -> None:
    unchanged = (
        Mentorship.id == now.id,
        Mentorship.mentor_period_id == now.mentor_period_id,
        Mentorship.finished_on.is_not_distinct_from(now.finished_on),
    )
    if session.connection().execute(update(Mentorship).where(*unchanged).values(changes)).rowcount != 1:
        raise Conflict


def _train(session: Session, view: View, mentor: Mentor, by: Asked, reference: str) -> None:
    """The mentor’s training: under the partnership that the ECT trains in, or with the lead provider that was named."""
    school_id = view.reads.school_id
    if mentors.names_another(view):
        assert view.lead_provider_id is not None and view.place is not None
        link = partnerships.Link(school_id, view.lead_provider_id, view.place.cohort)
        under_id = partnerships.propose(session, link, view.partner_id, by)
    else:
        found = ects.training(view.reads)
        assert found is not None and found.partnership_id is not None
        under_id = found.partnership_id
    under = moving.find(session, under_id, school_id=school_id)
    if under is None or under.state not in LIVE:
        raise Conflict
    train(session, mentor, under, by, {"reference": reference})
    # Proposed again, it trains ECTs of before too: their mentors follow.
    partnerships.follow(session, under.id, by)
