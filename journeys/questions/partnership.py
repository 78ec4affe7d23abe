"""Questions about the delivery partner.

One that the school works with, or the appropriate body’s own, is asked about by name, and only when there is exactly
one; else the list of those that work with the lead provider. (School journey, “What research found”.)
"""

from app.domain.names import Fact, Place, Remark, Source, Subject
from app.engine.conditions import chose, fact
from app.engine.vocabulary import (
    Autocomplete,
    Banner,
    Choice,
    Comparison,
    Either,
    LinkTo,
    Para,
    Question,
    Radios,
)

EXISTING_PARTNER = Question(
    name="existing_partner",
    heading="Will {existing DP} run {name’s} training too?",
    fields=(
        Radios(
            name="existing_partner",
            hint=Either(
                fact(Fact.THAT_PARTNER_IS_CONFIRMED),
                "Your school already works with {existing DP} and {LP} in {year}",
                "Your school has asked {LP} to confirm {existing DP} for {year}",
            ),
            choices=(
                Choice("yes", "Yes, {existing DP}"),
                Choice(
                    "no",
                    "No, a different delivery partner",
                    hints=("{existing DP} stays with your other ECTs",),
                ),
                Choice("unknown", "I do not know", divided=True),
            ),
            errors={"blank": "Select yes if {existing DP} will run {name’s} training"},
        ),
    ),
    subject=Subject.PARTNERSHIP,
    notes=(Subject.LEAD_PROVIDER_AND_YEAR,),
)

SAME_ORGANISATION = Question(
    name="same_organisation",
    heading="Will {AB short} also be the delivery partner for {name’s} training?",
    banners=(
        Banner(
            "Check the delivery partner again",
            "You changed the appropriate body, so your answer about {AB before} no longer counts.",
            remark=Remark.NEW_APPROPRIATE_BODY,
        ),
    ),
    fields=(
        Radios(
            name="same_organisation",
            hint="The delivery partner runs the training near you for {LP}, and is often, but not always, your "
            "appropriate body",
            choices=(
                Choice(
                    "yes",
                    "Yes, {linked DP}",
                    hints=(Either(fact(Fact.BODY_AND_PARTNER_NAMES_DIFFER), "{AB} trains as {linked DP}"),),
                ),
                Choice("no", "No, a different organisation"),
                Choice("unknown", "I do not know", divided=True),
            ),
            errors={"blank": "Select yes if {AB short} will also be the delivery partner"},
        ),
    ),
    subject=Subject.BODY_AND_PARTNER,
    notes=(Subject.LEAD_PROVIDER_AND_YEAR,),
    after=(Comparison(),),
)

PARTNER_BANNERS = (
    Banner(
        "{linked DP} is not in this list",
        "You said it will not be {linked DP}. If that was wrong, change your answer.",
        when=chose("same_organisation", "no"),
        link=LinkTo("Change your answer about {linked DP}", page="same_organisation"),
    ),
    Banner(
        "{existing DP} is not in this list",
        "You said it will not be {existing DP}. If that was wrong, change your answer.",
        when=chose("existing_partner", "no"),
        link=LinkTo("Change your answer about {existing DP}", page="existing_partner"),
    ),
    Banner(
        "{AB short} runs training under more than one name",
        "Choose the one your school works with. If you are not sure, ask {AB short} or choose “I do not know”.",
        when=fact(Fact.BODY_RUNS_SEVERAL),
    ),
    Banner(
        "Choose a delivery partner again",
        "You changed the lead provider to {LP}. {DP before} was your choice with {LP before}.",
        remark=Remark.NEW_LEAD_PROVIDER,
    ),
    Banner(
        "Check the delivery partner again",
        "You changed the appropriate body, so your answer about {AB before} no longer counts.",
        remark=Remark.NEW_APPROPRIATE_BODY,
    ),
    Banner(
        "{DP before} does not work with {LP} in {year}",
        "The new start date moves {name} into {year}. Choose a delivery partner for that year.",
        remark=Remark.NEW_YEAR,
    ),
    Banner(
        "{DP before} no longer works with {LP} in {year}",
        Either(
            fact(Fact.TRAINING_IS_CHOSEN_AGAIN),
            "This changed while you were choosing training for {name}. Nothing has been sent. Choose another delivery "
            "partner. We kept your other answers.",
            "This changed while you were registering {name}. Nothing has been sent. Choose another delivery partner. "
            "We kept your other answers.",
        ),
        remark=Remark.PARTNER_GONE,
    ),
)

PARTNER_HINT = (
    "The delivery partner runs sessions and events near you for {LP}, and can be part of your appropriate body under "
    "another name"
)

DELIVERY_PARTNER = Question(
    name="delivery_partner",
    heading="Which delivery partner will run {name’s} training?",
    banners=PARTNER_BANNERS,
    fields=(
        Radios(
            name="delivery_partner",
            hint=PARTNER_HINT,
            source=Source.DELIVERY_PARTNERS,
            choices=(
                Choice("another", "A different delivery partner", when=fact(Fact.PARTNER_LIST_IS_LONG)),
                Choice("not_listed", "My delivery partner is not in this list", divided=True),
                Choice("unknown", "I do not know"),
            ),
            errors={"blank": "Select a delivery partner, or select that you do not know"},
        ),
    ),
    notes=(Subject.LEAD_PROVIDER_AND_YEAR, Subject.BODY_AND_PARTNER),
    after=(Comparison(),),
)

NAMED_PARTNER = Question(
    name="named_partner",
    # After the list, a title of its own: no two steps share one.
    heading=Either(
        chose("delivery_partner", "another"),
        "Which other delivery partner will run {name’s} training?",
        "Which delivery partner will run {name’s} training?",
    ),
    banners=PARTNER_BANNERS,
    before=(Para(PARTNER_HINT + "."),),
    fields=(
        Autocomplete(
            name="named_partner",
            label="Delivery partner",
            hint="Type or choose its name",
            source=Source.ALL_DELIVERY_PARTNERS,
            ways_out=(
                Choice("not_listed", "My delivery partner is not in this list"),
                Choice("unknown", "I do not know"),
            ),
            errors={
                "blank": "Select a delivery partner, or select that you do not know",
                "not_in_list": "Select a delivery partner from the list",
            },
        ),
    ),
    notes=(Subject.LEAD_PROVIDER_AND_YEAR, Subject.BODY_AND_PARTNER),
    after=(Comparison(),),
)

NOT_LISTED = chose("delivery_partner", "not_listed") | chose("named_partner", "not_listed")
UNKNOWN_PARTNER = (
    chose("existing_partner", "unknown")
    | chose("same_organisation", "unknown")
    | chose("delivery_partner", "unknown")
    | chose("named_partner", "unknown")
)

PARTNER_TO_BE_CONFIRMED = Question(
    name="partner_to_be_confirmed",
    heading="{LP} will confirm the delivery partner",
    before=(
        Para(
            "{LP} has not told us which delivery partners it works with in {year}.",
            when=fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS),
        ),
        Para(
            "The list has every delivery partner that works with {LP} in {year}. If yours is missing, you may have "
            "a different lead provider.",
            when=NOT_LISTED,
        ),
        Para("You do not need to know this yet.", when=UNKNOWN_PARTNER),
        Para(
            Either(
                fact(Fact.TRAINING_IS_CHOSEN_AGAIN),
                "You can go on now. We pass your choice to {LP}, and it agrees a delivery partner with your school. "
                "The name will then show on your ECTs page. To find out sooner, contact {LP}: {LP contact}.",
                "You can register {name} now. We pass your choice to {LP}, and it agrees a delivery partner with your "
                "school. The name will then show on your ECTs page. To find out sooner, contact {LP}: {LP contact}.",
            )
        ),
        LinkTo("Check the lead provider", page="lead_provider", when=NOT_LISTED),
        LinkTo(
            "How to find out who your delivery partner is", place=Place.FIND_OUT_WHO, when=UNKNOWN_PARTNER
        ),
    ),
    subject=Subject.PARTNER_QUESTION,
)

# What check answers says of the partnership that is asked for, in every journey that asks for one.
NEVER_WORKED_WITH_IT = Para(
    "Your school has not worked with {LP} and {DP} in {year} before.",
    when=fact(Fact.PARTNERSHIP_IS_NEW) & fact(Fact.PARTNER_IS_KNOWN),
)
SAID_WRONG_BEFORE = Para(
    "On {told on} your school told us this was wrong: “{told why}”. If you carry on, we will ask {LP} to "
    "confirm it again.",
    when=fact(Fact.CHALLENGED_BEFORE),
)
DECLINED_BEFORE = Para(
    "On {declined on} {LP} said no: “{declined why}”. Speak to {LP} before you ask again.",
    when=fact(Fact.DECLINED_BEFORE),
)
