"""The runner of every journey: one set of views and four templates, whatever is asked."""

from __future__ import annotations

from flask import Flask

import journeys
from app.config import Config
from app.data.sealing import Keys
from app.domain import names, needs
from app.engine.library import Library, discover
from app.engine.problems import Names
from app.services.teacher_record.choosing import teacher_records
from app.web.journeys.running import Parts
from app.web.journeys.views import blueprint

__all__ = ["blueprint", "install", "library"]


def library() -> Library:
    """Every journey there is. Raises WrongJourneys, naming every problem."""
    return Library(discover(journeys), NAMES)


def install(app: Flask, config: Config) -> None:
    """Give the app its journeys, its teacher records and the keys that runs are sealed with."""
    app.extensions["journeys"] = Parts(library(), teacher_records(config), Keys.read(config.run_keys))


NAMES = Names(
    facts={fact: needs.FACT_NEEDS.get(fact, ()) for fact in names.Fact},
    remarks=frozenset(names.Remark),
    sources=frozenset(names.Source),
    rules=names.REASONS,
    details=names.REASON_DETAILS,
    subjects=frozenset(names.Subject),
    actions=frozenset(names.Action),
    places=frozenset(names.Place),
    outcomes=frozenset(names.Outcome),
    placeholders=needs.PLACEHOLDER_NEEDS,
    kinds=frozenset(names.Kind),
)
