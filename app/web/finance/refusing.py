"""Who asks, and the page that says why something wasn’t done: always 409, always with the way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import g, request
from werkzeug.wrappers import Response

from app.data import clock
from app.domain.contracts import MESSAGES as CONTRACT_MESSAGES
from app.domain.days import in_words
from app.domain.declarations import INVALID_ACTION
from app.domain.declarations import MESSAGES as DECLARATION_MESSAGES
from app.domain.refusals import Refused
from app.services import finance
from app.services.asked import Asked
from app.web.errors import ErrorPage, error_page
from app.web.render import Link, Notice, render
from app.web.security import request_id

Words = tuple[str, str]
NOT_DONE = "We have not changed anything."
OVERTAKEN: Words = (
    "Somebody else made a change first",
    "This is not what it was when you opened the page. Look at it again, then decide what to do.",
)
REFUSALS: Mapping[str, Words] = {
    "already_paid": ("This statement has already been paid", "It cannot be changed or paid again."),
    "deadline_not_passed": (
        "It is too early to pay this statement",
        "Declarations can be added to it until the end of {deadline}. You can ask for payment from the day after.",
    ),
    "already_requested": (
        "Somebody has already asked for this payment",
        "Look at the statement to see who asked. A different person must authorise it.",
    ),
    "not_requested": (
        "Nobody is asking for this payment",
        "The request may have been withdrawn. Somebody must ask for the payment before it can be authorised.",
    ),
    "same_person": (
        "A different person must authorise this payment",
        "You asked for it, so you cannot authorise it. Ask a colleague to sign in and authorise it.",
    ),
    "wrong_state": (
        "This statement is not ready to be paid",
        "Its deadline has passed, but its declarations have not been closed yet. That happens overnight.",
    ),
    "no_contract": (
        "There is no contract to work this statement out by",
        "Set up the contract of this lead provider and cohort first. Then the statement can be paid.",
    ),
    "figures_changed": (
        "The figures have changed",
        "The statement comes to a different amount than on the page you saw. Look at it again, then authorise it.",
    ),
}
NOTICES: Mapping[str, str] = {
    "requested": "You have asked for this payment. A different person must authorise it.",
    "withdrawn": "The request for payment has been withdrawn.",
    "authorised": "The payment has been authorised.",
    "added": "The adjustment has been added.",
    "removed": "The adjustment has been removed.",
    "voided": "The declaration has been voided.",
    "clawed-back": "The declaration will be clawed back.",
    "funding": "The funding has been set by hand.",
    "contract": "The new version of the contract has been set up.",
}


def asked() -> Asked:
    """The person signed in asks, now."""
    return finance.by_finance(g.person.id, clock.now(), request_id())


def notices() -> tuple[Notice, ...]:
    """What the page before did, as its redirect says."""
    words = NOTICES.get(request.args.get("notice", ""))
    return (Notice("", words, kind="success"),) if words else ()


def not_found(_error: finance.NotFound) -> Response:
    """There is no such record."""
    return error_page(404)


def overtaken(_error: finance.Overtaken) -> Response:
    """Somebody was faster."""
    return _page(OVERTAKEN)


def refused(error: Refused) -> Response:
    """A rule says no, and the page couldn’t know that."""
    return _page(_words(error))


def _words(error: Refused) -> Words:
    details = {
        name: in_words(value) if isinstance(value, date) else value for name, value in error.detail.items()
    }
    if error.field == INVALID_ACTION:
        message = DECLARATION_MESSAGES[error.reason].format(**details).replace("_", " ")
        return "This declaration cannot be taken back", f"{message}."
    if error.reason in CONTRACT_MESSAGES:
        return "This contract cannot be set up", f"{CONTRACT_MESSAGES[error.reason].format(**details)}."
    title, text = REFUSALS[error.reason]
    return title, text.format(**details)


def _page(words: Words) -> Response:
    title, text = words
    return render("errors/error.html", ErrorPage(title, (text, NOT_DONE), _back(), tabs="finance"), 409)


def _back() -> Link:
    """The page that the address is about."""
    args = request.view_args or {}
    if "statement_id" in args:
        return Link("Go back to the statement", f"/finance/statements/{args['statement_id']}")
    if "declaration_id" in args:
        return Link("Go back to the declaration", f"/finance/declarations/{args['declaration_id']}")
    if "participant_id" in args:
        return Link("Go back to the participant", f"/finance/participants/{args['participant_id']}")
    return Link("Go back to the contract", contract_address(args["lead_provider_id"], args["cohort"]))


def contract_address(lead_provider_id: str, cohort: int | str) -> str:
    """Where the versions of a contract are."""
    return f"/finance/contracts/{lead_provider_id}/{cohort}"
