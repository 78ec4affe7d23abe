"""Questions about an ECT’s mentor: one of the school’s own, or somebody registered now.

Nothing of a teacher’s record is shown before two details match.
"""

from app.domain.names import Action, Fact, Place, Remark, Rule, Source, Subject
from app.engine.conditions import chose, fact
from app.engine.vocabulary import (
    Banner,
    Choice,
    DateInput,
    Either,
    Facts,
    LinkTo,
    Para,
    Question,
    Radios,
)
from journeys.questions.finding import FIND_ECT, NATIONAL_INSURANCE_NUMBER

STARTS_TRAINING = fact(Fact.MENTOR_STARTS_TRAINING)
NOT_FUNDED = fact(Fact.MENTOR_IS_NOT_FUNDED)

MENTOR = Question(
    name="mentor",
    heading=Either(
        fact(Fact.ECT_HAS_MENTOR),
        "Who will mentor {ECT} from now on?",
        "Who will mentor {ECT}?",
    ),
    before=(
        Para("{who mentors} mentors {ECT} now.", when=fact(Fact.ECT_HAS_MENTOR)),
        Para("A mentor meets their ECT often, and supports them through induction and training."),
    ),
    fields=(
        Radios(
            name="mentor",
            hint="These are the mentors at your school",
            source=Source.MENTORS,
            choices=(Choice("new", "Register a new mentor", divided=True),),
            errors={"blank": "Select who will mentor {ECT}, or that you want to register a new mentor"},
        ),
    ),
    subject=Subject.MENTOR_NOW,
)

FIND_MENTOR = Question(
    name="find_mentor",
    heading="Who do you want to register as a mentor for {ECT}?",
    banners=(
        Banner(
            "Start again with the right TRN and date of birth",
            "We have cleared the ones you entered.",
            remark=Remark.STARTED_AGAIN,
        ),
    ),
    before=(
        Para("A mentor must have qualified teacher status. They cannot be the ECT they mentor."),
        Para(
            "We use these 2 answers to find their teacher record. We do not keep the date of birth, so you enter it "
            "again if you come back to this page."
        ),
    ),
    fields=FIND_ECT.fields,
    after=(LinkTo("If they do not know their TRN, they can look it up online.", place=Place.LOOK_UP_TRN),),
    action=Action.FIND_BY_BIRTH_DATE,
    derives=FIND_ECT.derives,
)

MENTORS_NUMBER = Question(
    name="mentors_number",
    heading="What is the mentor’s National Insurance number?",
    before=(
        Para(
            "The date of birth you entered is not the one on the record for TRN {trn}. This number is another way to "
            "make sure we have the right person. We do not keep it."
        ),
        LinkTo("Check the TRN and date of birth", page="find_mentor"),
    ),
    fields=NATIONAL_INSURANCE_NUMBER.fields,
    subject=Subject.LOOK_UP,
    action=Action.FIND_BY_NATIONAL_INSURANCE_NUMBER,
    derives=FIND_ECT.derives,
)

CHECK_MENTOR = Question(
    name="check_details",
    heading="Is {record name} the teacher who will mentor {ECT}?",
    banners=(
        Banner(
            "No qualified teacher status on the record",
            "The record does not show that {record name} has qualified teacher status (QTS). A mentor must have it, so "
            "check with them before you go on.",
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
                    forgets=("find_mentor", "mentors_number"),
                ),
            ),
            errors={"blank": "Select yes if {record name} is the teacher who will mentor {ECT}"},
        ),
    ),
    subject=Subject.LOOK_UP,
)

ONLY_HERE = Question(
    name="only_here",
    heading="Will {mentor} mentor only at your school from now on?",
    before=(
        Para(
            "Our records say that {mentor} is a mentor at {other schools}. A mentor can work with ECTs at more than "
            "one school."
        ),
    ),
    fields=(
        Radios(
            name="only_here",
            choices=(
                Choice(
                    "yes",
                    "Yes, only at our school",
                    hints=("Their time as a mentor at {other schools} ends",),
                ),
                Choice("no", "No, at other schools too", hints=("They start at your school today",)),
            ),
            errors={"blank": "Select yes if {mentor} will mentor only at your school from now on"},
        ),
    ),
    subject=Subject.MENTOR_ELSEWHERE,
)

MENTOR_START_DATE = Question(
    name="mentor_start_date",
    heading="When did {mentor} start, or when will they start, as a mentor at your school?",
    before=(Para("Their time as a mentor at {other schools} ends the day before."),),
    fields=(
        DateInput(
            name="mentor_start_date",
            hint="Their first day as a mentor at your school, like 1 9 2025",
            rule=Rule.MENTOR_START_DATE,
            errors={
                "blank": "Enter the date {mentor} starts as a mentor at your school",
                "part_missing": "Start date must include {missing}",
                "not_a_date": "Start date must be a date that exists, like 1 9 2025",
                "too_early": "Start date must be {earliest} or later, because of when {mentor} started at "
                "{other schools}",
                "too_far_ahead": "Start date must be {date} or earlier, because {mentor} is still a mentor at "
                "{other schools}",
            },
        ),
    ),
    subject=Subject.MENTOR_ELSEWHERE,
    counts_while=Fact.MENTOR_START_STANDS,
)

MENTOR_NOT_FUNDED = Question(
    name="mentor_not_funded",
    heading="{mentor} can mentor, but not be trained again",
    before=(
        Para(
            "DfE does not pay for {mentor’s} training as a mentor, because {why not funded}. They can still mentor "
            "{ECT}. We will not register them for training."
        ),
    ),
    subject=Subject.MENTOR_TRAINING,
)

MENTOR_TRAINING = Question(
    name="mentor_training",
    heading="{LP now} will train {mentor}",
    before=(
        Para(
            "Mentors are trained too. {LP now} trains {ECT}, so we register {mentor} for mentor training with it as "
            "well, unless you name another lead provider. Your school does not pay for this training."
        ),
        Facts((("Lead provider", "{LP now}"), ("Delivery partner", "{DP now}"))),
    ),
    fields=(
        Radios(
            name="mentor_training",
            label="Will {LP now} train {mentor}?",
            choices=(
                Choice("same", "Yes, {LP now}"),
                Choice(
                    "another",
                    "No, another lead provider",
                    hints=("Next, you choose which one",),
                ),
            ),
            errors={"blank": "Select yes if {LP now} will train {mentor}"},
        ),
    ),
    subject=Subject.MENTOR_TRAINING,
)
