"""Questions about the teacher: finding their record, and what the school knows of them."""

from app.domain.names import RECORD_OUTCOMES, Action, Fact, Place, Remark, Rule, Subject
from app.engine.conditions import chose
from app.engine.vocabulary import (
    Banner,
    Bullets,
    Choice,
    Comparison,
    DateInput,
    Facts,
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
    before=(
        Para("This does not change the national teacher record. Only {record name} can ask for that."),
    ),
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

ANOTHER_SCHOOL_WAS_FIRST = Question(
    name="another_school_was_first",
    heading="Another school has just registered {name}",
    before=(
        Para(
            "We have not registered {name} at your school. Agree the start date with {name}, then check your answers "
            "again."
        ),
    ),
    subject=Subject.LAST_PERIOD,
    button="Check your answers",
)

REGISTERED_BEFORE = Question(
    name="registered_before",
    heading="{name} has been an ECT at another school",
    before=(
        Para("This is what {last school} told us. You cannot change it here."),
        Facts(
            (
                ("School", "{last school}"),
                ("Started there", "{last start}"),
                ("Appropriate body", "{last AB}"),
                ("Training", "{last training}"),
                ("Lead provider", "{last LP}"),
                ("Delivery partner", "{last DP}"),
            )
        ),
        Para(
            "Next, tell us about training at your school. It can be different. If you register {name}, their time at "
            "{last school} ends the day before they start with you."
        ),
    ),
    subject=Subject.LAST_PERIOD,
)

EMAIL = Question(
    name="email",
    heading="What email address does {name} use?",
    banners=(
        Banner(
            "This email address is now used by someone else",
            "Another ECT or mentor was given it while you were registering {name}. Enter one that only {name} uses. "
            "We kept your other answers.",
            remark=Remark.EMAIL_TAKEN_SINCE,
        ),
    ),
    before=(Para("Training organisations use it to contact {name}. You can change it later."),),
    fields=(
        Text(
            name="email",
            label="Email address",
            hint="Give one that only {name} reads, not a shared school address",
            rule=Rule.EMAIL,
            inputmode="email",
            spellcheck=False,
            errors={
                "blank": "Enter {name’s} email address",
                "wrong_shape": "Email address must look like name@school.sch.uk",
                "too_long": "Email address must be 254 characters or fewer",
                "in_use": "This email address belongs to another ECT or mentor, so enter one that only {name} uses",
            },
        ),
    ),
    subject=Subject.TEACHER,
    counts_while=Fact.EMAIL_IS_FREE,
)

START_DATE = Question(
    name="start_date",
    heading="When did {name} start, or when will they start, as an ECT at your school?",
    banners=(
        Banner(
            "Check the start date again",
            "The date you gave can no longer be used for {name}. We kept your other answers.",
            remark=Remark.START_DATE_FELL,
        ),
    ),
    fields=(
        DateInput(
            name="start_date",
            hint="Their first day as an ECT, even if their contract began earlier, like 1 9 2025",
            rule=Rule.START_DATE,
            errors={
                "blank": "Enter the date {name} starts as an ECT at your school",
                "part_missing": "Start date must include {missing}",
                "not_a_date": "Start date must be a date that exists, like 1 9 2025",
                "too_early": "Start date must be {earliest} or later",
                "too_soon_after": "Start date must be {date} or later, because {name} started at {last school} "
                "on {last start}",
                "too_far_ahead": "Start date must be {date} or earlier, because {name} is still registered at "
                "{last school}",
            },
        ),
    ),
    subject=Subject.TEACHER,
    counts_while=Fact.START_DATE_STANDS,
)

WORKING_PATTERN = Question(
    name="working_pattern",
    heading="Does {name} work full time or part time as an ECT?",
    fields=(
        Radios(
            name="working_pattern",
            hint="Leave out any other job they do at your school",
            choices=(
                Choice("full_time", "Full time"),
                Choice(
                    "part_time",
                    "Part time",
                    hints=("Their induction and training can be spread over a longer time",),
                ),
            ),
            errors={"blank": "Select if {name} works full time or part time as an ECT"},
        ),
    ),
    subject=Subject.TEACHER,
)
