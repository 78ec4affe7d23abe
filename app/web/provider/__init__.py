"""The pages of a lead provider: proposals, partnerships, participants, statements and tokens, as its API says them."""

from __future__ import annotations

from flask import Blueprint

from app.domain.refusals import Refused
from app.services.providers import NotFound, Overtaken

blueprint = Blueprint("provider", __name__, url_prefix="/provider")

from app.web.provider import (  # noqa: E402  (they add their routes to it)
    participant_views,
    partnership_views,
    proposal_views,
    refusing,
    statement_views,
    token_views,
)

blueprint.register_error_handler(NotFound, refusing.not_found)
blueprint.register_error_handler(Overtaken, refusing.overtaken)
blueprint.register_error_handler(Refused, refusing.refused)

__all__ = [
    "blueprint",
    "participant_views",
    "partnership_views",
    "proposal_views",
    "statement_views",
    "token_views",
]
