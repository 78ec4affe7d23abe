"""Questions about the teacher, asked once their record is found."""

from app.domain.names import Fact, Remark, Rule, Subject
from app.engine.vocabulary import (
    Banner,
    Choice,
    DateInput,
    Facts,
    Para,
    Question,
    Radios,
    Text,
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
