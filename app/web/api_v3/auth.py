"""Who asks: the bearer token of a lead provider (Provider API, Auth; RFC 6750)."""

from __future__ import annotations

import re

from flask import g, request

from app.data import clock
from app.services import tokens
from app.services.asked import Asked, by_lead_provider
from app.web.api_v3.errors import ApiError
from app.web.security import request_id

_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]{1,200}=*)", re.IGNORECASE)


def identify() -> None:
    """Set `g.api_token` and `g.lead_provider_id`.

    Raises ApiError: 401 without a token, or with one that is unknown or revoked; 403 for one of another kind.
    """
    sent = _BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    found = tokens.find(sent.group(1)) if sent else None
    if found is None:
        challenge = 'Bearer realm="api"' + (', error="invalid_token"' if sent else "")
        raise ApiError(401, headers={"WWW-Authenticate": challenge})
    g.api_token = found
    if found.kind != tokens.KIND or found.lead_provider_id is None:
        raise ApiError(403)
    g.lead_provider_id = found.lead_provider_id


def provider() -> str:
    """The id of the lead provider who asks."""
    return str(g.lead_provider_id)


def asked() -> Asked:
    """Who asks, when and in which request, for a service that changes something."""
    return by_lead_provider(provider(), clock.now(), request_id())
