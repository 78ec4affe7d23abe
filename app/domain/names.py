"""The names that journey files may point at, and what each of them needs to have been asked.

A journey says `fact(Fact.ALREADY_HERE)`; the services answer it. Start-up checks use the tables below to refuse a
journey that uses a name before what it rests on has been asked. (House, “A journey file”.)
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Needs = tuple[frozenset[str], ...]
"""Each set names fields of which at least one must have been asked before."""


class Fact(StrEnum):
    """What a page’s condition may ask about the world. Every one is a reading of the records at this moment."""

    SCHOOL_CANNOT_GET_TRAINING = "school_cannot_get_training"
    REGISTRATION_CLOSED = "registration_closed"
    SCHOOL_IS_INDEPENDENT = "school_is_independent"
    ALREADY_HERE = "already_here"
    COLLEAGUE_WAS_FIRST = "colleague_was_first"
    ANOTHER_SCHOOL_WAS_FIRST = "another_school_was_first"
    REGISTERED_ELSEWHERE = "registered_elsewhere"
    EMAIL_IS_FREE = "email_is_free"
    START_DATE_STANDS = "start_date_stands"
    YEAR_NOT_OPEN = "year_not_open"
    PREVIOUS_CHOICES_HOLD = "previous_choices_hold"
    PREVIOUS_CHOICES_ARE_SCHOOL_LED = "previous_choices_are_school_led"
    LEAD_PROVIDER_HAS_NO_PARTNERS = "lead_provider_has_no_partners"
    SCHOOL_HAS_ONE_PARTNER_HERE = "school_has_one_partner_here"
    THAT_PARTNER_IS_CONFIRMED = "that_partner_is_confirmed"
    BODY_IS_THE_ONE_ELIGIBLE_PARTNER = "body_is_the_one_eligible_partner"
    BODY_AND_PARTNER_NAMES_DIFFER = "body_and_partner_names_differ"
    BODY_RUNS_SEVERAL = "body_runs_several"
    PARTNER_LIST_IS_LONG = "partner_list_is_long"
    NO_LIKELY_PARTNERS = "no_likely_partners"
    PARTNER_IS_KNOWN = "partner_is_known"
    PARTNER_IS_PART_OF_BODY = "partner_is_part_of_body"
    TRAINING_IS_PROVIDER_LED = "training_is_provider_led"
    PARTNERSHIP_IS_ACTIVE = "partnership_is_active"
    PARTNERSHIP_IS_LIVE = "partnership_is_live"
    PARTNERSHIP_IS_NEW = "partnership_is_new"
    SECOND_LEAD_PROVIDER = "second_lead_provider"
    SECOND_PARTNER = "second_partner"
    CHALLENGED_BEFORE = "challenged_before"
    DECLINED_BEFORE = "declined_before"
    NAMED_PARTNER_IS_IN_THE_LIST = "named_partner_is_in_the_list"
    NAMED_PARTNER_HAS_SEVERAL_LEAD_PROVIDERS = "named_partner_has_several_lead_providers"


class Remark(StrEnum):
    """Why a banner is shown: what happened to answers that no longer count. Looks at what is kept but unheard."""

    STARTED_AGAIN = "started_again"
    EMAIL_TAKEN_SINCE = "email_taken_since"
    START_DATE_FELL = "start_date_fell"
    NEW_LEAD_PROVIDER = "new_lead_provider"
    NEW_APPROPRIATE_BODY = "new_appropriate_body"
    NEW_YEAR = "new_year"
    PARTNER_GONE = "partner_gone"
    LEAD_PROVIDER_GONE = "lead_provider_gone"
    LEAD_PROVIDER_NOT_IN_YEAR = "lead_provider_not_in_year"
    PREVIOUS_CHOICES_FELL = "previous_choices_fell"


class Source(StrEnum):
    """Lists that options come from."""

    APPROPRIATE_BODIES = "appropriate_bodies"
    LEAD_PROVIDERS = "lead_providers"
    DELIVERY_PARTNERS = "delivery_partners"
    ALL_DELIVERY_PARTNERS = "all_delivery_partners"
    DELIVERY_PARTNER_NAMES = "delivery_partner_names"
    PARTNER_NAMES_OF_LEAD_PROVIDER = "partner_names_of_lead_provider"


class Rule(StrEnum):
    """How a typed answer is judged."""

    TRN = "trn"
    BIRTH_DATE = "birth_date"
    NATIONAL_INSURANCE_NUMBER = "national_insurance_number"
    NAME = "name"
    EMAIL = "email"
    START_DATE = "start_date"
    ORGANISATION_NAME = "organisation_name"


class Subject(StrEnum):
    """What an answer can be about."""

    LOOK_UP = "look_up"
    TEACHER = "teacher"
    BODY_AND_PARTNER = "body_and_partner"
    PARTNERSHIP = "partnership"
    PREVIOUS_CHOICES = "previous_choices"
    LEAD_PROVIDER_AND_YEAR = "lead_provider_and_year"
    PARTNER_QUESTION = "partner_question"
    LAST_PERIOD = "last_period"


class Action(StrEnum):
    """What runs when a page is answered, besides keeping the answer."""

    FIND_BY_BIRTH_DATE = "find_by_birth_date"
    FIND_BY_NATIONAL_INSURANCE_NUMBER = "find_by_national_insurance_number"


class Outcome(StrEnum):
    """What happens when the answers are sent."""

    REGISTER_ECT = "register_ect"


class Place(StrEnum):
    """Pages outside the journey that its links may lead to."""

    YOUR_ECTS = "your_ects"
    THIS_ECT = "this_ect"
    REGISTER_ANOTHER = "register_another"
    WHO_DOES_WHAT = "who_does_what"
    FIND_OUT_WHO = "find_out_who"
    LOOK_UP_TRN = "look_up_trn"
    CHECK_A_RECORD = "check_a_record"
    FEEDBACK = "feedback"


RECORD_OUTCOMES = (
    "matched",
    "no_such_trn",
    "birth_date_differs",
    "number_differs",
    "not_answering",
    "passed",
    "failed",
    "exempt",
    "prohibited",
)
"""What a look-up in the teacher record can come to (words.md table 4)."""

REASONS: Mapping[Rule, frozenset[str]] = {
    Rule.TRN: frozenset({"blank", "no_digits", "too_short", "too_long"}),
    Rule.BIRTH_DATE: frozenset({"blank", "part_missing", "not_a_date", "not_past", "unlikely_age"}),
    Rule.NATIONAL_INSURANCE_NUMBER: frozenset({"blank", "wrong_shape"}),
    Rule.NAME: frozenset({"blank", "too_long"}),
    Rule.EMAIL: frozenset({"blank", "wrong_shape", "too_long", "in_use"}),
    Rule.START_DATE: frozenset(
        {"blank", "part_missing", "not_a_date", "too_early", "too_soon_after", "too_far_ahead"}
    ),
    Rule.ORGANISATION_NAME: frozenset({"blank", "too_long"}),
}
"""Every reason a rule can refuse for: a question must have words for each."""


def _needs(*fields: str) -> Needs:
    return tuple(frozenset(field.split("|")) for field in fields)


_TRAINING = _needs("start_date", "appropriate_body|previous_choices", "lead_provider|previous_choices")
_DECIDED = _needs("start_date", "lead_provider|previous_choices|training_provider")

FACT_NEEDS: Mapping[Fact, Needs] = {
    Fact.ALREADY_HERE: _needs("record_outcome"),
    Fact.COLLEAGUE_WAS_FIRST: _needs("record_outcome"),
    Fact.ANOTHER_SCHOOL_WAS_FIRST: _needs("record_outcome"),
    Fact.REGISTERED_ELSEWHERE: _needs("record_outcome"),
    Fact.EMAIL_IS_FREE: _needs("email"),
    Fact.START_DATE_STANDS: _needs("start_date"),
    Fact.YEAR_NOT_OPEN: _needs("start_date"),
    Fact.PREVIOUS_CHOICES_HOLD: _needs("start_date"),
    Fact.PREVIOUS_CHOICES_ARE_SCHOOL_LED: _needs("start_date"),
    Fact.LEAD_PROVIDER_HAS_NO_PARTNERS: _needs("start_date", "lead_provider"),
    Fact.SCHOOL_HAS_ONE_PARTNER_HERE: _needs("start_date", "lead_provider"),
    Fact.THAT_PARTNER_IS_CONFIRMED: _needs("start_date", "lead_provider"),
    Fact.BODY_IS_THE_ONE_ELIGIBLE_PARTNER: _TRAINING,
    Fact.BODY_AND_PARTNER_NAMES_DIFFER: _TRAINING,
    Fact.BODY_RUNS_SEVERAL: _TRAINING,
    Fact.PARTNER_LIST_IS_LONG: _needs("start_date", "lead_provider"),
    Fact.NO_LIKELY_PARTNERS: _needs("start_date", "lead_provider"),
    Fact.PARTNER_IS_KNOWN: _DECIDED,
    Fact.PARTNER_IS_PART_OF_BODY: _DECIDED,
    Fact.TRAINING_IS_PROVIDER_LED: _needs("start_date"),
    Fact.PARTNERSHIP_IS_ACTIVE: _DECIDED,
    Fact.PARTNERSHIP_IS_LIVE: _DECIDED,
    Fact.PARTNERSHIP_IS_NEW: _DECIDED,
    Fact.SECOND_LEAD_PROVIDER: _DECIDED,
    Fact.SECOND_PARTNER: _DECIDED,
    Fact.CHALLENGED_BEFORE: _DECIDED,
    Fact.DECLINED_BEFORE: _DECIDED,
    Fact.NAMED_PARTNER_IS_IN_THE_LIST: _needs("training_provider|delivery_partner_name"),
    Fact.NAMED_PARTNER_HAS_SEVERAL_LEAD_PROVIDERS: _needs("training_provider"),
}

PLACEHOLDER_NEEDS: Mapping[str, Needs] = {
    "help": (),
    "school": (),
    "kept until": (),
    "days kept": (),
    "next opening": (),
    "next year": (),
    "trn": _needs("trn"),
    "record name": _needs("record_outcome"),
    "name": _needs("record_outcome"),
    "name’s": _needs("record_outcome"),
    "finished on": _needs("record_outcome"),
    "email": _needs("email"),
    "registered by": _needs("record_outcome"),
    "registered at": _needs("record_outcome"),
    "last school": _needs("record_outcome"),
    "last start": _needs("record_outcome"),
    "last AB": _needs("record_outcome"),
    "last training": _needs("record_outcome"),
    "last LP": _needs("record_outcome"),
    "last DP": _needs("record_outcome"),
    "start date": _needs("start_date"),
    "year": _needs("start_date"),
    "working pattern": _needs("working_pattern"),
    "previous AB": _needs("start_date"),
    "previous LP": _needs("start_date"),
    "previous DP": _needs("start_date"),
    "AB": _needs("appropriate_body|previous_choices"),
    "AB short": _needs("appropriate_body|previous_choices"),
    "training": _needs("programme|previous_choices|lead_provider|training_provider"),
    "LP": _needs("lead_provider|previous_choices|training_provider"),
    "LP contact": _needs("lead_provider|previous_choices|training_provider"),
    "DP": _needs("lead_provider|previous_choices|training_provider"),
    "existing DP": _needs("lead_provider"),
    "linked DP": _needs("lead_provider", "appropriate_body"),
    "typed DP": _needs("training_provider|delivery_partner_name"),
    "LP 2": _DECIDED,
    "DP 1": _DECIDED,
    "told on": _DECIDED,
    "told why": _DECIDED,
    "declined on": _DECIDED,
    "declined why": _DECIDED,
    "reply by": _needs("start_date"),
    "ref": (),
    "sent on": (),
    "DP before": (),
    "LP before": (),
    "AB before": (),
}
"""What each placeholder in a journey’s words rests on."""

REASON_DETAILS: Mapping[Rule, frozenset[str]] = {
    Rule.TRN: frozenset(),
    Rule.BIRTH_DATE: frozenset({"missing", "n"}),
    Rule.NATIONAL_INSURANCE_NUMBER: frozenset(),
    Rule.NAME: frozenset(),
    Rule.EMAIL: frozenset(),
    Rule.START_DATE: frozenset({"missing", "earliest", "date"}),
    Rule.ORGANISATION_NAME: frozenset(),
}
"""Extra placeholders that a refusal itself fills in its message."""
