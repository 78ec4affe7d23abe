"""What happens before every view of the API: who asks, how often, and what time it is for them."""

from __future__ import annotations

from flask import g

from app.data import clock
from app.services import tokens
from app.web.api_v3 import auth, limits, server_clock


def let_in() -> None:
    """Set `g.lead_provider_id` and `g.api_token`. Raises ApiError: 401, 403, 429, or 400 for a time it can’t read."""
    auth.identify()
    limits.count_request(g.api_token.id)
    tokens.used(g.api_token, clock.true_now())
    server_clock.set_for_request()
