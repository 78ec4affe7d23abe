"""Choose or change an ECT’s mentor, as schools use it.

Begun from the ECT’s page, so it never asks which one. Offers the school’s mentors, and to register a new one in the
same go: found by TRN and a second detail, as an ECT is. A mentor trains with the lead provider that trains the ECT,
which a page tells, with a way to name another, whose delivery partner is asked for as for an ECT. The mentor whom the
ECT has is offered again when that would train them. Still to be tested with schools: whether they expect to register
mentors apart from any ECT. (School journey, “Register a mentor, assign, change, leave”, case 20.)
"""

from dataclasses import replace

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
    Subheading,
)
from journeys.questions.finding import CORRECTED_NAME
from journeys.questions.mentor import (
    CHECK_MENTOR,
    FIND_MENTOR,
    MENTOR,
    MENTOR_NOT_FUNDED,
    MENTOR_START_DATE,
    MENTOR_TRAINING,
    MENTORS_NUMBER,
    NOT_FUNDED,
    ONLY_HERE,
    STARTS_TRAINING,
)
from journeys.questions.mentor_dead_ends import (
    BACK,
    MENTOR_ALREADY_SENT,
    MENTOR_FORGOTTEN,
    MENTOR_IS_HERE,
    MENTOR_RECORDS_NOT_ANSWERING,
    MENTORED_ECT_HAS_LEFT,
    MENTORS_LEAD_PROVIDER_NOT_KNOWN,
    MENTORS_NUMBER_DIFFERS,
    NO_SUCH_MENTOR,
    OWN_MENTOR,
    PROHIBITED_MENTOR,
)
from journeys.questions.mentor_partner import MENTORS_LEAD_PROVIDER, MENTORS_PARTNER_TO_BE_CONFIRMED
from journeys.questions.partnership import (
    DECLINED_BEFORE,
    DELIVERY_PARTNER,
    EXISTING_PARTNER,
    NAMED_PARTNER,
    NEVER_WORKED_WITH_IT,
    NOT_LISTED,
    SAID_WRONG_BEFORE,
    SAME_ORGANISATION,
    UNKNOWN_PARTNER,
)
from journeys.questions.teacher import EMAIL

OFFERS_SOME = fact(Fact.MENTORS_ARE_OFFERED)
REGISTERS = ~OFFERS_SOME | chose("mentor", "new")
FOUND = chose("check_details", "yes", "new_name")
ELSEWHERE = FOUND & fact(Fact.MENTORS_ELSEWHERE)
STOPS_ELSEWHERE = chose("only_here", "yes")
IS_THE_ECT = fact(Fact.MENTOR_IS_THE_ECT)
SEES = fact(Fact.LEAD_PROVIDER_SEES_ECT)
STAYS = fact(Fact.MENTOR_STAYS)
ANOTHER = chose("mentor_training", "another")
WITH_THE_ECT = STARTS_TRAINING & ~ANOTHER
HAS_PARTNERS = ANOTHER & ~fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS)
LOOKS_FURTHER = HAS_PARTNERS & ~chose("existing_partner", "yes", "unknown")
FROM_THE_LIST = LOOKS_FURTHER & ~chose("same_organisation", "yes", "unknown")
NONE_LIKELY = fact(Fact.PARTNER_LIST_IS_LONG) & fact(Fact.NO_LIKELY_PARTNERS)
TO_BE_CONFIRMED = ANOTHER & (fact(Fact.LEAD_PROVIDER_HAS_NO_PARTNERS) | NOT_LISTED | UNKNOWN_PARTNER)
IS_ACTIVE = fact(Fact.PARTNERSHIP_IS_ACTIVE)
IS_KNOWN = fact(Fact.PARTNER_IS_KNOWN)
DECIDES_PARTNER = (
    "existing_partner",
    "same_organisation",
    "delivery_partner",
    "named_partner",
    "lead_provider",
)

CHECK_ANSWERS = CheckAnswers(
    heading="Check who will mentor {ECT}",
    before=(Para("Nothing has been sent yet."),),
    stale=Banner(
        "Something has changed",
        "Someone, or you in another tab, changed an answer after this page was opened. Check the answers again before "
        "you send them.",
    ),
    holding="{how mentoring stands}",
    sections=(
        Section(
            heading="Mentor",
            rows=(
                Row(label="ECT", value="{ECT}"),
                Row(label="Mentor", value="{mentor}", change=("mentor", "find_mentor"), what="mentor"),
                Row(label="Mentors {ECT} from", value="{mentors from}"),
            ),
        ),
        Section(
            heading="About the mentor",
            rows=(
                Row(
                    label="Name",
                    value=Either(FOUND, "{mentor}"),
                    change=("corrected_name", "check_details"),
                    what="name",
                ),
                Row(label="TRN", value=Either(FOUND, "{trn}")),
                Row(
                    label="Email address",
                    value=Either(FOUND, "{email}"),
                    change=("email",),
                    what="email address",
                ),
                Row(
                    label="Only at your school",
                    value=Either(STOPS_ELSEWHERE, "Yes", "No"),
                    change=("only_here",),
                    what="if they mentor only at your school",
                    when=ELSEWHERE,
                ),
                Row(
                    label="Starts as a mentor at your school",
                    value=Either(FOUND, "{mentor start date}"),
                    change=("mentor_start_date",),
                    what="start date",
                ),
            ),
        ),
        Section(
            heading="Mentor training",
            rows=(
                Row(
                    label="Lead provider",
                    value=Either(ANOTHER, "{LP}", "{LP now}"),
                    change=("lead_provider", "mentor_training"),
                    what="lead provider",
                    when=STARTS_TRAINING,
                ),
                Row(label="Delivery partner", value="{DP now}", when=WITH_THE_ECT),
                Row(
                    label="Delivery partner",
                    value=Either(IS_KNOWN, "{DP}", "{LP} will confirm this"),
                    notes=(
                        Either(fact(Fact.PARTNER_IS_PART_OF_BODY), "Part of {AB}, your appropriate body"),
                    ),
                    change=DECIDES_PARTNER,
                    what="delivery partner",
                    when=ANOTHER,
                ),
            ),
        ),
    ),
    after=(
        Para(
            "{mentor} will join the training your school already has with {LP} and {DP}.",
            when=ANOTHER & fact(Fact.PARTNERSHIP_IS_LIVE) & IS_KNOWN,
        ),
        replace(NEVER_WORKED_WITH_IT, when=ANOTHER & fact(Fact.PARTNERSHIP_IS_NEW) & IS_KNOWN),
        replace(SAID_WRONG_BEFORE, when=ANOTHER & fact(Fact.CHALLENGED_BEFORE)),
        replace(DECLINED_BEFORE, when=ANOTHER & fact(Fact.DECLINED_BEFORE)),
        Subheading("What happens when you send it"),
        Para("{who mentors} stops being {ECT’s} mentor.", when=fact(Fact.ECT_HAS_MENTOR) & ~STAYS),
        Para("{mentor} goes on as {ECT’s} mentor.", when=STAYS),
        Para(
            "{mentor’s} time as a mentor at {other schools} ends the day before they start with you. The ECTs they "
            "mentor there will need another mentor.",
            when=STOPS_ELSEWHERE & ELSEWHERE,
        ),
        Para(
            "{LP now} will train {mentor} too, and can see their details straight away.",
            when=WITH_THE_ECT & SEES,
        ),
        Para(
            "{LP now} will train {mentor} too. It sees their TRN and email address only after it says yes to {ECT}.",
            when=WITH_THE_ECT & ~SEES,
        ),
        Para(
            "{LP} will train {mentor}, and can see their details straight away. {LP now} goes on training {ECT}.",
            when=ANOTHER & IS_ACTIVE,
        ),
        Para(
            "We ask {LP} to confirm that it will train {mentor}. It sees their TRN and email address only after it "
            "says yes. Nothing changes for {ECT}.",
            when=ANOTHER & ~IS_ACTIVE,
        ),
        Para(
            "We do not register {mentor} for training, because {why not funded}. They can still mentor {ECT}.",
            when=NOT_FUNDED,
        ),
        Para(
            "{mentor} is registered for mentor training already, so nothing changes there.",
            when=fact(Fact.MENTOR_TRAINS_ALREADY),
        ),
        Para(
            "We do not register {mentor} for training now, because nobody trains {ECT}. They can still mentor "
            "{ECT}. When {ECT} trains with a lead provider, we register {mentor} for mentor training with it too.",
            when=fact(Fact.MENTOR_WAITS_FOR_ECT),
        ),
        Para(
            "We do not register {mentor} for training, because {ECT’s} training is school-led.",
            when=fact(Fact.MENTOR_FOLLOWS_SCHOOL_LED),
        ),
    ),
    button="Choose this mentor",
)

DONE = Done(
    heading=Either(STAYS, "{mentor} is registered for mentor training", "{mentor} will mentor {ECT}"),
    blocks=(
        Subheading("What happens next"),
        Para(
            "They are {ECT’s} mentor from {mentors from}. Tell both of them: this service does not write to them.",
            when=~STAYS,
        ),
        Para("They go on as {ECT’s} mentor.", when=STAYS),
        Para(
            "{mentor} is registered for mentor training with {LP now}. It will send them details.",
            when=WITH_THE_ECT & SEES,
        ),
        Para(
            "{mentor} is registered for mentor training with {LP now}, once it says yes to {ECT}.",
            when=WITH_THE_ECT & ~SEES,
        ),
        Para(
            "{mentor} is registered for mentor training with {LP}. It will send them details.",
            when=ANOTHER & IS_ACTIVE,
        ),
        Para(
            "We have asked {LP} to confirm that it will train {mentor}. It can say no. If it does, your mentors page "
            "says that nobody trains them. If you have heard nothing by {reply by}, contact {LP}: {LP contact}.",
            when=ANOTHER & ~IS_ACTIVE,
        ),
        Para(
            "{mentor} is not registered for mentor training, because {why not funded}. They can still mentor {ECT}.",
            when=NOT_FUNDED,
        ),
        Para("Reference {ref}. Keep this page: print it or save it."),
        BACK,
        LinkTo("See your ECTs", place=Place.YOUR_ECTS),
    ),
)

JOURNEY = Journey(
    slug="assign-mentor",
    variant="live",
    title="Choose a mentor for an ECT",
    about="The journey that schools use.",
    outcome=Outcome.ASSIGN_MENTOR,
    subject=Kind.ECT,
    place=Place.THIS_ECT,
    begin="Choose a mentor",
    pages=(
        MENTORED_ECT_HAS_LEFT,
        Ask(MENTOR, when=OFFERS_SOME),
        Ask(FIND_MENTOR, when=REGISTERS),
        # The ECT’s own TRN is refused at once; that of a record merged into the ECT’s is known only after this.
        Ask(MENTORS_NUMBER, when=chose("record_outcome", "birth_date_differs") & ~IS_THE_ECT),
        OWN_MENTOR,
        NO_SUCH_MENTOR,
        MENTORS_NUMBER_DIFFERS,
        MENTOR_RECORDS_NOT_ANSWERING,
        MENTOR_IS_HERE,
        PROHIBITED_MENTOR,
        Ask(CHECK_MENTOR, when=REGISTERS),
        Ask(CORRECTED_NAME, when=chose("check_details", "new_name")),
        Ask(EMAIL, when=FOUND),
        Ask(ONLY_HERE, when=ELSEWHERE),
        Ask(MENTOR_START_DATE, when=STOPS_ELSEWHERE),
        Ask(MENTOR_NOT_FUNDED, when=FOUND & NOT_FUNDED),
        Ask(MENTOR_TRAINING, when=STARTS_TRAINING),
        Ask(MENTORS_LEAD_PROVIDER, when=ANOTHER),
        MENTORS_LEAD_PROVIDER_NOT_KNOWN,
        Ask(EXISTING_PARTNER, when=HAS_PARTNERS & fact(Fact.SCHOOL_HAS_ONE_PARTNER_HERE)),
        Ask(SAME_ORGANISATION, when=LOOKS_FURTHER & fact(Fact.BODY_IS_THE_ONE_ELIGIBLE_PARTNER)),
        Ask(DELIVERY_PARTNER, when=FROM_THE_LIST & ~NONE_LIKELY),
        Ask(NAMED_PARTNER, when=FROM_THE_LIST & (NONE_LIKELY | chose("delivery_partner", "another"))),
        Ask(MENTORS_PARTNER_TO_BE_CONFIRMED, when=TO_BE_CONFIRMED),
        CHECK_ANSWERS,
    ),
    done=DONE,
    again=MENTOR_ALREADY_SENT,
    over=MENTOR_FORGOTTEN,
)
