"""What a lead provider does with a proposal, and with the delivery partner of a partnership.

Provider API, “Partnerships”. Raises Refused for what the rules refuse, Conflict when the row changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.data.ids import known_form
from app.data.queries import organisations
from app.domain import reporting
from app.domain.partnerships import Action, State
from app.domain.training import read_attribute
from app.services.asked import Asked
from app.services.partnerships import moving
from app.services.partnerships.mentors import follow
from app.services.partnerships.moving import Row


def confirm(session: Session, row: Row, attributes: Mapping[str, object], asked: Asked) -> str:
    """Make a proposal an active partnership. Returns its id.

    A proposal without a delivery partner becomes the partnership with the one that is named. When the lead provider
    already has a row with that one, the people waiting move there, and that row’s id is returned.
    """
    named = _named(attributes)
    partner = reporting.check_confirmation(row.state, row.delivery_partner_id, named)
    check_paired(row, partner, asked)
    others = moving.find_for(session, row.school_id, row.lead_provider_id, row.cohort)
    taken = others.get(partner)
    if row.delivery_partner_id is None and taken is not None:
        return join(session, row, taken, asked)
    activate(session, row, partner, Action.CONFIRM, asked)
    return row.id


def decline(session: Session, row: Row, attributes: Mapping[str, object], asked: Asked) -> None:
    """Say no to a proposal, with a reason that the school is shown."""
    reason = reporting.read_decline(row.state, attributes)
    changes = {"declined_at": asked.now, "declined_reason": reason}
    moving.move(session, row, Action.DECLINE, asked, changes, {"reason": reason})


def change_partner(session: Session, row: Row, attributes: Mapping[str, object], asked: Asked) -> None:
    """Give an active partnership another delivery partner; the same one again changes nothing."""
    reporting.missing(attributes, ("delivery_partner_id",))
    partner = _named(attributes) or ""
    others = moving.find_for(session, row.school_id, row.lead_provider_id, row.cohort)
    taken = others.get(partner)
    reporting.check_change(row.state, taken=taken is not None and taken.id != row.id)
    if partner == row.delivery_partner_id:
        return
    check_paired(row, partner, asked)
    moving.rename_partner(session, row, partner)
    moving.keep_history(session, row.id, partner, asked)
    details = {"from": row.delivery_partner_id, "to": partner}
    moving.say(session, row, "partnership.delivery_partner_changed", asked, details)


def _named(attributes: Mapping[str, object]) -> str | None:
    """The delivery partner that was sent, in the form that ids are kept in; None for none."""
    sent = read_attribute(attributes, "delivery_partner_id")
    return None if sent is None else known_form(sent) or sent


def check_paired(row: Row, delivery_partner_id: str, asked: Asked) -> None:
    """Raises Refused unless the delivery partner is known and works with the lead provider in that cohort today."""
    known = organisations.delivery_partner(delivery_partner_id) is not None
    eligible = organisations.eligible_partners(row.lead_provider_id, row.cohort, asked.today)
    paired = any(each.id == delivery_partner_id for each in eligible)
    reporting.check_partner(known, paired, row.cohort)


def activate(session: Session, row: Row, delivery_partner_id: str, action: Action, asked: Asked) -> None:
    """Make a row active with this delivery partner: by the lead provider’s confirmation or its own report.

    It trains its ECTs from now on, and the mentors of theirs who have no training follow.
    """
    changes = {
        "delivery_partner_id": delivery_partner_id,
        "confirmed_at": asked.now,
        "confirmed_by": asked.name,
        "ever_active": True,
    }
    moving.move(session, row, action, asked, changes, {"delivery_partner": delivery_partner_id})
    moving.keep_history(session, row.id, delivery_partner_id, asked)
    follow(session, row.id, asked)


def join(session: Session, waiting: Row, named: Row, asked: Asked) -> str:
    """Let the people waiting on a row without a delivery partner join the one that has it, active from now on; the
    mentors of theirs who have no training follow.

    The row they leave is retracted, when it was proposed. Returns the id of the one they join.
    """
    moving.hold_people(session, waiting.id, asked)
    if named.state is not State.ACTIVE:
        assert named.delivery_partner_id is not None
        activate(session, named, named.delivery_partner_id, Action.REPORT, asked)
    moving.move_people(session, waiting, named.id, asked)
    if waiting.state is State.PROPOSED:
        moving.move(session, waiting, Action.RETRACT, asked, {"retracted_at": asked.now}, {"for": named.id})
    follow(session, named.id, asked)
    return named.id
