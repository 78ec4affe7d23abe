"""The names that journey files may point at; what each of them needs to have been asked is in `needs`.

A journey says `fact(Fact.ALREADY_HERE)`; the services answer it. Start-up checks use those tables to refuse a
journey that uses a name before what it rests on has been asked. (House, “A journey file”.)
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of record that a run can be about. What rests on the record is known from the first page.

    `UNTRAINED` is a partnership too, for everybody whose training it was and who has none now.
    """

    PARTNERSHIP = "partnership"
    ECT = "ect"
    UNTRAINED = "untrained"


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
    ECTS_TRAIN_IN_IT = "ects_train_in_it"
    SOMEBODY_TRAINS_IN_IT = "somebody_trains_in_it"
    ANOTHER_PARTNER_IS_NAMED = "another_partner_is_named"
    SECOND_LEAD_PROVIDER = "second_lead_provider"
    SECOND_PARTNER = "second_partner"
    CHALLENGED_BEFORE = "challenged_before"
    DECLINED_BEFORE = "declined_before"
    ECT_HAS_LEFT = "ect_has_left"
    LEAVING_IS_REPORTED = "leaving_is_reported"
    ANOTHER_SCHOOL_REGISTERED_ECT = "another_school_registered_ect"
    LAST_DAY_STANDS = "last_day_stands"
    LAST_DAY_IS_PAST = "last_day_is_past"
    ECT_IS_IN_TRAINING = "ect_is_in_training"
    STOPPING_DAY_STANDS = "stopping_day_stands"
    ECT_HAS_MENTOR = "ect_has_mentor"
    LEAD_PROVIDER_SEES_ECT = "lead_provider_sees_ect"
    LEAD_PROVIDER_IS_ASKED = "lead_provider_is_asked"
    ECT_NEEDS_TRAINING = "ect_needs_training"
    TRAINING_ENDED_TOGETHER = "training_ended_together"
    ECTS_NEED_TRAINING = "ects_need_training"
    SEVERAL_NEED_TRAINING = "several_need_training"
    ENDED_WITH_A_PARTNER = "ended_with_a_partner"
    SAME_LEAD_PROVIDER_IS_OPEN = "same_lead_provider_is_open"
    SAME_PAIR_IS_OPEN = "same_pair_is_open"
    ONE_APPROPRIATE_BODY = "one_appropriate_body"
    LEAD_PROVIDER_SAID_NO = "lead_provider_said_no"
    SCHOOL_CALLED_IT_WRONG = "school_called_it_wrong"
    LEAD_PROVIDER_STOPPED_TRAINING = "lead_provider_stopped_training"
    SCHOOL_STOPPED_TRAINING = "school_stopped_training"
    TRAINING_IS_CHOSEN_AGAIN = "training_is_chosen_again"
    TRAINING_BEGINS_ANEW = "training_begins_anew"
    MENTORS_ARE_OFFERED = "mentors_are_offered"
    MENTOR_STAYS = "mentor_stays"
    MENTOR_WOULD_FOLLOW = "mentor_would_follow"
    MENTOR_IS_THE_ECT = "mentor_is_the_ect"
    MENTOR_IS_HERE_ALREADY = "mentor_is_here_already"
    MENTORS_ELSEWHERE = "mentors_elsewhere"
    MENTOR_START_STANDS = "mentor_start_stands"
    MENTOR_STARTS_TRAINING = "mentor_starts_training"
    MENTOR_IS_NOT_FUNDED = "mentor_is_not_funded"
    MENTOR_TRAINS_ALREADY = "mentor_trains_already"
    MENTOR_WAITS_FOR_ECT = "mentor_waits_for_ect"
    MENTOR_FOLLOWS_SCHOOL_LED = "mentor_follows_school_led"
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
    SOMEBODY_IS_LEFT_ALONE = "somebody_is_left_alone"


class Source(StrEnum):
    """Lists that options come from."""

    APPROPRIATE_BODIES = "appropriate_bodies"
    LEAD_PROVIDERS = "lead_providers"
    DELIVERY_PARTNERS = "delivery_partners"
    ALL_DELIVERY_PARTNERS = "all_delivery_partners"
    DELIVERY_PARTNER_NAMES = "delivery_partner_names"
    PARTNER_NAMES_OF_LEAD_PROVIDER = "partner_names_of_lead_provider"
    MENTORS = "mentors"


class Rule(StrEnum):
    """How a typed answer is judged."""

    TRN = "trn"
    BIRTH_DATE = "birth_date"
    NATIONAL_INSURANCE_NUMBER = "national_insurance_number"
    NAME = "name"
    EMAIL = "email"
    START_DATE = "start_date"
    LAST_DAY = "last_day"
    STOPPING_DAY = "stopping_day"
    MENTOR_START_DATE = "mentor_start_date"
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
    PROVIDER_AND_PARTNER = "provider_and_partner"
    WHO_TRAINS = "who_trains"
    PARTNER_NAMED = "partner_named"
    ECT_AT_SCHOOL = "ect_at_school"
    TRAINING_NOW = "training_now"
    WHOSE_TRAINING_ENDED = "whose_training_ended"
    MENTOR_NOW = "mentor_now"
    MENTOR_ELSEWHERE = "mentor_elsewhere"
    MENTOR_TRAINING = "mentor_training"


class Action(StrEnum):
    """What runs when a page is answered, besides keeping the answer."""

    FIND_BY_BIRTH_DATE = "find_by_birth_date"
    FIND_BY_NATIONAL_INSURANCE_NUMBER = "find_by_national_insurance_number"


class Outcome(StrEnum):
    """What happens when the answers are sent."""

    REGISTER_ECT = "register_ect"
    CHALLENGE_PARTNERSHIP = "challenge_partnership"
    ANSWER_LEAD_PROVIDER = "answer_lead_provider"
    REPORT_CHANGE = "report_change"
    CHOOSE_TRAINING = "choose_training"
    CHOOSE_TOGETHER = "choose_together"
    ASSIGN_MENTOR = "assign_mentor"


class Place(StrEnum):
    """Pages outside the journey that its links may lead to."""

    YOUR_ECTS = "your_ects"
    PARTNERSHIPS = "partnerships"
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
    Rule.LAST_DAY: frozenset(
        {
            "blank",
            "part_missing",
            "not_a_date",
            "too_early",
            "too_far_ahead",
            "registered_elsewhere",
            "told_already",
            "so_already",
        }
    ),
    Rule.STOPPING_DAY: frozenset({"blank", "part_missing", "not_a_date", "too_early", "ahead"}),
    Rule.MENTOR_START_DATE: frozenset({"blank", "part_missing", "not_a_date", "too_early", "too_far_ahead"}),
    Rule.ORGANISATION_NAME: frozenset({"blank", "too_long"}),
}
"""Every reason a rule can refuse for: a question must have words for each."""


REASON_DETAILS: Mapping[Rule, frozenset[str]] = {
    Rule.TRN: frozenset(),
    Rule.BIRTH_DATE: frozenset({"missing", "n"}),
    Rule.NATIONAL_INSURANCE_NUMBER: frozenset(),
    Rule.NAME: frozenset(),
    Rule.EMAIL: frozenset(),
    Rule.START_DATE: frozenset({"missing", "earliest", "date"}),
    Rule.LAST_DAY: frozenset({"missing", "earliest", "date"}),
    Rule.STOPPING_DAY: frozenset({"missing", "earliest"}),
    Rule.MENTOR_START_DATE: frozenset({"missing", "earliest", "date"}),
    Rule.ORGANISATION_NAME: frozenset(),
}
"""Extra placeholders that a refusal itself fills in its message."""
