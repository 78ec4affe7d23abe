"""Routes of the adjustments of a statement."""

from __future__ import annotations

from flask import abort, request
from werkzeug.wrappers import Response

from app.domain.statements import State, check_adjustable
from app.services import finance
from app.services.finance import StatementView
from app.web.finance import blueprint, confirming
from app.web.finance.adjustment_form import form_page, read
from app.web.finance.refusing import asked
from app.web.finance.statement_views import back_to, view_of
from app.web.render import render


@blueprint.get("/statements/<statement_id>/adjustments/add")
def ask_for_adjustment(statement_id: str) -> Response:
    """The form."""
    return render("finance/form.html", form_page(_adjustable(statement_id)))


@blueprint.post("/statements/<statement_id>/adjustments/add")
def add_adjustment(statement_id: str) -> Response:
    """Add it, or say what is wrong."""
    view, typed = _adjustable(statement_id), read(request.form)
    if typed.adjustment is None:
        return render("finance/form.html", form_page(view, typed), 422)
    new = typed.adjustment
    finance.add_adjustment(statement_id, new.name, new.amount_pence, request.form.get("seen", ""), asked())
    return back_to(statement_id, "added")


@blueprint.get("/statements/<statement_id>/adjustments/<adjustment_id>/remove")
def ask_to_remove_adjustment(statement_id: str, adjustment_id: str) -> Response:
    """Remove it?"""
    view = _adjustable(statement_id)
    adjustment = next((each for each in view.adjustments if each.id == adjustment_id), None) or abort(404)
    return render("finance/confirm.html", confirming.remove_page(view, adjustment))


@blueprint.post("/statements/<statement_id>/adjustments/<adjustment_id>/remove")
def remove_adjustment(statement_id: str, adjustment_id: str) -> Response:
    """Remove it."""
    finance.remove_adjustment(statement_id, adjustment_id, asked())
    return back_to(statement_id, "removed")


def _adjustable(statement_id: str) -> StatementView:
    """The statement of the address, while its adjustments can change. Raises Refused("already_paid")."""
    view = view_of(statement_id)
    check_adjustable(State(view.statement.state))
    return view
