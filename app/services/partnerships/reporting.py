"""A lead provider reports a partnership itself. (Provider API, “Partnerships”, POST.)"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.data.ids import known_form, new_id
from app.data.models import Partnership
from app.data.queries import cohorts, organisations, reported
from app.data.transaction import store
from app.domain import reporting
from app.domain.partnerships import Action, State, next_state
from app.domain.training import read_attribute
from app.services.asked import Asked
from app.services.partnerships import moving
from app.services.partnerships.deciding import activate, join
from app.services.partnerships.moving import Row


def report(session: Session, lead_provider_id: str, attributes: Mapping[str, object], asked: Asked) -> str:
    """Make the partnership with exactly this delivery partner active, and return its id.

    The row that the school and this lead provider had for it becomes active, else the one that waited for a delivery
    partner takes it, else there is a new one. Raises RefusedTogether for what is missing, Refused for the first rule
    that isn’t met, Conflict when a row changed meanwhile, IntegrityError when somebody was first.
    """
    reporting.missing(attributes, reporting.REPORT)
    cohort = reporting.read_cohort(attributes["cohort"], [each.start_year for each in cohorts.all_cohorts()])
    school_id = known_form(read_attribute(attributes, "school_id") or "") or ""
    partner = known_form(read_attribute(attributes, "delivery_partner_id") or "") or ""
    rows = moving.find_for(session, school_id, lead_provider_id, cohort)
    _check(lead_provider_id, school_id, partner, cohort, rows, asked)
    named, waiting = rows.get(partner), rows.get(None)
    if named is not None and waiting is not None:
        return join(session, waiting, named, asked)
    if found := named or waiting:
        activate(session, found, partner, Action.REPORT, asked)
        return found.id
    return _add(session, Row(new_id(), school_id, lead_provider_id, partner, cohort, State.ACTIVE), asked)


def _check(
    lead_provider_id: str,
    school_id: str,
    partner: str,
    cohort: int,
    rows: Mapping[str | None, Row],
    asked: Asked,
) -> None:
    eligible = organisations.eligible_partners(lead_provider_id, cohort, asked.today)
    school = reported.school(school_id, cohort, lead_provider_id)
    named = rows.get(partner)
    reporting.check_report(
        reporting.ReportFacts(
            cohort=cohort,
            fundable=school.fundable,
            partner_known=organisations.delivery_partner(partner) is not None,
            paired=any(each.id == partner for each in eligible),
            active_already=named is not None and named.state is State.ACTIVE,
            choice=school.choice,
            awaits=school.awaits,
        )
    )


def _add(session: Session, row: Row, asked: Asked) -> str:
    moving.hold_school(session, row.school_id)
    store(
        session,
        Partnership(
            id=row.id,
            school_id=row.school_id,
            lead_provider_id=row.lead_provider_id,
            delivery_partner_id=row.delivery_partner_id,
            cohort=row.cohort,
            status=next_state(Action.REPORT, None),
            confirmed_at=asked.now,
            confirmed_by=asked.name,
            ever_active=True,
            created_at=asked.now,
        ),
    )
    assert row.delivery_partner_id is not None
    moving.say(session, row, "partnership.reported", asked, {"delivery_partner": row.delivery_partner_id})
    moving.keep_history(session, row.id, row.delivery_partner_id, asked)
    return row.id
