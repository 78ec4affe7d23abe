"""What answers are about, as text that changes when the subject does. (Names: `app.domain.names.Subject`.)

Organisations stand in it by id, so that a “yes” carries the very partner it was said to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.names import Subject
from app.services.supply import ects, mentors, together
from app.services.supply.view import View


def joined(*parts: object) -> str:
    """Parts in one line; nothing for None."""
    return "|".join("" if part is None else str(part) for part in parts)


def previous_choices(view: View) -> str:
    """Body, programme, lead provider, partner and cohort of the school’s last choices."""
    last = view.reads.last_choices()
    if last is None:
        return ""
    return joined(
        last.appropriate_body_id,
        last.programme,
        last.lead_provider_id,
        last.delivery_partner_id,
        view.cohort,
    )


def partner_question(view: View) -> str:
    """Lead provider, year, and why the partner is to be confirmed."""
    heard = view.heard
    pages = ("existing_partner", "same_organisation", "delivery_partner", "named_partner")
    said = next((heard.value(page) for page in reversed(pages) if heard.value(page)), None)
    return joined(view.lead_provider_id, view.cohort, said)


def partner_named(view: View) -> str:
    """The record that the lead provider names instead of the run’s own, and its delivery partner."""
    named = view.reads.named_instead()
    return joined(named.id, named.delivery_partner_id) if named else ""


def ect_at_school(view: View) -> str:
    """The ECT’s time at the school, with its last day as far as it is known, and the training that goes on."""
    found, training = view.ect, ects.training(view.reads)
    if found is None:
        return ""
    return joined(found.card.id, found.card.finished_on, training.id if training else None)


def training_now(view: View) -> str:
    """The ECT’s latest training, and where it stands: another standing is another thing to choose about."""
    training = ects.training(view.reads)
    if training is None:
        return ""
    stands = (training.partnership_id, training.partnership_status, training.training_status)
    return joined(training.id, *stands, training.finished_on)


def mentor_now(view: View) -> str:
    """The ECT’s time at the school, and who mentors them now."""
    now = view.reads.mentor_now()
    return joined(
        view.ect.card.id if view.ect else None, now.id if now else None, now and now.mentor_period_id
    )


def mentor_elsewhere(view: View) -> str:
    """The teacher, and their times as a mentor at other schools."""
    return joined(view.trn, *(each.id for each in mentors.elsewhere(view)))


SUBJECTS: Mapping[str, Callable[[View], str]] = {
    Subject.LOOK_UP: lambda view: joined(view.trn, view.heard.value("record_checked_at")),
    Subject.TEACHER: lambda view: view.trn,
    Subject.BODY_AND_PARTNER: lambda view: joined(view.body_id, view.linked_partner_id),
    Subject.PARTNERSHIP: lambda view: joined(
        view.existing.id if view.existing else None,
        view.existing.delivery_partner_id if view.existing else None,
    ),
    Subject.PREVIOUS_CHOICES: previous_choices,
    Subject.LEAD_PROVIDER_AND_YEAR: lambda view: joined(view.lead_provider_id, view.cohort),
    Subject.PARTNER_QUESTION: partner_question,
    Subject.PROVIDER_AND_PARTNER: lambda view: joined(view.lead_provider_id, view.partner_id),
    Subject.PARTNER_NAMED: partner_named,
    Subject.ECT_AT_SCHOOL: ect_at_school,
    Subject.TRAINING_NOW: training_now,
    Subject.WHOSE_TRAINING_ENDED: lambda view: together.subject(view.reads),
    Subject.MENTOR_NOW: mentor_now,
    Subject.MENTOR_ELSEWHERE: mentor_elsewhere,
    Subject.MENTOR_TRAINING: lambda view: mentors.told(view, mentors.training(view)),
    Subject.WHO_TRAINS: lambda view: joined(*(each.record_id for each in view.reads.trainees())),
    Subject.LAST_PERIOD: lambda view: joined(view.trn, view.elsewhere.id if view.elsewhere else None),
}
