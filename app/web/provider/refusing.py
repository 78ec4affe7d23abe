"""Who asks, what was done, and the page that says why something wasn’t: always 409, always with the way back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import g, request
from werkzeug.wrappers import Response

from app.data import clock
from app.data.ids import known_form
from app.data.queries.api import partnerships, proposals
from app.data.queries.provider import naming
from app.domain.refusals import Refused
from app.services import providers
from app.services.asked import Asked, at_lead_provider
from app.web.errors import ErrorPage, error_page
from app.web.render import Link, Notice, render
from app.web.security import request_id

Words = tuple[str, str]
PROPOSALS, TOKENS = "/provider/proposals", "/provider/tokens"
NOT_DONE = "We have not changed anything."
ANSWERED = "Somebody has answered this proposal already"
OVERTAKEN: Words = (
    "Somebody else made a change first",
    "This is not what it was when you opened the page. Look at it again, then decide what to do.",
)
ANSWERS: Mapping[str, Words] = {
    "active": (
        ANSWERED,
        "It is a partnership now. A colleague confirmed it, or your own system did over the API.",
    ),
    "declined": (
        ANSWERED,
        "It is declined now. A colleague declined it, or your own system did over the API.",
    ),
    "retracted": (
        "The school has taken this proposal back",
        "It chose something else, so there is nothing to confirm or decline any more.",
    ),
    "challenged": (
        "The school says that this partnership is wrong",
        "It is challenged now. Contact the school if you think that it is right.",
    ),
}
REFUSALS: Mapping[str, Words] = {
    "not_paired": (
        "You do not work with this delivery partner in that cohort",
        "Contact DfE if you do, or decline the proposal.",
    ),
    "no_partners": (
        "You have no delivery partner in that cohort",
        "Contact DfE to add the one that will train there. Then you can confirm the proposal.",
    ),
    "already_issued": (
        "We have shown you this token already",
        "We cannot show it again. If you did not copy it, revoke it and issue another.",
    ),
}
_OVERTAKEN = frozenset({"missing", "other_partner", "partner_unknown"})
_DONE: Mapping[str, str] = {
    "confirmed": "You have confirmed the partnership{with_school}.",
    "declined": "You have declined the proposal{of_school}. The school will be asked to choose again.",
    "revoked": "The token has been revoked. It opens nothing any more.",
}


def asked() -> Asked:
    """The person signed in asks, now."""
    return at_lead_provider(g.person.id, g.person.name, clock.now(), request_id())


def notices() -> tuple[Notice, ...]:
    """What the page before did, as its redirect says; with the school’s name when it was about one of ours."""
    words = _DONE.get(request.args.get("notice", ""))
    if words is None:
        return ()
    school = _school(known_form(request.args.get("of", ""))) if "{" in words else ""
    named = {"with_school": f" with {school}", "of_school": f" of {school}"} if school else {}
    text = words.format(**{"with_school": "", "of_school": "", **named})
    return (Notice("", text, kind="success"),)


def _school(identity: str | None) -> str:
    own: str = g.lead_provider_id
    proposal = proposals.one(own, identity) if identity else None
    if proposal is not None:
        return proposal.school_name
    partnership = partnerships.one(own, identity) if identity else None
    return naming.schools([partnership.urn])[partnership.urn] if partnership else ""


def not_found(_error: providers.NotFound) -> Response:
    """There is no such record, or it is another lead provider’s."""
    return error_page(404)


def overtaken(_error: providers.Overtaken) -> Response:
    """Somebody was faster."""
    return _page(OVERTAKEN)


def refused(error: Refused) -> Response:
    """A rule says no, and the page couldn’t know that."""
    if error.reason == "not_proposed":
        return _page(ANSWERS[str(error.detail["state"])])
    return _page(OVERTAKEN if error.reason in _OVERTAKEN else REFUSALS[error.reason])


def _page(words: Words) -> Response:
    title, text = words
    back = _back()
    return render("errors/error.html", ErrorPage(title, (text, NOT_DONE), back, tabs="provider"), 409)


def _back() -> Link:
    if request.path.startswith(TOKENS):
        return Link("Go back to the API tokens", TOKENS)
    return Link("Go back to the proposals", PROPOSALS)
