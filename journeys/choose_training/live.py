"""Choose training again for an ECT who has none, as schools use it.

Begun from the ECT’s page: their lead provider has stopped their training, or the school said that it had stopped. Says
first what happened, then asks as a registration does. Where training ended for everybody of a partnership, one answer
counts for all of them: that is `choose_together`. (School journey, “Partnership records”.)
"""

from app.domain.names import Fact, Kind, Outcome, Place, Subject
from app.engine.conditions import chose, fact
from app.engine.vocabulary import (
    Ask,
    Banner,
    CheckAnswers,
    Done,
    Either,
    Facts,
    Journey,
    LinkTo,
    Para,
    Question,
    Row,
    Section,
    Stop,
    Subheading,
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
from journeys.questions.training import LEAD_PROVIDER, PROGRAMME

BACK = LinkTo("Back to {name’s} page", place=Place.THIS_ECT)
PROVIDER_LED = chose("programme", "provider_led")
HAS_PARTNERS = PROVIDER_LED & ~fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS)
LOOKS_FURTHER = HAS_PARTNERS & ~chose("existing_partner", "yes", "unknown")
FROM_THE_LIST = LOOKS_FURTHER & ~chose("same_organisation", "yes", "unknown")
NONE_LIKELY = fact(Fact.PARTNER_LIST_IS_LONG) & fact(Fact.NO_LIKELY_PARTNERS)
TO_BE_CONFIRMED = PROVIDER_LED & (fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS) | NOT_LISTED | UNKNOWN_PARTNER)
IS_ACTIVE = fact(Fact.PARTNERSHIP_IS_ACTIVE)
IS_KNOWN = fact(Fact.PARTNER_IS_KNOWN)
DECIDES_PARTNER = (
    "existing_partner",
    "same_organisation",
    "delivery_partner",
    "named_partner",
    "lead_provider",
)

HAS_LEFT = Stop(
    name="has_left",
    heading="{name} has left your school",
    when=fact(Fact.ECT_HAS_LEFT),
    blocks=(Para("Their last day was {told last day}. The school they moved to chooses their training."),),
    button=LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
)

NOTHING_TO_CHOOSE = Stop(
    name="nothing_to_choose",
    heading="You do not need to choose training for {name}",
    when=~fact(Fact.ECT_NEEDS_TRAINING),
    blocks=(
        Para(
            "Somebody at your school has chosen it, or it has changed since you opened {name’s} page. Their page shows "
            "who trains them."
        ),
    ),
    button=BACK,
)

ONE_ANSWER_FOR_ALL = Stop(
    name="one_answer_for_all",
    heading="Choose training for everybody together",
    when=fact(Fact.TRAINING_ENDED_TOGETHER),
    blocks=(
        Para(
            "{name’s} training ended with that of everybody who was to train with {LP now}. Choose it on your "
            "Partnerships page: your answer there counts for all of them."
        ),
    ),
    button=LinkTo("Go to your partnerships", place=Place.PARTNERSHIPS),
)

WHAT_HAPPENED = Question(
    name="what_happened",
    heading="{name} needs training",
    before=(
        Para(
            "On {said on} {LP now} told us that {name’s} training with it has ended: {why now}.",
            when=fact(Fact.LEAD_PROVIDER_STOPPED_TRAINING),
        ),
        Para(
            "Your school told us that {name} had stopped training.", when=fact(Fact.SCHOOL_STOPPED_TRAINING)
        ),
        Facts(
            (("Lead provider", "{LP now}"), ("Delivery partner", "{DP now}")),
            when=~fact(Fact.SCHOOL_STOPPED_TRAINING),
        ),
        Para("Next, tell us who trains {name} from now on."),
        Para(
            "If you think that {LP now} should train {name}, speak to it first: {LP now contact}.",
            when=~fact(Fact.SCHOOL_STOPPED_TRAINING),
        ),
    ),
    subject=Subject.TRAINING_NOW,
)

LEAD_PROVIDER_NOT_KNOWN = Stop(
    name="find_your_lead_provider",
    heading="Find out your lead provider, then come back",
    when=chose("lead_provider", "unknown"),
    blocks=(
        Para(
            "Look at whose name is on the training materials or the log-in page. Or ask your delivery partner: it "
            "always works for a lead provider. If your lead provider is not in the list, it may not take ECTs who "
            "start in {year}. Nothing has changed: {name’s} page says that you have to choose."
        ),
    ),
    button=BACK,
    links=(
        LinkTo("Choose a lead provider", page="lead_provider"),
        LinkTo("Change to school-led", page="programme"),
    ),
)

CHECK_ANSWERS = CheckAnswers(
    heading="Check {name’s} training",
    before=(Para("Nothing has been sent yet."),),
    stale=Banner(
        "Something has changed",
        "Someone, or you in another tab, changed an answer after this page was opened. Check the answers again before "
        "you send them.",
    ),
    holding="{begins on}",
    sections=(
        Section(
            heading="Training",
            rows=(
                Row(label="ECT", value="{name}"),
                Row(label="Training", value="{training}", change=("programme",), what="training"),
                Row(
                    label="Lead provider",
                    value="{LP}",
                    change=("lead_provider",),
                    what="lead provider",
                    when=PROVIDER_LED,
                ),
                Row(
                    label="Delivery partner",
                    value=Either(IS_KNOWN, "{DP}", "{LP} will confirm this"),
                    notes=(
                        Either(fact(Fact.PARTNER_IS_PART_OF_BODY), "Part of {AB}, your appropriate body"),
                    ),
                    change=DECIDES_PARTNER,
                    what="delivery partner",
                    when=PROVIDER_LED,
                ),
            ),
        ),
    ),
    after=(
        Para(
            "{name} will join the training your school already has with {LP} and {DP}.",
            when=fact(Fact.PARTNERSHIP_IS_LIVE) & IS_KNOWN,
        ),
        NEVER_WORKED_WITH_IT,
        SAID_WRONG_BEFORE,
        DECLINED_BEFORE,
        Subheading("What happens when you send it"),
        Para(
            "We ask {LP} to confirm that it will train {name}. It sees {name’s} TRN and email address only after it "
            "says yes.",
            when=PROVIDER_LED & ~IS_ACTIVE,
        ),
        Para("{LP} can see {name’s} details straight away.", when=PROVIDER_LED & IS_ACTIVE),
        Para(
            "{who mentors} mentors {name}, so we register them for mentor training with {LP} too.",
            when=PROVIDER_LED & fact(Fact.MENTOR_WOULD_FOLLOW),
        ),
        Para("We do not tell any training organisation.", when=~PROVIDER_LED),
        Para(
            "The training {name} had before stays in their history. The new training begins on {begins on}.",
            when=fact(Fact.TRAINING_BEGINS_ANEW),
        ),
        Para("We do not tell {AB}. If it needs to know, tell it yourself."),
    ),
    button="Send your choice",
)

DONE = Done(
    heading="You have chosen training for {name}",
    blocks=(
        Subheading("What happens next"),
        Para(
            "We have asked {LP} to confirm that it will train {name} with {DP}. Until it does, your ECTs page says "
            "“Waiting for {LP}”. It can say no. If it does, we show you why and you choose again. If you have heard "
            "nothing by {reply by}, contact {LP}: {LP contact}.",
            when=PROVIDER_LED & ~IS_ACTIVE & IS_KNOWN,
        ),
        Para(
            "{LP} will agree a delivery partner with your school. If you have heard nothing by {reply by}, contact "
            "{LP}: {LP contact}.",
            when=PROVIDER_LED & ~IS_KNOWN,
        ),
        Para("{LP} will send {name} details of their training.", when=PROVIDER_LED & IS_ACTIVE),
        Para("Your school can start {name’s} training.", when=~PROVIDER_LED),
        Para("Keep this page: print it or save it."),
        BACK,
        LinkTo("See your ECTs", place=Place.YOUR_ECTS),
    ),
)

JOURNEY = Journey(
    slug="choose-training",
    variant="live",
    title="Choose training again for an ECT",
    about="The journey that schools use.",
    outcome=Outcome.CHOOSE_TRAINING,
    subject=Kind.ECT,
    place=Place.THIS_ECT,
    begin="Choose training",
    pages=(
        HAS_LEFT,
        NOTHING_TO_CHOOSE,
        ONE_ANSWER_FOR_ALL,
        Ask(WHAT_HAPPENED),
        Ask(PROGRAMME),
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
    again=Stop(
        name="already_sent",
        heading="You have already chosen training for {name}",
        blocks=(Para("Reference {ref}, on {sent on}."),),
        button=BACK,
    ),
    over=Stop(
        name="forgotten",
        heading="We have deleted these answers",
        blocks=(
            Para("We keep answers that are not sent for {days kept} days. You will need to start again."),
        ),
        button=BACK,
    ),
)
