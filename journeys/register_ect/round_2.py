"""Round 2, as tested in 2024: asks for the lead provider, then if the body is the delivery partner too.

Learned: lead provider names are recognised and the question works. Still untested when it was dropped: schools whose
appropriate body and delivery partner differ, organisations with two names, and bodies with several delivery partners.
Seen in the tested screenshots: both headings, the duty lines, the options, the placeholder and the toggles’ titles.
Ours: the toggles’ texts, the errors, the suggestions, the earlier pages and check answers.
"""

from app.domain.names import Fact, Outcome, Place, Rule, Source
from app.engine.conditions import chose, fact
from app.engine.vocabulary import (
    Ask,
    Autocomplete,
    CheckAnswers,
    Choice,
    Done,
    Either,
    Exemption,
    Journey,
    LinkTo,
    Para,
    Question,
    Radios,
    Row,
    Section,
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

LEAD_PROVIDER = Question(
    name="lead_provider",
    heading="Which lead provider will be training {name}",
    before=(
        Para(
            "Your lead provider is the organisation that designs the training and produces the materials. They are "
            "paid by the Department for Education."
        ),
    ),
    fields=(
        Radios(
            name="lead_provider",
            label="Lead provider",
            source=Source.LEAD_PROVIDERS,
            errors={"blank": "Select a lead provider"},
        ),
    ),
    after=(
        Toggle(
            "Find out more about lead providers",
            (
                Para(
                    "Lead providers design the training for early career teachers. Delivery partners run it for them."
                ),
            ),
        ),
    ),
)

SAME_ORGANISATION = Question(
    name="same_organisation",
    heading="Will {AB} also be the delivery partner for {name}'s training?",
    before=(Para("The delivery partner runs the training sessions in your area."),),
    fields=(
        Radios(
            name="same_organisation",
            label="Delivery partner",
            choices=(
                Choice("yes", "Yes"),
                Choice(
                    "no",
                    "No, the delivery partner is a different organisation",
                    reveals=Text(
                        name="delivery_partner_name",
                        label="Enter the delivery partner name",
                        rule=Rule.ORGANISATION_NAME,
                        placeholder="Enter organisation name",
                        suggestions=Source.PARTNER_NAMES_OF_LEAD_PROVIDER,
                        spellcheck=False,
                        errors={
                            "blank": "Enter the delivery partner name",
                            "too_long": "Name must be 200 characters or fewer",
                        },
                    ),
                ),
            ),
            errors={"blank": "Select yes if {AB} will also be the delivery partner"},
        ),
    ),
    after=(
        Toggle(
            "Find out more about delivery partners",
            (Para("A delivery partner runs the training in your area for a lead provider."),),
        ),
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
                Row(label="Lead provider", value="{LP}", change=("lead_provider",), what="lead provider"),
                Row(
                    label="Delivery partner",
                    value=Either(chose("same_organisation", "yes"), "{AB}", "{typed DP}"),
                    change=("same_organisation",),
                    what="delivery partner",
                ),
            ),
        ),
    ),
    button="Confirm details",
)

JOURNEY = Journey(
    slug="register-ect",
    variant="round-2",
    title="Register an early career teacher",
    about="Asks for the lead provider, then if the appropriate body is the delivery partner too.",
    outcome=Outcome.REGISTER_ECT,
    tabs="round-2",
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
        Ask(LEAD_PROVIDER),
        Ask(SAME_ORGANISATION),
        CHECK_ANSWERS,
    ),
    done=Done(
        heading="{name} is registered",
        blocks=(
            Para(
                "We have saved your answers.",
                when=fact(Fact.PARTNER_IS_KNOWN) | chose("same_organisation", "yes"),
            ),
            LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
        ),
    ),
    exceptions=(
        Exemption(
            selector="#same_organisation-2",
            reason="The tested option revealed a field: GOV.UK Frontend then says “expanded” of a radio button, "
            "which screen readers may not tell.",
        ),
    ),
)
