"""Register an ECT, as schools use it.

Asks for the lead provider first, then whether the school’s existing partner, or the appropriate body’s own delivery
partner, runs the training (by name, and only when there is exactly one), then offers the partners that work with that
lead provider. Still to be tested with schools: the two ways out of the list, and the page for partners to be confirmed.
(School journey, “Register an ECT: live journey”; Words, tables 1 to 5.)
"""

from app.domain.names import Fact, Outcome, Place
from app.engine.conditions import chose, fact
from app.engine.vocabulary import (
    Ask,
    Banner,
    CheckAnswers,
    Done,
    Either,
    Journey,
    LinkTo,
    Para,
    Row,
    Section,
    Subheading,
)
from journeys.questions.dead_ends import (
    ALREADY_HERE,
    ALREADY_SENT,
    COLLEAGUE_WAS_FIRST,
    EXEMPT,
    FAILED,
    FORGOTTEN,
    LEAD_PROVIDER_NOT_KNOWN,
    NO_APPROPRIATE_BODY,
    NO_SUCH_TRN,
    NUMBER_DOES_NOT_MATCH,
    PASSED,
    PROHIBITED,
    RECORDS_NOT_ANSWERING,
    REGISTRATION_CLOSED,
    SCHOOL_CANNOT_GET_TRAINING,
    YEAR_NOT_OPEN,
)
from journeys.questions.finding import (
    CHECK_DETAILS,
    CORRECTED_NAME,
    FIND_ECT,
    NATIONAL_INSURANCE_NUMBER,
    WHAT_YOU_WILL_NEED,
)
from journeys.questions.partnership import (
    DECLINED_BEFORE,
    DELIVERY_PARTNER,
    EXISTING_PARTNER,
    NAMED_PARTNER,
    NEVER_WORKED_WITH_IT,
    NOT_LISTED,
    PARTNER_TO_BE_CONFIRMED,
    SAID_WRONG_BEFORE,
    SAME_ORGANISATION,
    UNKNOWN_PARTNER,
)
from journeys.questions.teacher import (
    ANOTHER_SCHOOL_WAS_FIRST,
    EMAIL,
    REGISTERED_BEFORE,
    START_DATE,
    WORKING_PATTERN,
)
from journeys.questions.training import (
    APPROPRIATE_BODY,
    LEAD_PROVIDER,
    PREVIOUS_CHOICES,
    PROGRAMME,
)

NEW_CHOICES = ~chose("previous_choices", "yes")
PROVIDER_LED = NEW_CHOICES & chose("programme", "provider_led")
HAS_PARTNERS = PROVIDER_LED & ~fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS)
LOOKS_FURTHER = HAS_PARTNERS & ~chose("existing_partner", "yes", "unknown")
FROM_THE_LIST = LOOKS_FURTHER & ~chose("same_organisation", "yes", "unknown")
NONE_LIKELY = fact(Fact.PARTNER_LIST_IS_LONG) & fact(Fact.NO_LIKELY_PARTNERS)
TO_BE_CONFIRMED = PROVIDER_LED & (fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS) | NOT_LISTED | UNKNOWN_PARTNER)
IS_PROVIDER_LED = fact(Fact.TRAINING_IS_PROVIDER_LED)
IS_ACTIVE = fact(Fact.PARTNERSHIP_IS_ACTIVE)
DECIDES_TRAINING = ("programme", "previous_choices")
DECIDES_PARTNER = (
    "existing_partner",
    "same_organisation",
    "delivery_partner",
    "named_partner",
    "lead_provider",
    "previous_choices",
)

CHECK_ANSWERS = CheckAnswers(
    heading="Check your answers, then register {name}",
    before=(Para("Nothing has been sent yet."),),
    banners=(
        Banner(
            "No qualified teacher status yet",
            "Funding for {name’s} training waits until their record shows qualified teacher status (QTS).",
            when=chose("record_qts", "no"),
        ),
    ),
    holding="{year}",
    stale=Banner(
        "Your answers have changed",
        "Someone, or you in another tab, changed an answer after this page was opened. Check the answers again before "
        "you register {name}.",
    ),
    sections=(
        Section(
            heading="About {name}",
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
            after=(LinkTo("This is the wrong teacher", page="find_ect"),),
        ),
        Section(
            heading="Induction and training",
            rows=(
                Row(
                    label="Same training as last time",
                    value=Either(chose("previous_choices", "yes"), "Yes", "No"),
                    change=("previous_choices",),
                    what="if you want the same training as last time",
                    when=chose("previous_choices", "yes", "no"),
                ),
                Row(
                    label="Appropriate body",
                    value="{AB}",
                    change=("appropriate_body", "previous_choices"),
                    what="appropriate body",
                ),
                Row(label="Training", value="{training}", change=DECIDES_TRAINING, what="training"),
                Row(
                    label="Lead provider",
                    value="{LP}",
                    change=("lead_provider", "previous_choices"),
                    what="lead provider",
                    when=IS_PROVIDER_LED,
                ),
                Row(
                    label="Delivery partner",
                    value=Either(fact(Fact.PARTNER_IS_KNOWN), "{DP}", "{LP} will confirm this"),
                    notes=(
                        Either(fact(Fact.PARTNER_IS_PART_OF_BODY), "Part of {AB}, your appropriate body"),
                    ),
                    change=DECIDES_PARTNER,
                    what="delivery partner",
                    when=IS_PROVIDER_LED,
                ),
            ),
        ),
    ),
    after=(
        Para(
            "{name} will join the training your school already has with {LP} and {DP}.",
            when=fact(Fact.PARTNERSHIP_IS_LIVE) & fact(Fact.PARTNER_IS_KNOWN),
        ),
        NEVER_WORKED_WITH_IT,
        Para(
            "Your school also works with {LP 2} in {year}. {name} will be the first with {LP}.",
            when=fact(Fact.SECOND_LEAD_PROVIDER),
        ),
        Para("Your other ECTs stay with {DP 1}.", when=fact(Fact.SECOND_PARTNER)),
        SAID_WRONG_BEFORE,
        DECLINED_BEFORE,
        Subheading("What happens when you register {name}"),
        Para(
            "We ask {LP} to confirm that it will train {name}. It sees {name’s} TRN and email address only after it "
            "says yes.",
            when=IS_PROVIDER_LED & ~IS_ACTIVE,
        ),
        Para("{LP} can see {name’s} details straight away.", when=IS_PROVIDER_LED & IS_ACTIVE),
        Para("We do not tell any training organisation.", when=~IS_PROVIDER_LED),
        Para("We do not tell {AB}. You register {name} with it yourself."),
    ),
    button="Register this ECT",
)

DONE = Done(
    heading="{name} is registered",
    blocks=(
        Subheading("Do these next"),
        Para(
            "Register {name} with {AB}, if you have not already. Induction cannot start until you do, and this "
            "service does not do it for you."
        ),
        Para("Then choose a mentor for {name}. Your ECTs page shows who still needs one."),
        Subheading("What happens next"),
        Para(
            "We have asked {LP} to confirm that it will train {name} with {DP}. Until it does, your ECTs page says "
            "“Waiting for {LP}”. It can say no. If it does, we show you why and you choose again. If you have heard "
            "nothing by {reply by}, contact {LP}: {LP contact}.",
            when=IS_PROVIDER_LED & ~IS_ACTIVE & fact(Fact.PARTNER_IS_KNOWN),
        ),
        Para(
            "{LP} will agree a delivery partner with your school. If you have heard nothing by {reply by}, contact "
            "{LP}: {LP contact}.",
            when=IS_PROVIDER_LED & ~fact(Fact.PARTNER_IS_KNOWN),
        ),
        Para("{LP} will send {name} details of their training.", when=IS_PROVIDER_LED & IS_ACTIVE),
        Para("Your school can start {name’s} training.", when=~IS_PROVIDER_LED),
        Para("Keep this page: print it or save it."),
        LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
        LinkTo("What did you think of this service?", place=Place.FEEDBACK),
    ),
)

JOURNEY = Journey(
    slug="register-ect",
    variant="live",
    title="Register an early career teacher",
    about="The journey that schools use.",
    outcome=Outcome.REGISTER_ECT,
    pages=(
        SCHOOL_CANNOT_GET_TRAINING,
        REGISTRATION_CLOSED,
        Ask(WHAT_YOU_WILL_NEED),
        Ask(FIND_ECT),
        NO_SUCH_TRN,
        Ask(NATIONAL_INSURANCE_NUMBER, when=chose("record_outcome", "birth_date_differs")),
        NUMBER_DOES_NOT_MATCH,
        RECORDS_NOT_ANSWERING,
        COLLEAGUE_WAS_FIRST,
        ALREADY_HERE,
        PROHIBITED,
        PASSED,
        FAILED,
        EXEMPT,
        Ask(CHECK_DETAILS),
        Ask(CORRECTED_NAME, when=chose("check_details", "new_name")),
        Ask(ANOTHER_SCHOOL_WAS_FIRST, when=fact(Fact.ANOTHER_SCHOOL_WAS_FIRST)),
        Ask(REGISTERED_BEFORE, when=fact(Fact.REGISTERED_ELSEWHERE)),
        Ask(EMAIL),
        Ask(START_DATE),
        YEAR_NOT_OPEN,
        Ask(WORKING_PATTERN),
        Ask(PREVIOUS_CHOICES, when=fact(Fact.PREVIOUS_CHOICES_HOLD)),
        Ask(APPROPRIATE_BODY, when=NEW_CHOICES),
        NO_APPROPRIATE_BODY,
        Ask(PROGRAMME, when=NEW_CHOICES),
        Ask(LEAD_PROVIDER, when=PROVIDER_LED),
        LEAD_PROVIDER_NOT_KNOWN,
        Ask(EXISTING_PARTNER, when=HAS_PARTNERS & fact(Fact.SCHOOL_HAS_ONE_PARTNER_HERE)),
        Ask(SAME_ORGANISATION, when=LOOKS_FURTHER & fact(Fact.BODY_IS_THE_ONE_ELIGIBLE_PARTNER)),
        Ask(DELIVERY_PARTNER, when=FROM_THE_LIST & ~NONE_LIKELY),
        Ask(NAMED_PARTNER, when=FROM_THE_LIST & (NONE_LIKELY | chose("delivery_partner", "another"))),
        Ask(PARTNER_TO_BE_CONFIRMED, when=TO_BE_CONFIRMED),
        CHECK_ANSWERS,
    ),
    done=DONE,
    place=Place.YOUR_ECTS,
    begin="Register an ECT",
    again=ALREADY_SENT,
    over=FORGOTTEN,
)
