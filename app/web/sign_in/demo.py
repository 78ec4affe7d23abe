"""The demonstration’s way of signing in: a list of fictional people, one button each. Never in production."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from app.services import signing_in
from app.services.signing_in import DemoPerson
from app.web.render import Notice, PageError, render
from app.web.sign_in.next_page import local_path
from app.web.sign_in.port import Entered

KINDS = {
    "school": "At a school",
    "lead_provider": "At a lead provider",
    "dfe": "At the Department for Education",
}


class DemoSignInForm(FlaskForm):  # type: ignore[misc]
    """Which person’s button was pressed, and the page to go to. The token field is Flask-WTF’s own."""

    person = StringField()
    next = HiddenField()


@dataclass(frozen=True, slots=True)
class Seat:
    """One person to sign in as: what the button and the line beside it say."""

    person_id: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Seats:
    """The people of one kind, under a heading."""

    heading: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ChoosePersonPage:
    """The list of people by kind. `next_page` is empty or a path of this service."""

    title: str
    kinds: tuple[Seats, ...]
    next_page: str
    notices: tuple[Notice, ...] = ()
    errors: tuple[PageError, ...] = ()
    back: str | None = None
    tabs: str = "none"


class DemoSignIn:
    """Signs in whoever is chosen from the demo people."""

    def begin(self, next_page: str | None) -> Response:
        """The list of people."""
        return _page(signing_in.demo_people(), next_page)

    def finish(self) -> Entered | Response:
        """The person whose button was pressed; the list again when it was nobody’s."""
        form = DemoSignInForm()
        next_page = local_path(form.next.data)
        people = signing_in.demo_people()
        if any(person.id == form.person.data for person in people):
            return Entered(form.person.data, next_page)
        gone = Notice("Choose again", "The person you chose is not in this list any more.")
        return _page(people, next_page, (gone,))


def _page(
    people: tuple[DemoPerson, ...], next_page: str | None, notices: tuple[Notice, ...] = ()
) -> Response:
    kinds = tuple(_of_kind(kind, heading, people) for kind, heading in KINDS.items())
    page = ChoosePersonPage(
        "Choose who to sign in as", tuple(each for each in kinds if each.seats), next_page or "", notices
    )
    return render("sign_in/choose.html", page, 422 if notices else 200)


def _of_kind(kind: str, heading: str, people: tuple[DemoPerson, ...]) -> Seats:
    seats = (Seat(person.id, person.name, _place(person)) for person in people if person.kind == kind)
    return Seats(heading, tuple(seats))


def _place(person: DemoPerson) -> str:
    if person.kind == "dfe":
        return "Department for Education"
    return person.lead_provider or ", ".join(person.schools) or "No school yet"
