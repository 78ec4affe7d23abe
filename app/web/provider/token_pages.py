"""Tokens of the API: the list, a new one, and revoking one."""

from __future__ import annotations

from collections.abc import Sequence

from app.data.ids import new_id
from app.data.queries.paging import Page
from app.data.queries.provider.tokens import OwnToken
from app.services.tokens import Issued
from app.web.filters import counted, moment
from app.web.journeys.page import FieldView, SummaryRow
from app.web.offices.pages import Cell, ConfirmPage, Table
from app.web.provider import listing
from app.web.provider.listing import Wishes
from app.web.provider.pages import ListPage, QuestionPage, TokenPage
from app.web.provider.refusing import TOKENS
from app.web.render import Link, Notice, PageError
from app.web.school.pages import NamedLink, TagView
from app.web.school.telling_apart import apart

NAME, TOKEN_ID = "name", "token_id"
LONGEST_NAME = 100
QUESTION = "What is the new token for?"
HEAD = ("Name", "Status", "Issued on", "Issued by", "Last used on", "Action")
BEFORE = (
    "Your system sends a token with each request to the API.",
    "Whoever has a token can do all that you can do there. Keep it as safe as a password.",
)
WORKS, REVOKED = TagView("Works", "green"), TagView("Revoked", "grey")


def tokens_page(found: Page[OwnToken], wished: Wishes, notices: tuple[Notice, ...]) -> ListPage:
    """The list: those that work first."""
    return ListPage(
        title="API tokens",
        action=TOKENS,
        before=BEFORE,
        button=Link("Issue a token", f"{TOKENS}/new"),
        heading=counted(found.total, "token") if found.total else "No tokens yet",
        table=Table("API tokens", HEAD, _rows(found.rows), size="") if found.rows else None,
        listed=listing.where(TOKENS, found, wished),
        empty="To use the API, issue a token and give it to whoever looks after your system.",
        way_on=Link("Read how to use the API", "/api"),
        tab="tokens",
        notices=notices,
    )


def question_page(name: str = "", error: str = "") -> QuestionPage:
    """What is it for? The form says beforehand which id its token gets, so that sending it again makes no second."""
    field = FieldView(
        "text",
        NAME,
        QUESTION,
        is_heading=True,
        hint="For example, the name of the system that uses it. It tells your tokens apart",
        value=name,
        error=error,
        width="20",
        spellcheck=False,
    )
    errors = (PageError(error, f"#{NAME}"),) if error else ()
    return QuestionPage(QUESTION, TOKENS, field, {TOKEN_ID: new_id()}, "Issue the token", errors, "tokens")


def read_name(typed: str) -> tuple[str, str]:
    """The name, and what is wrong with it, if anything."""
    name = " ".join(typed.split())
    if not name:
        return name, "Enter what the token is for"
    return name, f"The name must be {LONGEST_NAME} characters or fewer" if len(name) > LONGEST_NAME else ""


def token_page(name: str, made: Issued) -> TokenPage:
    """The token, this once."""
    return TokenPage("Copy your new token now", name, made.token, Link("I have copied the token", TOKENS))


def revoke_page(found: OwnToken) -> ConfirmPage:
    """Revoke it?"""
    used = moment(found.last_used_at) if found.last_used_at else "Never"
    return ConfirmPage(
        title="Revoke this token",
        back=TOKENS,
        button="Revoke the token",
        kind="warning",
        rows=(
            SummaryRow("Name", found.name),
            SummaryRow("Issued on", moment(found.created_at)),
            SummaryRow("Issued by", _by(found)),
            SummaryRow("Last used on", used),
        ),
        sentences=("Systems that send this token are refused from then on. You cannot undo this.",),
        no="Keep it",
        tabs="provider",
        tab="tokens",
    )


def _by(found: OwnToken) -> str:
    return found.created_by or "DfE"


def _rows(found: Sequence[OwnToken]) -> tuple[tuple[Cell, ...], ...]:
    names = [each.name for each in found]
    hidden = apart(names, [f", issued on {moment(each.created_at)}" for each in found])
    return tuple(_row(*each) for each in zip(found, hidden, strict=True))


def _row(each: OwnToken, hidden: str) -> tuple[Cell, ...]:
    used = moment(each.last_used_at) if each.last_used_at else "Never"
    action: Cell = f"Revoked on {moment(each.revoked_at)}" if each.revoked_at else ""
    if not each.revoked_at:
        action = NamedLink("Revoke", f"{TOKENS}/{each.id}/revoke", f" {each.name}{hidden}")
    status = REVOKED if each.revoked_at else WORKS
    return (each.name, status, moment(each.created_at), _by(each), used, action)
