"""Tell us that a lead provider is wrong to say it trains a school’s ECTs, as schools use it.

Begun from the partnership on the Partnerships page, so it never asks which one. Says who loses training before anything
is sent, by name, because the names are what a school recognises. Still to be tested with schools: whether they tell the
second and the third reason apart. (School journey, “Partnership records”; Words, table 8.)
"""

from app.domain.names import Fact, Kind, Outcome, Place
from app.engine.conditions import fact
from app.engine.vocabulary import (
    Ask,
    Banner,
    CheckAnswers,
    Done,
    Journey,
    LinkTo,
    Para,
    Row,
    Section,
    Stop,
    Subheading,
)
from journeys.questions.challenging import WHAT_IS_WRONG, WHAT_IT_MEANS

BACK = LinkTo("Back to your partnerships", place=Place.PARTNERSHIPS)
SOMEBODY_TRAINS = fact(Fact.SOMEBODY_TRAINS_IN_IT)

ALREADY_TOLD = Stop(
    name="already_told",
    heading="Your school has already told us this is wrong",
    when=fact(Fact.CHALLENGED_BEFORE),
    blocks=(
        Para("On {told on} your school told us what is wrong with {LP} and {DP} in {year}: “{told why}”."),
        Para("{LP} cannot see your ECTs. You do not need to tell us again."),
    ),
    button=BACK,
)

NOTHING_TO_PUT_RIGHT = Stop(
    name="nothing_to_put_right",
    heading="There is nothing to put right with {LP}",
    when=~fact(Fact.PARTNERSHIP_IS_ACTIVE),
    blocks=(
        Para(
            "{LP} does not say that it works with your school in {year}, so it cannot see your ECTs. If that changes, "
            "your Partnerships page will say so."
        ),
    ),
    button=BACK,
)

CHECK_ANSWERS = CheckAnswers(
    heading="Check what this will do",
    before=(Para("Nothing has been sent yet."),),
    stale=Banner(
        "Something has changed",
        "Someone, or you in another tab, changed an answer after this page was opened. Check it again before you tell "
        "{LP}.",
    ),
    sections=(
        Section(
            heading="What you are telling us",
            rows=(
                Row(label="Lead provider", value="{LP}"),
                Row(label="Delivery partner", value="{DP}"),
                Row(label="Year", value="{year}"),
                Row(
                    label="What is wrong",
                    value="{what is wrong}",
                    change=("what_is_wrong",),
                    what="what is wrong",
                ),
            ),
        ),
    ),
    after=(
        Subheading("What happens when you tell {LP}"),
        Para(
            "{LP} will no longer see, or be paid for new training of: {their names}. They will have no training until "
            "you choose again.",
            when=SOMEBODY_TRAINS,
        ),
        Para("Nobody at your school is training with {LP} and {DP} in {year}.", when=~SOMEBODY_TRAINS),
        Para("{LP} sees that you said this is wrong, and the reason. It does not see who told us."),
    ),
    button="Tell {LP} this is wrong",
)

DONE = Done(
    heading="You have told {LP} this is wrong",
    blocks=(
        Subheading("What happens next"),
        Para("We told {LP} on {sent on}. It can no longer see your ECTs with {DP} in {year}."),
        Para(
            "Your ECTs page says “Action required” for everyone who has no training now.",
            when=SOMEBODY_TRAINS,
        ),
        Para(
            "{LP} can tell us again that it works with your school. If it does, we say so on your Partnerships page "
            "and its ECTs are training again."
        ),
        Para("If you have a question for {LP}, contact it: {LP contact}."),
        Para("Keep this page: print it or save it."),
        BACK,
        LinkTo("See your ECTs", place=Place.YOUR_ECTS),
    ),
)

JOURNEY = Journey(
    slug="challenge-partnership",
    variant="live",
    title="Tell us that a partnership is wrong",
    about="The journey that schools use.",
    outcome=Outcome.CHALLENGE_PARTNERSHIP,
    subject=Kind.PARTNERSHIP,
    place=Place.PARTNERSHIPS,
    begin="Tell us this is wrong",
    pages=(
        ALREADY_TOLD,
        NOTHING_TO_PUT_RIGHT,
        Ask(WHAT_IS_WRONG),
        Ask(WHAT_IT_MEANS, when=SOMEBODY_TRAINS),
        CHECK_ANSWERS,
    ),
    done=DONE,
    again=Stop(
        name="already_sent",
        heading="You have already told {LP} this is wrong",
        blocks=(Para("Reference {ref}, on {sent on}."),),
        button=BACK,
    ),
    over=Stop(
        name="forgotten",
        heading="We have deleted this answer",
        blocks=(
            Para("We keep an answer that is not sent for {days kept} days. You will need to start again."),
        ),
        button=BACK,
    ),
)
