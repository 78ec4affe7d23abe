"""Dead ends: pages where a registration stops with nothing saved, and the way back. (Words, table 4.)"""

from app.domain.names import Fact, Place
from app.engine.conditions import chose, fact
from app.engine.vocabulary import LinkTo, Para, Stop

YOUR_ECTS = LinkTo("Back to your ECTs", place=Place.YOUR_ECTS)
TRY_AGAIN = LinkTo("Try again", page="find_ect")
NO_DATE = chose("record_finished_on", "")

SCHOOL_CANNOT_GET_TRAINING = Stop(
    name="school_cannot_register",
    heading="Your school cannot register ECTs here",
    when=fact(Fact.SCHOOL_CANNOT_GET_TRAINING),
    blocks=(
        Para(
            "DfE pays for this training at state-funded schools and some special schools. Our records say {school} "
            "is not one of them. You still need an appropriate body for each ECT. If the record is wrong: {help}."
        ),
    ),
    links=(LinkTo("Who does what", place=Place.WHO_DOES_WHAT),),
)

REGISTRATION_CLOSED = Stop(
    name="registration_closed",
    heading="You cannot register anyone until {next opening}",
    when=fact(Fact.REGISTRATION_CLOSED),
    blocks=(
        Para(
            "We close for a short time each year to set up {next year}. Your ECTs, and anything you have not "
            "finished, are still here."
        ),
    ),
    links=(YOUR_ECTS,),
)

NO_SUCH_TRN = Stop(
    name="no_such_trn",
    heading="We cannot find TRN {trn}",
    when=chose("record_outcome", "no_such_trn"),
    blocks=(
        Para(
            "No teacher record has this number. Check it with the teacher or your school office, one number at a "
            "time. Teachers can look up their own TRN online."
        ),
    ),
    button=TRY_AGAIN,
)

NUMBER_DOES_NOT_MATCH = Stop(
    name="details_do_not_match",
    heading="We cannot match these details",
    when=chose("record_outcome", "number_differs"),
    blocks=(
        Para(
            "TRN {trn} does not go with the date of birth and National Insurance number you entered. Check all 3 "
            "with the teacher. If they are right, the teacher record may be wrong and the teacher will need to have "
            "it corrected."
        ),
    ),
    button=TRY_AGAIN,
)

RECORDS_NOT_ANSWERING = Stop(
    name="records_not_answering",
    heading="We cannot check teacher records right now",
    when=chose("record_outcome", "not_answering"),
    blocks=(
        Para(
            "We have kept the TRN. We do not keep the date of birth, so you will need to enter it again. Try in a "
            "few minutes."
        ),
    ),
    button=TRY_AGAIN,
    links=(YOUR_ECTS,),
)

ALREADY_HERE = Stop(
    name="already_here",
    heading="Your school has already registered {record name}",
    when=fact(Fact.ALREADY_HERE),
    blocks=(Para("You do not need to register them again."),),
    button=LinkTo("See {name’s} details", place=Place.THIS_ECT),
    links=(LinkTo("Register a different teacher", page="find_ect"),),
)

COLLEAGUE_WAS_FIRST = Stop(
    name="colleague_was_first",
    heading="{record name} is already registered",
    when=fact(Fact.COLLEAGUE_WAS_FIRST),
    blocks=(
        Para(
            "{registered by} at your school registered them at {registered at}. We have not registered them twice."
        ),
    ),
    button=LinkTo("See {name’s} details", place=Place.THIS_ECT),
)

PASSED = Stop(
    name="passed_induction",
    heading="{record name} has already passed induction",
    when=chose("record_outcome", "passed"),
    blocks=(
        Para(
            "Their record says they finished on {finished on}, so they are not an ECT any more. If that is wrong, "
            "contact the appropriate body that recorded it.",
            when=~NO_DATE,
        ),
        Para(
            "Their record says they have finished, so they are not an ECT any more. If that is wrong, contact the "
            "appropriate body that recorded it.",
            when=NO_DATE,
        ),
    ),
    links=(YOUR_ECTS,),
)

FAILED = Stop(
    name="failed_induction",
    heading="You cannot register {record name} as an ECT",
    when=chose("record_outcome", "failed"),
    blocks=(
        Para(
            "Their record says they completed induction without meeting the standards, and a teacher cannot do "
            "induction twice. Speak to {record name} and your appropriate body before you agree any teaching work."
        ),
    ),
    links=(YOUR_ECTS,),
)

EXEMPT = Stop(
    name="exempt_from_induction",
    heading="{record name} does not need to do induction",
    when=chose("record_outcome", "exempt"),
    blocks=(
        Para(
            "Their record says they are exempt, so there is no training to register. If that is wrong, ask "
            "{record name} to check their teacher record."
        ),
    ),
    links=(YOUR_ECTS,),
)

PROHIBITED = Stop(
    name="cannot_register_teacher",
    heading="You cannot register {record name}",
    when=chose("record_outcome", "prohibited"),
    blocks=(
        Para(
            "There is a restriction on their teacher record. We cannot show it here. Before they do any teaching, "
            "your school must check the record as their employer."
        ),
    ),
    links=(LinkTo("How to check a teacher’s record", place=Place.CHECK_A_RECORD), YOUR_ECTS),
)

YEAR_NOT_OPEN = Stop(
    name="cannot_register_yet",
    heading="You cannot register {name} yet",
    when=fact(Fact.YEAR_NOT_OPEN),
    blocks=(
        Para(
            "They start on {start date}, and registration for {year} is not open. We have kept your answers until "
            "{kept until}."
        ),
    ),
    button=YOUR_ECTS,
    links=(LinkTo("Change the start date", page="start_date"),),
)

NO_APPROPRIATE_BODY = Stop(
    name="no_appropriate_body",
    heading="Sort out the appropriate body first",
    aside_of="appropriate_body",
    blocks=(
        Para(
            "{name} cannot start induction without one. Ask your headteacher or trust which one your school uses. "
            "State-funded schools use a teaching school hub. Local authorities do not take new ECTs. If yours should "
            "be in the list, tell us: {help}. We have kept your answers until {kept until}."
        ),
    ),
    button=YOUR_ECTS,
    links=(LinkTo("Look at the list again", page="appropriate_body"),),
)

LEAD_PROVIDER_NOT_KNOWN = Stop(
    name="find_your_lead_provider",
    heading="Find out your lead provider, then come back",
    when=chose("lead_provider", "unknown"),
    blocks=(
        Para(
            "Look at whose name is on the training materials or the log-in page. Or ask your delivery partner: it "
            "always works for a lead provider. If your lead provider is not in the list, it may not take ECTs who "
            "start in {year}. We have kept your answers until {kept until}."
        ),
    ),
    button=YOUR_ECTS,
    links=(
        LinkTo("Choose a lead provider", page="lead_provider"),
        LinkTo("Change to school-led", page="programme"),
    ),
)

ALREADY_SENT = Stop(
    name="already_sent",
    heading="You have already registered {name}",
    blocks=(Para("Reference {ref}, on {sent on}."),),
    button=LinkTo("See {name’s} details", place=Place.THIS_ECT),
)

FORGOTTEN = Stop(
    name="forgotten",
    heading="We have deleted these answers",
    blocks=(
        Para(
            "We keep a registration that is not finished for {days kept} days. You will need to start again."
        ),
    ),
    button=LinkTo("Register an ECT", place=Place.REGISTER_ANOTHER),
)
