"""Tokens of the API: what is kept, what is shown once, who may have one (Provider API, Auth)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.data.database import db, for_writing, reading
from app.data.models import ApiToken, Event
from app.data.queries.events import SYSTEM, Actor
from app.domain.refusals import Refused
from app.services import tokens
from app.services.asked import Asked
from tests.data import records

NOW = datetime(2025, 9, 15, 9, 0, tzinfo=UTC)
BY = Asked(SYSTEM, NOW, "request")


@pytest.fixture
def northstar(app: Flask) -> Iterator[str]:
    """A lead provider’s id, inside the application’s context."""
    with app.app_context():
        row = records.lead_provider("Northstar")
        provider_id = row.id
        records.save(row)
        yield provider_id


def stored() -> list[tuple[object, ...]]:
    columns = (ApiToken.id, ApiToken.name, ApiToken.token_hash, ApiToken.created_by, ApiToken.revoked_at)
    found = [tuple(row) for row in reading().execute(select(*columns).order_by(ApiToken.id))]
    db.session.remove()
    return found


def test_only_the_hash_of_256_random_bits_is_kept(northstar: str) -> None:
    made = tokens.issue(northstar, " Reports ", BY)
    assert len(base64.urlsafe_b64decode(made.token + "=")) == 32
    hashed = hashlib.sha256(made.token.encode()).hexdigest()
    assert stored() == [(made.token_id, "Reports", hashed, None, None)]
    assert made.token not in f"{made} {made!r}"


def test_a_provider_has_as_many_as_it_wants_and_all_differ(northstar: str) -> None:
    made = [tokens.issue(northstar, f"Number {number}", BY) for number in range(5)]
    assert len({each.token for each in made}) == 5
    for each in made:
        found = tokens.find(each.token)
        assert found is not None
        assert (found.id, found.kind, found.lead_provider_id) == (each.token_id, "lead_provider", northstar)


def test_nobody_has_a_token_that_was_not_issued(northstar: str) -> None:
    tokens.issue(northstar, "Reports", BY)
    assert tokens.find("x" * 43) is None
    assert tokens.find("") is None


def test_a_token_is_revoked_once_and_for_good(northstar: str) -> None:
    made = tokens.issue(northstar, "Reports", BY)
    later = Asked(SYSTEM, NOW + timedelta(hours=1), "later")
    assert tokens.revoke(made.token_id, later)
    assert tokens.find(made.token) is None
    assert not tokens.revoke(made.token_id, Asked(SYSTEM, NOW + timedelta(hours=2), "again"))
    assert stored()[0][-1] == later.now
    assert not tokens.revoke("0197a0c4-3c00-7000-8000-000000000001", later)


def test_issuing_and_revoking_are_told_of_without_the_token(northstar: str) -> None:
    person = records.person(kind="dfe")
    person_id = person.id
    records.save(person)
    made = tokens.issue(northstar, "Reports", Asked(Actor("dfe", person_id), NOW, "first"))
    tokens.revoke(made.token_id, BY)
    columns = (Event.kind, Event.actor_id, Event.lead_provider_id, Event.record_id, Event.details)
    events = reading().execute(select(*columns).order_by(Event.id)).all()
    assert [tuple(event) for event in events] == [
        ("api_token.issued", person_id, northstar, made.token_id, "{}"),
        ("api_token.revoked", None, northstar, made.token_id, "{}"),
    ]
    assert stored()[0][3] == person_id


@pytest.mark.parametrize(("name", "reason"), [("", "blank"), ("  ", "blank")])
def test_a_token_has_a_name(northstar: str, name: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        tokens.issue(northstar, name, BY)
    assert stored() == []


@pytest.mark.parametrize("provider", ["0197a0c4-3c00-7000-8000-000000000001", "northstar", ""])
def test_a_token_belongs_to_a_lead_provider_we_know(northstar: str, provider: str) -> None:
    with pytest.raises(Refused, match="lead_provider_unknown"):
        tokens.issue(provider, "Reports", BY)
    assert stored() == []


def test_use_that_cannot_be_noted_now_is_not_waited_for(northstar: str) -> None:
    made = tokens.issue(northstar, "Reports", BY)
    found = tokens.find(made.token)
    assert found is not None
    holder = db.engine.connect()
    with for_writing():
        holder.begin()
    holder.execute(select(ApiToken.id).with_for_update())
    before = datetime.now(UTC)
    tokens.used(found, NOW)
    waited = datetime.now(UTC) - before
    holder.close()
    assert waited < timedelta(seconds=1)
    again = tokens.find(made.token)
    assert again is not None
    assert again.last_used_at is None
    tokens.used(again, NOW)
    noted = tokens.find(made.token)
    assert noted is not None
    assert noted.last_used_at == NOW
