"""Your mentors: who they are, whom they mentor here, and who trains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.domain.days import in_words
from app.domain.mentor_status import MENTOR_TAGS, MentorStatus
from app.domain.participants import TrainingStatus
from app.domain.partnerships import State
from app.domain.people import possessive
from app.services.supply.mentor_words import NOT_FUNDED
from app.services.your_mentors import Mentored, Page, YourMentor, status_of
from app.web.journeys.page import SummaryRow
from app.web.school import wording
from app.web.school.listing import Asked, listed
from app.web.school.pages import MentorCard, MentoredView, MentorsPage, NamedLink, TagView, Trail
from app.web.school.said import IT, it_told
from app.web.school.telling_apart import apart

NOT_YET = (
    "{name} is not registered for mentor training. They can still mentor. We register them for training when a lead "
    "provider trains an ECT they mentor, or when you choose them for one it trains."
)
STOPPED = (
    "Nobody trains {name} as a mentor now. They can still mentor. If that is wrong, choose them again for an ECT whose "
    "training is provider-led, or email {help}"
)

# What never began, or is done, has no “Since”.
_GOES_ON = frozenset({MentorStatus.PAUSED, MentorStatus.IN_TRAINING})


def mentors_page(
    urn: str, asked: Asked, found: Page[YourMentor], today: date, help_at: str, trail: Trail = ()
) -> MentorsPage:
    """The page. `help_at` is the support email address."""
    base = f"/schools/{urn}"
    links = _links(f"{base}/ects", [ect for mentor in found.rows for ect in mentor.ects])
    return MentorsPage(
        title="Your mentors",
        cards=tuple(_card(mentor, links, today, help_at) for mentor in found.rows),
        listed=listed(f"{base}/mentors", asked.search, found.total, found.number, found.per_page),
        ects=f"{base}/ects",
        trail=trail,
    )


def _links(base: str, ects: Sequence[Mentored]) -> Mapping[str, NamedLink]:
    """A link to each ECT by id, those of the same name told apart by their TRN."""
    once = list({ect.id: ect for ect in ects}.values())
    told = apart([ect.name for ect in once], [f", TRN {ect.trn}" for ect in once])
    return {
        ect.id: NamedLink(ect.name, f"{base}/{ect.id}", hidden)
        for ect, hidden in zip(once, told, strict=True)
    }


def _card(mentor: YourMentor, links: Mapping[str, NamedLink], today: date, help_at: str) -> MentorCard:
    card, status = mentor.card, status_of(mentor, today)
    about = (
        SummaryRow("TRN", card.trn),
        SummaryRow("Email address", card.email),
        SummaryRow("Mentor at your school", _dates(card.started_on, card.finished_on, today)),
    )
    return MentorCard(
        card.name,
        TagView(*MENTOR_TAGS[status], to_do=_note(mentor, status, help_at)),
        about,
        tuple(MentoredView(links[ect.id], _when(ect, today)) for ect in mentor.ects),
        tuple(_training(mentor, status, today)),
    )


def _note(mentor: YourMentor, status: MentorStatus, help_at: str) -> str:
    """What a school has to know besides the tag; “” for nothing."""
    name = mentor.card.name
    if not mentor.funded:
        if mentor.reason is None:
            return f"DfE has decided not to pay for {possessive(name)} training as a mentor. They can still mentor."
        why = NOT_FUNDED[mentor.reason]
        return f"DfE does not pay for {possessive(name)} training as a mentor, because {why}. They can still mentor."
    if status is MentorStatus.NOT_REGISTERED:
        return NOT_YET.replace("{name}", name)
    return (
        STOPPED.replace("{name}", name).replace("{help}", help_at) if status is MentorStatus.STOPPED else ""
    )


def _training(mentor: YourMentor, status: MentorStatus, today: date) -> Iterator[SummaryRow]:
    """Since when, and who trains them. Of training at another school, only who trains them once that is certain."""
    training = mentor.card.training
    if training is None:
        return
    active = training.partnership_status == State.ACTIVE
    if mentor.card.elsewhere:
        yield SummaryRow("Mentor training", "Registered by another school")
        if active and training.lead_provider_name:
            yield SummaryRow("Lead provider", training.lead_provider_name)
        return
    if status in _GOES_ON or (status is MentorStatus.STOPPED and training.finished_on):
        yield SummaryRow("Mentor training", _dates(training.started_on, training.finished_on, today))
    yield from wording.training_rows(training)
    if active and training.training_status != TrainingStatus.ACTIVE:
        yield SummaryRow(IT, it_told(training, mentor.card.name))


def _dates(started_on: date, finished_on: date | None, today: date) -> str:
    """“Since 1 September 2025”, “From 1 October 2025”, or both days."""
    if finished_on is None and started_on > today:
        return f"From {in_words(started_on)}"
    return wording.stretch(started_on, finished_on)


def _when(ect: Mentored, today: date) -> str:
    """The days of a mentorship that hasn’t begun or has an end; “” for one that simply goes on."""
    begins = f"from {in_words(ect.started_on)}" if ect.started_on > today else ""
    ends = f"until {in_words(ect.finished_on)}" if ect.finished_on else ""
    return " ".join(each for each in (begins, ends) if each)
