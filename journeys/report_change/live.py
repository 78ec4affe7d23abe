"""Report that an ECT leaves the school for good, or stays and trains no more, as schools use it.

Begun from the ECT’s page, so it never asks which one. Leaving is told up to 4 months ahead and can be told anew until
the day has come; coming back after a while is not leaving. Still to be tested with schools: whether they tell a break
in training (the lead provider’s to say) from training that has stopped. (School journey, “Report leaving”; Provider
API, “participant_status”.)
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
from journeys.questions.leaving import LAST_DAY, STOPPED_ON, STOPPED_REASON, WHAT_HAS_CHANGED

BACK = LinkTo("Back to {name’s} page", place=Place.THIS_ECT)
YOUR_ECTS = LinkTo("See your ECTs", place=Place.YOUR_ECTS)
LEAVES = chose("what_has_changed", "leaving")
STOPS = chose("what_has_changed", "stopped")
IS_PAST = fact(Fact.LAST_DAY_IS_PAST)
SEES = fact(Fact.LEAD_PROVIDER_SEES_ECT)
IS_ASKED = fact(Fact.LEAD_PROVIDER_IS_ASKED)
HAS_MENTOR = fact(Fact.ECT_HAS_MENTOR)

HAS_LEFT = Stop(
    name="has_left",
    heading="{name} has left your school",
    when=fact(Fact.ECT_HAS_LEFT),
    blocks=(
        Para(
            "Their last day was {told last day}, so there is nothing more to tell us. If that day is wrong: {help}."
        ),
    ),
    button=LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
)

CHECK_ANSWERS = CheckAnswers(
    heading="Check what you are telling us about {name}",
    before=(Para("Nothing has been sent yet."),),
    stale=Banner(
        "Your answers have changed",
        "Someone, or you in another tab, changed an answer after this page was opened. Check the answers again before "
        "you send them.",
    ),
    holding="{how it stands}",
    sections=(
        Section(
            heading="What you are telling us",
            rows=(
                Row(label="ECT", value="{name}"),
                Row(
                    label="What has changed",
                    value=Either(LEAVES, "Leaves your school for good", "Has stopped training"),
                    change=("what_has_changed",),
                    what="what has changed",
                ),
                Row(
                    label="Last day at your school", value="{last day}", change=("last_day",), what="last day"
                ),
                Row(
                    label="Stopped training on",
                    value="{stopped on}",
                    change=("stopped_on",),
                    what="the date training stopped",
                ),
                Row(
                    label="Reason",
                    value="{stopped why}",
                    change=("stopped_reason",),
                    what="the reason",
                ),
            ),
        ),
    ),
    after=(
        Subheading("What happens when you tell us"),
        Para(
            "{name} stays on your ECTs page until {last day}. You can change the day until then.",
            when=LEAVES & ~IS_PAST,
        ),
        Para("{name} is no longer on your ECTs page, and you cannot change it here.", when=LEAVES & IS_PAST),
        Para("Their training at your school ends on {last day}.", when=LEAVES),
        Para("{who mentors} stops being their mentor on the same day.", when=LEAVES & HAS_MENTOR),
        Para("{LP now} sees that {name} leaves your school, and when.", when=LEAVES & SEES),
        Para(
            "{LP now} sees that you said {name} has stopped training, but not why. It may say something else of their "
            "training: ask {LP now} to put that right.",
            when=STOPS & SEES,
        ),
        Para(
            "{LP now} has not said yet that it will train {name}, so it sees nothing of this.", when=IS_ASKED
        ),
        Para("The school that {name} moves to registers them itself.", when=LEAVES),
        Para("{name} stays on your ECTs page, with the mentor they have.", when=STOPS),
        Para("We do not tell {AB}. Tell it yourself."),
    ),
    button="Tell us this",
)

DONE = Done(
    heading=Either(
        LEAVES,
        "You have told us when {name} leaves",
        "You have told us that {name} has stopped training",
    ),
    blocks=(
        Subheading("Do this next"),
        Para("Tell {AB} as well. This service does not do it for you."),
        Subheading("What happens next"),
        Para(
            "{name} is on your ECTs page until {last day}. If the day changes before then, tell us from their page.",
            when=LEAVES & ~IS_PAST,
        ),
        Para("{name} is no longer on your ECTs page.", when=LEAVES & IS_PAST),
        Para(
            "Their training at your school, and their time with a mentor, ends on {last day}. If they are an ECT at "
            "another school next, that school registers them.",
            when=LEAVES,
        ),
        Para(
            "{LP now} sees that {name} leaves, and when. You do not need to contact it.", when=LEAVES & SEES
        ),
        Para("{name’s} training ended on {stopped on}. They stay on your ECTs page.", when=STOPS),
        Para(
            "{LP now} sees that you said so. If you have a question for it, contact it: {LP now contact}.",
            when=STOPS & SEES,
        ),
        Para("If {name} trains again, choose their training on their page.", when=STOPS),
        Para("Keep this page: print it or save it."),
        BACK,
        YOUR_ECTS,
    ),
)

JOURNEY = Journey(
    slug="report-change",
    variant="live",
    title="Tell us that an ECT leaves or has stopped training",
    about="The journey that schools use.",
    outcome=Outcome.REPORT_CHANGE,
    subject=Kind.ECT,
    place=Place.THIS_ECT,
    begin="Tell us they are leaving or have stopped training",
    pages=(
        HAS_LEFT,
        Ask(WHAT_HAS_CHANGED),
        Ask(LAST_DAY, when=LEAVES),
        Ask(STOPPED_ON, when=STOPS),
        Ask(STOPPED_REASON, when=STOPS),
        CHECK_ANSWERS,
    ),
    done=DONE,
    again=Stop(
        name="already_sent",
        heading="You have already told us this about {name}",
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
