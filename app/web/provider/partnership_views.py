"""Routes of partnerships: the list, and one of them."""

from __future__ import annotations

from flask import abort, g, request
from werkzeug.wrappers import Response

from app.data.ids import known_form
from app.data.queries.api import partnerships
from app.data.queries.provider import finding
from app.data.queries.provider.finding import Sought
from app.web.provider import blueprint, listing
from app.web.provider.partnership_pages import STATUSES, partnership_page, partnerships_page
from app.web.render import render


@blueprint.get("/partnerships", endpoint="partnerships")
def listed() -> Response:
    """Partnerships, filtered."""
    wished, own = listing.wishes(request.args, STATUSES), g.lead_provider_id
    sought = Sought(wished.search, wished.cohort, wished.status, wished.delivery_partner_id)
    found = listing.page_for(lambda page: finding.partnerships_of(own, sought, page, wished.size), wished)
    return render("provider/list.html", partnerships_page(own, wished, found))


@blueprint.get("/partnerships/<partnership_id>")
def partnership(partnership_id: str) -> Response:
    """One partnership."""
    identity = known_form(partnership_id) or abort(404)
    found = partnerships.one(g.lead_provider_id, identity) or abort(404)
    return render("provider/record.html", partnership_page(found))
