"""Routes of statements: the list, one of them, and what is on it."""

from __future__ import annotations

from flask import abort, g, request
from werkzeug.wrappers import Response

from app.data import clock
from app.data.ids import known_form
from app.data.queries.provider import statements
from app.data.queries.provider.statements import NOW, OwnStatement
from app.web.provider import blueprint, listing
from app.web.provider.statement_list import STATUSES, statements_page
from app.web.provider.statement_page import lines_page, statement_page
from app.web.render import render


@blueprint.get("/statements", endpoint="statements")
def listed() -> Response:
    """Statements, filtered."""
    wished, own, today = listing.wishes(request.args, STATUSES, NOW), g.lead_provider_id, clock.today()
    found = listing.page_for(
        lambda page: statements.listed(own, wished.cohort, wished.status, today, page, wished.size), wished
    )
    return render("provider/list.html", statements_page(own, wished, found, today))


@blueprint.get("/statements/<statement_id>")
def statement(statement_id: str) -> Response:
    """One statement."""
    found = _found(statement_id)
    counts = statements.counts(g.lead_provider_id, found.id)
    return render("provider/record.html", statement_page(found, counts, clock.today()))


@blueprint.get("/statements/<statement_id>/declarations")
def statement_lines(statement_id: str) -> Response:
    """What is on a statement."""
    found, wished = _found(statement_id), listing.wishes(request.args)
    own = g.lead_provider_id
    lines = listing.page_for(lambda page: statements.lines(own, found.id, page, wished.size), wished)
    return render("provider/list.html", lines_page(found, lines, wished))


def _found(statement_id: str) -> OwnStatement:
    identity = known_form(statement_id) or abort(404)
    return statements.one(g.lead_provider_id, identity) or abort(404)
