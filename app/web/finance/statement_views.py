"""Routes of statements: the list, one of them, what is on it, and its payment."""

from __future__ import annotations

from flask import abort, g, redirect, request, stream_with_context
from werkzeug.wrappers import Response

from app.data import clock
from app.data.queries import finance as queries
from app.data.queries import statements
from app.domain.pounds import read_count
from app.domain.refusals import Refused
from app.services import finance
from app.services.finance import StatementView
from app.web.finance import blueprint, confirming, csv_out
from app.web.finance.line_list import lines_page
from app.web.finance.refusing import asked, notices
from app.web.finance.statement_list import BASE, found_for, statements_page, wanted
from app.web.finance.statement_page import statement_page
from app.web.offices.lists import page_or_last
from app.web.render import render
from app.web.school.listing import asked as asked_of_list


@blueprint.get("/statements", endpoint="statements")
def listed() -> Response:
    """Statements, filtered."""
    wishes, today = wanted(request.args), clock.today()
    found = found_for(wishes, today, asked_of_list(request.args).number)
    return render("finance/list.html", statements_page(wishes, found, today))


@blueprint.get("/statements/<statement_id>", endpoint="statement")
def show(statement_id: str) -> Response:
    """One statement."""
    page = statement_page(view_of(statement_id), g.person.id, clock.today(), notices())
    return render("finance/statement.html", page)


@blueprint.get("/statements/<statement_id>/declarations")
def statement_lines(statement_id: str) -> Response:
    """What is on a statement."""
    found = statements.by_id(statement_id) or abort(404)
    number = asked_of_list(request.args).number
    lines = page_or_last(lambda page: queries.declared(found.id, page), number)
    return render("finance/lines.html", lines_page(found, lines))


@blueprint.get("/statements/<statement_id>/declarations.csv")
def statement_csv(statement_id: str) -> Response:
    """The same, all of it, for a spreadsheet."""
    found = statements.by_id(statement_id) or abort(404)
    response = Response(stream_with_context(csv_out.declarations(found.id)), mimetype="text/csv")
    response.headers["Content-Type"] = "text/csv; charset=utf-8; header=present"
    response.headers["Content-Disposition"] = f"attachment; filename={csv_out.file_name(found)}"
    return response


@blueprint.get("/statements/<statement_id>/request")
def ask_to_request(statement_id: str) -> Response:
    """Ask for payment?"""
    view = view_of(statement_id)
    view.check_request(clock.today())
    return render("finance/confirm.html", confirming.request_page(view))


@blueprint.post("/statements/<statement_id>/request")
def request_payment(statement_id: str) -> Response:
    """Ask for payment."""
    finance.request_payment(statement_id, asked())
    return back_to(statement_id, "requested")


@blueprint.get("/statements/<statement_id>/withdraw")
def ask_to_withdraw(statement_id: str) -> Response:
    """Withdraw the request?"""
    view = view_of(statement_id)
    view.check_withdrawal()
    return render("finance/confirm.html", confirming.withdraw_page(view))


@blueprint.post("/statements/<statement_id>/withdraw")
def withdraw_request(statement_id: str) -> Response:
    """Withdraw the request."""
    finance.withdraw_request(statement_id, asked())
    return back_to(statement_id, "withdrawn")


@blueprint.get("/statements/<statement_id>/authorise")
def ask_to_authorise(statement_id: str) -> Response:
    """Authorise the payment?"""
    page = confirming.authorise_page(view_of(statement_id), clock.today(), g.person.id)
    return render("finance/confirm.html", page)


@blueprint.post("/statements/<statement_id>/authorise")
def authorise(statement_id: str) -> Response:
    """Authorise the payment of the amount that was seen."""
    finance.authorise(statement_id, _seen(request.form.get("total", "")), asked())
    return back_to(statement_id, "authorised")


def view_of(statement_id: str) -> StatementView:
    """The statement of the address, or 404."""
    return finance.statement(statement_id) or abort(404)


def back_to(statement_id: str, notice: str) -> Response:
    """To the statement, which says what was done."""
    return redirect(f"{BASE}/{statement_id}?notice={notice}", 303)


def _seen(text: str) -> int | None:
    """An amount in pence that this page sent itself; None for anything else, which nobody has seen."""
    try:
        return -read_count(text[1:]) if text.startswith("-") else read_count(text)
    except Refused:
        return None
