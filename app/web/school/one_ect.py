"""An ECT’s page: who they are, who does what for them, what was before, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from app.domain.cohorts import years
from app.domain.days import in_words, london_day
from app.domain.participants import CardStatus
from app.domain.partnerships import State
from app.domain.people import possessive
from app.services.supply.words import PATTERNS, PROGRAMMES, REPLY_WITHIN
from app.services.your_ects import Earlier, EctDetails
from app.web.journeys import running
from app.web.journeys.page import SummaryRow
from app.web.render import Link
from app.web.school import wording
from app.web.school.pages import BeginView, EctPage, Group, StretchView, Trail
from app.web.school.said import both_sides, it_told, you_told

NO_QTS = (
    "The record does not show that {name} has qualified teacher status (QTS) yet. Induction cannot start until they "
    "have it."
)


def ect_page(urn: str, details: EctDetails, today: date, help_at: str, above: Trail = ()) -> EctPage:
    """The page. `help_at` is the support email address; `above` are breadcrumbs before “Your ECTs”."""
    card = details.ect.card
    return EctPage(
        title=card.name,
        trail=(*above, Link("Your ECTs", f"/schools/{urn}/ects"), Link(card.name, "")),
        status=wording.card_tag(details.status, card.name),
        next_steps=_NEXT.get(details.status, _nothing)(details, today, help_at),
        warning="" if card.qts_awarded else NO_QTS.replace("{name}", card.name),
        groups=(_about(details), _training(details, today), _registration(details)),
        history=_history(details),
        earlier=tuple(map(_earlier, details.earlier)),
        to_do=_to_do(urn, details),
        to_tell=_to_tell(urn, details),
    )


def _to_do(urn: str, details: EctDetails) -> tuple[BeginView, ...]:
    """The one thing that is missing: training, else a mentor of somebody who stays and trains."""
    if details.ended_together and details.partnership is not None:
        there = f"/schools/{urn}/partnerships/{details.partnership.id}/training"
        return (BeginView(there, running.begins("choose-together")),)
    if details.needs_training:
        return (_begin(urn, details, "training", "choose-training"),)
    return (_begin(urn, details, "mentor", "assign-mentor"),) if _mentor_is_next(details) else ()


def _to_tell(urn: str, details: EctDetails) -> tuple[BeginView, ...]:
    """What may change at any time until they have left."""
    if details.has_left:
        return ()
    report = _begin(urn, details, "report", "report-change")
    if _mentor_is_next(details):
        return (report,)
    words = "" if details.ect.card.mentor is None else "Change their mentor"
    return (_begin(urn, details, "mentor", "assign-mentor", words), report)


def _mentor_is_next(details: EctDetails) -> bool:
    over = details.has_left or details.needs_training
    later = details.status in (CardStatus.LEAVING, CardStatus.STOPPED)
    return details.ect.card.mentor is None and not over and not later


def _begin(urn: str, details: EctDetails, path: str, slug: str, words: str = "") -> BeginView:
    return BeginView(f"/schools/{urn}/ects/{details.ect.card.id}/{path}", words or running.begins(slug))


def _about(details: EctDetails) -> Group:
    ect, card = details.ect, details.ect.card
    rows = [SummaryRow("Name", card.name)]
    if ect.record_name and ect.record_name != card.name:
        rows.append(SummaryRow("Name on the teacher record", ect.record_name))
    rows += [
        SummaryRow("TRN", card.trn),
        SummaryRow("Email address", ect.email),
        SummaryRow("Start date", in_words(card.started_on)),
        SummaryRow("Working pattern", PATTERNS[ect.working_pattern]),
    ]
    if card.finished_on is not None:
        rows.append(SummaryRow("Last day at your school", in_words(card.finished_on)))
    return Group(f"About {card.name}", tuple(rows))


def _training(details: EctDetails, today: date) -> Group:
    card = details.ect.card
    not_told = f"You register {card.name} with it yourself. This service does not tell it."
    rows = [
        SummaryRow("Mentor", card.mentor or "No mentor yet"),
        SummaryRow("Appropriate body", card.appropriate_body_name, (not_told,)),
    ]
    if card.training is not None and card.training.lead_provider_name is not None:
        rows.append(SummaryRow("Training", PROGRAMMES[card.training.programme]))
    rows += wording.training_rows(card.training)
    if said := _said(details):
        rows.append(SummaryRow("What the lead provider says", said))
    rows += both_sides(card, today)
    if card.training is not None:
        rows.append(SummaryRow("Registered for training in", years(card.training.cohort)))
    return Group("Induction and training", tuple(rows))


def _said(details: EctDetails) -> str:
    """What the lead provider answered, with the day; “” for school-led training."""
    partnership = details.partnership
    if partnership is None:
        return ""
    provider = partnership.lead_provider_name
    return {
        State.PROPOSED: f"Waiting for {provider} to confirm",
        State.ACTIVE: f"Confirmed by {wording.confirmed(partnership)}",
        State.DECLINED: f"{provider} said no on {wording.day_of(partnership.declined_at)}",
        State.CHALLENGED: f"Confirmed by {wording.confirmed(partnership)}",
        State.RETRACTED: "",
    }[State(partnership.status)]


def _registration(details: EctDetails) -> Group:
    ect = details.ect
    return Group(
        "Registration",
        (
            SummaryRow("Reference", ect.reference),
            SummaryRow("Registered", f"{wording.day_of(ect.registered_at)} by {ect.registered_by}"),
        ),
    )


def _history(details: EctDetails) -> tuple[StretchView, ...]:
    """Every stretch of training here, when there was more than the one shown above."""
    history = details.ect.history
    if len(history) < 2:
        return ()
    return tuple(
        StretchView(wording.stretch(each.started_on, each.finished_on), wording.trained_by(each))
        for each in history
    )


def _earlier(registration: Earlier) -> Group:
    training = registration.training
    provider_led = training is not None and training.lead_provider_name is not None
    rows = [
        SummaryRow("Dates", wording.stretch(registration.started_on, registration.finished_on)),
        SummaryRow("Appropriate body", registration.appropriate_body_name or wording.NOT_KNOWN),
        SummaryRow("Training", PROGRAMMES[training.programme] if training else wording.NOT_KNOWN),
    ]
    if training is not None and provider_led:
        rows += [
            SummaryRow("Lead provider", training.lead_provider_name or wording.NOT_KNOWN),
            SummaryRow("Delivery partner", training.delivery_partner_name or wording.NOT_KNOWN),
        ]
    return Group(registration.school_name, tuple(rows))


Next = Callable[[EctDetails, date, str], tuple[str, ...]]


def _nothing(details: EctDetails, today: date, help_at: str) -> tuple[str, ...]:
    return ("You do not need to do anything.",)


def _leaving(details: EctDetails, today: date, help_at: str) -> tuple[str, ...]:
    card = details.ect.card
    if card.finished_on is None:
        return (f"{card.name} is leaving your school.",)
    verb = "left" if card.finished_on < today else "leaves"
    day = "last day was" if verb == "left" else "last day is"
    elsewhere = f"Another school has registered {card.name}. " if card.registered_elsewhere else ""
    leaves = f"{elsewhere}{card.name} {verb} your school. Their {day} {in_words(card.finished_on)}."
    stopped = card.training is not None and card.training.stopped_on is not None
    return (leaves,) if stopped else (leaves, *_why_training_is_needed(details))


def _waiting(details: EctDetails, today: date, help_at: str) -> tuple[str, ...]:
    partnership, name = details.partnership, details.ect.card.name
    assert partnership is not None
    provider, partner = partnership.lead_provider_name, partnership.delivery_partner_name
    asked = f"We have asked {provider} to confirm that it will train {name}{f' with {partner}' if partner else ''}."
    agrees = "" if partner else f" {provider} will agree a delivery partner with your school."
    return (
        f"{asked}{agrees} It can say no. If it does, we show you why and you choose again.",
        f"{provider} sees {possessive(name)} TRN and email address only after it says yes.",
        _reply(details, today),
    )


def _reply(details: EctDetails, today: date) -> str:
    assert details.partnership is not None
    provider = details.partnership.lead_provider_name
    by = london_day(details.ect.registered_at) + REPLY_WITHIN
    contact = f"{provider}: {details.contact}" if details.contact else provider
    if by < today:
        return f"It did not answer by {in_words(by)}, so contact {contact}"
    return f"If you have heard nothing by {in_words(by)}, contact {contact}"


def _mentor(details: EctDetails, today: date, help_at: str) -> tuple[str, ...]:
    name = details.ect.card.name
    return (f"Choose a mentor for {name}. It can be a mentor you have already, or somebody new.",)


def _training_needed(details: EctDetails, today: date, help_at: str) -> tuple[str, ...]:
    needed = _why_training_is_needed(details)
    return needed or (f"Choose training for {details.ect.card.name}. If you cannot, email {help_at}",)


def _why_training_is_needed(details: EctDetails) -> tuple[str, ...]:
    """Why, as far as anybody said, and that it is to be chosen; nothing when it isn’t."""
    if not details.needs_training:
        return ()
    again = f"Choose training for {details.ect.card.name}."
    if details.ended_together and details.partnership is not None:
        again += f" Your answer counts for all your ECTs with {wording.pair_of(details.partnership)}."
    return tuple(each for each in (_why(details), again) if each)


def _stopped(details: EctDetails, today: date, help_at: str) -> tuple[str, ...]:
    training, name = details.ect.card.training, details.ect.card.name
    assert training is not None
    stopped = f"You told us: “{you_told(training, name, today)}”."
    return (stopped, f"Nobody needs to do anything until {name} trains again. Then choose their training.")


def _why(details: EctDetails) -> str:
    """Why there is no training, as far as anybody said."""
    partnership, training = details.partnership, details.ect.card.training
    if partnership is None or training is None:
        return ""
    if partnership.status == State.ACTIVE:
        return f"{partnership.lead_provider_name} told us: “{it_told(training, details.ect.card.name)}”."
    if partnership.status == State.DECLINED:
        partner = partnership.delivery_partner_name
        subject = f"{details.ect.card.name}{f' with {partner}' if partner else ''}"
        reason = wording.why_not(partnership, details.contact)
        return f"{partnership.lead_provider_name} has said it cannot train {subject}{_quoted(reason)}"
    if partnership.status == State.CHALLENGED:
        day, reason = wording.day_of(partnership.challenged_at), wording.why_wrong(partnership)
        return f"On {day} your school told us that {wording.pair_of(partnership)} was wrong{_quoted(reason)}"
    return ""


def _paused(details: EctDetails, today: date, help_at: str) -> tuple[str, ...]:
    partnership, training = details.partnership, details.ect.card.training
    assert partnership is not None and training is not None
    provider, name = partnership.lead_provider_name, details.ect.card.name
    contact = f"{provider}: {details.contact}" if details.contact else provider
    return (
        f"{provider} told us: “{it_told(training, name)}”.",
        f"Nobody needs to do anything until {name} is ready to train again. If that is wrong, contact {contact}",
    )


def _quoted(reason: str) -> str:
    return f": “{reason}”." if reason else "."


_NEXT: Mapping[CardStatus, Next] = {
    CardStatus.LEAVING: _leaving,
    CardStatus.STOPPED: _stopped,
    CardStatus.TRAINING_NEEDED: _training_needed,
    CardStatus.PAUSED: _paused,
    CardStatus.WAITING: _waiting,
    CardStatus.MENTOR_NEEDED: _mentor,
}
