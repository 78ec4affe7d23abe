"""Routes of proposals: the list, one of them, and the answer to it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, g, redirect, request
from werkzeug.wrappers import Response

from app.data import clock
from app.data.ids import known_form
from app.data.queries import organisations
from app.data.queries.api import partnerships, proposals
from app.data.queries.api.proposals import ProposalRow
from app.data.queries.organisations import Organisation
from app.data.queries.provider import finding
from app.data.queries.provider.finding import Sought
from app.domain import reporting
from app.domain.refusals import Refused
from app.services import providers
from app.web.provider import answering, blueprint, listing
from app.web.provider.answering import PARTNER, REASON, SELECT_PARTNER, SELECT_REASON
from app.web.provider.proposal_pages import STATUSES, USUAL, proposal_page, proposals_page
from app.web.provider.refusing import PROPOSALS, asked, notices
from app.web.provider.wording import DECLINED
from app.web.render import render


@blueprint.get("/proposals", endpoint="proposals")
def listed() -> Response:
    """What schools ask to be confirmed."""
    wished = listing.wishes(request.args, STATUSES, USUAL)
    sought, own = Sought(wished.search, wished.cohort, wished.status), g.lead_provider_id
    found = listing.page_for(lambda page: finding.proposals_of(own, sought, page, wished.size), wished)
    return render("provider/list.html", proposals_page(own, wished, found, notices()))


@blueprint.get("/proposals/<proposal_id>")
def proposal(proposal_id: str) -> Response:
    """One proposal; its partnership, once it is one."""
    identity = known_form(proposal_id) or abort(404)
    found = proposals.one(g.lead_provider_id, identity)
    if found is not None:
        return render("provider/record.html", proposal_page(found, notices()))
    if partnerships.one(g.lead_provider_id, identity) is None:
        abort(404)
    return redirect(f"/provider/partnerships/{identity}", 303)


@blueprint.get("/proposals/<proposal_id>/confirm")
def ask_to_confirm(proposal_id: str) -> Response:
    """Confirm it, and with whom?"""
    found = _waiting(proposal_id)
    if found.delivery_partner_id is None:
        return render("provider/question.html", answering.partner_page(found, _partners(found)))
    _refuse_unpaired(found, found.delivery_partner_id)
    return render("finance/confirm.html", answering.confirm_page(found))


@blueprint.post("/proposals/<proposal_id>/confirm")
def confirm(proposal_id: str) -> Response:
    """The delivery partner, when the school does not know; the check; then the confirmation."""
    found, step = _waiting(proposal_id), request.form.get("step", "")
    known = found.delivery_partner_id
    partners = () if known else _partners(found)
    chosen = next((each for each in partners if each.id == request.form.get(PARTNER)), None)
    if not known and (chosen is None or step == "change"):
        return _asked_again(found, partners, chosen)
    if chosen is not None and step != "save":
        return render("finance/check.html", answering.check_partner_page(found, chosen))
    named = {PARTNER: chosen.id if chosen else known}
    made = providers.confirm_proposal(g.lead_provider_id, found.id, named, asked())
    return redirect(f"{PROPOSALS}?notice=confirmed&of={made}", 303)


@blueprint.get("/proposals/<proposal_id>/decline")
def ask_to_decline(proposal_id: str) -> Response:
    """Why not?"""
    return render("provider/question.html", answering.reason_page(_waiting(proposal_id)))


@blueprint.post("/proposals/<proposal_id>/decline")
def decline(proposal_id: str) -> Response:
    """The reason; the check; then the answer."""
    found, step = _waiting(proposal_id), request.form.get("step", "")
    reason = request.form.get(REASON, "")
    if reason not in DECLINED or step == "change":
        error = "" if reason in DECLINED else SELECT_REASON
        page = answering.reason_page(found, reason, error)
        return render("provider/question.html", page, 422 if error else 200)
    if step != "save":
        return render("finance/check.html", answering.check_reason_page(found, reason))
    providers.decline_proposal(g.lead_provider_id, found.id, {REASON: reason}, asked())
    return redirect(f"{PROPOSALS}?notice=declined&of={found.id}", 303)


def _waiting(proposal_id: str) -> ProposalRow:
    """The proposal of the address, or 404. Raises Refused("not_proposed") for one that was answered."""
    identity = known_form(proposal_id) or abort(404)
    found = proposals.one(g.lead_provider_id, identity)
    partnership = partnerships.one(g.lead_provider_id, identity) if found is None else None
    state = found or partnership or abort(404)
    if found is None or found.status != USUAL:
        raise Refused("not_proposed", "base", state=state.status)
    return found


def _refuse_unpaired(found: ProposalRow, partner_id: str) -> None:
    """Say before the check, and not after it, what confirming would come to. Raises Refused("not_paired")."""
    eligible = organisations.eligible_partners(g.lead_provider_id, found.cohort, clock.today())
    reporting.check_partner(
        known=True, paired=partner_id in {each.id for each in eligible}, cohort=found.cohort
    )


def _partners(found: ProposalRow) -> Sequence[Organisation]:
    """Whom the lead provider works with in the cohort today. Raises Refused("no_partners") for nobody."""
    partners = organisations.eligible_partners(g.lead_provider_id, found.cohort, clock.today())
    if not partners:
        raise Refused("no_partners")
    return partners


def _asked_again(
    found: ProposalRow, partners: Sequence[Organisation], chosen: Organisation | None
) -> Response:
    error = "" if chosen else SELECT_PARTNER
    page = answering.partner_page(found, partners, chosen.id if chosen else "", error)
    return render("provider/question.html", page, 422 if error else 200)
