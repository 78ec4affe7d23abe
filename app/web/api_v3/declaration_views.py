"""Declarations and statements. (Provider API, Endpoints.)"""

from __future__ import annotations

from flask import Response

from app.data import clock
from app.data.queries.api import declarations, statements
from app.domain import declarations as rules
from app.domain import declaring
from app.services import providers
from app.web.api_v3 import blueprint
from app.web.api_v3.auth import asked, provider
from app.web.api_v3.bodies import attributes
from app.web.api_v3.errors import refuses_in
from app.web.api_v3.idempotency import repeatable
from app.web.api_v3.parameters import wanted
from app.web.api_v3.responses import listed, one
from app.web.api_v3.shapes import declarations as declaration_shapes
from app.web.api_v3.shapes import statements as statement_shapes


@blueprint.get("/participant-declarations")
def participant_declarations_list() -> Response:
    """The caller’s declarations, and live ones of others for people who are with it now."""
    asks = wanted("cohort", "updated_since", "participant_id", "delivery_partner_id")
    return listed(declarations.listed(provider(), asks, clock.today()), declaration_shapes.item)


@blueprint.get("/participant-declarations/<id>")
def participant_declaration_show(id: str) -> Response:
    """One of them."""
    return one(declarations.one(provider(), id, clock.today()), declaration_shapes.item)


@blueprint.post("/participant-declarations")
@repeatable
@refuses_in(declaring.MESSAGES)
def participant_declaration_create() -> Response:
    """Declare."""
    return participant_declaration_show(providers.declare(provider(), attributes(), asked()))


@blueprint.put("/participant-declarations/<id>/void")
@refuses_in(rules.MESSAGES)
def participant_declaration_void(id: str) -> Response:
    """Take a declaration back."""
    providers.void(provider(), id, asked())
    return participant_declaration_show(id)


@blueprint.get("/statements")
def statements_list() -> Response:
    """The caller’s statements that carry declarations."""
    found = statements.listed(provider(), wanted("cohort", "updated_since", "type"))
    return listed(found, statement_shapes.item)


@blueprint.get("/statements/<id>")
def statement_show(id: str) -> Response:
    """One statement of the caller’s, output or not."""
    return one(statements.one(provider(), id), statement_shapes.item)
