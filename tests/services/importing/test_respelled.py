"""A lead provider that an import spells anew: what the API shows with its name has changed. (Provider API.)"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.data.database import reading, release
from app.data.models import Declaration, ProviderParticipant
from tests.data.queries.api import worlds


def stamps() -> dict[str, Any]:
    """When each declaration, and each person as a lead provider sees them, last changed."""
    release()
    declared = select(Declaration.id, Declaration.updated_at)
    seen = select(
        ProviderParticipant.lead_provider_id, ProviderParticipant.teacher_id, ProviderParticipant.updated_at
    )
    found = {row[0]: row[1] for row in reading().execute(declared)}
    return found | {f"{row[0]} {row[1]}": row[2] for row in reading().execute(seen)}


def test_its_declarations_and_the_moves_it_is_named_in_have_changed_and_no_others(bring_in: Any) -> None:
    at = worlds.sides()
    old = worlds.partnership(at)
    gone, stays = worlds.ect(at, old, finished_on=date(2025, 9, 12)), worlds.ect(at, old)
    new = worlds.partnership(at, lead_provider_id=at.teach_forward, school_id=at.harrow.id)
    worlds.ect(at, new, teacher_id=gone.teacher, started_on=date(2025, 9, 13))
    ours, theirs = worlds.declaration(stays, at.northstar).id, worlds.declaration(gone, at.teach_forward).id
    before = stamps()
    bring_in("lead-providers", "name,contact_email\nNorthstar,help@northstar.example\n")
    assert stamps() == before, "only its name is shown with them"
    report = bring_in("lead-providers", "name\nNORTHSTAR\n")
    assert (report.changed, report.errors) == (1, [])
    changed = {key for key, when in stamps().items() if when > before[key]}
    assert changed == {ours, f"{at.northstar} {gone.teacher}", f"{at.teach_forward} {gone.teacher}"}
    assert theirs not in changed
