"""The sign-in and sign-out addresses; who is there is the adapter’s business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Blueprint, current_app, g, redirect, request
from werkzeug.wrappers import Response

from app.services.signing_in import SignedInPerson
from app.web.render import Notice, PageError, render
from app.web.sessions import current_session
from app.web.sign_in.next_page import local_path
from app.web.sign_in.port import SignIn

blueprint = Blueprint("sign_in", __name__)
HOMES = {"dfe": "/finance/statements", "lead_provider": "/provider/proposals"}


@dataclass(frozen=True, slots=True)
class SignedOutPage:
    """Says that it worked."""

    title: str = "You have signed out"
    errors: tuple[PageError, ...] = ()
    back: str | None = None
    notices: tuple[Notice, ...] = ()
    tabs: str = "none"


@blueprint.get("/sign-in")
def choose() -> Response:
    """Ask who it is, unless we know."""
    next_page = local_path(request.args.get("next"))
    if g.person is not None:
        return redirect(next_page or home_of(g.person), 303)
    return _adapter().begin(next_page)


@blueprint.post("/sign-in")
def enter() -> Response:
    """Sign in, and go where the person was going."""
    entered = _adapter().finish()
    if isinstance(entered, Response):
        return entered
    current_session().sign_in(entered.person_id)
    g.person = current_session().person
    return redirect(entered.next_page or home_of(g.person), 303)


@blueprint.post("/sign-out")
def leave() -> Response:
    """End the session."""
    current_session().sign_out()
    return redirect("/signed-out", 303)


@blueprint.post("/session/stay")
def stay() -> Response:
    """Keep a sign-in that is about to end. Being asked is enough: every request counts as use."""
    return Response(status=204)


@blueprint.get("/signed-out")
def left() -> Response:
    """Where signing out leads."""
    return render("sign_in/signed_out.html", SignedOutPage())


def home_of(person: SignedInPerson) -> str:
    """Where a person begins: their school’s ECTs or the list of their schools, statements, or proposals."""
    if person.kind in HOMES:
        return HOMES[person.kind]
    if len(person.schools) == 1:
        return f"/schools/{person.schools[0].urn}/ects"
    return "/schools"


def _adapter() -> SignIn:
    return cast(SignIn, current_app.extensions["sign_in"])
