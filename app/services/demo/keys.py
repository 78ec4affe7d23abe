"""A token of the lead provider API for each fictional lead provider.

Unlike a real one it is no secret: its text follows from the provider’s name, so that it can be told whenever somebody
asks. `flask demo` refuses production, and so nobody has such a token there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.data.database import reading
from app.data.ids import new_id
from app.data.models import ApiToken, LeadProvider
from app.data.queries.events import SYSTEM, record
from app.data.transaction import store
from app.domain.matching import fold
from app.services import tokens

NAME = "Demonstration"


def text_of(provider: str) -> str:
    """The token of a lead provider, by its name: “demo-northstar-” and 32 hexadecimal characters."""
    return f"demo-{fold(provider).replace(' ', '-')}-{_sha256(f'{NAME} {provider}')[:32]}"


def store_tokens(session: Session, at: datetime) -> int:
    """Those of the tokens that aren’t there yet. Returns how many were added."""
    there = set(session.execute(select(ApiToken.token_hash)).scalars())
    added = 0
    for identity, name in session.execute(_PROVIDERS).all():
        hashed = _sha256(text_of(name))
        if hashed not in there:
            _store(session, identity, hashed, at)
            added += 1
    return added


def issued() -> Iterator[tuple[str, str]]:
    """Each lead provider that has its demonstration token still, and the token, A to Z."""
    hashes = select(ApiToken.token_hash).where(ApiToken.revoked_at.is_(None))
    valid = set(reading().execute(hashes).scalars())
    for _identity, name in reading().execute(_PROVIDERS):
        if _sha256(text_of(name)) in valid:
            yield name, text_of(name)


_PROVIDERS = (
    select(LeadProvider.id, LeadProvider.name)
    .where(LeadProvider.fictional)
    .order_by(LeadProvider.name_key, LeadProvider.id)
)


def _store(session: Session, lead_provider_id: str, hashed: str, at: datetime) -> None:
    row = ApiToken(
        id=new_id(),
        kind=tokens.KIND,
        lead_provider_id=lead_provider_id,
        name=NAME,
        token_hash=hashed,
        created_at=at,
    )
    store(session, row)
    record(
        session,
        at=at,
        kind="api_token.issued",
        actor=SYSTEM,
        record_kind="api_token",
        record_id=row.id,
        request_id=new_id(),
        lead_provider_id=lead_provider_id,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
