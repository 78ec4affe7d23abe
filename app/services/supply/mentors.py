"""The mentor that a run gives an ECT: chosen from the school’s own, or found by their TRN and registered now."""

from __future__ import annotations

from datetime import date

from app.data.queries.mentoring import MentorAtSchool, MentorStretch
from app.data.queries.training import Training
from app.domain import mentoring
from app.domain.funding import MentorReason
from app.domain.mentoring import MentorTraining, TrainingOfEct
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.services.supply import ects
from app.services.supply.view import View

NEW = "new"


def offered(view: View) -> tuple[MentorAtSchool, ...]:
    """The school’s mentors who stay, without the ECT themself.

    The one they have now is among them only when choosing them again would register them for training.
    """
    ect, now = view.ect, view.reads.mentor_now()
    if ect is None:
        return ()
    stay = (each for each in view.reads.mentors() if each.finished_on is None)
    others = (each for each in stay if each.trn != ect.card.trn)
    return tuple(
        each
        for each in others
        if now is None
        or each.id != now.mentor_period_id
        or _training_of(view, each.trn, max(each.started_on, view.reads.today)) is MentorTraining.STARTS
    )


def chosen(view: View) -> MentorAtSchool | None:
    """The one chosen from them; None for a new one, and while nobody is."""
    said = view.heard.value("mentor")
    if said is None or said == NEW:
        return None
    return next((each for each in view.reads.mentors() if each.id == said), None)


def stays(view: View) -> bool:
    """The one chosen mentored the ECT already when they were chosen."""
    answer = view.heard.answer("mentor")
    return answer is not None and answer.subject.endswith(f"|{answer.values['mentor']}")


def names_another(view: View) -> bool:
    """The school names another lead provider than the ECT’s to train them."""
    return view.heard.value("mentor_training") == "another"


def name(view: View) -> str:
    """The mentor’s name: of the one chosen, else as corrected or recorded; nothing before two details match."""
    found, heard = chosen(view), view.heard
    if found is not None:
        return found.name
    if heard.value("check_details") == "new_name" and heard.value("corrected_name"):
        return heard.value("corrected_name") or ""
    return heard.value("record_name") or ""


def is_the_ect(view: View) -> bool:
    """The TRN given, or that of the record found, is the ECT’s own."""
    ect = view.ect
    return ect is not None and ect.card.trn in (view.heard.value("trn"), view.trn)


def stretches(view: View) -> tuple[MentorStretch, ...]:
    """The found teacher’s times as a mentor anywhere; none before two details match, so that nothing is told."""
    return view.reads.stretches(view.trn) if view.heard.value("record_name") else ()


def is_here(view: View) -> bool:
    """The found teacher is a mentor at this school already."""
    return any(each.school_id == view.reads.school_id for each in stretches(view))


def elsewhere(view: View) -> tuple[MentorStretch, ...]:
    """The found teacher’s times as a mentor at other schools."""
    return tuple(each for each in stretches(view) if each.school_id != view.reads.school_id)


def only_here(view: View) -> bool:
    """They mentor at no other school from their start on."""
    return view.heard.value("only_here") == "yes"


def start(view: View) -> date:
    """The first day as a mentor at the school: of the one chosen, as said, or today."""
    found, said = chosen(view), view.heard.value("mentor_start_date")
    if found is not None:
        return found.started_on
    return date.fromisoformat(said) if said else view.reads.today


def judge_start(view: View) -> None:
    """Raises Refused when the start date heard is outside its bounds."""
    mentoring.check_start(start(view), [each.started_on for each in elsewhere(view)], view.reads.today)


def mentors_from(view: View) -> date:
    """The first day on which they mentor the ECT."""
    now = view.reads.mentor_now()
    if now is not None and stays(view):
        return now.started_on
    assert view.ect is not None
    return mentoring.mentors_from(view.ect.card.started_on, start(view), view.reads.today)


def reason_not_to_fund(view: View) -> MentorReason | None:
    """Why DfE doesn’t pay for their training: the first reason in the order of the API. None when it may be by hand."""
    found = frozenset(map(MentorReason, view.reads.reasons_not_to_fund(_trn(view))))
    return next((reason for reason in MentorReason if reason in found), None)


def training(view: View) -> MentorTraining:
    """What becomes of their own training."""
    starts = max(start(view), view.reads.today) if chosen(view) else start(view)
    ending = frozenset(each.id for each in elsewhere(view)) if only_here(view) else frozenset[str]()
    return _training_of(view, _trn(view), starts, ending)


def _training_of(
    view: View, trn: str, starts: date, ending: frozenset[str] = frozenset(), of: TrainingOfEct | None = None
) -> MentorTraining:
    """The same of anybody who could be trained from a day on; times as a mentor that are `ending` don’t count.

    `of` stands for training of the ECT that they don’t have yet.
    """
    reads = view.reads
    paid_for = mentoring.is_paid_for(reads.funded_by_hand(trn), flagged=bool(reads.reasons_not_to_fund(trn)))
    records = (each for each in reads.mentor_records(trn) if each.mentor_period_id not in ending)
    trains = any(mentoring.trains_on(each.so_far, starts) for each in records)
    return mentoring.mentor_training(of or _of_ect(ects.training(reads), view), paid_for, trains)


def would_follow(view: View) -> bool:
    """The mentor whom the ECT has now would be trained with them, if somebody trained the ECT."""
    now = view.reads.mentor_now()
    found = next((each for each in view.reads.mentors() if now and each.id == now.mentor_period_id), None)
    if found is None or found.finished_on is not None:
        return False
    given = TrainingOfEct(State.PROPOSED, TrainingStatus.ACTIVE, goes_on=True)
    return (
        _training_of(view, found.trn, max(found.started_on, view.reads.today), of=given)
        is MentorTraining.STARTS
    )


def told(view: View, becomes: MentorTraining) -> str:
    """What a page that tells of their training is about: who, what becomes of it, and under which partnership."""
    found = ects.training(view.reads)
    return "|".join((_trn(view), becomes, (found.partnership_id or "") if found else ""))


def _trn(view: View) -> str:
    found = chosen(view)
    return found.trn if found else view.trn


def _of_ect(found: Training | None, view: View) -> TrainingOfEct | None:
    if found is None:
        return None
    over = found.stopped_on is not None or (
        found.finished_on is not None and found.finished_on < view.reads.today
    )
    return TrainingOfEct(
        State(found.partnership_status) if found.partnership_status else None,
        TrainingStatus(found.training_status),
        goes_on=not over,
    )
