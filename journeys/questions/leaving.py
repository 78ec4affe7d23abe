"""Questions about an ECT who leaves the school, or stays and trains no more.

Only leaving for good counts: whoever comes back after a while has not left. (School journey, “Report leaving”.)
"""

from app.domain.names import Fact, Rule, Subject
from app.engine.conditions import fact
from app.engine.vocabulary import Choice, DateInput, Either, Para, Question, Radios

WHAT_HAS_CHANGED = Question(
    name="what_has_changed",
    heading="What has changed for {name}?",
    fields=(
        Radios(
            name="what_has_changed",
            hint="You do not need to tell us about a job share, a change of hours or an absence of a few weeks",
            choices=(
                Choice(
                    "leaving",
                    Either(
                        fact(Fact.LEAVING_IS_REPORTED),
                        "They do not leave on {told last day}, but on another day",
                        "They are leaving our school, or have left it",
                    ),
                    hints=("Only if they do not come back",),
                ),
                Choice(
                    "stopped",
                    "They stay at our school, but have stopped training",
                    hints=("We do not need to know about a short break",),
                    refused=~fact(Fact.ECT_IS_IN_TRAINING),
                ),
            ),
            errors={
                "blank": "Select what has changed for {name}",
                "stopped": "{name} is not in training now, so you can only tell us that they are leaving",
            },
        ),
    ),
    subject=Subject.ECT_AT_SCHOOL,
)

LAST_DAY = Question(
    name="last_day",
    heading="What is {name’s} last day at your school?",
    before=(
        Para(
            Either(
                fact(Fact.ANOTHER_SCHOOL_REGISTERED_ECT),
                "Another school has registered {name}, so their last day at yours is {told last day}.",
                "You told us that their last day is {told last day}.",
            ),
            when=fact(Fact.LEAVING_IS_REPORTED),
        ),
    ),
    fields=(
        DateInput(
            name="last_day",
            label="Last day",
            hint="The last day of their contract, like 31 8 2026",
            rule=Rule.LAST_DAY,
            errors={
                "blank": "Enter {name’s} last day at your school",
                "part_missing": "Last day must include {missing}",
                "not_a_date": "Last day must be a date that exists, like 31 8 2026",
                "too_early": "Last day must be {earliest} or later, because {name} started on {earliest}",
                "too_far_ahead": "Last day must be {date} or earlier: come back within 4 months of the day",
                "registered_elsewhere": "Last day must be {date} or earlier, because another school has registered "
                "{name} from the day after",
                "told_already": "You have already told us that their last day is {told last day}, so enter another day",
                "so_already": "Their last day is {told last day} already, so enter another day",
            },
        ),
    ),
    subject=Subject.ECT_AT_SCHOOL,
    counts_while=Fact.LAST_DAY_STANDS,
)

STOPPED_ON = Question(
    name="stopped_on",
    heading="When did {name} stop training?",
    fields=(
        DateInput(
            name="stopped_on",
            hint="The last day on which they were in training, like 31 3 2026",
            rule=Rule.STOPPING_DAY,
            errors={
                "blank": "Enter the date {name} stopped training",
                "part_missing": "Date must include {missing}",
                "not_a_date": "Date must be a date that exists, like 31 3 2026",
                "too_early": "Date must be {earliest} or later, because training started on {earliest}",
                "ahead": "Date must be today or in the past",
            },
        ),
    ),
    subject=Subject.ECT_AT_SCHOOL,
    counts_while=Fact.STOPPING_DAY_STANDS,
)

STOPPED_REASON = Question(
    name="stopped_reason",
    heading="Why has {name} stopped training?",
    fields=(
        Radios(
            name="stopped_reason",
            hint="We do not tell anybody the reason",
            choices=(
                Choice("long_leave", "They are away for a long time, like parental leave or illness"),
                Choice("another_job", "They have another job at our school, not as an ECT"),
                Choice("not_suitable", "The training does not suit them"),
                Choice("other", "Another reason"),
            ),
            errors={"blank": "Select why {name} has stopped training"},
        ),
    ),
    subject=Subject.ECT_AT_SCHOOL,
)
