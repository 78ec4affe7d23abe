"""A school answers a lead provider that names another delivery partner than it did.

School journey, “The LP names another DP”. Raises Conflict when either row changed meanwhile.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.partnerships import State
from app.services.asked import Asked
from app.services.partnerships import moving
from app.services.partnerships.deciding import join
from app.services.partnerships.moving import Conflict, Row


def accept(session: Session, waiting: Row, named: Row, asked: Asked) -> None:
    """The lead provider is right: everybody who waits moves to the partnership it named, and the proposal is taken
    back."""
    if named.state is not State.ACTIVE or waiting.state is not State.PROPOSED:
        raise Conflict
    join(session, waiting, named, asked)


def keep(session: Session, waiting: Row, named: Row, asked: Asked) -> None:
    """The school is right: it asks for its own delivery partner again, so that the lead provider reads it anew."""
    moving.ask_again(session, waiting, asked)
    moving.say(session, waiting, "partnership.kept", asked, {"named": named.id})
