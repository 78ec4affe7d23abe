"""The list of schools of somebody who acts for several, such as a trust."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.matching import fold
from app.services.signing_in import OwnSchool
from app.web.render import Link
from app.web.school.listing import Asked, listed
from app.web.school.pages import NamedLink, SchoolsPage, Trail
from app.web.school.telling_apart import apart

SCHOOLS_A_PAGE = 50


def schools_page(schools: Sequence[OwnSchool], asked: Asked, help_at: str) -> SchoolsPage:
    """The page: A to Z, 50 at a time, with a search when there are more."""
    found = [school for school in schools if _fits(school, fold(asked.search))]
    number = min(asked.number, max(1, -(-len(found) // SCHOOLS_A_PAGE)))
    shown = found[(number - 1) * SCHOOLS_A_PAGE : number * SCHOOLS_A_PAGE]
    return SchoolsPage(
        title="Choose a school" if schools else "We do not know your school yet",
        schools=_links(shown),
        listed=listed("/schools", asked.search, len(found), number, SCHOOLS_A_PAGE),
        has_search=len(schools) > SCHOOLS_A_PAGE,
        help=help_at,
    )


def trail_to(schools: Sequence[OwnSchool], title: str) -> Trail:
    """The way back to the list, for somebody who acts for several schools, and the page called `title`, if any."""
    if len(schools) < 2:
        return ()
    up = (Link("Your schools", "/schools"),)
    return (*up, Link(title, "")) if title else up


def _fits(school: OwnSchool, key: str) -> bool:
    return key in fold(school.name) or school.urn.startswith(key)


def _links(schools: Sequence[OwnSchool]) -> tuple[NamedLink, ...]:
    """Links, those of the same name told apart by their number."""
    names = [school.name for school in schools]
    told = apart(names, [f", URN {school.urn}" for school in schools])
    return tuple(
        NamedLink(f"{school.name}{extra}", f"/schools/{school.urn}/ects")
        for school, extra in zip(schools, told, strict=True)
    )
