"""Routes of declarations and of the people they are about."""

from __future__ import annotations

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.data import clock
from app.data.queries import finance_declarations as queries
from app.data.queries.finance_declarations import DeclarationDetails
from app.domain.declarations import State
from app.services import finance
from app.web.finance import blueprint
from app.web.finance.declaration_pages import declaration_page, participant_page, search_page, searched
from app.web.finance.line_list import ADDRESS
from app.web.finance.refusing import asked, notices
from app.web.finance.void_page import void_page
from app.web.render import render
from app.web.school.listing import asked as asked_of_list


@blueprint.get("/declarations")
def declarations() -> Response:
    """Find a declaration or a person."""
    typed = asked_of_list(request.args).search
    address, error = searched(typed) if typed else (None, "")
    if address is not None:
        return redirect(address, 303)
    return render("finance/search.html", search_page(typed, error), 422 if error else 200)


@blueprint.get("/declarations/<declaration_id>")
def declaration(declaration_id: str) -> Response:
    """One declaration."""
    return render("finance/declaration.html", declaration_page(_found(declaration_id), notices()))


@blueprint.get("/declarations/<declaration_id>/void")
def ask_to_void(declaration_id: str) -> Response:
    """Void it, or claw it back?"""
    return render("finance/confirm.html", void_page(_found(declaration_id), clock.today()))


@blueprint.post("/declarations/<declaration_id>/void")
def void(declaration_id: str) -> Response:
    """Void it, or claw it back."""
    after = finance.void(declaration_id, request.form.get("seen", ""), asked())
    notice = "clawed-back" if after is State.AWAITING_CLAWBACK else "voided"
    return redirect(f"{ADDRESS}/{declaration_id}?notice={notice}", 303)


@blueprint.get("/participants/<participant_id>")
def participant(participant_id: str) -> Response:
    """Everything that is declared about one person."""
    found = queries.participant(participant_id) or abort(404)
    page = participant_page(found, asked_of_list(request.args).number, notices())
    return render("finance/participant.html", page)


def _found(declaration_id: str) -> DeclarationDetails:
    return queries.declaration(declaration_id) or abort(404)
