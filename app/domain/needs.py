"""What each name that a journey file may point at needs to have been asked before.

A run about a record knows it from the first page: the kind of the record counts as asked. (House, “A journey file”.)
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.names import Fact

Needs = tuple[frozenset[str], ...]
"""Each set names fields of which at least one must have been asked before."""


def _needs(*fields: str) -> Needs:
    return tuple(frozenset(field.split("|")) for field in fields)


_TRAINING = _needs(
    "start_date|ect|untrained",
    "appropriate_body|previous_choices|ect|untrained",
    "lead_provider|previous_choices|how_trained",
)
_DECIDED = _needs(
    "start_date|partnership|ect|untrained",
    "lead_provider|previous_choices|training_provider|partnership|how_trained",
)
_PROVIDER = _needs("lead_provider|previous_choices|training_provider|partnership|how_trained")
_PARTNERSHIP = _needs("partnership")
_ECT = _needs("ect")
_UNTRAINED = _needs("untrained")
_EITHER = _needs("ect|untrained")
_MENTOR = _needs("ect", "mentor|record_outcome")

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
    Fact.LEAD_PROVIDER_HAS_NO_PARTNERS: _needs("start_date|ect|untrained", "lead_provider|how_trained"),
    Fact.SCHOOL_HAS_ONE_PARTNER_HERE: _needs("start_date|ect|untrained", "lead_provider|how_trained"),
    Fact.THAT_PARTNER_IS_CONFIRMED: _needs("start_date|ect|untrained", "lead_provider|how_trained"),
    Fact.BODY_IS_THE_ONE_ELIGIBLE_PARTNER: _TRAINING,
    Fact.BODY_AND_PARTNER_NAMES_DIFFER: _TRAINING,
    Fact.BODY_RUNS_SEVERAL: _TRAINING,
    Fact.PARTNER_LIST_IS_LONG: _needs("start_date|ect|untrained", "lead_provider|how_trained"),
    Fact.NO_LIKELY_PARTNERS: _needs("start_date|ect|untrained", "lead_provider|how_trained"),
    Fact.PARTNER_IS_KNOWN: _DECIDED,
    Fact.PARTNER_IS_PART_OF_BODY: _DECIDED,
    Fact.TRAINING_IS_PROVIDER_LED: _needs("start_date|programme"),
    Fact.PARTNERSHIP_IS_ACTIVE: _DECIDED,
    Fact.PARTNERSHIP_IS_LIVE: _DECIDED,
    Fact.PARTNERSHIP_IS_NEW: _DECIDED,
    Fact.ECTS_TRAIN_IN_IT: _PARTNERSHIP,
    Fact.SOMEBODY_TRAINS_IN_IT: _PARTNERSHIP,
    Fact.ANOTHER_PARTNER_IS_NAMED: _PARTNERSHIP,
    Fact.SECOND_LEAD_PROVIDER: _DECIDED,
    Fact.SECOND_PARTNER: _DECIDED,
    Fact.CHALLENGED_BEFORE: _DECIDED,
    Fact.DECLINED_BEFORE: _DECIDED,
    Fact.ECT_HAS_LEFT: _ECT,
    Fact.LEAVING_IS_REPORTED: _ECT,
    Fact.ANOTHER_SCHOOL_REGISTERED_ECT: _ECT,
    Fact.LAST_DAY_STANDS: _needs("ect", "last_day"),
    Fact.LAST_DAY_IS_PAST: _needs("ect", "last_day"),
    Fact.ECT_IS_IN_TRAINING: _ECT,
    Fact.STOPPING_DAY_STANDS: _needs("ect", "stopped_on"),
    Fact.ECT_HAS_MENTOR: _ECT,
    Fact.LEAD_PROVIDER_SEES_ECT: _ECT,
    Fact.LEAD_PROVIDER_IS_ASKED: _ECT,
    Fact.ECT_NEEDS_TRAINING: _ECT,
    Fact.TRAINING_ENDED_TOGETHER: _ECT,
    Fact.ECTS_NEED_TRAINING: _UNTRAINED,
    Fact.SEVERAL_NEED_TRAINING: _UNTRAINED,
    Fact.ENDED_WITH_A_PARTNER: _UNTRAINED,
    Fact.SAME_LEAD_PROVIDER_IS_OPEN: _UNTRAINED,
    Fact.SAME_PAIR_IS_OPEN: _UNTRAINED,
    Fact.ONE_APPROPRIATE_BODY: _UNTRAINED,
    Fact.LEAD_PROVIDER_SAID_NO: _EITHER,
    Fact.SCHOOL_CALLED_IT_WRONG: _EITHER,
    Fact.LEAD_PROVIDER_STOPPED_TRAINING: _ECT,
    Fact.SCHOOL_STOPPED_TRAINING: _ECT,
    Fact.TRAINING_BEGINS_ANEW: _EITHER,
    Fact.MENTORS_ARE_OFFERED: _ECT,
    Fact.MENTOR_STAYS: _needs("mentor"),
    Fact.MENTOR_WOULD_FOLLOW: _ECT,
    Fact.MENTOR_IS_THE_ECT: _needs("ect", "record_outcome"),
    Fact.MENTOR_IS_HERE_ALREADY: _needs("record_outcome"),
    Fact.MENTORS_ELSEWHERE: _needs("record_outcome"),
    Fact.MENTOR_START_STANDS: _needs("mentor_start_date"),
    Fact.MENTOR_STARTS_TRAINING: _MENTOR,
    Fact.MENTOR_IS_NOT_FUNDED: _MENTOR,
    Fact.MENTOR_TRAINS_ALREADY: _MENTOR,
    Fact.MENTOR_WAITS_FOR_ECT: _MENTOR,
    Fact.MENTOR_FOLLOWS_SCHOOL_LED: _MENTOR,
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
    "name": _needs("record_outcome|ect|untrained"),
    "name’s": _needs("record_outcome|ect|untrained"),
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
    "year": _needs("start_date|partnership|ect|untrained"),
    "working pattern": _needs("working_pattern"),
    "previous AB": _needs("start_date"),
    "previous LP": _needs("start_date"),
    "previous DP": _needs("start_date"),
    "AB": _needs("appropriate_body|previous_choices|ect|untrained"),
    "AB short": _needs("appropriate_body|previous_choices|ect|untrained"),
    "training": _needs("programme|previous_choices|lead_provider|training_provider|how_trained"),
    "LP": _PROVIDER,
    "LP contact": _PROVIDER,
    "DP": _PROVIDER,
    "existing DP": _needs("lead_provider|how_trained"),
    "linked DP": _needs("lead_provider|how_trained", "appropriate_body|ect|untrained"),
    "typed DP": _needs("training_provider|delivery_partner_name"),
    "LP 2": _DECIDED,
    "DP 1": _DECIDED,
    "told on": _DECIDED,
    "told why": _DECIDED,
    "declined on": _DECIDED,
    "declined why": _DECIDED,
    "n ECTs": _PARTNERSHIP,
    "who trains": _PARTNERSHIP,
    "their names": _PARTNERSHIP,
    "DP 2": _PARTNERSHIP,
    "what is wrong": _needs("what_is_wrong"),
    "LP now": _EITHER,
    "LP now contact": _EITHER,
    "DP now": _EITHER,
    "said on": _EITHER,
    "why now": _EITHER,
    "these ECTs": _UNTRAINED,
    "how many ECTs": _UNTRAINED,
    "left alone": _UNTRAINED,
    "who mentors": _ECT,
    "told last day": _ECT,
    "how it stands": _ECT,
    "begins on": _EITHER,
    "ECT": _ECT,
    "ECT’s": _ECT,
    "mentor": _MENTOR,
    "mentor’s": _MENTOR,
    "mentor start date": _MENTOR,
    "mentors from": _MENTOR,
    "other schools": _needs("record_outcome"),
    "why not funded": _MENTOR,
    "how mentoring stands": _MENTOR,
    "last day": _needs("last_day"),
    "stopped on": _needs("stopped_on"),
    "stopped why": _needs("stopped_reason"),
    "reply by": _needs("start_date|ect|untrained"),
    "ref": (),
    "sent on": (),
    "DP before": (),
    "LP before": (),
    "AB before": (),
}
"""What each placeholder in a journey’s words rests on."""
