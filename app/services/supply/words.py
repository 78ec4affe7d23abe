"""Every placeholder in a journey’s words: names are looked up, never typed into a page as an id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.cohorts import cohort_of, years
from app.domain.days import LONDON, in_words, london_day
from app.domain.partnerships import CHALLENGE_REASONS, DECLINE_REASONS, ChallengeReason, DeclineReason
from app.domain.people import possessive
from app.engine.wording import fill, listed
from app.services.supply import mentors, together
from app.services.supply.ect_words import ECT_WORDS
from app.services.supply.mentor_words import MENTOR_WORDS
from app.services.supply.remarks import Kept, body_before, lead_provider_before, partner_before
from app.services.supply.subjects import partner_named
from app.services.supply.view import View

REPLY_WITHIN = timedelta(days=14)
PROGRAMMES = {"provider_led": "Provider-led", "school_led": "School-led"}
PATTERNS = {"full_time": "Full time", "part_time": "Part time"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What words need besides the answers: until when the run is kept, where help is, and what sending it gave."""

    kept_until: datetime
    days_kept: int
    help: str
    reference: str = ""
    sent_at: datetime | None = None


class Lexicon(Mapping[str, str]):
    """The words of one page, each worked out when it is asked for. Unknown placeholders raise KeyError."""

    def __init__(self, view: View, kept: Kept, setting: Setting) -> None:
        self.view: View = view
        self.kept: Kept = kept
        self.setting: Setting = setting

    def __getitem__(self, placeholder: str) -> str:
        return WORDS[placeholder](self)

    def __iter__(self) -> Iterator[str]:
        return iter(WORDS)

    def __len__(self) -> int:
        return len(WORDS)


def name(lexicon: Lexicon) -> str:
    """The teacher’s name as corrected or recorded, or the chosen mentor’s; the ECT’s, in any other run about one."""
    view = lexicon.view
    if view.reads.ended() is not None:
        return together.whom(view)
    return mentors.name(view) or (view.ect.card.name if view.ect else "")


def whose(lexicon: Lexicon) -> str:
    """Its possessive: “Ada Park’s”, and of several ECTs “these ECTs’”."""
    said = name(lexicon)
    return f"{said}’" if said == together.SEVERAL else possessive(said)


def _day(text: str | None) -> str:
    return in_words(date.fromisoformat(text)) if text else ""


def year(lexicon: Lexicon) -> str:
    """“2025 to 2026”: the cohort’s, or while it isn’t open the start date’s own."""
    view = lexicon.view
    cohort = view.cohort or (cohort_of(view.start) if view.start else None)
    return years(cohort) if cohort else ""


def _partner_name(lexicon: Lexicon, partner_id: str | None) -> str:
    partner = lexicon.view.reads.partner(partner_id) if partner_id else None
    return partner.name if partner else ""


def _body_name(lexicon: Lexicon, body_id: str | None) -> str:
    body = lexicon.view.reads.body(body_id) if body_id else None
    return body.name if body else ""


def _provider_name(lexicon: Lexicon, provider_id: str | None) -> str:
    provider = lexicon.view.reads.lead_provider(provider_id) if provider_id else None
    return provider.name if provider else ""


def _contact(lexicon: Lexicon) -> str:
    provider = lexicon.view.lead_provider
    return (provider.contact_email or provider.contact_phone) if provider else ""


def _last(lexicon: Lexicon, read: Callable[[View], str | None]) -> str:
    view = lexicon.view
    return (read(view) or "") if (view.elsewhere or view.periods) else ""


def _period_school(view: View) -> str | None:
    period = view.elsewhere or view.periods[0]
    return period.school_name


def _period_start(view: View) -> str | None:
    return in_words((view.elsewhere or view.periods[0]).started_on)


def _period_training(view: View, read: str) -> str | None:
    training = (view.elsewhere or view.periods[0]).training
    return getattr(training, read) if training else None


def _previous(lexicon: Lexicon, read: str) -> str | None:
    last = lexicon.view.reads.last_choices()
    return getattr(last, read) if last else None


def _other_provider(lexicon: Lexicon) -> str:
    mine = lexicon.view.lead_provider_id
    names = [p.lead_provider_name for p in lexicon.view.live_partnerships if p.lead_provider_id != mine]
    return " and ".join(dict.fromkeys(names))


def _other_partners(lexicon: Lexicon) -> str:
    known = [p.delivery_partner_name for p in lexicon.view.with_this_provider if p.delivery_partner_name]
    return " and ".join(dict.fromkeys(known))


def _told(lexicon: Lexicon) -> str:
    trio = lexicon.view.trio
    reason = (
        CHALLENGE_REASONS[ChallengeReason(trio.challenged_reason)] if trio and trio.challenged_reason else ""
    )
    return fill(reason, lexicon)


def _ects(lexicon: Lexicon) -> str:
    """“2 ECTs” of those who train in the partnership."""
    return _counted(sum(each.participant_type == "ect" for each in lexicon.view.reads.trainees()), "ECT")


def _who_trains(lexicon: Lexicon) -> str:
    """“2 ECTs and 1 mentor”, without those there are none of."""
    kinds = [each.participant_type for each in lexicon.view.reads.trainees()]
    counts = ((kinds.count("ect"), "ECT"), (kinds.count("mentor"), "mentor"))
    return " and ".join(_counted(number, one) for number, one in counts if number)


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _named(lexicon: Lexicon) -> str:
    """The delivery partner that the lead provider names; once that was answered, the one it was answered about."""
    answer = lexicon.view.heard.answer("is_it_right")
    named = answer.subject if answer else partner_named(lexicon.view)
    return _partner_name(lexicon, named.rpartition("|")[2])


def _wrong(lexicon: Lexicon) -> str:
    """The reason chosen, as its option reads."""
    chosen = lexicon.view.heard.value("what_is_wrong")
    return fill(CHALLENGE_REASONS[ChallengeReason(chosen)], lexicon) if chosen else ""


def _declined(lexicon: Lexicon) -> str:
    trio = lexicon.view.trio
    if not trio or not trio.declined_reason:
        return ""
    reason = DeclineReason(trio.declined_reason)
    if reason is DeclineReason.WRONG_DELIVERY_PARTNER:
        return "Your school works with a different delivery partner"
    return fill(DECLINE_REASONS[reason], lexicon)


def _on(at: datetime | None) -> str:
    return in_words(london_day(at)) if at else ""


def _registered_at(lexicon: Lexicon) -> str:
    here = lexicon.view.here
    if here is None:
        return ""
    at = here.registered_at.astimezone(LONDON)
    return f"{at:%H:%M} on {in_words(at.date())}"


def _before(lexicon: Lexicon) -> str:
    before = partner_before(lexicon.view, lexicon.kept)
    return _partner_name(lexicon, before.partner_id if before else None)


def _next_opening(lexicon: Lexicon) -> str:
    closure = lexicon.view.reads.closure()
    return _on(closure.ends_at) if closure else ""


def _next_year(lexicon: Lexicon) -> str:
    closure = lexicon.view.reads.closure()
    return years(cohort_of(london_day(closure.ends_at))) if closure else ""


WORDS: Mapping[str, Callable[[Lexicon], str]] = {
    "help": lambda x: x.setting.help,
    "school": lambda x: x.view.reads.school().name,
    "kept until": lambda x: _on(x.setting.kept_until),
    "days kept": lambda x: str(x.setting.days_kept),
    "ref": lambda x: x.setting.reference,
    "sent on": lambda x: _on(x.setting.sent_at),
    "next opening": _next_opening,
    "next year": _next_year,
    "trn": lambda x: x.view.trn,
    "record name": lambda x: x.view.heard.value("record_name") or "",
    "name": name,
    "name’s": whose,
    "finished on": lambda x: _day(x.view.heard.value("record_finished_on")),
    "email": lambda x: x.view.heard.value("email") or "",
    "registered by": lambda x: x.view.here.registered_by if x.view.here else "",
    "registered at": _registered_at,
    "last school": lambda x: _last(x, _period_school),
    "last start": lambda x: _last(x, _period_start),
    "last AB": lambda x: _last(x, lambda view: (view.elsewhere or view.periods[0]).body_name),
    "last training": lambda x: PROGRAMMES.get(_last(x, lambda v: _period_training(v, "programme")), ""),
    "last LP": lambda x: _last(x, lambda v: _period_training(v, "lead_provider")),
    "last DP": lambda x: _last(x, lambda v: _period_training(v, "delivery_partner")),
    "start date": lambda x: in_words(x.view.start) if x.view.start else "",
    "year": year,
    "working pattern": lambda x: PATTERNS.get(x.view.heard.value("working_pattern") or "", ""),
    "previous AB": lambda x: _body_name(x, _previous(x, "appropriate_body_id")),
    "previous LP": lambda x: _provider_name(x, _previous(x, "lead_provider_id")),
    "previous DP": lambda x: _partner_name(x, _previous(x, "delivery_partner_id")),
    "AB": lambda x: _body_name(x, x.view.body_id),
    "AB short": lambda x: x.view.body.short_name if x.view.body else "",
    "training": lambda x: PROGRAMMES.get(x.view.programme or "", ""),
    "LP": lambda x: _provider_name(x, x.view.lead_provider_id),
    "LP contact": _contact,
    "DP": lambda x: _partner_name(x, x.view.partner_id),
    "existing DP": lambda x: _partner_name(
        x, x.view.existing.delivery_partner_id if x.view.existing else None
    ),
    "linked DP": lambda x: _partner_name(x, x.view.linked_partner_id),
    "typed DP": lambda x: x.view.typed,
    "LP 2": _other_provider,
    "DP 1": _other_partners,
    "told on": lambda x: _on(x.view.trio.challenged_at if x.view.trio else None),
    "told why": _told,
    "declined on": lambda x: _on(x.view.trio.declined_at if x.view.trio else None),
    "declined why": _declined,
    "n ECTs": _ects,
    "who trains": _who_trains,
    "their names": lambda x: listed([each.name for each in x.view.reads.trainees()]),
    "DP 2": _named,
    "what is wrong": _wrong,
    **ECT_WORDS,
    **MENTOR_WORDS,
    "reply by": lambda x: in_words(x.view.reads.today + REPLY_WITHIN),
    "DP before": _before,
    "LP before": lambda x: _provider_name(x, lead_provider_before(x.view, x.kept)),
    "AB before": lambda x: _body_name(x, body_before(x.view, x.kept)),
}
"""Keep in step with `app.domain.needs.PLACEHOLDER_NEEDS`: a test compares the two."""
