"""How schools reach lead providers."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.data.database import reading
from app.data.models import LeadProvider


def of_lead_providers(ids: Collection[str]) -> dict[str, str]:
    """For each lead provider its email address, or without one its phone number, or “”; in one select."""
    if not ids:
        return {}
    statement = (
        select(LeadProvider.id, LeadProvider.contact_email, LeadProvider.contact_phone)
        .where(LeadProvider.id.in_(sorted(ids)))
        .order_by(LeadProvider.id)
    )
    return {row[0]: row[1] or row[2] or "" for row in reading().execute(statement)}
