"""Why answers no longer count, told from those that are kept but unheard. (Names: `app.domain.names.Remark`.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.names import Remark
from app.engine.walk import Answer
from app.services.supply import together
from app.services.supply.view import View, ids

Kept = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class PartnerBefore:
    """A delivery partner that was chosen, with the lead provider and year it was chosen for."""

    partner_id: str
    lead_provider_id: str
    cohort: str


def partner_before(view: View, kept: Kept) -> PartnerBefore | None:
    """The partner named in the latest answer that was given but isn’t heard now."""
    found: list[tuple[int, PartnerBefore]] = []
    for page in ("existing_partner", "same_organisation", "delivery_partner", "named_partner"):
        answer = kept.get(page)
        if answer is None or view.heard.answer(page) is answer:
            continue
        partner = _partner_of(page, answer)
        noted = answer.notes.get("lead_provider_and_year", "")
        if partner and "|" in noted:
            found.append((answer.version, PartnerBefore(partner, *noted.split("|"))))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _partner_of(page: str, answer: Answer) -> str | None:
    value = answer.values.get(page, "")
    if page in ("existing_partner", "same_organisation"):
        return answer.subject.split("|")[1] if value == "yes" and "|" in answer.subject else None
    return None if value in ("another", "not_listed", "unknown", "") else value


def body_before(view: View, kept: Kept) -> str | None:
    """The appropriate body of a same-organisation answer about another body than now."""
    answer = kept.get("same_organisation")
    if answer is None or view.heard.answer("same_organisation") is answer:
        return None
    body = answer.subject.split("|")[0]
    return body if body and body != view.body_id else None


def lead_provider_before(view: View, kept: Kept) -> str | None:
    """The lead provider of the partner chosen before, or the one chosen that isn’t open now."""
    before = partner_before(view, kept)
    if before is not None:
        return before.lead_provider_id
    answer = kept.get("lead_provider")
    if answer is None or view.heard.answer("lead_provider") is answer:
        return None
    value = answer.values.get("lead_provider", "")
    return value if value != "unknown" else None


def _new_lead_provider(view: View, kept: Kept) -> bool:
    before = partner_before(view, kept)
    return before is not None and before.lead_provider_id != view.lead_provider_id


def _new_year(view: View, kept: Kept) -> bool:
    before = partner_before(view, kept)
    return before is not None and _not_offered(view, before) and before.cohort != str(view.cohort)


def _partner_gone(view: View, kept: Kept) -> bool:
    before = partner_before(view, kept)
    return before is not None and _not_offered(view, before) and before.cohort == str(view.cohort)


def _not_offered(view: View, before: PartnerBefore) -> bool:
    same = before.lead_provider_id == view.lead_provider_id
    return same and before.partner_id not in ids(view.eligible)


def _new_body(view: View, kept: Kept) -> bool:
    return body_before(view, kept) is not None and not _new_lead_provider(view, kept)


def _lead_provider_fell(view: View, kept: Kept) -> str | None:
    """The cohort that a lead provider not offered now was chosen for."""
    answer = kept.get("lead_provider")
    if answer is None or view.cohort is None or answer.values.get("lead_provider") == "unknown":
        return None
    offered = {provider.id for provider in view.reads.lead_providers(view.cohort)}
    if answer.values.get("lead_provider") in offered:
        return None
    return answer.notes.get("lead_provider_and_year", "|").split("|")[1]


def _lead_provider_gone(view: View, kept: Kept) -> bool:
    return _lead_provider_fell(view, kept) == str(view.cohort)


def _lead_provider_not_in_year(view: View, kept: Kept) -> bool:
    return _lead_provider_fell(view, kept) not in (None, str(view.cohort))


def _fell(page: str) -> Callable[[View, Kept], bool]:
    def remark(view: View, kept: Kept) -> bool:
        answer = kept.get(page)
        return answer is not None and answer.subject == view.trn

    return remark


def _previous_choices_fell(view: View, kept: Kept) -> bool:
    answer = kept.get("previous_choices")
    if answer is None or answer.values.get("previous_choices") != "yes":
        return False
    return view.heard.answer("previous_choices") is None and answer.subject.endswith(f"|{view.cohort}")


def _started_again(view: View, kept: Kept) -> bool:
    answer = kept.get("check_details")
    if answer is None or answer.values["check_details"] != "different_person":
        return False
    return "find_ect" not in kept and "find_mentor" not in kept


REMARKS: Mapping[str, Callable[[View, Kept], bool]] = {
    Remark.STARTED_AGAIN: _started_again,
    Remark.EMAIL_TAKEN_SINCE: _fell("email"),
    Remark.START_DATE_FELL: _fell("start_date"),
    Remark.NEW_LEAD_PROVIDER: _new_lead_provider,
    Remark.NEW_APPROPRIATE_BODY: _new_body,
    Remark.NEW_YEAR: _new_year,
    Remark.PARTNER_GONE: _partner_gone,
    Remark.LEAD_PROVIDER_GONE: _lead_provider_gone,
    Remark.LEAD_PROVIDER_NOT_IN_YEAR: _lead_provider_not_in_year,
    Remark.PREVIOUS_CHOICES_FELL: _previous_choices_fell,
    Remark.SOMEBODY_IS_LEFT_ALONE: lambda view, kept: bool(together.left_alone(view, kept)),
}
