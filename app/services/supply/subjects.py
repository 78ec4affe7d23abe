"""What answers are about, as text that changes when the subject does. (Names: `app.domain.names.Subject`.)

Organisations stand in it by id, so that a “yes” carries the very partner it was said to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.names import Subject
from app.services.supply.view import View


def joined(*parts: object) -> str:
    """Parts in one line; nothing for None."""
    return "|".join("" if part is None else str(part) for part in parts)


def previous_choices(view: View) -> str:
    """Body, programme, lead provider, partner and cohort of the school’s last choices."""
    last = view.reads.last_choices()
    if last is None:
        return ""
    return joined(
        last.appropriate_body_id,
        last.programme,
        last.lead_provider_id,
        last.delivery_partner_id,
        view.cohort,
    )


def partner_question(view: View) -> str:
    """Lead provider, year, and why the partner is to be confirmed."""
    heard = view.heard
    pages = ("existing_partner", "same_organisation", "delivery_partner", "named_partner")
    said = next((heard.value(page) for page in reversed(pages) if heard.value(page)), None)
    return joined(view.lead_provider_id, view.cohort, said)


SUBJECTS: Mapping[str, Callable[[View], str]] = {
    Subject.LOOK_UP: lambda view: joined(view.trn, view.heard.value("record_checked_at")),
    Subject.TEACHER: lambda view: view.trn,
    Subject.BODY_AND_PARTNER: lambda view: joined(view.body_id, view.linked_partner_id),
    Subject.PARTNERSHIP: lambda view: joined(
        view.existing.id if view.existing else None,
        view.existing.delivery_partner_id if view.existing else None,
    ),
    Subject.PREVIOUS_CHOICES: previous_choices,
    Subject.LEAD_PROVIDER_AND_YEAR: lambda view: joined(view.lead_provider_id, view.cohort),
    Subject.PARTNER_QUESTION: partner_question,
    Subject.LAST_PERIOD: lambda view: joined(view.trn, view.elsewhere.id if view.elsewhere else None),
}
