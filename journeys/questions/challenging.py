"""Questions about what a lead provider says of its work with a school. (Words, table 8.)"""

from app.domain.names import Fact, Subject
from app.engine.conditions import fact
from app.engine.vocabulary import Bullets, Choice, Para, Question, Radios

WHAT_IS_WRONG = Question(
    name="what_is_wrong",
    heading="What is wrong with {LP} and {DP} training your ECTs in {year}?",
    fields=(
        Radios(
            name="what_is_wrong",
            choices=(
                Choice("another_provider", "We work with a different lead provider or delivery partner"),
                Choice("not_confirmed", "We have not agreed to work with them"),
                Choice("do_not_recognise", "We do not know who they are"),
                Choice("no_ects", "We have no ECTs in {year}", refused=fact(Fact.ECTS_TRAIN_IN_IT)),
                Choice("mistake", "It is wrong for another reason"),
            ),
            errors={
                "blank": "Select what is wrong",
                "no_ects": "You have {n ECTs} with {LP} in {year}, so choose a different reason or tell us they "
                "have left",
            },
        ),
    ),
    subject=Subject.PROVIDER_AND_PARTNER,
)

WHAT_IT_MEANS = Question(
    name="what_it_means",
    heading="What this means for {who trains}",
    before=(
        Para("{LP} and {DP} are training {their names} in {year}."),
        Para("If you tell us that this is wrong:"),
        Bullets(
            (
                "{LP} will no longer see them in this service",
                "they will have no training until you choose again",
                "the cards of your ECTs will say “Action required”",
                "what {LP} has already told us about training they have had will not change",
            )
        ),
    ),
    subject=Subject.WHO_TRAINS,
)

IS_IT_RIGHT = Question(
    name="is_it_right",
    heading="{LP} says your delivery partner is {DP 2}",
    before=(
        Para("You told us {DP} for {their names}.", when=fact(Fact.SOMEBODY_TRAINS_IN_IT)),
        Para("You told us {DP}.", when=~fact(Fact.SOMEBODY_TRAINS_IN_IT)),
    ),
    fields=(
        Radios(
            name="is_it_right",
            label="Is {DP 2} right?",
            choices=(
                Choice("yes", "Yes, {DP 2}"),
                Choice("no", "No, it should be {DP}", hints=("We tell {LP}. Contact it as well",)),
                Choice("unknown", "I do not know", divided=True),
            ),
            errors={"blank": "Select yes if {DP 2} is right"},
        ),
    ),
    subject=Subject.PARTNER_NAMED,
)
