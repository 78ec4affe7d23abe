"""Northstar and Teach Forward side by side, each with a token, schedules and statements: a stage for the API.

Every 200 is held against the shape that its operation documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from flask import Flask
from pydantic import TypeAdapter
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.data import models
from app.data.database import db
from app.data.transaction import write
from app.domain import schedules
from app.domain.schedules import Course
from app.services import funding, statements
from app.services.asked import by_service
from app.services.schedules import columns, lay_out
from app.web.api_v3.operations import OPERATIONS, PREFIX, Operation
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.clocks import london
from tests.web.api_v3.conftest import Caller, issued, said

T = TypeVar("T")
Json = dict[str, Any]
YEARS = (2024, 2025)
CLOCK = london("2025-09-15 10:00")
BY = by_service(records.NOW, "test")
UNKNOWN = "0197a0c4-3c00-7000-8000-00000000ffff"


@cache
def adapter(operation: Operation) -> TypeAdapter[Any]:
    """What an operation’s answers are checked with."""
    return TypeAdapter(operation.answer)


@cache
def operation_of(method: str, path: str) -> Operation:
    """The operation behind an address; fixed paths come before those with an id."""
    for each in sorted(OPERATIONS, key=lambda each: "{id}" in each.path):
        pattern = re.escape(each.path).replace(r"\{id\}", "[^/]+")
        if each.method == method.lower() and re.fullmatch(pattern, path):
            return each
    raise LookupError(f"{method} {path}")


class Provider:
    """A lead provider’s client. Paths are below /api/v3; `at` is the time the request takes for now."""

    def __init__(self, api: Flask, lead_provider_id: str) -> None:
        self.id = lead_provider_id
        self.caller = Caller(api, issued(api, lead_provider_id).token)

    def get(self, path: str, at: datetime | str | None = None, **filters: Any) -> Any:
        """The `data` of a GET that is answered with 200."""
        query = {f"filter[{name}]": value for name, value in filters.items()}
        return self._data("GET", path, at, query_string=query)

    def ids(self, path: str, **filters: Any) -> list[str]:
        """The ids in a list."""
        return [each["id"] for each in self.get(path, **filters)]

    def show(self, path: str, at: datetime | str | None = None) -> Json:
        """The attributes of one record."""
        found: Json = self.get(path, at)["attributes"]
        return found

    def send(self, way: str, at: datetime | str | None = None, /, **attributes: Any) -> Json:
        """The `data` of a POST or PUT that is answered with 200."""
        method, path = way.split()
        found: Json = self._data(method, path, at, json={"data": {"attributes": attributes}})
        return found

    def refused(
        self, way: str, at: datetime | str | None = None, /, **attributes: Any
    ) -> list[tuple[str, str]]:
        """Titles and sentences of a 422."""
        method, path = way.split()
        body = {"data": {"attributes": attributes}}
        return said(self.caller.send(method, PREFIX + path, 422, headers=_at(at), json=body))

    def missing(self, way: str, **attributes: Any) -> bytes:
        """The bytes of a 404."""
        method, path = way.split()
        more = {} if method == "GET" else {"json": {"data": {"attributes": attributes}}}
        return self.caller.send(method, PREFIX + path, 404, **more).get_data()

    def _data(self, method: str, path: str, at: datetime | str | None, **more: Any) -> Any:
        response = self.caller.send(method, PREFIX + path, 200, headers=_at(at), **more)
        adapter(operation_of(method, path)).validate_json(response.get_data())
        body: Any = response.json
        assert set(body) == {"data"}
        return body["data"]


def _at(moment: datetime | str | None) -> dict[str, str]:
    if moment is None:
        return {}
    return {"X-With-Server-Date": moment if isinstance(moment, str) else moment.isoformat()}


@dataclass(frozen=True)
class Stage:
    """Two lead providers and their records. `at` names what is there (`worlds.sides`)."""

    api: Flask
    at: worlds.Sides
    northstar: Provider
    teach_forward: Provider

    def store(self, build: Callable[..., T], *args: Any, **values: Any) -> T:
        """Call one of the builders in `worlds` with the two sides: `stage.store(worlds.ect, under)`."""
        return self.do(lambda: build(self.at, *args, **values))

    def do(self, work: Callable[[], T]) -> T:
        """Work in a context of its own."""
        with self.api.app_context():
            try:
                return work()
            finally:
                db.session.remove()

    def partnership(self, **values: Any) -> models.Partnership:
        """Northstar’s with Alder at Oakfield in 2025, active, with its history."""
        made = self.store(worlds.partnership, **values)
        if made.status == "active":
            history = models.PartnershipDeliveryPartner(
                partnership_id=made.id, from_at=records.NOW, delivery_partner_id=made.delivery_partner_id
            )
            self.do(lambda: worlds.save(history))
        return made

    def ect(self, under: models.Partnership | None, funded: bool | None = True, **values: Any) -> Any:
        """An ECT, funded unless said otherwise."""
        return self._funded(self.store(worlds.ect, under, **values), Course.ECF_INDUCTION, funded)

    def mentor(self, under: models.Partnership | None, funded: bool | None = True, **values: Any) -> Any:
        """A mentor, funded unless said otherwise."""
        return self._funded(self.store(worlds.mentor, under, **values), Course.ECF_MENTOR, funded)

    def _funded(self, who: worlds.Trained, course: Course, funded: bool | None) -> worlds.Trained:
        self.do(lambda: write(lambda session: funding.decide(session, who.teacher, course, funded, BY)))
        return who

    def change(self, model: Any, id: str, **values: Any) -> None:
        """Change one record."""
        self.do(lambda: worlds.change(model, id, **values))

    def all(self, model: Any, **of: Any) -> list[Any]:
        """The rows of a table."""
        return self.do(lambda: write(lambda session: session.query(model).filter_by(**of).all()))

    def kinds(self, record_id: str) -> list[str]:
        """The kinds of the events of a record, oldest first."""
        found = sorted(self.all(models.Event, record_id=record_id), key=lambda event: event.id)
        return [event.kind for event in found]


def set_up(api: Flask) -> Stage:
    """Store the two with the schedules and statements of both cohorts."""
    with api.app_context():
        at = worlds.sides()
        write(lambda session: _lay_out(session, at))
        db.session.remove()
    return Stage(api, at, Provider(api, at.northstar), Provider(api, at.teach_forward))


def _lay_out(session: Session, at: worlds.Sides) -> None:
    for year in YEARS:
        lay_out(session, year, BY)
        september = schedules.milestones(year, worlds.SEPTEMBER)
        rows = [columns(year, worlds.SEPTEMBER, each) for each in september]
        session.connection().execute(insert(models.Milestone), rows)
        for provider in (at.northstar, at.teach_forward):
            statements.plan(session, provider, year, BY)
