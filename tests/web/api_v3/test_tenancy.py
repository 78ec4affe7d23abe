"""Nothing of one lead provider is ever in what another is answered (Trust, 5).

Operations, their filters and their attributes are taken from the table and the shapes: a new one is tested by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.data import models
from app.web.api_v3.openapi import example, filters_of, schema_of
from app.web.api_v3.operations import OPERATIONS, PREFIX, Operation
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.clocks import Clock
from tests.web.api_v3.conftest import said
from tests.web.api_v3.playing import CLOCK, UNKNOWN, Provider, Stage, set_up

MALFORMED = ("abc", "0", "-1", "%00", "..", UNKNOWN[:-1], UNKNOWN + "0", "’", "null")
# What an id in the address that nobody has is answered with, when it isn’t a 404.
NO_PARTICIPANT = [("participant_id", "Enter the id of a participant who trains with you")]


@dataclass(frozen=True)
class Side:
    """What one lead provider has: the ids of its records, by kind, and words that are in them alone."""

    provider: Provider
    ids: dict[str, str]
    words: frozenset[str]

    @property
    def marks(self) -> frozenset[str]:
        """What may not be found in an answer to anybody else."""
        return self.words | set(self.ids.values()) | {self.provider.id}


def furnish(stage: Stage, provider: Provider, name: str, partner: str) -> Side:
    """Give a lead provider one record of everything that the API shows. Only `partner` is paired with it alone."""
    school = records.school()
    place = models.Pairing(lead_provider_id=provider.id, delivery_partner_id=partner, cohort=2025)
    stage.do(lambda: worlds.save(school, place))
    of = {"lead_provider_id": provider.id, "delivery_partner_id": partner, "school_id": school.id}
    under = stage.partnership(**of)
    proposed = stage.partnership(**{**of, "delivery_partner_id": None}, status="proposed", ever_active=False)
    people = {
        "ect": stage.ect(under, name=f"{name} Ect"),
        "gone": stage.ect(under, name=f"{name} Gone", finished_on=date(2025, 9, 30)),
        "mentor": stage.mentor(under, name=f"{name} Mentor"),
        "waiting": stage.ect(proposed, name=f"{name} Waiting"),
        "unfunded": stage.mentor(None, name=f"{name} Unfunded"),
    }
    stage.store(lambda _at: worlds.mentoring(people["unfunded"], people["ect"]))
    declared = stage.store(lambda _at: worlds.declaration(people["ect"], provider.id))
    statement = stage.all(models.Statement, lead_provider_id=provider.id, cohort=2025, output=True)[0]
    ids = {"partner": partner, "partnership": under.id, "proposal": proposed.id}
    ids |= {"declaration": declared.id, "statement": statement.id}
    ids |= {kind: who.teacher for kind, who in people.items()}
    ids |= {f"record of {kind}": who.record for kind, who in people.items() if who.record}
    teachers = [row for row in stage.all(models.Teacher) if row.name.startswith(name)]
    return Side(provider, ids, frozenset({name, *(row.trn for row in teachers)}))


@pytest.fixture
def sides(api: Flask, clock: Clock) -> tuple[Stage, Side, Side]:
    """Northstar asks; Teach Forward’s is what it may not see."""
    clock.set(CLOCK)
    stage = set_up(api)
    partners = [records.delivery_partner("Vega Partner"), records.delivery_partner("Zorro Partner")]
    stage.do(lambda: worlds.save(*partners))
    mine = furnish(stage, stage.northstar, "Vega", partners[0].id)
    theirs = furnish(stage, stage.teach_forward, "Zorro", partners[1].id)
    return stage, mine, theirs


def addresses(operation: Operation, ids: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    """The operation’s address with each of these ids; what is required is asked for."""
    needed = "&".join(f"filter[{name}]=2025" for name in operation.required)
    for each in ids:
        yield f"{PREFIX}{operation.path.replace('{id}', each)}" + (f"?{needed}" if needed else "")


def bodies(operation: Operation, theirs: Side) -> Iterator[dict[str, Any] | None]:
    """The documented body, and that with each of the other’s ids in the place of each id in turn."""
    if operation.body is None:
        yield None
        return
    plain = example(schema_of(operation.body))
    yield plain
    for name in plain["data"]["attributes"]:
        for foreign in theirs.ids.values() if name.endswith("_id") else ():
            yield {"data": {"attributes": {**plain["data"]["attributes"], name: foreign}}}


def ask(asker: Side, operation: Operation, address: str, body: Any = None) -> TestResponse:
    """Send it, whatever the status."""
    client = asker.provider.caller.app.test_client()
    headers = {"Authorization": f"Bearer {asker.provider.caller.token}"}
    more = {} if body is None else {"json": body}
    return super(type(client), client).open(  # type: ignore[misc]  # without expecting a status
        address, method=operation.method.upper(), headers=headers, **more
    )


def assert_nothing_of(theirs: Side, response: TestResponse, what: str) -> None:
    said_back = response.get_data(as_text=True)
    found = {mark for mark in theirs.marks if mark in said_back}
    assert not found, f"{what} answers with {found}"
    assert response.status_code < 500, what


def test_what_is_read_is_ones_own(sides: tuple[Stage, Side, Side]) -> None:
    _, mine, theirs = sides
    shown = set()
    for each in (each for each in OPERATIONS if each.method == "get"):
        filters = [
            f"filter[{name}]={foreign}" for name in filters_of(each) for foreign in theirs.ids.values()
        ]
        for address in addresses(each, tuple(mine.ids.values())):
            for more in ["", *filters] if each.paged and "{id}" not in each.path else [""]:
                joined = "&" if "?" in address else "?"
                response = ask(mine, each, address + (joined + more if more else ""))
                assert_nothing_of(theirs, response, f"{address} {more}")
                found = response.get_data(as_text=True)
                shown |= {kind for kind, own in mine.ids.items() if own in found}
            if "{id}" not in each.path:
                break
    assert shown == set(mine.ids) - {"waiting", "record of waiting"}


def test_what_is_anothers_is_what_does_not_exist_byte_for_byte(sides: tuple[Stage, Side, Side]) -> None:
    stage, mine, theirs = sides
    before = everything(stage, theirs)
    for each in (each for each in OPERATIONS if "{id}" in each.path):
        body = next(bodies(each, theirs))
        (address,) = addresses(each, (UNKNOWN,))
        unknown = ask(mine, each, address, body)
        expected = (unknown.status_code, unknown.get_data())
        assert unknown.status_code == 404 or said(unknown) == NO_PARTICIPANT, each.id
        assert unknown.status_code in each.statuses
        for foreign in theirs.ids.values():
            (address,) = addresses(each, (foreign,))
            response = ask(mine, each, address, body)
            assert (response.status_code, response.get_data()) == expected, f"{each.id} {foreign}"
        for malformed in MALFORMED:
            (address,) = addresses(each, (malformed,))
            response = ask(mine, each, address, body)
            assert response.status_code in (400, 404, 405, expected[0]), address
            assert_nothing_of(theirs, response, address)
    assert everything(stage, theirs) == before


def test_ids_of_another_in_a_body_are_refused_and_change_nothing(sides: tuple[Stage, Side, Side]) -> None:
    stage, mine, theirs = sides
    before = everything(stage, theirs)
    for each in (each for each in OPERATIONS if each.body is not None):
        shown = tuple(own for kind, own in mine.ids.items() if not kind.startswith("record"))
        own = shown if "{id}" in each.path else (UNKNOWN,)
        for body in bodies(each, theirs):
            for address in addresses(each, own):
                response = ask(mine, each, address, body)
                assert_nothing_of(theirs, response, f"{each.id} {body}")
                assert response.status_code in each.statuses, f"{each.id} {body}"
    assert everything(stage, theirs) == before


def everything(stage: Stage, side: Side) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that carries the provider’s id or hangs on one that does, with its stamps."""
    found = {}
    for model in (models.Partnership, models.Declaration, models.Statement, models.ProviderParticipant):
        rows = stage.all(model, lead_provider_id=side.provider.id)
        names = model.__table__.columns.keys()
        found[model.__name__] = sorted(tuple(str(getattr(row, name)) for name in names) for row in rows)
    trained = {each for kind, each in side.ids.items() if kind.startswith("record")}
    found["TrainingRecord"] = sorted(
        (row.id, str(row.training_status), str(row.updated_at), str(row.partnership_id))
        for row in stage.all(models.TrainingRecord)
        if row.id in trained
    )
    return found
