"""Questions to a school about ECTs whose training ended together: one answer counts for all of them. (Words, table 8.)

The fourth way of training them isn’t in that table: a no can be taken back once both have spoken, and what a school
called wrong may have been right.
"""

from app.domain.names import Fact, Remark, Subject
from app.engine.conditions import fact
from app.engine.vocabulary import Banner, Choice, Either, Facts, Para, Question, Radios

SEVERAL = fact(Fact.SEVERAL_NEED_TRAINING)
SAID_NO = fact(Fact.LEAD_PROVIDER_SAID_NO)
WITH_A_PARTNER = fact(Fact.ENDED_WITH_A_PARTNER)
SAME_OPEN = fact(Fact.SAME_LEAD_PROVIDER_IS_OPEN)

WHAT_HAPPENED_TO_ALL = Question(
    name="what_happened_to_all",
    heading=Either(
        SAID_NO & WITH_A_PARTNER,
        "{LP now} has said it cannot train {name} with {DP now}",
        "Choose training for {name}",
    ),
    banners=(
        Banner(
            "Who you are choosing for has changed",
            "Not any more: {left alone}. They have other training now, or have stopped or left, so what you choose "
            "here does not change theirs. Nothing has been sent. We kept your answers.",
            remark=Remark.SOMEBODY_IS_LEFT_ALONE,
        ),
    ),
    before=(
        Para("On {said on} {LP now} said no: “{why now}”.", when=SAID_NO),
        Para(
            "On {said on} your school told us what was wrong with {LP now} training {name}: “{why now}”.",
            when=fact(Fact.SCHOOL_CALLED_IT_WRONG),
        ),
        Facts((("Lead provider", "{LP now}"), ("Delivery partner", "{DP now}"))),
        Para("Nobody trains these {how many ECTs} now: {these ECTs}.", when=SEVERAL),
        Para("Next, tell us who trains them from now on. Your answer counts for all of them.", when=SEVERAL),
        Para("Next, tell us who trains {name} from now on.", when=~SEVERAL),
        Para("If you think that {LP now} should train {name}, speak to it first: {LP now contact}."),
    ),
    subject=Subject.WHOSE_TRAINING_ENDED,
)

HOW_TRAINED = Question(
    name="how_trained",
    heading="How will {name} be trained?",
    fields=(
        Radios(
            name="how_trained",
            choices=(
                Choice(
                    "other_partner",
                    Either(
                        WITH_A_PARTNER,
                        "With {LP now} and a different delivery partner",
                        "With {LP now} and a delivery partner that you choose",
                    ),
                    when=SAME_OPEN,
                ),
                Choice("other_provider", "With a different lead provider"),
                Choice("school_led", "By our school (school-led)"),
                Choice(
                    "as_before",
                    Either(WITH_A_PARTNER, "With {LP now} and {DP now} after all", "With {LP now} after all"),
                    hints=("We ask {LP now} to confirm it again",),
                    when=fact(Fact.SAME_PAIR_IS_OPEN),
                ),
                Choice("talk_first", "I need to talk to {LP now} first", divided=True),
            ),
            errors={"blank": "Select how {name} will be trained"},
        ),
    ),
)
