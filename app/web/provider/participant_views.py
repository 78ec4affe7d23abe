"""Routes of participants: the list, and one of them."""

from __future__ import annotations

from flask import abort, g, request
from werkzeug.wrappers import Response

from app.data import clock
from app.data.ids import known_form
from app.data.queries.api import participants
from app.data.queries.provider import finding
from app.data.queries.provider.finding import Sought
from app.web.provider import blueprint, listing
from app.web.provider.participant_list import STATUSES, participants_page
from app.web.provider.participant_page import participant_page
from app.web.render import render


@blueprint.get("/participants", endpoint="participants")
def listed() -> Response:
    """The people who train with the lead provider."""
    wished, own, today = listing.wishes(request.args, STATUSES), g.lead_provider_id, clock.today()
    sought = Sought(wished.search, wished.cohort, wished.status)
    found = listing.page_for(
        lambda page: finding.participants_of(own, sought, today, page, wished.size), wished
    )
    return render("provider/list.html", participants_page(own, wished, found))


@blueprint.get("/participants/<participant_id>")
def participant(participant_id: str) -> Response:
    """One person."""
    identity, today = known_form(participant_id) or abort(404), clock.today()
    found = participants.one(g.lead_provider_id, identity, today) or abort(404)
    return render("provider/record.html", participant_page(g.lead_provider_id, found, today))
