"""A school says that a partnership is wrong. (School journey, “Partnership records”.)"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.partnerships import Action, ChallengeReason
from app.services.asked import Asked
from app.services.partnerships import moving


def challenge(
    session: Session, row: moving.Row, reason: ChallengeReason, asked: Asked, reference: str | None = None
) -> None:
    """Challenge an active partnership: its people leave the lead provider’s lists, and it can only be looked at.

    `reference` is what the school was given for it; the event keeps it.

    Raises Refused("wrong_state") when it isn’t active, Conflict when it changed meanwhile.
    """
    changes = {"challenged_at": asked.now, "challenged_reason": reason}
    details = {"reason": reason, **({"reference": reference} if reference else {})}
    moving.move(session, row, Action.CHALLENGE, asked, changes, details)
