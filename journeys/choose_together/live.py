"""Choose training again for everybody whose training one partnership was, as schools use it.

Begun from that partnership, or from the page of any of its ECTs. Says first what happened and to whom, then asks once
for all of them how they will be trained; what follows is asked as in a registration. Whoever was given other training
meanwhile is left alone, and named. Not tested with schools yet: whether somebody wants to answer differently for one of
several. (School journey, “Partnership records”; Words, table 8.)
"""

from app.domain.names import Fact, Kind, Outcome, Place
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
    Stop,
    Subheading,
)
from journeys.questions.choosing import HOW_TRAINED, SEVERAL, WHAT_HAPPENED_TO_ALL
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
from journeys.questions.training import LEAD_PROVIDER

BACK = LinkTo("Back to your partnerships", place=Place.PARTNERSHIPS)
PROVIDER_LED = chose("how_trained", "other_partner", "other_provider", "as_before")
SOMEBODY_ELSE = chose("how_trained", "other_partner", "other_provider")
HAS_PARTNERS = SOMEBODY_ELSE & ~fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS)
LOOKS_FURTHER = HAS_PARTNERS & ~chose("existing_partner", "yes", "unknown")
FROM_THE_LIST = LOOKS_FURTHER & ~chose("same_organisation", "yes", "unknown")
NONE_LIKELY = fact(Fact.PARTNER_LIST_IS_LONG) & fact(Fact.NO_LIKELY_PARTNERS)
TO_BE_CONFIRMED = SOMEBODY_ELSE & (fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS) | NOT_LISTED | UNKNOWN_PARTNER)
IS_ACTIVE = fact(Fact.PARTNERSHIP_IS_ACTIVE)
IS_KNOWN = fact(Fact.PARTNER_IS_KNOWN)
DECIDES_PARTNER = (
    "existing_partner",
    "same_organisation",
    "delivery_partner",
    "named_partner",
    "how_trained",
)

NOTHING_TO_CHOOSE = Stop(
    name="nothing_to_choose",
    heading="You do not need to choose training for these ECTs",
    when=~fact(Fact.ECTS_NEED_TRAINING),
    blocks=(
        Para(
            "Somebody at your school has chosen it, or it has changed since you opened the page before. Your ECTs page "
            "shows who trains each of them."
        ),
    ),
    button=LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
)

TALK_FIRST = Stop(
    name="talk_first",
    heading="Talk to {LP now} first",
    when=chose("how_trained", "talk_first"),
    blocks=(
        Para("Nothing has changed. Nobody trains {name}, and {LP now} cannot see their details."),
        Para(
            "Contact {LP now}: {LP now contact}. If it will train them after all, it can tell us itself. Your "
            "Partnerships page then says that it is confirmed, and you do not need to do anything."
        ),
        Para("If not, come back and choose. Your ECTs page reminds you."),
    ),
    button=BACK,
    links=(LinkTo("Change your answer", page="how_trained"),),
)

LEAD_PROVIDER_NOT_KNOWN = Stop(
    name="find_your_lead_provider",
    heading="Find out your lead provider, then come back",
    when=chose("lead_provider", "unknown"),
    blocks=(
        Para(
            "Look at whose name is on the training materials or the log-in page. Or ask your delivery partner: it "
            "always works for a lead provider. If your lead provider is not in the list, it may not take ECTs who "
            "start in {year}. Nothing has changed: your ECTs page says that you have to choose."
        ),
    ),
    button=BACK,
    links=(
        LinkTo("Choose a lead provider", page="lead_provider"),
        LinkTo("Change how they will be trained", page="how_trained"),
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
                Row(
                    label="ECTs",
                    value="{these ECTs}",
                    notes=(Either(SEVERAL, "{how many ECTs}. Your answers count for all of them"),),
                ),
                Row(label="Training", value="{training}", change=("how_trained",), what="training"),
                Row(
                    label="Lead provider",
                    value="{LP}",
                    change=("lead_provider", "how_trained"),
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
            "They will join the training your school already has with {LP} and {DP}.",
            when=fact(Fact.PARTNERSHIP_IS_LIVE) & IS_KNOWN,
        ),
        NEVER_WORKED_WITH_IT,
        SAID_WRONG_BEFORE,
        DECLINED_BEFORE,
        Subheading("What happens when you send it"),
        Para(
            "We ask {LP} to confirm that it will train {name}. It sees their TRN and email address only after it says "
            "yes.",
            when=PROVIDER_LED & ~IS_ACTIVE,
        ),
        Para("{LP} can see {name’s} details straight away.", when=PROVIDER_LED & IS_ACTIVE),
        Para(
            "If their mentors have no mentor training yet and DfE pays for it, we register them with {LP} too.",
            when=PROVIDER_LED,
        ),
        Para("We do not tell any training organisation.", when=~PROVIDER_LED),
        Para(
            "The training they had before stays in their history. The new training begins on {begins on}.",
            when=fact(Fact.TRAINING_BEGINS_ANEW),
        ),
        Para(
            "We do not tell {AB}. If it needs to know, tell it yourself.",
            when=fact(Fact.ONE_APPROPRIATE_BODY),
        ),
        Para(
            "We do not tell their appropriate bodies. If they need to know, tell them yourself.",
            when=~fact(Fact.ONE_APPROPRIATE_BODY),
        ),
    ),
    button="Send your choice",
)

DONE = Done(
    heading=Either(
        SEVERAL, "You have chosen training for {how many ECTs}", "You have chosen training for {name}"
    ),
    blocks=(
        Para("You have chosen it for {these ECTs}.", when=SEVERAL),
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
        LinkTo("See your ECTs", place=Place.YOUR_ECTS),
        BACK,
    ),
)

JOURNEY = Journey(
    slug="choose-together",
    variant="live",
    title="Choose training again for everybody of a partnership",
    about="The journey that schools use.",
    outcome=Outcome.CHOOSE_TOGETHER,
    subject=Kind.UNTRAINED,
    place=Place.PARTNERSHIPS,
    begin="Choose training",
    pages=(
        NOTHING_TO_CHOOSE,
        Ask(WHAT_HAPPENED_TO_ALL),
        Ask(HOW_TRAINED),
        TALK_FIRST,
        Ask(LEAD_PROVIDER, when=chose("how_trained", "other_provider")),
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
        heading=Either(
            SEVERAL,
            "You have already chosen training for {how many ECTs}",
            "You have already chosen training for {name}",
        ),
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
