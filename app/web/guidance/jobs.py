"""The three jobs side by side, and the questions after them (Words, table 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.engine.wording import fill


@dataclass(frozen=True, slots=True)
class JobsRow:
    """One question about the three kinds of organisation, and each one’s answer."""

    question: str
    appropriate_body: str
    lead_provider: str
    delivery_partner: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading after the table. `anchor` is its id, so that question pages can link to it."""

    anchor: str
    heading: str
    text: str
    example: str = ""


CAPTION = "The 3 jobs side by side"
COLUMNS = ("Appropriate body", "Lead provider", "Delivery partner")

IN_ONE_SENTENCE = (
    ("appropriate body", "checks each ECT’s induction and decides if they pass."),
    ("lead provider", "plans the training and makes the materials."),
    ("delivery partner", "runs that training near you."),
)

ROWS = (
    JobsRow(
        "What it does",
        "Checks that your school gives each ECT a fair induction. Decides if they pass, after your "
        "headteacher gives a view",
        "Plans 2 years of training: what it covers, the materials and the website",
        "Runs that training near you: the sessions, the events and the people who lead them",
    ),
    JobsRow(
        "Who pays",
        "Your school. Each body sets its own fee",
        "DfE, if your school is state-funded. You pay nothing for the training",
        "The lead provider. You pay it nothing for this training",
    ),
    JobsRow(
        "Who it usually is",
        "A teaching school hub. Independent schools can also use a national body",
        "A national organisation with a DfE contract. The list can change each year",
        "A teaching school hub, a university or a trust in your area",
    ),
    JobsRow(
        "How to tell it is yours",
        "It bills your school for induction",
        "Its name is on the materials and the log-in page",
        "It sends you the dates of sessions",
    ),
    JobsRow(
        "Do we need one?",
        "Yes, for every ECT",
        "Only for provider-led training",
        "Only for provider-led training",
    ),
    JobsRow(
        "What you contact it about",
        "Registering an ECT for induction. Reviews and assessments. Making induction longer or shorter. An "
        "ECT who is struggling, away or leaving",
        "If it is training your ECT. Log-ins and materials. Pausing or stopping training",
        "Dates and places. Attendance. Moving to another group",
    ),
    JobsRow(
        "When it contacts you",
        "Before induction starts, then when reviews and assessments are due",
        "After you choose it, to confirm. Then to set up your ECT and mentor",
        "Before sessions start, then about attendance",
    ),
    JobsRow(
        "What it does not do",
        "Does not plan or run the training in this job. Does not hear about your ECT from this service",
        "Does not decide if an ECT passes. Does not usually run local sessions itself",
        "Does not plan the training. Does not decide if an ECT passes in this job",
    ),
    JobsRow(
        "What this service tells it",
        "Nothing. You register your ECT with it yourself",
        "Your choice, straight away. Your ECT’s details, once it says yes",
        "Nothing. The lead provider tells it",
    ),
    JobsRow(
        "Can it be the same organisation as another?",
        "Yes. It is often the delivery partner too, sometimes under another name",
        "Sometimes it is also the delivery partner",
        "Yes. It is often the appropriate body too",
    ),
)


SECTIONS = (
    Section(
        "one-organisation-two-jobs",
        "If one organisation is your appropriate body and your delivery partner",
        "They are still 2 jobs, often done by 2 teams. Registering for one does not register you for "
        "the other. It may use a different name for each.",
        "Bramble Teaching School Hub checks your induction. Bramble Trust Training, part of the same "
        "organisation, runs your training. Tell us “Bramble Teaching School Hub” for the first and "
        "“Bramble Trust Training” for the second.",
    ),
    Section(
        "several-delivery-partners",
        "If your appropriate body has more than one delivery partner",
        "Some hubs run training under several names, for different areas. Choose the name on your "
        "session dates. If you cannot tell, choose “I do not know” and the lead provider will confirm "
        "it.",
    ),
    Section(
        "not-in-the-list",
        "If your delivery partner is not in our list",
        "Each list shows only the delivery partners that work with the lead provider you chose, in "
        "that year. Check the lead provider first. If that is right, choose “not in this list” and "
        "contact "
        "{LP}.",
    ),
    Section(
        "do-not-know",
        "If you do not know who yours are",
        "Ask the person who set up ECT training before you, your trust, or your mentor. Use the “How "
        "to tell it is yours” row above.",
    ),
    Section(
        "school-led",
        "If your training is school-led",
        "You need an appropriate body. You do not need a lead provider or a delivery partner.",
    ),
    Section(
        "something-is-wrong",
        "If something is wrong",
        "Change an ECT’s organisations on their page. If a lead provider says it works with your "
        "school and it does not, tell us on your Partnerships page.",
    ),
)


def sections(lead_provider: str = "") -> tuple[Section, ...]:
    """The sections after the table. `lead_provider` is the school’s own, when it has exactly one."""
    known = {"LP": lead_provider or "the lead provider"}
    return tuple(replace(section, text=fill(section.text, known)) for section in SECTIONS)
