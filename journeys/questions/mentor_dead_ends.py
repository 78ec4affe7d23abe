"""Dead ends on the way to an ECT’s mentor: nothing is saved, and each says the way back. (Words, table 4.)"""

from dataclasses import replace

from app.domain.names import Fact, Place
from app.engine.conditions import chose, fact
from app.engine.vocabulary import LinkTo, Para, Stop
from journeys.questions.dead_ends import NO_SUCH_TRN, NUMBER_DOES_NOT_MATCH, PROHIBITED, RECORDS_NOT_ANSWERING

BACK = LinkTo("Back to {ECT’s} page", place=Place.THIS_ECT)
TRY_AGAIN = LinkTo("Try again", page="find_mentor")

MENTORED_ECT_HAS_LEFT = Stop(
    name="has_left",
    heading="{ECT} has left your school",
    when=fact(Fact.ECT_HAS_LEFT),
    blocks=(Para("Their last day was {told last day}, so you cannot give them a mentor."),),
    button=LinkTo("Back to your ECTs", place=Place.YOUR_ECTS),
)

OWN_MENTOR = Stop(
    name="cannot_mentor_themselves",
    heading="{ECT} cannot be their own mentor",
    when=fact(Fact.MENTOR_IS_THE_ECT),
    blocks=(
        Para(
            "TRN {trn} is {ECT’s} own. Enter the TRN and date of birth of the teacher who will mentor them."
        ),
    ),
    button=TRY_AGAIN,
    links=(BACK,),
)

# A teacher record answers about a mentor as it does about an ECT.
NO_SUCH_MENTOR = replace(NO_SUCH_TRN, button=TRY_AGAIN)
MENTORS_NUMBER_DIFFERS = replace(NUMBER_DOES_NOT_MATCH, button=TRY_AGAIN)
MENTOR_RECORDS_NOT_ANSWERING = replace(RECORDS_NOT_ANSWERING, button=TRY_AGAIN, links=(BACK,))
PROHIBITED_MENTOR = replace(
    PROHIBITED,
    name="cannot_register_mentor",
    heading="You cannot register {record name} as a mentor",
    links=(LinkTo("How to check a teacher’s record", place=Place.CHECK_A_RECORD), BACK),
)

MENTOR_IS_HERE = Stop(
    name="already_a_mentor_here",
    heading="{record name} is already a mentor at your school",
    when=fact(Fact.MENTOR_IS_HERE_ALREADY),
    blocks=(
        Para(
            "You do not need to register them again. If they do not mentor {ECT} yet, choose them from the list of "
            "your mentors."
        ),
    ),
    button=BACK,
    links=(
        LinkTo("Choose from your mentors", page="mentor", when=fact(Fact.MENTORS_ARE_OFFERED)),
        LinkTo("Register a different teacher", page="find_mentor"),
    ),
)

MENTORS_LEAD_PROVIDER_NOT_KNOWN = Stop(
    name="find_the_lead_provider",
    heading="Find out the lead provider, then come back",
    when=chose("lead_provider", "unknown"),
    blocks=(
        Para(
            "Look at whose name is on the training materials or the log-in page of {mentor}, or ask them. If it is not "
            "in the list, it may not train anybody who starts in {year}. We have kept your answers until {kept until}."
        ),
        Para("If nobody has agreed anything else, {mentor} trains with {LP now}, as {ECT} does."),
    ),
    button=BACK,
    links=(
        LinkTo("Choose a lead provider", page="lead_provider"),
        LinkTo("Go back to {LP now}", page="mentor_training"),
    ),
)

MENTOR_ALREADY_SENT = Stop(
    name="already_sent",
    heading="You have already chosen a mentor for {ECT}",
    blocks=(Para("Reference {ref}, on {sent on}."),),
    button=BACK,
)

MENTOR_FORGOTTEN = Stop(
    name="forgotten",
    heading="We have deleted these answers",
    blocks=(Para("We keep answers that are not sent for {days kept} days. You will need to start again."),),
    button=BACK,
)
