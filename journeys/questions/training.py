"""Questions about induction and training: the appropriate body, the programme and the lead provider.

The lead provider comes before the delivery partner because schools recognise its name. (School journey, “What research
found”.)
"""

from app.domain.names import Fact, Remark, Source, Subject
from app.engine.conditions import fact
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

PREVIOUS_CHOICES = Question(
    name="previous_choices",
    heading="Do you want the same training for {name} as last time?",
    fields=(
        Radios(
            name="previous_choices",
            choices=(
                Choice(
                    "yes",
                    "Yes, the same",
                    hints=(
                        "Appropriate body: {previous AB}",
                        Either(fact(Fact.PREVIOUS_CHOICES_ARE_SCHOOL_LED), "School-led", "Provider-led"),
                        Either(
                            fact(Fact.PREVIOUS_CHOICES_ARE_SCHOOL_LED), "", "Lead provider: {previous LP}"
                        ),
                        Either(
                            fact(Fact.PREVIOUS_CHOICES_ARE_SCHOOL_LED), "", "Delivery partner: {previous DP}"
                        ),
                    ),
                ),
                Choice("no", "No, something is different"),
            ),
            errors={"blank": "Select yes if you want the same training for {name} as last time"},
        ),
    ),
    subject=Subject.PREVIOUS_CHOICES,
)

APPROPRIATE_BODY = Question(
    name="appropriate_body",
    heading="Which appropriate body will check {name’s} induction?",
    banners=(
        Banner(
            "You cannot use the same training as last time any more",
            "This changed while you were registering {name}. Nothing has been sent. Tell us about {name’s} training. "
            "We kept your other answers.",
            remark=Remark.PREVIOUS_CHOICES_FELL,
        ),
    ),
    before=(
        Para(
            "The appropriate body makes sure your school gives {name} a fair induction, and decides if they pass."
        ),
        Para(
            "You can use a national body or a teaching school hub.",
            when=fact(Fact.SCHOOL_IS_INDEPENDENT),
        ),
    ),
    fields=(
        Autocomplete(
            name="appropriate_body",
            label="Appropriate body",
            hint="Type or choose its name",
            source=Source.APPROPRIATE_BODIES,
            errors={
                "blank": "Select an appropriate body",
                "not_in_list": "Select an appropriate body from the list",
            },
        ),
    ),
    after=(
        LinkTo("Our appropriate body is not in the list, or we do not have one", page="no_appropriate_body"),
        Comparison(),
    ),
)

PROGRAMME = Question(
    name="programme",
    heading="Will {name’s} training be provider-led or school-led?",
    fields=(
        Radios(
            name="programme",
            hint="If you only use a lead provider’s materials and run the training yourselves, it is school-led",
            choices=(
                Choice(
                    "provider_led",
                    "Provider-led",
                    hints=(
                        (
                            "A lead provider plans the training and a delivery partner runs it, paid for by the "
                            "Department for Education (DfE)"
                        ),
                    ),
                ),
                Choice(
                    "school_led",
                    "School-led",
                    hints=(
                        "Your school plans and runs the training, with no lead provider or delivery partner",
                    ),
                ),
            ),
            errors={"blank": "Select provider-led or school-led"},
        ),
    ),
)

LEAD_PROVIDER = Question(
    name="lead_provider",
    heading="Which lead provider will be training {name}?",
    banners=(
        Banner(
            "{LP before} is no longer training ECTs who start in {year}",
            Either(
                fact(Fact.TRAINING_IS_CHOSEN_AGAIN),
                "This changed while you were choosing training for {name}. Nothing has been sent. Choose another lead "
                "provider. We kept your other answers.",
                "This changed while you were registering {name}. Nothing has been sent. Choose another lead provider. "
                "We kept your other answers.",
            ),
            remark=Remark.LEAD_PROVIDER_GONE,
        ),
        Banner(
            "{LP before} does not train ECTs who start in {year}",
            "The new start date moves {name} into {year}. Choose a lead provider for that year.",
            remark=Remark.LEAD_PROVIDER_NOT_IN_YEAR,
        ),
    ),
    fields=(
        Radios(
            name="lead_provider",
            hint="The lead provider plans the training and makes the materials, and the Department for Education "
            "pays it",
            source=Source.LEAD_PROVIDERS,
            choices=(Choice("unknown", "It is not in this list, or I do not know", divided=True),),
            errors={"blank": "Select a lead provider, or select that you do not know"},
        ),
    ),
    notes=(Subject.LEAD_PROVIDER_AND_YEAR,),
    after=(Comparison(),),
)
