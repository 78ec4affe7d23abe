"""What schools and lead providers do to partnerships. Each is a conditional update and one event.

The moves themselves are the table in `app.domain.partnerships`. (School journey, “Partnership records”; Trust, 2.)
"""

from app.services.partnerships.answering import accept, keep
from app.services.partnerships.challenging import challenge
from app.services.partnerships.deciding import change_partner, confirm, decline
from app.services.partnerships.mentors import follow
from app.services.partnerships.moving import Conflict
from app.services.partnerships.proposing import Link, propose
from app.services.partnerships.reporting import report

__all__ = [
    "Conflict",
    "Link",
    "accept",
    "challenge",
    "change_partner",
    "confirm",
    "decline",
    "follow",
    "keep",
    "propose",
    "report",
]
