"""A lead provider’s tokens of the API, as its own page lists them. The tokens themselves are kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from app.data.database import reading
from app.data.models import ApiToken, Person
from app.data.queries.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class OwnToken:
    """One token. `created_by` is a person’s name, None for one that no person made here."""

    id: str
    name: str
    created_at: datetime
    created_by: str | None
    last_used_at: datetime | None
    revoked_at: datetime | None


_TOKENS: Select[*tuple[Any, ...]] = (
    select(
        ApiToken.id,
        ApiToken.name,
        ApiToken.created_at,
        Person.name,
        ApiToken.last_used_at,
        ApiToken.revoked_at,
    )
    .outerjoin(Person, Person.id == ApiToken.created_by)
    .where(ApiToken.lead_provider_id == bindparam("lead_provider_id"))
    .order_by(ApiToken.revoked_at.is_not(None), ApiToken.created_at.desc(), ApiToken.id.desc())
)
_ONE = _TOKENS.where(ApiToken.id == bindparam("token_id"))


def listed(lead_provider_id: str, page: int, per_page: int) -> Page[OwnToken]:
    """A page of the provider’s tokens: those that work first, the newest first."""
    own = _TOKENS.params(lead_provider_id=lead_provider_id)
    return page_of(own, lambda row: OwnToken(*row), page, per_page)


def one(lead_provider_id: str, token_id: str) -> OwnToken | None:
    """The provider’s token with this id."""
    values = {"lead_provider_id": lead_provider_id, "token_id": token_id}
    row = reading().execute(_ONE, values).one_or_none()
    return None if row is None else OwnToken(*row)
