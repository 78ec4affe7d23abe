"""Declarations: made and taken back by lead providers, settled by what is known of funding.

Provider API, “Declarations”. Every move is a conditional update by the table in `app.domain.declarations`, one event,
and its line on a statement, in the write that the caller holds open.
"""

from app.services.declarations.declaring import declare
from app.services.declarations.moving import Conflict
from app.services.declarations.settling import settle
from app.services.declarations.voiding import void

__all__ = ["Conflict", "declare", "settle", "void"]
