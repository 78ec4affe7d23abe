"""Routes of tokens: the list, a new one, and revoking one."""

from __future__ import annotations

from flask import abort, g, redirect, request
from werkzeug.wrappers import Response

from app.data.ids import known_form
from app.data.queries.provider import tokens as queries
from app.data.queries.provider.tokens import OwnToken
from app.services import tokens
from app.web.provider import blueprint, listing, token_pages
from app.web.provider.refusing import TOKENS, asked, notices
from app.web.provider.token_pages import NAME, TOKEN_ID
from app.web.render import render


@blueprint.get("/tokens", endpoint="tokens")
def listed() -> Response:
    """The lead provider’s tokens."""
    wished, own = listing.wishes(request.args), g.lead_provider_id
    found = listing.page_for(lambda page: queries.listed(own, page, wished.size), wished)
    return render("provider/list.html", token_pages.tokens_page(found, wished, notices()))


@blueprint.get("/tokens/new")
def ask_for_token() -> Response:
    """What is it for?"""
    return render("provider/question.html", token_pages.question_page())


@blueprint.post("/tokens/new")
def issue_token() -> Response:
    """The token, shown in this answer and never again: it can’t be redirected to, because it is kept nowhere.

    Sent again, by a refresh or a second click, the form makes no second token: its token’s id is taken.
    """
    name, error = token_pages.read_name(request.form.get(NAME, ""))
    token_id = known_form(request.form.get(TOKEN_ID, ""))
    if error or token_id is None:
        page = token_pages.question_page(request.form.get(NAME, ""), error)
        return render("provider/question.html", page, 422 if error else 200)
    made = tokens.issue(g.lead_provider_id, name, asked(), token_id)
    return render("provider/token.html", token_pages.token_page(name, made))


@blueprint.get("/tokens/<token_id>/revoke")
def ask_to_revoke(token_id: str) -> Response:
    """Revoke it?"""
    found = _found(token_id)
    return redirect(TOKENS, 303) if found.revoked_at else _asked(found)


@blueprint.post("/tokens/<token_id>/revoke")
def revoke_token(token_id: str) -> Response:
    """Revoke it; one that was revoked before stays so."""
    tokens.revoke(_found(token_id).id, asked())
    return redirect(f"{TOKENS}?notice=revoked", 303)


def _asked(found: OwnToken) -> Response:
    return render("finance/confirm.html", token_pages.revoke_page(found))


def _found(token_id: str) -> OwnToken:
    """The lead provider’s own token of the address, or 404."""
    identity = known_form(token_id) or abort(404)
    return queries.one(g.lead_provider_id, identity) or abort(404)
