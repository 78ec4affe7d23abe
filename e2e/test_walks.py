"""Every journey in the library, walked in a browser: nothing here names a journey, a round or a page of one."""

from __future__ import annotations

import pytest

from app.domain.names import Fact
from app.engine.conditions import Chose, FactHolds
from app.engine.vocabulary import Ask, Journey, Page, Stop, source_of
from app.web.journeys import library
from e2e.support import ahead, worlds
from e2e.support.site import Site
from e2e.support.visitor import Visitors
from e2e.walker import Walker
from tests.support import acceptance
from tests.support.amounts import LONG

JOURNEYS = tuple(library())
NAMES = [f"{journey.slug}-{journey.variant}" for journey in JOURNEYS]
every_journey = pytest.mark.parametrize("journey", JOURNEYS, ids=NAMES)
LIVE = tuple(journey for journey in JOURNEYS if journey.is_live)
LONGEST = max(LIVE, key=lambda journey: len(journey.pages))
# What is walked in every way in a normal run too; the others are, at full count.
SHORTEST = min(JOURNEYS, key=lambda journey: len(journey.pages))
MANY = 16
ENDS = {"check_answers", "confirmation"}
# What never holds in the acceptance world as one person meets it: other worlds and stories show these pages.
ONLY_ELSEWHERE = {
    Fact.SCHOOL_CANNOT_GET_TRAINING,
    Fact.REGISTRATION_CLOSED,
    Fact.PARTNER_LIST_IS_LONG,
    Fact.COLLEAGUE_WAS_FIRST,
    Fact.ANOTHER_SCHOOL_WAS_FIRST,
    Fact.PARTNERSHIP_IS_ACTIVE,
    Fact.ECT_HAS_LEFT,
    Fact.TRAINING_ENDED_TOGETHER,
}
# Without scripts the same pages come from the server, and those of Oakfield are walked so above.
AT_EVERY_SCHOOL = [
    pytest.param(acceptance.OAKFIELD_TUTOR, acceptance.OAKFIELD_URN, "on", id="oakfield"),
    pytest.param(acceptance.HARROW_LANE_TUTOR, acceptance.HARROW_LANE_URN, "on", id="harrow-lane"),
    pytest.param(acceptance.ELM_COURT_TUTOR, acceptance.ELM_COURT_URN, "on", id="elm-court"),
    pytest.param(
        acceptance.HARROW_LANE_TUTOR, acceptance.HARROW_LANE_URN, "blocked", id="harrow-lane-blocked"
    ),
    pytest.param(acceptance.ELM_COURT_TUTOR, acceptance.ELM_COURT_URN, "off", id="elm-court-off"),
]
CANNOT_BEGIN = {
    Fact.REGISTRATION_CLOSED: worlds.closed,
    Fact.SCHOOL_CANNOT_GET_TRAINING: worlds.not_funded,
}


def needs(page: Page) -> set[str]:
    """The facts that a page’s condition mentions."""
    return {atom.name for atom in page.when.atoms() if isinstance(atom, FactHolds)} if page.when else set()


def has_a_list(page: Page | None) -> bool:
    """Whether a page’s options come from the records."""
    return isinstance(page, Ask) and any(source_of(field) for field in page.question.fields)


def names_of(page: Page) -> set[str]:
    """The names of a page’s fields."""
    return {field.name for field in page.question.fields} if isinstance(page, Ask) else set()


def its_own(journey: Journey) -> tuple[Page, ...]:
    """The pages of a journey that aren’t walked with another: a round’s that the live one doesn’t have letter for
    letter; a live one’s whose questions the longest doesn’t ask."""
    if not journey.is_live:
        live = next(each for each in LIVE if each.slug == journey.slug)
        return tuple(page for page in journey.pages if page not in live.pages)
    if journey is LONGEST:
        return journey.pages
    known = [page.question for page in LONGEST.pages if isinstance(page, Ask)]
    return tuple(p for p in journey.pages if not isinstance(p, Ask) or p.question not in known)


def pages_to_reach(journey: Journey) -> set[str]:
    """The names of a journey’s own pages that the acceptance world shows."""
    return {page.name for page in its_own(journey) if not needs(page) & ONLY_ELSEWHERE}


def leads_to(pages: tuple[Page, ...]) -> set[str]:
    """The fields whose answers decide if one of these pages is shown."""
    conditions = [page.when for page in pages if page.when]
    return {atom.field for when in conditions for atom in when.atoms() if isinstance(atom, Chose)}


def is_long(journey: Journey) -> bool:
    """A journey that is walked at full count only: rounds, another that finds a teacher as the longest one does, and
    one most of whose pages are that one’s."""
    if not journey.is_live or journey is LONGEST:
        return not journey.is_live
    return len(journey.pages) > MANY or 2 * len(its_own(journey)) < len(journey.pages)


def mention(fact: Fact) -> tuple[Journey, ...]:
    """The live journeys with a page that is shown when the fact holds, or when it doesn’t."""
    return tuple(journey for journey in LIVE if any(fact in needs(page) for page in journey.pages))


def walker(
    visitors: Visitors,
    site: Site,
    journey: Journey,
    *,
    tutor: str = acceptance.OAKFIELD_TUTOR,
    urn: str = acceptance.OAKFIELD_URN,
    scripts: str = "on",
    widths: tuple[int, ...] = (1280, 320),
    every_shape: bool = False,
) -> Walker:
    """A walker on a journey, signed in. Unless every shape counts, axe sees each page in one journey only."""
    visitor = visitors(scripts=scripts)
    ahead.sign_in(visitor, tutor)
    school = next(each for each, person in acceptance.TUTORS.items() if person == tutor)
    made = Walker(visitor, journey, urn, widths=widths, every_shape=every_shape)
    made.new_record = worlds.new_record(site, journey.outcome, school)
    if not every_shape:
        own = its_own(journey)
        made.axe_on = lambda page: page is None or page in own
        fields = leads_to(own)
        made.tries_others_on = lambda page: page in own or bool(fields & names_of(page))
    return made


@pytest.mark.parametrize(
    "journey",
    [pytest.param(each, marks=pytest.mark.long if is_long(each) else []) for each in JOURNEYS],
    ids=NAMES,
)
def test_every_page_is_clean_in_default_and_error_state_wide_and_narrow(
    visitors: Visitors, site: Site, journey: Journey
) -> None:
    # What has room in the narrow window has it in the wide one, but for lists and tables: these are looked at apart.
    widths = (1280, 320) if LONG else (320,)
    met = walker(visitors, site, journey, widths=widths).everywhere()
    assert pages_to_reach(journey) - met == set()
    assert met >= ENDS


@pytest.mark.parametrize(
    "journey",
    [pytest.param(each, marks=[] if each is SHORTEST else pytest.mark.long) for each in JOURNEYS],
    ids=NAMES,
)
def test_every_page_is_clean_with_the_scripts_of_the_site_blocked(
    visitors: Visitors, site: Site, journey: Journey
) -> None:
    blocked = walker(visitors, site, journey, scripts="blocked", widths=(320,))
    if not LONG:
        # Without scripts only lists look different: axe has seen the other pages already.
        blocked.axe_on = has_a_list
    assert blocked.everywhere() >= ENDS


@pytest.mark.parametrize(
    "journey",
    [pytest.param(each, marks=[] if each is SHORTEST else pytest.mark.long) for each in JOURNEYS],
    ids=NAMES,
)
def test_every_page_can_be_reached_and_answered_without_javascript(
    visitors: Visitors, site: Site, journey: Journey
) -> None:
    met = walker(visitors, site, journey, scripts="off", widths=(320,)).everywhere()
    assert pages_to_reach(journey) - met == set()
    assert met >= ENDS


@pytest.mark.parametrize(
    ("fact", "journey"),
    [(fact, journey) for fact in CANNOT_BEGIN for journey in mention(fact)],
    ids=lambda value: value.slug if isinstance(value, Journey) else value,
)
def test_a_journey_that_cannot_begin_says_so_on_one_clean_page(
    site: Site, visitors: Visitors, fact: Fact, journey: Journey
) -> None:
    site.write(CANNOT_BEGIN[fact])
    met = walker(visitors, site, journey).everywhere()
    assert [type(journey.page(name)) for name in met] == [Stop]


@pytest.mark.parametrize(
    "journey",
    [
        pytest.param(each, marks=[] if each is LONGEST else pytest.mark.long)
        for each in mention(Fact.PARTNER_LIST_IS_LONG)
    ],
    ids=lambda journey: journey.slug,
)
@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param("on", marks=pytest.mark.long),
        pytest.param("blocked", marks=pytest.mark.long),
        pytest.param("off", marks=pytest.mark.long),
    ],
)
def test_lists_too_long_for_radios_are_clean_and_can_be_answered(
    site: Site, visitors: Visitors, journey: Journey, scripts: str
) -> None:
    site.write(worlds.long_list)
    lists = tuple(page for page in journey.pages if needs(page) & {Fact.PARTNER_LIST_IS_LONG})
    # What the longest asks as well needs no other answer on the way there.
    usual = set().union(*map(names_of, LONGEST.pages))
    deciding = leads_to(lists) - usual
    long = walker(visitors, site, journey, scripts=scripts, widths=(1280, 320) if LONG else (320,))
    long.axe_on = has_a_list
    long.tries_others_on = lambda page: has_a_list(page) or bool(names_of(page) & deciding)
    assert long.everywhere() >= {page.name for page in lists}


@pytest.mark.long
@every_journey
@pytest.mark.parametrize(("tutor", "urn", "scripts"), AT_EVERY_SCHOOL)
def test_every_look_of_every_page_is_clean_at_every_school(
    visitors: Visitors, site: Site, journey: Journey, tutor: str, urn: str, scripts: str
) -> None:
    assert (
        walker(visitors, site, journey, tutor=tutor, urn=urn, scripts=scripts, every_shape=True).everywhere()
        >= ENDS
    )
