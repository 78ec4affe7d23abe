"""Every fact a journey may ask for, answered from what the answers come to. (Names: `app.domain.names.Fact`.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain import partnerships
from app.domain.eligibility import SchoolFacts, can_get_training, is_open
from app.domain.names import Fact
from app.domain.participants import check_start
from app.domain.partnerships import LIVE, State
from app.domain.people import email_key
from app.domain.refusals import Refused
from app.domain.registrations import Programme, Training, can_offer_again
from app.services.supply.ect_facts import ECT_FACTS
from app.services.supply.mentor_words import MENTOR_FACTS
from app.services.supply.view import View, ids


def school_cannot_get_training(view: View) -> bool:
    """DfE doesn’t pay for training at this school. (Provider API, “school”.)"""
    school = view.reads.school()
    return not can_get_training(
        SchoolFacts(
            is_open(school.status),
            school.in_england,
            school.independent,
            school.section_41_approved,
            school.type_name,
        )
    )


def email_is_free(view: View) -> bool:
    """No open registration of anybody else uses the email address."""
    key = email_key(view.heard.value("email") or "")
    return set(view.reads.email_holders(key)) <= {view.trn}


def start_date_stands(view: View) -> bool:
    """The start date is within its bounds today."""
    try:
        judge_start(view)
    except Refused:
        return False
    return True


def judge_start(view: View) -> None:
    """Raises Refused when the start date heard is outside its bounds. (School journey, “Start date and cohort”.)"""
    assert view.start is not None
    last = view.periods[0] if view.periods else None
    elsewhere = (last.started_on, last.finished_on) if last else None
    check_start(view.start, view.reads.opened(), view.reads.today, elsewhere)


def previous_choices_hold(view: View) -> bool:
    """The school’s last choices can all be made again in this cohort, and no colleague made others meanwhile."""
    last = view.reads.last_choices()
    if last is None or view.cohort is None or view.since_the_look_up(last.saved_at):
        return False
    training = Training(
        last.appropriate_body_id,
        Programme(last.programme),
        last.lead_provider_id,
        last.delivery_partner_id,
    )
    eligible = (
        view.reads.eligible(last.lead_provider_id, view.cohort) if last.lead_provider_id is not None else ()
    )
    return can_offer_again(
        training,
        State(last.partnership_status) if last.partnership_status else None,
        bodies=[body.id for body in view.reads.bodies()],
        lead_providers=[provider.id for provider in view.reads.lead_providers(view.cohort)],
        eligible_partners=ids(eligible),
    )


def _names_differ(view: View) -> bool:
    partner = view.reads.partner(view.linked_partner_id) if view.linked_partner_id else None
    return bool(view.body and partner and view.body.name != partner.name)


def _second_lead_provider(view: View) -> bool:
    others = [p for p in view.live_partnerships if p.lead_provider_id != view.lead_provider_id]
    return view.lead_provider_id is not None and bool(others) and not view.with_this_provider


def _second_partner(view: View) -> bool:
    known = {p.delivery_partner_id for p in view.with_this_provider if p.delivery_partner_id}
    return view.partner_id is not None and bool(known) and view.partner_id not in known


def _status(view: View) -> State | None:
    return State(view.trio.status) if view.trio else None


def _previous_programme(view: View) -> str:
    last = view.reads.last_choices()
    return last.programme if last else ""


FACTS: Mapping[str, Callable[[View], bool]] = {
    Fact.SCHOOL_CANNOT_GET_TRAINING: school_cannot_get_training,
    Fact.REGISTRATION_CLOSED: lambda view: view.reads.closure() is not None,
    Fact.SCHOOL_IS_INDEPENDENT: lambda view: view.reads.school().independent,
    Fact.ALREADY_HERE: lambda view: view.here is not None,
    Fact.COLLEAGUE_WAS_FIRST: lambda view: view.since_the_look_up(
        view.here.registered_at if view.here else None
    ),
    Fact.ANOTHER_SCHOOL_WAS_FIRST: lambda view: view.since_the_look_up(
        view.elsewhere.registered_at if view.elsewhere else None
    ),
    Fact.REGISTERED_ELSEWHERE: lambda view: view.elsewhere is not None,
    Fact.EMAIL_IS_FREE: email_is_free,
    Fact.START_DATE_STANDS: start_date_stands,
    Fact.YEAR_NOT_OPEN: lambda view: view.start is not None and view.place is None,
    Fact.PREVIOUS_CHOICES_HOLD: previous_choices_hold,
    Fact.PREVIOUS_CHOICES_ARE_SCHOOL_LED: lambda view: _previous_programme(view) == "school_led",
    Fact.LEAD_PROVIDER_HAS_NO_PARTNERS: lambda view: not view.eligible,
    Fact.SCHOOL_HAS_ONE_PARTNER_HERE: lambda view: view.existing is not None,
    Fact.THAT_PARTNER_IS_CONFIRMED: lambda view: bool(view.existing and view.existing.status == "active"),
    Fact.BODY_IS_THE_ONE_ELIGIBLE_PARTNER: lambda view: view.linked_partner_id is not None,
    Fact.BODY_AND_PARTNER_NAMES_DIFFER: _names_differ,
    Fact.BODY_RUNS_SEVERAL: lambda view: partnerships.runs_several(ids(view.linked), ids(view.eligible)),
    Fact.PARTNER_LIST_IS_LONG: lambda view: view.list_is_long,
    Fact.NO_LIKELY_PARTNERS: lambda view: not view.likely,
    Fact.PARTNER_IS_KNOWN: lambda view: view.partner_id is not None,
    Fact.PARTNER_IS_PART_OF_BODY: lambda view: view.partner_id in ids(view.linked),
    Fact.TRAINING_IS_PROVIDER_LED: lambda view: view.programme == Programme.PROVIDER_LED,
    Fact.PARTNERSHIP_IS_ACTIVE: lambda view: _status(view) is State.ACTIVE,
    Fact.PARTNERSHIP_IS_LIVE: lambda view: _status(view) in LIVE,
    Fact.PARTNERSHIP_IS_NEW: lambda view: view.lead_provider_id is not None and view.trio is None,
    Fact.ECTS_TRAIN_IN_IT: lambda view: any(each.participant_type == "ect" for each in view.reads.trainees()),
    Fact.SOMEBODY_TRAINS_IN_IT: lambda view: bool(view.reads.trainees()),
    Fact.ANOTHER_PARTNER_IS_NAMED: lambda view: view.reads.named_instead() is not None,
    Fact.SECOND_LEAD_PROVIDER: _second_lead_provider,
    Fact.SECOND_PARTNER: _second_partner,
    Fact.CHALLENGED_BEFORE: lambda view: _status(view) is State.CHALLENGED,
    Fact.DECLINED_BEFORE: lambda view: _status(view) is State.DECLINED,
    **ECT_FACTS,
    **MENTOR_FACTS,
    Fact.NAMED_PARTNER_IS_IN_THE_LIST: lambda view: view.named_partner is not None,
    Fact.NAMED_PARTNER_HAS_SEVERAL_LEAD_PROVIDERS: lambda view: len(view.lead_providers_of_named) > 1,
}
