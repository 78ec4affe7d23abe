"""Every list that options come from. (Names: `app.domain.names.Source`.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.data.queries.organisations import Organisation
from app.domain.cohorts import years
from app.domain.names import Source
from app.services.supply import mentors, together
from app.services.supply.view import View, ids


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its id, its own name, and hints that a person’s link or the school’s records give."""

    value: str
    label: str
    hints: tuple[str, ...] = ()


def appropriate_bodies(view: View) -> tuple[Option, ...]:
    """The bodies this school may choose, A to Z. (School journey, “Appropriate body”.)"""
    return tuple(Option(body.id, body.name) for body in view.reads.bodies())


def lead_providers(view: View) -> tuple[Option, ...]:
    """The lead providers open in the cohort, A to Z; not the one that the school has just turned from."""
    if view.cohort is None:
        return ()
    other_than = together.lead_provider_left(view)
    offered = view.reads.lead_providers(view.cohort)
    return tuple(Option(each.id, each.name) for each in offered if each.id != other_than)


def delivery_partners(view: View) -> tuple[Option, ...]:
    """The eligible partners without those just refused; of a long list only the likely few."""
    shown = view.offered
    if view.list_is_long:
        shown = tuple(partner for partner in shown if partner.id in view.likely)
    linked, used = ids(view.linked), _used_this_year(view)
    return tuple(_partner(view, partner, linked, used) for partner in shown)


def all_delivery_partners(view: View) -> tuple[Option, ...]:
    """Every eligible partner without those just refused."""
    return tuple(Option(partner.id, partner.name) for partner in view.offered)


def delivery_partner_names(view: View) -> tuple[Option, ...]:
    """Names suggested in round 1: every delivery partner."""
    return tuple(Option(partner.name, partner.name) for partner in view.reads.all_partners())


def partner_names_of_lead_provider(view: View) -> tuple[Option, ...]:
    """Names suggested in round 2: the lead provider’s partners."""
    return tuple(Option(partner.name, partner.name) for partner in view.eligible)


def mentors_of_school(view: View) -> tuple[Option, ...]:
    """The school’s mentors that the ECT may be given, A to Z; the TRN tells those of one name apart."""
    now = view.reads.mentor_now()
    again = () if now is None else (f"Mentors {_whom(view)} now, and is not in training",)
    return tuple(
        Option(
            each.id,
            each.name,
            (f"TRN {each.trn}", *(again if now and each.id == now.mentor_period_id else ())),
        )
        for each in mentors.offered(view)
    )


def _whom(view: View) -> str:
    return view.ect.card.name if view.ect else ""


def _partner(view: View, partner: Organisation, linked: tuple[str, ...], used: frozenset[str]) -> Option:
    hints: list[str] = []
    if partner.id in linked and view.body is not None:
        hints.append(f"Part of {view.body.name}, your appropriate body")
    if partner.id in used and view.cohort is not None:
        hints.append(f"Your school already works with them in {years(view.cohort)}")
    return Option(partner.id, partner.name, tuple(hints))


def _used_this_year(view: View) -> frozenset[str]:
    return frozenset(p.delivery_partner_id for p in view.live_partnerships if p.delivery_partner_id)


SOURCES: Mapping[str, Callable[[View], tuple[Option, ...]]] = {
    Source.APPROPRIATE_BODIES: appropriate_bodies,
    Source.LEAD_PROVIDERS: lead_providers,
    Source.DELIVERY_PARTNERS: delivery_partners,
    Source.ALL_DELIVERY_PARTNERS: all_delivery_partners,
    Source.DELIVERY_PARTNER_NAMES: delivery_partner_names,
    Source.PARTNER_NAMES_OF_LEAD_PROVIDER: partner_names_of_lead_provider,
    Source.MENTORS: mentors_of_school,
}
