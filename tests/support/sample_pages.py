"""One page of each kind that the journey templates print, for tests of how they are printed."""

from __future__ import annotations

from app.web.journeys.page import (
    BlockView,
    CheckAnswersPage,
    DonePage,
    FieldView,
    OptionView,
    QuestionPage,
    StopPage,
    SummaryRow,
    SummarySection,
)
from app.web.render import Link, Notice, PageError

PARTNERS = ("Bramble Trust Training", "Côte & Mer <Alliance>", "Harbour Learning")
CHOOSE = "Select a delivery partner, or select that you do not know"
ASK = "Which delivery partner will run Zara Ali’s training?"
STARTED = "Start date must include a month"

PARTNER = FieldView(
    "radios",
    "delivery_partner",
    ASK,
    is_heading=True,
    hint="The delivery partner runs sessions and events near you for Northstar Learning",
    error=CHOOSE,
    options=(
        OptionView("1", PARTNERS[0], ("Part of Bramble Hub, your appropriate body",)),
        OptionView("2", PARTNERS[1], ("Provider-led", "Lead provider: Northstar Learning"), checked=True),
        OptionView("3", PARTNERS[2]),
        OptionView("not_listed", "My delivery partner is not in this list", divided=True),
        OptionView("unknown", "I do not know"),
    ),
)
START_DATE = FieldView(
    "date",
    "start_date",
    "When did Zara Ali start?",
    hint="Like 1 9 2025",
    error=STARTED,
    parts=("1", "", "2025"),
    wrong_parts=("month",),
)
BODY = FieldView(
    "autocomplete",
    "appropriate_body",
    "Appropriate body",
    hint="Type or choose its name",
    options=tuple(OptionView(str(at), name) for at, name in enumerate(PARTNERS)),
    typed="Bramble Turst",
)
BACK = "/registrations/abc/lead-provider"
BLOCKS = (
    BlockView("para", "You can change it later."),
    BlockView("heading", "About the teacher"),
    BlockView("bullets", items=("date of birth", "first day")),
    BlockView("numbers", items=("Choose a mentor.", "Register with the appropriate body.")),
    BlockView("link", "Change the start date", "/registrations/abc/start-date"),
    BlockView("rows", rows=(("School", "Bramble Primary"), ("Started there", "Not known"))),
    BlockView("details", "How to find out", blocks=(BlockView("para", "Ask your mentor."),)),
    BlockView("inset", "Your other ECTs stay with Harbour Learning."),
    BlockView("quiet", "Keep this page: print it or save it."),
    BlockView("secondary", "Choose a mentor", "/mentor"),
    BlockView("comparison", "Zara Ali’s"),
)
SECTION = SummarySection(
    "About Zara Ali",
    (
        SummaryRow("Email address", "zara@bramble.sch.uk", (), "/registrations/abc/email", "email address"),
        SummaryRow("TRN", "1234567"),
        SummaryRow("Delivery partner", PARTNERS[0], ("Part of Bramble Hub",), "/x", "delivery partner"),
    ),
    (BlockView("link", "This is the wrong teacher", "/registrations/abc/find-ect"),),
)

QUESTION = QuestionPage(
    ASK,
    "/registrations/abc/delivery-partner",
    BACK,
    7,
    fields=(PARTNER,),
    after=(BlockView("comparison", "Zara Ali’s"),),
    errors=(PageError(CHOOSE, "#delivery_partner"),),
    notices=(
        Notice("Harbour Learning is not in this list", "You said no.", (Link("Change your answer", "/x"),)),
        Notice("", "Check the delivery partner again", kind="success"),
    ),
    changing=True,
)
SEVERAL = QuestionPage(
    "Which teacher do you want to register?",
    "/registrations/abc/find-ect",
    BACK,
    2,
    fields=(FieldView("text", "trn", "Teacher reference number (TRN)", spellcheck=False), START_DATE, BODY),
    before=(BlockView("para", "We use these answers to find their teacher record."),),
    errors=(PageError(STARTED, "#start_date-month"),),
    ways_out=(OptionView("unknown", "I do not know"),),
)
CHECK = CheckAnswersPage(
    "Check your answers", "/registrations/abc/check-answers", BACK, 9, (SECTION,), button="Register this ECT"
)
STOP = StopPage(
    "We cannot find TRN 1234567", BACK, BLOCKS[:1], Link("Try again", "/x"), (Link("Back to it", "/y"),)
)
DONE = DonePage("Zara Ali is registered", "ECT-7K3P-QX2M", BLOCKS)

PAGES = {
    "question": ("journeys/question.html", QUESTION, 422),
    "several": ("journeys/question.html", SEVERAL, 422),
    "check": ("journeys/check_answers.html", CHECK, 200),
    "stop": ("journeys/stop.html", STOP, 200),
    "done": ("journeys/done.html", DONE, 200),
}
