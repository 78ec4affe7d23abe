"""The pages of finance at DfE: statements and their payment, declarations, contracts."""

from __future__ import annotations

from flask import Blueprint

from app.domain.refusals import Refused
from app.services.finance import NotFound, Overtaken

blueprint = Blueprint("finance", __name__, url_prefix="/finance")

from app.web.finance import (  # noqa: E402  (they add their routes to it)
    adjustment_views,
    contract_views,
    declaration_views,
    funding_views,
    refusing,
    statement_views,
)

blueprint.register_error_handler(NotFound, refusing.not_found)
blueprint.register_error_handler(Overtaken, refusing.overtaken)
blueprint.register_error_handler(Refused, refusing.refused)

__all__ = [
    "adjustment_views",
    "blueprint",
    "contract_views",
    "declaration_views",
    "funding_views",
    "statement_views",
]
