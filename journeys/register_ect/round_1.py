"""Round 1, as tested in 2024: asks only for the organisation that provides the training.

Learned: it failed. People mixed up delivery partners, lead providers and appropriate bodies when the question avoided
the terms, nobody opened the toggle, and the lead provider can’t be worked out when a partner works with several.
Seen in the tested screenshots: the question’s heading, its body text, the placeholder and the toggle’s title. Ours: the
toggle’s text, the errors, the earlier pages, check answers, and the page for a partner with several lead providers.
"""

from app.domain.names import Fact, Outcome, Place, Rule, Source
from app.engine.conditions import chose, fact
from app.engine.vocabulary import (
    Ask,
    Autocomplete,
    CheckAnswers,
    Done,
    Either,
    Journey,
    LinkTo,
    Para,
    Question,
    Row,
    Section,
    Stop,
    Text,
    Toggle,
)
from journeys.questions.dead_ends import (
    ALREADY_HERE,
    EXEMPT,
    FAILED,
    NO_SUCH_TRN,
    NUMBER_DOES_NOT_MATCH,
    PASSED,
    PROHIBITED,
    RECORDS_NOT_ANSWERING,
    YEAR_NOT_OPEN,
)
from journeys.questions.finding import (
    CHECK_DETAILS,
    CORRECTED_NAME,
    FIND_ECT,
    NATIONAL_INSURANCE_NUMBER,
)
from journeys.questions.teacher import (
    EMAIL,
    START_DATE,
    WORKING_PATTERN,
)

APPROPRIATE_BODY = Question(
    name="appropriate_body",
    heading="Which appropriate body will be supporting {name}'s induction?",
    before=(Para("Enter the name of your appropriate body."),),
    fields=(
        Autocomplete(
            name="appropriate_body",
            label="Appropriate body",
            source=Source.APPROPRIATE_BODIES,
            errors={
                "blank": "Select an appropriate body",
                "not_in_list": "Select an appropriate body from the list",
            },
        ),
    ),
)

TRAINING_PROVIDER = Question(
    name="training_provider",
    heading="Who will provide training for {name}?",
    before=(
        Para("Start entering the organisation providing training, also known as your delivery partner."),
    ),
    fields=(
        Text(
            name="training_provider",
            label="Delivery partner name",
            rule=Rule.ORGANISATION_NAME,
            placeholder="Enter delivery partner name",
            suggestions=Source.DELIVERY_PARTNER_NAMES,
            spellcheck=False,
            errors={
                "blank": "Enter the name of the organisation providing training",
                "too_long": "Name must be 200 characters or fewer",
            },
        ),
    ),
    after=(
        Toggle(
            "What is a delivery partner?",
            (
                Para(
                    "A delivery partner is an organisation that runs training for early career teachers in your area."
                ),
            ),
        ),
    ),
)

SEVERAL_LEAD_PROVIDERS = Stop(
    name="cannot_tell_lead_provider",
    heading="We cannot tell who {name}'s lead provider is",
    when=fact(Fact.NAMED_PARTNER_HAS_SEVERAL_LEAD_PROVIDERS),
    blocks=(
        Para(
            "{typed DP} works with more than one lead provider, so its name does not tell us which of them will "
            "train {name}. Nothing has been saved."
        ),
    ),
    links=(
        LinkTo("Change the delivery partner", page="training_provider"),
        LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
    ),
)

CHECK_ANSWERS = CheckAnswers(
    heading="Check your answers",
    sections=(
        Section(
            heading="Early career teacher",
            rows=(
                Row(label="Name", value="{name}", change=("corrected_name", "check_details"), what="name"),
                Row(label="TRN", value="{trn}"),
                Row(label="Email address", value="{email}", change=("email",), what="email address"),
                Row(label="Start date", value="{start date}", change=("start_date",), what="start date"),
                Row(
                    label="Working pattern",
                    value="{working pattern}",
                    change=("working_pattern",),
                    what="working pattern",
                ),
            ),
        ),
        Section(
            heading="Training",
            rows=(
                Row(
                    label="Appropriate body",
                    value="{AB}",
                    change=("appropriate_body",),
                    what="appropriate body",
                ),
                Row(
                    label="Delivery partner",
                    value="{typed DP}",
                    change=("training_provider",),
                    what="delivery partner",
                ),
                Row(
                    label="Lead provider",
                    value=Either(fact(Fact.NAMED_PARTNER_IS_IN_THE_LIST), "{LP}", ""),
                ),
            ),
        ),
    ),
    button="Confirm details",
)

JOURNEY = Journey(
    slug="register-ect",
    variant="round-1",
    title="Register an early career teacher",
    about="Asks only who provides the training. The lead provider is worked out from the delivery partner.",
    outcome=Outcome.REGISTER_ECT,
    tabs="round-1",
    pages=(
        Ask(FIND_ECT),
        NO_SUCH_TRN,
        Ask(NATIONAL_INSURANCE_NUMBER, when=chose("record_outcome", "birth_date_differs")),
        NUMBER_DOES_NOT_MATCH,
        RECORDS_NOT_ANSWERING,
        ALREADY_HERE,
        PROHIBITED,
        PASSED,
        FAILED,
        EXEMPT,
        Ask(CHECK_DETAILS),
        Ask(CORRECTED_NAME, when=chose("check_details", "new_name")),
        Ask(EMAIL),
        Ask(START_DATE),
        YEAR_NOT_OPEN,
        Ask(WORKING_PATTERN),
        Ask(APPROPRIATE_BODY),
        Ask(TRAINING_PROVIDER),
        SEVERAL_LEAD_PROVIDERS,
        CHECK_ANSWERS,
    ),
    done=Done(
        heading="{name} is registered",
        blocks=(
            Para("We have saved your answers.", when=fact(Fact.NAMED_PARTNER_IS_IN_THE_LIST)),
            LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
        ),
    ),
)
