"""Who may open what: every route of the service stands in one table (Trust, point 5).

A route that isn’t in the table stops the service from starting, so a new page can’t be forgotten. A school’s
or a run’s address that isn’t the person’s own answers exactly like one that doesn’t exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag, auto
from urllib.parse import quote

from flask import Flask, abort, current_app, g, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.config import RefusedToStart
from app.services import runs
from app.web.api_v3 import guard as api_guard
from app.web.api_v3.errors import UNDER as API_ADDRESSES
from app.web.sign_in.next_page import local_path


class Guard(Flag):
    """What must hold before a view runs. Guards add up: `OUTSIDE_PRODUCTION | RUN` asks for both."""

    PUBLIC = auto()
    HEALTH = auto()
    SIGNED_IN = auto()
    SCHOOL = auto()
    RUN = auto()
    API = auto()
    FINANCE = auto()
    PROVIDER = auto()
    OUTSIDE_PRODUCTION = auto()


NEEDS_PERSON = Guard.SIGNED_IN | Guard.SCHOOL | Guard.RUN | Guard.FINANCE | Guard.PROVIDER

POLICY: Mapping[str, Guard] = {
    "guidance.start": Guard.PUBLIC,
    "guidance.who_does_what": Guard.PUBLIC,
    "guidance.accessibility": Guard.PUBLIC,
    "guidance.cookies": Guard.PUBLIC,
    "guidance.privacy": Guard.PUBLIC,
    "api_docs.index": Guard.PUBLIC,
    "api_docs.topic": Guard.PUBLIC,
    "api_docs.guidance": Guard.PUBLIC,
    "api_docs.schedules": Guard.PUBLIC,
    "api_docs.cohort": Guard.PUBLIC,
    "api_docs.reference": Guard.PUBLIC,
    "api_docs.operation": Guard.PUBLIC,
    "api_docs.openapi": Guard.PUBLIC,
    "sign_in.choose": Guard.PUBLIC,
    "sign_in.enter": Guard.PUBLIC,
    "sign_in.leave": Guard.PUBLIC,
    "sign_in.left": Guard.PUBLIC,
    "sign_in.stay": Guard.SIGNED_IN,
    "school.schools": Guard.SIGNED_IN,
    "school.ects": Guard.SCHOOL,
    "school.ect": Guard.SCHOOL,
    "school.mentors": Guard.SCHOOL,
    "school.partnerships": Guard.SCHOOL,
    "api_v3.delivery_partners_list": Guard.API,
    "api_v3.delivery_partner_show": Guard.API,
    "api_v3.partnerships_list": Guard.API,
    "api_v3.partnership_show": Guard.API,
    "api_v3.partnership_report": Guard.API,
    "api_v3.partnership_update": Guard.API,
    "api_v3.partnership_proposals_list": Guard.API,
    "api_v3.partnership_proposal_show": Guard.API,
    "api_v3.partnership_proposal_confirm": Guard.API,
    "api_v3.partnership_proposal_decline": Guard.API,
    "api_v3.schools_list": Guard.API,
    "api_v3.school_show": Guard.API,
    "api_v3.participants_list": Guard.API,
    "api_v3.participant_show": Guard.API,
    "api_v3.participant_defer": Guard.API,
    "api_v3.participant_resume": Guard.API,
    "api_v3.participant_withdraw": Guard.API,
    "api_v3.participant_change_schedule": Guard.API,
    "api_v3.participant_transfers_list": Guard.API,
    "api_v3.participant_transfers_show": Guard.API,
    "api_v3.unfunded_mentors_list": Guard.API,
    "api_v3.unfunded_mentor_show": Guard.API,
    "api_v3.participant_declarations_list": Guard.API,
    "api_v3.participant_declaration_show": Guard.API,
    "api_v3.participant_declaration_create": Guard.API,
    "api_v3.participant_declaration_void": Guard.API,
    "api_v3.statements_list": Guard.API,
    "api_v3.statement_show": Guard.API,
    "finance.statements": Guard.FINANCE,
    "finance.statement": Guard.FINANCE,
    "finance.statement_lines": Guard.FINANCE,
    "finance.statement_csv": Guard.FINANCE,
    "finance.ask_to_request": Guard.FINANCE,
    "finance.request_payment": Guard.FINANCE,
    "finance.ask_to_withdraw": Guard.FINANCE,
    "finance.withdraw_request": Guard.FINANCE,
    "finance.ask_to_authorise": Guard.FINANCE,
    "finance.authorise": Guard.FINANCE,
    "finance.ask_for_adjustment": Guard.FINANCE,
    "finance.add_adjustment": Guard.FINANCE,
    "finance.ask_to_remove_adjustment": Guard.FINANCE,
    "finance.remove_adjustment": Guard.FINANCE,
    "finance.declarations": Guard.FINANCE,
    "finance.declaration": Guard.FINANCE,
    "finance.ask_to_void": Guard.FINANCE,
    "finance.void": Guard.FINANCE,
    "finance.participant": Guard.FINANCE,
    "finance.ask_for_funding": Guard.FINANCE,
    "finance.set_funding": Guard.FINANCE,
    "finance.contracts": Guard.FINANCE,
    "finance.contract": Guard.FINANCE,
    "finance.ask_for_contract": Guard.FINANCE,
    "finance.add_contract": Guard.FINANCE,
    "provider.proposals": Guard.PROVIDER,
    "provider.proposal": Guard.PROVIDER,
    "provider.ask_to_confirm": Guard.PROVIDER,
    "provider.confirm": Guard.PROVIDER,
    "provider.ask_to_decline": Guard.PROVIDER,
    "provider.decline": Guard.PROVIDER,
    "provider.partnerships": Guard.PROVIDER,
    "provider.partnership": Guard.PROVIDER,
    "provider.participants": Guard.PROVIDER,
    "provider.participant": Guard.PROVIDER,
    "provider.statements": Guard.PROVIDER,
    "provider.statement": Guard.PROVIDER,
    "provider.statement_lines": Guard.PROVIDER,
    "provider.tokens": Guard.PROVIDER,
    "provider.ask_for_token": Guard.PROVIDER,
    "provider.issue_token": Guard.PROVIDER,
    "provider.ask_to_revoke": Guard.PROVIDER,
    "provider.revoke_token": Guard.PROVIDER,
    "health.live": Guard.HEALTH,
    "health.ready": Guard.HEALTH,
    "journeys.start": Guard.SCHOOL,
    "journeys.resume": Guard.RUN,
    "journeys.show": Guard.RUN,
    "journeys.submit": Guard.RUN,
    "journeys.confirmation": Guard.RUN,
    "journeys.ask_to_delete": Guard.RUN,
    "journeys.delete": Guard.RUN,
    "journeys.rounds": Guard.SIGNED_IN | Guard.OUTSIDE_PRODUCTION,
    "journeys.about_round": Guard.SIGNED_IN | Guard.OUTSIDE_PRODUCTION,
    "journeys.start_round": Guard.SIGNED_IN | Guard.OUTSIDE_PRODUCTION,
}

# What else must hold for every address under these: a live page and a round’s can share one view.
UNDER: Mapping[str, Guard] = {"/rounds": Guard.OUTSIDE_PRODUCTION}


def install(app: Flask, policy: Mapping[str, Guard] = POLICY) -> None:
    """Check the table against the routes, and enforce it before every view. Call after the last blueprint.

    Raises RefusedToStart when a route has no entry, or when its address can’t carry its guard.
    """
    if problems := tuple(_problems(app, policy)):
        raise RefusedToStart("\n".join(problems))
    app.extensions["policy"] = policy
    app.before_request(enforce)


def _problems(app: Flask, policy: Mapping[str, Guard]) -> list[str]:
    problems = []
    for rule in app.url_map.iter_rules():
        guard = policy.get(rule.endpoint)
        if guard is None:
            problems.append(f"{rule.endpoint} ({rule.rule}) has no entry in the policy table.")
        elif Guard.SCHOOL in guard and "urn" not in rule.arguments:
            problems.append(
                f"{rule.endpoint} ({rule.rule}) is guarded by school, but has no urn in its address."
            )
        elif Guard.RUN in guard and "reference" not in rule.arguments:
            problems.append(
                f"{rule.endpoint} ({rule.rule}) is guarded by run, but has no reference in its address."
            )
        elif Guard.API in guard and not rule.rule.startswith(API_ADDRESSES):
            problems.append(f"{rule.endpoint} ({rule.rule}) is guarded by token, but is not part of the API.")
    return problems


def enforce() -> Response | None:
    """Let the request through, send it to sign-in, or answer 404; for the API, whatever its own guard says."""
    if request.endpoint is None or request.routing_exception is not None:
        return None
    guard: Guard = current_app.extensions["policy"][request.endpoint] | _under(request.path)
    if Guard.OUTSIDE_PRODUCTION in guard and current_app.config["SETTINGS"].production:
        abort(404)
    if guard & NEEDS_PERSON and g.person is None:
        return to_sign_in()
    if Guard.API in guard:
        api_guard.let_in()
    if Guard.SCHOOL in guard:
        _set_school()
    if Guard.RUN in guard:
        _set_run()
    if Guard.FINANCE in guard and g.person.kind != "dfe":
        abort(404)
    if Guard.PROVIDER in guard:
        _set_lead_provider()
    return None


def _under(path: str) -> Guard:
    """The guards that go with the first part of the address."""
    return UNDER.get("/" + path.split("/")[1], Guard(0))


def to_sign_in() -> Response:
    """Send to sign-in, which comes back to this page afterwards."""
    back = page_of_this_request()
    return redirect("/sign-in" + (f"?next={quote(back, safe='/')}" if back else ""), 303)


def page_of_this_request() -> str | None:
    """The address of the page this request belongs to, when it can be opened with GET; else None."""
    if request.method in ("GET", "HEAD"):
        return local_path(request.full_path.removesuffix("?"))
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(request.path, method="GET")
    except HTTPException:
        return None
    return local_path(request.path)


def _set_school() -> None:
    urn = (request.view_args or {})["urn"]
    school = next((school for school in g.person.schools if school.urn == urn), None)
    if school is None:
        abort(404)
    g.school = school


def _set_lead_provider() -> None:
    """A lead provider’s pages are about the one that the person belongs to: no address names another."""
    if g.person.lead_provider_id is None:
        abort(404)
    g.lead_provider_id = g.person.lead_provider_id


def _set_run() -> None:
    schools = {school.id: school for school in g.person.schools}
    run = runs.find((request.view_args or {})["reference"], tuple(schools))
    if run is None:
        abort(404)
    g.run_row, g.school = run, schools[run.school_id]
