"""Answer a lead provider that names another delivery partner than the school did, as schools use it.

Begun from the partnership that waits, on the Partnerships page. One question, with both names in it; whoever does not
know is sent to the lead provider, and nothing changes. Not tested with schools yet. (School journey, “The LP names
another DP”; Words, table 8.)
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
from journeys.questions.challenging import IS_IT_RIGHT

BACK = LinkTo("Back to your partnerships", place=Place.PARTNERSHIPS)
IT_IS = chose("is_it_right", "yes")
SOMEBODY_WAITS = fact(Fact.SOMEBODY_TRAINS_IN_IT)

NOTHING_TO_ANSWER = Stop(
    name="nothing_to_answer",
    heading="You do not need to answer this now",
    when=~fact(Fact.ANOTHER_PARTNER_IS_NAMED),
    blocks=(
        Para(
            "Somebody at your school has answered {LP}, or {LP} has changed what it says. Your Partnerships page "
            "shows where things stand."
        ),
    ),
    button=BACK,
)

ASK_THEM = Stop(
    name="ask_your_lead_provider",
    heading="Ask {LP} about your delivery partner",
    when=chose("is_it_right", "unknown"),
    blocks=(
        Para("Nothing has changed. Until you tell us, {LP} cannot see the ECTs you told us {DP} for."),
        Para("Contact {LP}: {LP contact}. Then come back and tell us. Your ECTs page reminds you."),
    ),
    button=BACK,
    links=(LinkTo("Change your answer", page="is_it_right"),),
)

CHECK_ANSWERS = CheckAnswers(
    heading="Check your answer to {LP}",
    before=(Para("Nothing has been sent yet."),),
    stale=Banner(
        "Your answer has changed",
        "Someone, or you in another tab, changed it after this page was opened. Check it again before you send it.",
    ),
    holding="{their names}",
    sections=(
        Section(
            heading="What you are telling us",
            rows=(
                Row(label="Lead provider", value="{LP}"),
                Row(label="Year", value="{year}"),
                Row(
                    label="Delivery partner",
                    value=Either(IT_IS, "{DP 2}", "{DP}"),
                    change=("is_it_right",),
                    what="delivery partner",
                ),
            ),
        ),
    ),
    after=(
        Subheading("What happens when you send it"),
        Para(
            "{their names} will train with {LP} and {DP 2}. {LP} can see their details straight away.",
            when=IT_IS & SOMEBODY_WAITS,
        ),
        Para("We no longer ask {LP} to confirm {DP}.", when=IT_IS),
        Para("We ask {LP} again to confirm {DP}. Contact it as well.", when=~IT_IS),
        Para("Until it does, it cannot see {their names}.", when=~IT_IS & SOMEBODY_WAITS),
    ),
    button="Send your answer",
)

DONE = Done(
    heading="You have answered {LP}",
    blocks=(
        Subheading("What happens next"),
        Para("Your ECTs who waited for {DP} now train with {LP} and {DP 2}.", when=IT_IS),
        Para("{LP} will send them details of their training.", when=IT_IS),
        Para(
            "We have asked {LP} again to confirm {DP}. If you have heard nothing in 14 days, contact {LP}: "
            "{LP contact}.",
            when=~IT_IS,
        ),
        Para("Keep this page: print it or save it."),
        BACK,
        LinkTo("See your ECTs", place=Place.YOUR_ECTS),
    ),
)

JOURNEY = Journey(
    slug="another-partner",
    variant="live",
    title="Answer a lead provider that names another delivery partner",
    about="The journey that schools use.",
    outcome=Outcome.ANSWER_LEAD_PROVIDER,
    subject=Kind.PARTNERSHIP,
    place=Place.PARTNERSHIPS,
    begin="Tell us if that is right",
    pages=(NOTHING_TO_ANSWER, Ask(IS_IT_RIGHT), ASK_THEM, CHECK_ANSWERS),
    done=DONE,
    again=Stop(
        name="already_sent",
        heading="You have already answered {LP}",
        blocks=(Para("You sent your answer on {sent on}."),),
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
