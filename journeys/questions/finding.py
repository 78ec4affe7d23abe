"""Questions that find the teacher’s record: nothing of it is shown before two details match."""

from app.domain.names import RECORD_OUTCOMES, Action, Place, Remark, Rule, Subject
from app.engine.conditions import chose
from app.engine.vocabulary import (
    Banner,
    Bullets,
    Choice,
    Comparison,
    DateInput,
    LinkTo,
    Para,
    Question,
    Radios,
    Text,
)

WHAT_YOU_WILL_NEED = Question(
    name="what_you_will_need",
    heading="Before you register an ECT",
    before=(
        Para("An early career teacher (ECT) is in their first 2 years of teaching after they qualify."),
        Bullets(
            (
                "teacher reference number (TRN)",
                "date of birth",
                "an email address only they read",
                "first day as an ECT at your school",
                "full time or part time as an ECT",
            ),
            lead_in="About the teacher",
        ),
        Bullets(
            (
                "your appropriate body",
                "your lead provider, if training is provider-led",
                "your delivery partner, if you know it",
            ),
            lead_in="About their induction and training",
        ),
        Para(
            "You can stop at any point. What you have told us stays on your ECTs page until {kept until}. "
            "You choose a mentor afterwards."
        ),
        Comparison(),
    ),
)

FIND_ECT = Question(
    name="find_ect",
    heading="Which teacher do you want to register?",
    banners=(
        Banner(
            "Start again with the right TRN and date of birth",
            "We have cleared the ones you entered.",
            remark=Remark.STARTED_AGAIN,
        ),
    ),
    before=(
        Para(
            "We use these 2 answers to find their teacher record. We do not keep the date of birth, so you enter it "
            "again if you come back to this page."
        ),
    ),
    fields=(
        Text(
            name="trn",
            label="Teacher reference number (TRN)",
            hint="Up to 7 numbers, sometimes written like RP12/34567",
            rule=Rule.TRN,
            width="10",
            inputmode="text",
            spellcheck=False,
            errors={
                "blank": "Enter a teacher reference number (TRN)",
                "no_digits": "Teacher reference number (TRN) must have numbers in it, like 1234567",
                "too_short": "Teacher reference number (TRN) must have at least 5 numbers",
                "too_long": "Teacher reference number (TRN) must have 7 numbers or fewer",
            },
        ),
        DateInput(
            name="date_of_birth",
            label="Date of birth",
            hint="Like 27 3 2001",
            rule=Rule.BIRTH_DATE,
            kept=False,
            errors={
                "blank": "Enter their date of birth",
                "part_missing": "Date of birth must include {missing}",
                "not_a_date": "Date of birth must be a date that exists, like 27 3 2001",
                "not_past": "Date of birth must be before today",
                "unlikely_age": "Check the year of birth: it makes this teacher {n} years old",
            },
        ),
    ),
    after=(LinkTo("If they do not know their TRN, they can look it up online.", place=Place.LOOK_UP_TRN),),
    action=Action.FIND_BY_BIRTH_DATE,
    derives={
        "record_outcome": RECORD_OUTCOMES,
        "record_trn": (),
        "record_name": (),
        "record_qts": ("yes", "no"),
        "record_finished_on": (),
        "record_checked_at": (),
    },
)

NATIONAL_INSURANCE_NUMBER = Question(
    name="national_insurance_number",
    heading="What is their National Insurance number?",
    before=(
        Para(
            "The date of birth you entered is not the one on the record for TRN {trn}. This number is another way to "
            "make sure we have the right person. We do not keep it."
        ),
        LinkTo("Check the TRN and date of birth", page="find_ect"),
    ),
    fields=(
        Text(
            name="national_insurance_number",
            label="National Insurance number",
            hint="It has 2 letters, 6 numbers and a last letter, like QQ 12 34 56 C",
            rule=Rule.NATIONAL_INSURANCE_NUMBER,
            width="10",
            spellcheck=False,
            kept=False,
            errors={
                "blank": "Enter a National Insurance number",
                "wrong_shape": "National Insurance number must have 2 letters, 6 numbers and then A, B, C or D",
            },
        ),
    ),
    subject=Subject.LOOK_UP,
    action=Action.FIND_BY_NATIONAL_INSURANCE_NUMBER,
    derives={
        "record_outcome": RECORD_OUTCOMES,
        "record_trn": (),
        "record_name": (),
        "record_qts": ("yes", "no"),
        "record_finished_on": (),
        "record_checked_at": (),
    },
)

CHECK_DETAILS = Question(
    name="check_details",
    heading="Is {record name} the teacher you want to register?",
    banners=(
        Banner(
            "No qualified teacher status yet",
            "The record does not show that {record name} has qualified teacher status (QTS) yet. You can register "
            "them, but induction cannot start until they have it.",
            when=chose("record_qts", "no"),
        ),
    ),
    fields=(
        Radios(
            name="check_details",
            hint="This is the name on the record for TRN {trn}",
            choices=(
                Choice("yes", "Yes"),
                Choice("new_name", "Yes, but the name has changed or is spelt differently"),
                Choice(
                    "different_person",
                    "No, this is a different person",
                    forgets=("find_ect", "national_insurance_number"),
                ),
            ),
            errors={"blank": "Select yes if {record name} is the teacher you want to register"},
        ),
    ),
    subject=Subject.LOOK_UP,
)

CORRECTED_NAME = Question(
    name="corrected_name",
    heading="What name should we use for {record name}?",
    before=(Para("This does not change the national teacher record. Only {record name} can ask for that."),),
    fields=(
        Text(
            name="corrected_name",
            label="Full name",
            hint="We use it in this service and give it to their training organisations",
            rule=Rule.NAME,
            filled_with="{record name}",
            spellcheck=False,
            errors={"blank": "Enter the name to use", "too_long": "Name must be 70 characters or fewer"},
        ),
    ),
    subject=Subject.TEACHER,
)
