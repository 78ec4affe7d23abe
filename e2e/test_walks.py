"""Every journey in the library, walked in a browser: nothing here names a journey, a round or a page of one."""

from __future__ import annotations

import pytest

from app.domain.names import Fact
from app.engine.conditions import FactHolds
from app.engine.vocabulary import Ask, Journey, Page, Stop, source_of
from app.web.journeys import library
from e2e.support import worlds
from e2e.support.site import Site
from e2e.support.visitor import Visitors
from e2e.walker import Walker
from tests.support import acceptance
from tests.support.amounts import LONG

JOURNEYS = tuple(library())
NAMES = [f"{journey.slug}-{journey.variant}" for journey in JOURNEYS]
every_journey = pytest.mark.parametrize("journey", JOURNEYS, ids=NAMES)
every_live_journey = pytest.mark.parametrize(
    "journey", [each for each in JOURNEYS if each.is_live], ids=[name for name in NAMES if "live" in name]
)
# What is walked in every way in a normal run too; the others are, at full count.
SHORTEST = min(JOURNEYS, key=lambda journey: len(journey.pages))
ENDS = {"check_answers", "confirmation"}
# What never holds in the acceptance world as one person meets it: other worlds and stories show these pages.
ONLY_ELSEWHERE = {
    Fact.SCHOOL_CANNOT_GET_TRAINING,
    Fact.REGISTRATION_CLOSED,
    Fact.PARTNER_LIST_IS_LONG,
    Fact.COLLEAGUE_WAS_FIRST,
    Fact.ANOTHER_SCHOOL_WAS_FIRST,
}


def needs(page: Page) -> set[str]:
    """The facts that a page’s condition mentions."""
    return {atom.name for atom in page.when.atoms() if isinstance(atom, FactHolds)} if page.when else set()


def has_a_list(page: Page | None) -> bool:
    """Whether a page’s options come from the records."""
    return isinstance(page, Ask) and any(source_of(field) for field in page.question.fields)


def its_own(journey: Journey) -> tuple[Page, ...]:
    """The pages of a round that the live journey doesn’t have letter for letter; all of a live journey."""
    live = next((each for each in JOURNEYS if each.is_live and each.slug == journey.slug), journey)
    return journey.pages if live is journey else tuple(p for p in journey.pages if p not in live.pages)


def walker(
    visitors: Visitors,
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
    visitor.sign_in(tutor)
    made = Walker(visitor, journey, urn, widths=widths, every_shape=every_shape)
    if not every_shape:
        own = its_own(journey)
        made.axe_on = lambda page: page is None or page in own
        made.tries_others_on = lambda page: page in own
    return made


@every_journey
def test_every_page_is_clean_in_default_and_error_state_wide_and_narrow(
    visitors: Visitors, journey: Journey
) -> None:
    assert walker(visitors, journey).everywhere() >= ENDS


@pytest.mark.parametrize(
    "journey",
    [pytest.param(each, marks=[] if each is SHORTEST else pytest.mark.long) for each in JOURNEYS],
    ids=NAMES,
)
def test_every_page_is_clean_with_the_scripts_of_the_site_blocked(
    visitors: Visitors, journey: Journey
) -> None:
    blocked = walker(visitors, journey, scripts="blocked", widths=(320,))
    if not LONG:
        # Without scripts only lists look different: axe has seen the other pages already.
        blocked.axe_on = has_a_list
    assert blocked.everywhere() >= ENDS


@pytest.mark.parametrize(
    "journey",
    [pytest.param(each, marks=[] if each.is_live else pytest.mark.long) for each in JOURNEYS],
    ids=NAMES,
)
def test_every_page_can_be_reached_and_answered_without_javascript(
    visitors: Visitors, journey: Journey
) -> None:
    met = walker(visitors, journey, scripts="off", widths=(320,)).everywhere()
    own = {page.name for page in its_own(journey) if not needs(page) & ONLY_ELSEWHERE}
    assert own - met == set()
    assert met >= ENDS


@every_live_journey
@pytest.mark.parametrize("world", [worlds.closed, worlds.not_funded])
def test_a_journey_that_cannot_begin_says_so_on_one_clean_page(
    site: Site, visitors: Visitors, journey: Journey, world: worlds.World
) -> None:
    site.write(world)
    met = walker(visitors, journey).everywhere()
    assert [type(journey.page(name)) for name in met] == [Stop]


@every_live_journey
@pytest.mark.parametrize(
    "scripts",
    ["on", pytest.param("blocked", marks=pytest.mark.long), pytest.param("off", marks=pytest.mark.long)],
)
def test_lists_too_long_for_radios_are_clean_and_can_be_answered(
    site: Site, visitors: Visitors, journey: Journey, scripts: str
) -> None:
    site.write(worlds.long_list)
    long = walker(visitors, journey, scripts=scripts, widths=(1280, 320) if LONG else (320,))
    long.axe_on = has_a_list
    long.tries_others_on = has_a_list
    met = long.everywhere()
    assert met >= {page.name for page in journey.pages if needs(page) & {Fact.PARTNER_LIST_IS_LONG}}


@pytest.mark.long
@every_journey
@pytest.mark.parametrize("scripts", ["on", "blocked", "off"])
@pytest.mark.parametrize(
    ("tutor", "urn"),
    [
        (acceptance.OAKFIELD_TUTOR, acceptance.OAKFIELD_URN),
        (acceptance.HARROW_LANE_TUTOR, acceptance.HARROW_LANE_URN),
        (acceptance.ELM_COURT_TUTOR, acceptance.ELM_COURT_URN),
    ],
    ids=["oakfield", "harrow-lane", "elm-court"],
)
def test_every_look_of_every_page_is_clean_at_every_school(
    visitors: Visitors, journey: Journey, scripts: str, tutor: str, urn: str
) -> None:
    assert (
        walker(visitors, journey, tutor=tutor, urn=urn, scripts=scripts, every_shape=True).everywhere()
        >= ENDS
    )
