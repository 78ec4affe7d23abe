"""Every import there is, by the name it has on the command line, in the order a new instance is filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.services.importing import (
    appropriate_bodies,
    cohorts,
    contracts,
    mentor_flags,
    organisation_links,
    organisations,
    pairings,
    schedules,
    schools,
    statements,
    uplifts,
)
from app.services.importing.running import Plan

PLANS: Mapping[str, Plan[Any]] = {
    "cohorts": cohorts.PLAN,
    "schools": schools.PLAN,
    "uplifts": uplifts.PLAN,
    "appropriate-bodies": appropriate_bodies.PLAN,
    "lead-providers": organisations.LEAD_PROVIDERS,
    "delivery-partners": organisations.DELIVERY_PARTNERS,
    "lead-provider-places": pairings.PLACES,
    "pairings": pairings.PAIRINGS,
    "organisation-links": organisation_links.PLAN,
    "schedules": schedules.PLAN,
    "contracts": contracts.PLAN,
    "statements": statements.PLAN,
    "mentor-funding-flags": mentor_flags.PLAN,
}
