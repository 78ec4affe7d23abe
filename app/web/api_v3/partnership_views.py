"""Delivery partners, partnerships, proposals and schools. (Provider API, Endpoints.)"""

from __future__ import annotations

from flask import Response

from app.data.queries.api import delivery_partners, partnerships, proposals, schools
from app.domain import reporting
from app.services import providers
from app.web.api_v3 import blueprint
from app.web.api_v3.auth import asked, provider
from app.web.api_v3.bodies import attributes
from app.web.api_v3.errors import refuses_in
from app.web.api_v3.idempotency import repeatable
from app.web.api_v3.parameters import wanted
from app.web.api_v3.responses import listed, one
from app.web.api_v3.shapes import delivery_partners as partner_shapes
from app.web.api_v3.shapes import partnerships as partnership_shapes
from app.web.api_v3.shapes import proposals as proposal_shapes
from app.web.api_v3.shapes import schools as school_shapes


@blueprint.get("/delivery-partners")
def delivery_partners_list() -> Response:
    """The caller’s delivery partners."""
    found = delivery_partners.listed(provider(), wanted("cohort", ordered=True))
    return listed(found, partner_shapes.item)


@blueprint.get("/delivery-partners/<id>")
def delivery_partner_show(id: str) -> Response:
    """One delivery partner of the caller’s."""
    return one(delivery_partners.one(provider(), id), partner_shapes.item)


@blueprint.get("/partnerships/ecf")
def partnerships_list() -> Response:
    """The caller’s partnerships, once active."""
    asks = wanted("cohort", "updated_since", "delivery_partner_id", ordered=True)
    return listed(partnerships.listed(provider(), asks), partnership_shapes.item)


@blueprint.get("/partnerships/ecf/<id>")
def partnership_show(id: str) -> Response:
    """One partnership of the caller’s, once active."""
    return one(partnerships.one(provider(), id), partnership_shapes.item)


@blueprint.post("/partnerships/ecf")
@repeatable
@refuses_in(reporting.MESSAGES)
def partnership_report() -> Response:
    """Report a partnership."""
    return partnership_show(providers.report_partnership(provider(), attributes(), asked()))


@blueprint.put("/partnerships/ecf/<id>")
@refuses_in(reporting.MESSAGES)
def partnership_update(id: str) -> Response:
    """Name another delivery partner."""
    providers.change_partner(provider(), id, attributes(), asked())
    return partnership_show(id)


@blueprint.get("/partnership-proposals")
def partnership_proposals_list() -> Response:
    """What schools have proposed to the caller."""
    asks = wanted("cohort", "updated_since", ordered=True)
    return listed(proposals.listed(provider(), asks), proposal_shapes.item)


@blueprint.get("/partnership-proposals/<id>")
def partnership_proposal_show(id: str) -> Response:
    """One proposal to the caller."""
    return one(proposals.one(provider(), id), proposal_shapes.item)


@blueprint.put("/partnership-proposals/<id>/confirm")
@refuses_in(reporting.MESSAGES)
def partnership_proposal_confirm(id: str) -> Response:
    """Make a proposal a partnership."""
    return partnership_show(providers.confirm_proposal(provider(), id, attributes(optional=True), asked()))


@blueprint.put("/partnership-proposals/<id>/decline")
@refuses_in(reporting.MESSAGES)
def partnership_proposal_decline(id: str) -> Response:
    """Say no to a proposal."""
    providers.decline_proposal(provider(), id, attributes(), asked())
    return partnership_proposal_show(id)


@blueprint.get("/schools/ecf")
def schools_list() -> Response:
    """The schools whose training can be paid for, in one cohort."""
    asks = wanted("cohort", "urn", "updated_since", required=("cohort",), ordered=True)
    return listed(schools.listed(provider(), asks) if asks.cohorts else (), school_shapes.item)


@blueprint.get("/schools/ecf/<id>")
def school_show(id: str) -> Response:
    """One school, in one cohort."""
    cohorts = wanted("cohort", required=("cohort",)).cohorts
    return one(schools.one(provider(), id, cohorts[0]) if cohorts else None, school_shapes.item)
