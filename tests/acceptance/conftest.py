"""What the acceptance cases share: the records behind the pages."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.data.models import Cohort, LeadProviderCohort, Pairing
from tests.support import acceptance as people
from tests.support.stored import Stored

# These ask questions and judge answers, and hardly touch records: PostgreSQL answers them at full count. What stores is
# tried on both databases each time.
ON_POSTGRESQL_AT_FULL_COUNT = frozenset(
    f"test_{name}.py"
    for name in (
        "another_year",
        "changing_answers",
        "dead_ends",
        "empty_posts",
        "forged_values",
        "input",
        "mentors_training",
        "over_midnight",
        "partner_list",
        "partner_question",
        "previous_choices",
        "start_dates",
        "telling_what_is_wrong",
        "unfinished",
    )
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the second database of those to full counts."""
    for item in items:
        given = getattr(getattr(item, "callspec", None), "params", {})
        if item.path.name in ON_POSTGRESQL_AT_FULL_COUNT and given.get("database") == "postgresql":
            item.add_marker(pytest.mark.long)


@pytest.fixture
def stored(app: Flask) -> Stored:
    """The records, read afresh each time."""
    return Stored(app)


@pytest.fixture
def open_2026(acceptance: None, stored: Stored) -> None:
    """DfE has opened 2026 early, with Northstar in it, who works with Alder only."""

    def work(session: Session) -> None:
        opened = update(Cohort).where(Cohort.start_year == 2026).values(opened_on=date(2025, 9, 1))
        session.connection().execute(opened)

    stored.change(work)
    stored.store(
        LeadProviderCohort(lead_provider_id=people.NORTHSTAR, cohort=2026, closed_on=None),
        Pairing(
            lead_provider_id=people.NORTHSTAR,
            delivery_partner_id=people.ALDER_PARTNER,
            cohort=2026,
            closed_on=None,
        ),
    )
