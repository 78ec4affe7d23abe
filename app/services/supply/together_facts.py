"""Facts about everybody whose training one partnership was. (Words, table 8.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.names import Fact
from app.services.supply import together
from app.services.supply.view import View, ids


def _same_lead_provider_is_open(view: View) -> bool:
    """The lead provider they had still trains ECTs of their year."""
    ended, cohort = view.reads.ended(), together.place(view)
    if ended is None or cohort is None:
        return False
    return ended.lead_provider_id in {each.id for each in view.reads.lead_providers(cohort.cohort)}


def _same_pair_is_open(view: View) -> bool:
    """It still works with the delivery partner they had, if that was known."""
    ended, cohort = view.reads.ended(), together.place(view)
    if ended is None or cohort is None or not _same_lead_provider_is_open(view):
        return False
    eligible = ids(view.reads.eligible(ended.lead_provider_id, cohort.cohort))
    return ended.delivery_partner_id is None or ended.delivery_partner_id in eligible


def _ended_with_a_partner(view: View) -> bool:
    ended = view.reads.ended()
    return ended is not None and ended.delivery_partner_id is not None


TOGETHER_FACTS: Mapping[str, Callable[[View], bool]] = {
    Fact.ECTS_NEED_TRAINING: lambda view: bool(together.ects_of(view.reads)),
    Fact.SEVERAL_NEED_TRAINING: together.is_several,
    Fact.ENDED_WITH_A_PARTNER: _ended_with_a_partner,
    Fact.SAME_LEAD_PROVIDER_IS_OPEN: _same_lead_provider_is_open,
    Fact.SAME_PAIR_IS_OPEN: _same_pair_is_open,
    Fact.ONE_APPROPRIATE_BODY: lambda view: together.body_id(view.reads) is not None,
}
