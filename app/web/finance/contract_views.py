"""Routes of contracts: the list, the versions of one, and a new version."""

from __future__ import annotations

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.data.ids import known_form
from app.data.queries import cohorts, contracts
from app.data.queries import finance as queries
from app.data.queries.finance import Place
from app.data.queries.finance_declarations import names
from app.services import finance
from app.web.finance import blueprint, contract_form, contract_questions
from app.web.finance.contract_pages import contract_page, contracts_page
from app.web.finance.refusing import asked, contract_address, notices
from app.web.finance.statement_list import wanted
from app.web.offices.lists import page_or_last
from app.web.render import render
from app.web.school.listing import asked as asked_of_list

NEW = "/contracts/<lead_provider_id>/<cohort>/new"


@blueprint.get("/contracts", endpoint="contracts")
def listed() -> Response:
    """Every place in a cohort, with its contract."""
    wishes = wanted(request.args)
    provider, year = wishes.lead_provider_id, wishes.cohort
    number = asked_of_list(request.args).number
    found = page_or_last(lambda page: queries.places(provider, year, page), number)
    said = {"provider": provider or "", "cohort": str(year or "")}
    return render("finance/list.html", contracts_page(found, said))


@blueprint.get("/contracts/<lead_provider_id>/<cohort>")
def contract(lead_provider_id: str, cohort: str) -> Response:
    """The versions of one contract."""
    place = _place(lead_provider_id, cohort)
    versions = contracts.versions(place.lead_provider_id, place.cohort)
    people = names({each.created_by for each in versions if each.created_by})
    return render("finance/contract.html", contract_page(place, versions, people, notices()))


@blueprint.get(NEW)
def ask_for_contract(lead_provider_id: str, cohort: str) -> Response:
    """The form, filled in with the latest version."""
    place = _place(lead_provider_id, cohort)
    latest = contracts.latest(place.lead_provider_id, place.cohort)
    values = contract_form.begin(latest.terms if latest else None, place.cohort)
    page = contract_questions.form_page(place, _mentor_funding(place.cohort), values, {})
    return render("finance/form.html", page)


@blueprint.post(NEW)
def add_contract(lead_provider_id: str, cohort: str) -> Response:
    """What is wrong; else the check; and when that was confirmed, the new version."""
    place = _as_seen(_place(lead_provider_id, cohort))
    funding = _mentor_funding(place.cohort)
    typed = contract_form.read(request.form, place.cohort, funding)
    step = request.form.get("step", "")
    if typed.terms is None or step == "change":
        page = contract_questions.form_page(place, funding, typed.values, typed.errors)
        return render("finance/form.html", page, 422 if typed.errors else 200)
    if step != "save":
        return render("finance/check.html", contract_questions.check_page(place, funding, typed, typed.terms))
    finance.add_contract(place.lead_provider_id, place.cohort, typed.terms, place.version or 0, asked())
    return redirect(f"{contract_address(place.lead_provider_id, place.cohort)}?notice=contract", 303)


def _place(lead_provider_id: str, cohort: str) -> Place:
    """The place of the address, or 404."""
    identity = known_form(lead_provider_id)
    year = wanted({"cohort": cohort}).cohort
    found = queries.place(identity, year) if identity and year else None
    return found or abort(404)


def _mentor_funding(cohort: int) -> bool:
    return any(each.mentor_funding for each in cohorts.all_cohorts() if each.start_year == cohort)


def _as_seen(place: Place) -> Place:
    """The place, while its latest version is the one that the form began with. Raises Overtaken."""
    if request.form.get("version") != str(place.version or 0):
        raise finance.Overtaken
    return place
