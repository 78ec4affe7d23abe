"""What the school’s templates are given: plain values, one dataclass for each template."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.journeys.page import SummaryRow
from app.web.render import Link, Notice
from app.web.school.listing import Listed

# Breadcrumbs, the page itself last and without an address; none on pages at the top.
Trail = tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """A status: the words of the tag, its GOV.UK colour, and what to do about it, if anything."""

    text: str
    colour: str
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link, with hidden words after its text that tell it from others with the same text."""

    text: str
    href: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class SchoolsPage:
    """The chooser. `help` is where to write when no school is listed."""

    title: str
    schools: tuple[NamedLink, ...]
    listed: Listed
    has_search: bool
    help: str
    tabs: str = "none"


@dataclass(frozen=True, slots=True)
class UnfinishedView:
    """A registration that isn’t finished: whose, since when, until when, and its two links."""

    name: str
    started: str
    kept: str
    links: tuple[NamedLink, ...]


@dataclass(frozen=True, slots=True)
class EctCard:
    """One ECT in the list."""

    link: NamedLink
    status: TagView
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class EctsPage:
    """Your ECTs. `unfinished` is on the first page of the whole list only; `more_unfinished` of them aren’t shown."""

    title: str
    register: BeginView
    cards: tuple[EctCard, ...]
    listed: Listed
    unfinished: tuple[UnfinishedView, ...] = ()
    more_unfinished: int = 0
    notices: tuple[Notice, ...] = ()
    trail: Trail = ()
    tab: str = "ects"


@dataclass(frozen=True, slots=True)
class MentoredView:
    """An ECT of a mentor, and when, if that has to be said: “from 1 October 2025”."""

    link: NamedLink
    when: str


@dataclass(frozen=True, slots=True)
class MentorCard:
    """One mentor in the list: rows about them, their ECTs, rows about their own training."""

    name: str
    status: TagView
    about: tuple[SummaryRow, ...]
    ects: tuple[MentoredView, ...]
    training: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class MentorsPage:
    """Your mentors. `ects` is the address of Your ECTs, where they are registered."""

    title: str
    cards: tuple[MentorCard, ...]
    listed: Listed
    ects: str
    trail: Trail = ()
    tab: str = "mentors"


@dataclass(frozen=True, slots=True)
class StretchView:
    """A stretch of training in the history."""

    dates: str
    training: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the rows under it."""

    heading: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class EctPage:
    """One ECT. `earlier` has a group for each registration at another time or place.

    `to_do` are journeys that something waits for, `to_tell` those that can be begun at any time.
    """

    title: str
    trail: Trail
    status: TagView
    next_steps: tuple[str, ...]
    warning: str
    groups: tuple[Group, ...]
    history: tuple[StretchView, ...]
    earlier: tuple[Group, ...]
    to_do: tuple[BeginView, ...] = ()
    to_tell: tuple[BeginView, ...] = ()
    tab: str = "ects"


@dataclass(frozen=True, slots=True)
class BeginView:
    """A button that begins a journey; hidden words after its text tell it from others with the same text."""

    action: str
    text: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class PartnershipView:
    """One partnership. `begin` is what can be done about it, if anything."""

    heading: str
    status: TagView
    rows: tuple[SummaryRow, ...]
    begin: BeginView | None = None


@dataclass(frozen=True, slots=True)
class YearView:
    """A year, “2025 to 2026”, with its partnerships."""

    year: str
    partnerships: tuple[PartnershipView, ...]


@dataclass(frozen=True, slots=True)
class PartnershipsPage:
    """The school’s partnerships, the latest year first."""

    title: str
    years: tuple[YearView, ...]
    listed: Listed
    trail: Trail = ()
    tab: str = "partnerships"
