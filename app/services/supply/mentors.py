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
    """The school’s mentors who stay, without the ECT themself and without the one they have now."""
    ect, now = view.ect, view.reads.mentor_now()
    if ect is None:
        return ()
    stay = (each for each in view.reads.mentors() if each.finished_on is None)
    others = (each for each in stay if each.trn != ect.card.trn)
    return tuple(each for each in others if now is None or each.id != now.mentor_period_id)


def chosen(view: View) -> MentorAtSchool | None:
    """The one chosen from them; None for a new one, and while nobody is."""
    said = view.heard.value("mentor")
    return next((each for each in view.reads.mentors() if each.id == said), None)


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
    assert view.ect is not None
    return mentoring.mentors_from(view.ect.card.started_on, start(view), view.reads.today)


def reason_not_to_fund(view: View) -> MentorReason | None:
    """Why DfE doesn’t pay for their training: the first reason in the order of the API. None when it may be by hand."""
    found = frozenset(map(MentorReason, view.reads.reasons_not_to_fund(_trn(view))))
    return next((reason for reason in MentorReason if reason in found), None)


def training(view: View) -> MentorTraining:
    """What becomes of their own training."""
    by_hand = view.reads.funded_by_hand(_trn(view))
    funded = reason_not_to_fund(view) is None if by_hand is None else by_hand
    ending = {each.id for each in elsewhere(view)} if only_here(view) else frozenset[str]()
    goes_on = [each for each in view.reads.trains_in(_trn(view)) if each not in ending]
    return mentoring.mentor_training(_of_ect(ects.training(view.reads), view), funded, bool(goes_on))


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
