"""Routes of setting by hand whether somebody’s training can be funded."""

from __future__ import annotations

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.data.queries import finance_declarations as queries
from app.data.queries.finance_declarations import ParticipantDetails
from app.domain.schedules import Course
from app.services import finance
from app.web.finance import blueprint
from app.web.finance.declaration_pages import PEOPLE
from app.web.finance.funding_form import check_page, courses_of, form_page, read
from app.web.finance.refusing import asked
from app.web.render import render


@blueprint.get("/participants/<participant_id>/funding/<course>")
def ask_for_funding(participant_id: str, course: str) -> Response:
    """Can it be funded, and why is that said by hand?"""
    return render("finance/form.html", form_page(*_found(participant_id, course)))


@blueprint.post("/participants/<participant_id>/funding/<course>")
def set_funding(participant_id: str, course: str) -> Response:
    """What is wrong; else the check; and when that was confirmed, the decision."""
    (found, of), typed = _found(participant_id, course), read(request.form)
    step, seen = request.form.get("step", ""), request.form.get("seen", "")
    if typed.errors or step == "change":
        return render("finance/form.html", form_page(found, of, typed), 422 if typed.errors else 200)
    if step != "save":
        return render("finance/check.html", check_page(found, of, typed, seen))
    finance.set_funding(found.id, of, typed.eligible, typed.note, seen, asked())
    return redirect(f"{PEOPLE}/{found.id}?notice=funding", 303)


def _found(participant_id: str, course: str) -> tuple[ParticipantDetails, Course]:
    """The person and the course of the address, or 404."""
    found = queries.participant(participant_id) or abort(404)
    of = next((each for each in courses_of(found) if each == course), None)
    return found, of or abort(404)
