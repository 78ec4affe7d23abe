"""The start page, who does what, and the statements in the footer."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, g
from werkzeug.wrappers import Response

from app.config import Config
from app.data import clock
from app.services import yours
from app.services.signing_in import OwnSchool
from app.web.guidance import jobs
from app.web.render import Notice, PageError, render

blueprint = Blueprint("guidance", __name__)


@dataclass(frozen=True, slots=True)
class InformationPage:
    """A page of text. `settings` gives it the cookie’s name, the help address and the time limits."""

    title: str
    settings: Config
    tab: str = ""
    errors: tuple[PageError, ...] = ()
    back: str | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolYours:
    """The organisations of one of the person’s schools; `school` is empty when they have only one."""

    school: str
    yours: yours.Yours


@dataclass(frozen=True, slots=True)
class WhoDoesWhatPage:
    """The three jobs compared, with the school’s own organisations first."""

    own: tuple[SchoolYours, ...]
    sections: tuple[jobs.Section, ...]
    title: str = "Who does what: appropriate bodies, lead providers and delivery partners"
    tab: str = "who-does-what"
    caption: str = jobs.CAPTION
    columns: tuple[str, ...] = jobs.COLUMNS
    rows: tuple[jobs.JobsRow, ...] = jobs.ROWS
    in_one_sentence: tuple[tuple[str, str], ...] = jobs.IN_ONE_SENTENCE
    errors: tuple[PageError, ...] = ()
    back: str | None = None
    notices: tuple[Notice, ...] = ()


@blueprint.get("/")
def start() -> Response:
    """What the service is for, and “Start now”."""
    return _information("guidance/start.html", "Register early career teachers")


@blueprint.get("/guidance/who-does-what")
def who_does_what() -> Response:
    """The comparison of the three roles."""
    schools = _show_only_school()
    own = tuple(
        SchoolYours(school.name if len(schools) > 1 else "", yours.organisations_of(school.id, clock.today()))
        for school in schools[:10]
    )
    return render(
        "guidance/who_does_what.html", WhoDoesWhatPage(own, jobs.sections(_only_lead_provider(own)))
    )


@blueprint.get("/accessibility")
def accessibility() -> Response:
    """The accessibility statement."""
    return _information("guidance/accessibility.html", "Accessibility statement")


@blueprint.get("/cookies")
def cookies() -> Response:
    """Exactly the cookies this service sets."""
    return _information("guidance/cookies.html", "Cookies")


@blueprint.get("/privacy")
def privacy() -> Response:
    """What we keep about people, why, and for how long."""
    return _information("guidance/privacy.html", "Privacy")


def _information(template: str, title: str) -> Response:
    _show_only_school()
    return render(template, InformationPage(title, current_app.config["SETTINGS"]))


def _show_only_school() -> tuple[OwnSchool, ...]:
    """The signed-in person’s schools; with only one, its tabs stay in the navigation."""
    schools: tuple[OwnSchool, ...] = g.person.schools if g.person is not None else ()
    if len(schools) == 1:
        g.school = schools[0]
    return schools


def _only_lead_provider(own: tuple[SchoolYours, ...]) -> str:
    names = {each.lead_provider for school in own for each in school.yours.partnerships}
    return names.pop() if len(names) == 1 else ""
