"""Finding a token of the API by its hash: once in every request."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from app.data.database import reading
from app.data.models import ApiToken


class TokenRow(NamedTuple):
    """A token that hasn’t been revoked. `lead_provider_id` is None for one of another kind."""

    id: str
    kind: str
    lead_provider_id: str | None
    last_used_at: datetime | None


# Built once: this select runs in every request, and building it costs more than running it.
_BY_HASH = select(ApiToken.id, ApiToken.kind, ApiToken.lead_provider_id, ApiToken.last_used_at).where(
    ApiToken.token_hash == bindparam("token_hash"), ApiToken.revoked_at.is_(None)
)


def by_hash(token_hash: str) -> TokenRow | None:
    """The token with this SHA-256; None when there is none or it was revoked."""
    row = reading().execute(_BY_HASH, {"token_hash": token_hash}).one_or_none()
    return None if row is None else TokenRow(*row)
