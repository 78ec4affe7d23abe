"""What a lead provider does, over the API or on its own pages: each in one transaction, all or nothing.

Whatever isn’t the lead provider’s own is answered as if it didn’t exist (Trust, 5). Two that meet are told apart by the
database: who comes second is tried once more, and then meets the rules (Trust, 2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data.ids import known_form
from app.data.transaction import violated, write
from app.domain.training import Action
from app.services import declarations, partnerships, training
from app.services.asked import Asked
from app.services.declarations import moving as declarations_moving
from app.services.partnerships import moving as partnerships_moving

T = TypeVar("T")
Attributes = Mapping[str, object]

# Losing a race for one of these means that there is now something to find: look again.
_RACES = frozenset(
    {
        "uq_declarations_live",
        "uq_partnerships_school_provider_partner_cohort",
        "uq_partnership_delivery_partners_open",
    }
)
_MOVED = (partnerships.Conflict, declarations.Conflict, training.Conflict)


class NotFound(Exception):
    """There is no such record, or it is another lead provider’s."""


class Overtaken(Exception):
    """Somebody else changed the same record at the same moment, twice: nothing was stored."""


def report_partnership(lead_provider_id: str, attributes: Attributes, asked: Asked) -> str:
    """Make a partnership active, and return its id. Raises RefusedTogether, Refused, Overtaken."""
    return _once(lambda session: partnerships.report(session, lead_provider_id, attributes, asked))


def change_partner(lead_provider_id: str, partnership_id: str, attributes: Attributes, asked: Asked) -> None:
    """Give a partnership another delivery partner: one that has been active, or it isn’t found.

    Raises NotFound, RefusedTogether, Refused, Overtaken.
    """
    _once(
        lambda session: partnerships.change_partner(
            session,
            _partnership(session, lead_provider_id, partnership_id, ever_active=True),
            attributes,
            asked,
        )
    )


def confirm_proposal(lead_provider_id: str, proposal_id: str, attributes: Attributes, asked: Asked) -> str:
    """Make a proposal an active partnership, and return its id. Raises NotFound, Refused, Overtaken."""
    return _once(
        lambda session: partnerships.confirm(
            session, _partnership(session, lead_provider_id, proposal_id), attributes, asked
        )
    )


def decline_proposal(lead_provider_id: str, proposal_id: str, attributes: Attributes, asked: Asked) -> None:
    """Say no to a proposal. Raises NotFound, Refused, Overtaken."""
    _once(
        lambda session: partnerships.decline(
            session, _partnership(session, lead_provider_id, proposal_id), attributes, asked
        )
    )


def change_training(
    lead_provider_id: str, participant_id: str, action: Action, attributes: Attributes, asked: Asked
) -> None:
    """Defer, withdraw, resume, or change the schedule. Raises RefusedTogether, Refused, Overtaken."""
    _once(
        lambda session: training.change(session, lead_provider_id, participant_id, action, attributes, asked)
    )


def declare(lead_provider_id: str, attributes: Attributes, asked: Asked) -> str:
    """Store a declaration, and return its id. Raises RefusedTogether, Overtaken."""
    return _once(lambda session: declarations.declare(session, lead_provider_id, attributes, asked))


def void(lead_provider_id: str, declaration_id: str, asked: Asked) -> None:
    """Take a declaration of one’s own back. Raises NotFound, Refused, Overtaken."""

    def work(session: Session) -> None:
        row = declarations_moving.find(
            session, known_form(declaration_id) or "", lead_provider_id=lead_provider_id
        )
        if row is None:
            raise NotFound
        declarations.void(session, row, asked)

    _once(work)


def _partnership(
    session: Session, lead_provider_id: str, partnership_id: str, **of: object
) -> partnerships_moving.Row:
    row = partnerships_moving.find(
        session, known_form(partnership_id) or "", lead_provider_id=lead_provider_id, **of
    )
    if row is None:
        raise NotFound
    return row


def _once(work: Callable[[Session], T]) -> T:
    """Run `work` in a write, and once more when somebody was faster."""
    try:
        return write(work)
    except _MOVED:
        pass
    except IntegrityError as error:
        if violated(error) not in _RACES:
            raise
    try:
        return write(work)
    except _MOVED as error:
        raise Overtaken from error
    except IntegrityError as error:
        if violated(error) not in _RACES:
            raise
        raise Overtaken from error
