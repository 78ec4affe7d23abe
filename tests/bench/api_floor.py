"""The least that a page of the API can cost: one SQL statement by hand, its rows made into the same JSON by orjson.

No application, no session, no token: a connection that stays open, a prepared statement, tuples. The statements find a
page in the same tables by the same indexes, in the way that proved fastest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import orjson
import psycopg
from psycopg.types.string import TextLoader

from app.domain.declarations import LIVE

SETTINGS = "-c timezone=UTC -c jit=off -c random_page_cost=1.1"
_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_LIVE = ", ".join(f"'{state}'" for state in sorted(LIVE))
Values = Mapping[str, object]

PARTICIPANTS = """
SELECT page.teacher_id, t.name, t.trn, page.updated_at, r.id,
  CASE WHEN r.participant_type = 'ect'
    THEN (SELECT email FROM ect_at_school_periods p WHERE p.id = r.ect_period_id)
    ELSE (SELECT email FROM mentor_at_school_periods p WHERE p.id = r.mentor_period_id) END,
  CASE WHEN r.participant_type = 'ect' THEN (
    SELECT p.teacher_id FROM mentorships m JOIN mentor_at_school_periods p ON p.id = m.mentor_period_id
    WHERE m.ect_period_id = r.ect_period_id AND (m.finished_on IS NULL OR m.finished_on >= %(today)s)
    ORDER BY m.started_on DESC, m.id DESC LIMIT 1) END,
  s.urn, r.participant_type, r.cohort::text, r.training_status,
  CASE WHEN r.stopped_on IS NOT NULL THEN 'withdrawn' WHEN r.finished_on >= %(today)s THEN 'leaving'
    WHEN r.finished_on IS NOT NULL THEN 'left' WHEN r.started_on > %(today)s THEN 'joining' ELSE 'active' END,
  (SELECT eligible FROM funding f WHERE f.teacher_id = r.teacher_id
    AND f.course = CASE WHEN r.participant_type = 'ect' THEN 'ecf-induction' ELSE 'ecf-mentor' END),
  s.pupil_premium_uplift, s.sparsity_uplift, r.schedule_identifier, a.delivery_partner_id,
  r.withdrawal_reason, r.withdrawn_at, r.deferral_reason, r.deferred_at, r.created_at,
  CASE WHEN r.participant_type = 'ect' THEN t.induction_completed_on END,
  r.cohort_changed_after_payments_frozen, flag.ended_on, flag.reason
FROM (
  SELECT teacher_id, created_at, updated_at, ect_record_id, mentor_record_id FROM provider_participants
  WHERE lead_provider_id = %(provider)s AND visible {changed}
  ORDER BY created_at, teacher_id LIMIT {limit} OFFSET %(offset)s
) page
JOIN teachers t ON t.id = page.teacher_id
JOIN training_records r ON r.id IN (page.ect_record_id, page.mentor_record_id)
JOIN partnerships a ON a.id = r.partnership_id
JOIN schools s ON s.id = a.school_id
LEFT JOIN LATERAL (
  SELECT ended_on, reason FROM mentor_funding_flags f WHERE f.trn = t.trn AND r.participant_type = 'mentor'
  ORDER BY CASE reason WHEN 'completed_declaration_received' THEN 0 WHEN 'completed_during_early_roll_out' THEN 1
    ELSE 2 END, source LIMIT 1
) flag ON true
ORDER BY page.created_at, page.teacher_id, r.participant_type
"""
DECLARATIONS = """
SELECT d.id, d.teacher_id, d.declaration_type, d.declared_at, d.course, d.state,
  CASE WHEN page.seen_at > d.updated_at THEN page.seen_at ELSE d.updated_at END,
  d.created_at, d.delivery_partner_id,
  CASE WHEN d.lead_provider_id = %(provider)s THEN (
    SELECT statement_id FROM statement_lines l
    WHERE l.declaration_id = d.id AND l.kind = 'payment' AND l.state <> 'voided') END,
  CASE WHEN d.lead_provider_id = %(provider)s THEN (
    SELECT statement_id FROM statement_lines l WHERE l.declaration_id = d.id AND l.kind = 'clawback') END,
  CASE WHEN d.state = 'ineligible' THEN d.ineligible_reason END,
  CASE WHEN d.lead_provider_id = %(provider)s THEN d.mentor_id END,
  d.state = 'paid' AND d.declaration_type = 'started' AND (d.pupil_premium_uplift OR d.sparsity_uplift) AND EXISTS (
    SELECT 1 FROM statement_lines l JOIN statements s ON s.id = l.statement_id JOIN contracts c ON c.id = s.contract_id
    WHERE l.declaration_id = d.id AND l.kind = 'payment' AND l.state <> 'voided' AND c.uplift_pence > 0),
  d.evidence_held, p.name
FROM (
  SELECT id, created_at, seen_at FROM (
    (SELECT id, created_at, NULL::timestamptz AS seen_at FROM declarations
     WHERE lead_provider_id = %(provider)s {changed} ORDER BY created_at, id LIMIT %(end)s)
    {shared}
  ) whole ORDER BY created_at, id LIMIT {limit} OFFSET %(offset)s
) page
JOIN declarations d ON d.id = page.id
JOIN lead_providers p ON p.id = d.lead_provider_id
ORDER BY page.created_at, page.id
"""
_SHARED = f"""UNION ALL
    (SELECT d.id, h.created_at, v.updated_at FROM shared_declarations h
     JOIN declarations d ON d.id = h.declaration_id
     JOIN provider_participants v ON v.lead_provider_id = h.lead_provider_id AND v.teacher_id = d.teacher_id
     WHERE h.lead_provider_id = %(provider)s AND v.visible AND d.state IN ({_LIVE}) {{changed}}
       AND EXISTS (SELECT 1 FROM training_records r WHERE r.id IN (v.ect_record_id, v.mentor_record_id)
         AND (r.finished_on IS NULL OR r.finished_on >= %(today)s))
     ORDER BY h.created_at, h.declaration_id LIMIT %(end)s)
"""
_SINCE = "AND updated_at >= '{since}'"
_SHARED_SINCE = (
    "AND v.updated_at >= '{since}'",
    "AND v.updated_at < '{since}' AND d.updated_at >= '{since}'",
)


def connect(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection set up like the application’s, with a statement prepared when it comes again."""
    plain = url.replace("postgresql+psycopg", "postgresql")
    connection = psycopg.connect(plain, autocommit=True, options=SETTINGS)
    connection.adapters.register_loader("uuid", TextLoader)
    return connection


class Floor:
    """A list as a lead provider reads it, without the service. `kind` is participants or declarations."""

    def __init__(self, url: str, kind: str, provider: str, today: date) -> None:
        self.connection = connect(url)
        self.statement, self.built = KINDS[kind]
        self.provider, self.today = provider, today

    def page(self, page: int, per_page: int, since: str = "") -> bytes:
        """A page as JSON, byte for byte the records of the API in an order of keys of its own."""
        changed = _SINCE.format(since=since) if since else ""
        parts = [each.format(since=since) for each in _SHARED_SINCE] if since else [""]
        shared = "".join(_SHARED.format(changed=part) for part in parts)
        sql = self.statement.format(changed=changed, shared=shared, limit=per_page)
        end = page * per_page
        values = {"provider": self.provider, "today": self.today, "offset": end - per_page, "end": end}
        rows = self.connection.execute(sql.encode(), values).fetchall()
        return orjson.dumps({"data": self.built(rows)}, option=_OPTIONS)


def participants(rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of enrolments, those of one person together, as participants."""
    people: list[dict[str, Any]] = []
    enrolments: list[dict[str, Any]] = []
    last = None
    for row in rows:
        (person, name, trn, updated, record, email, mentor, urn, kind, cohort, state, status, funded, premium, sparsity,
         schedule, partner, why_withdrawn, withdrawn, why_deferred, deferred, created, induction_end, moved, ended,
         reason) = row  # fmt: skip
        if person != last:
            last, enrolments = person, []
            attributes = {
                "full_name": name,
                "teacher_reference_number": trn,
                "updated_at": updated,
                "ecf_enrolments": enrolments,
                "participant_id_changes": [],
            }
            people.append({"id": person, "type": "participant", "attributes": attributes})
        enrolments.append({
            "training_record_id": record, "email": email, "mentor_id": mentor, "school_urn": urn,
            "participant_type": kind, "cohort": cohort, "training_status": state, "participant_status": status,
            "teacher_reference_number_validated": True, "eligible_for_funding": funded,
            "pupil_premium_uplift": premium, "sparsity_uplift": sparsity, "schedule_identifier": schedule,
            "delivery_partner_id": partner,
            "withdrawal": {"reason": why_withdrawn, "date": withdrawn} if state == "withdrawn" else None,
            "deferral": {"reason": why_deferred, "date": deferred} if state == "deferred" else None,
            "created_at": created, "induction_end_date": induction_end, "mentor_funding_end_date": ended,
            "cohort_changed_after_payments_frozen": moved, "mentor_ineligible_for_funding_reason": reason,
        })  # fmt: skip
    return people


def declarations(rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows of declarations as the API shows them."""
    return [
        {
            "id": row[0],
            "type": "participant-declaration",
            "attributes": {
                "participant_id": row[1],
                "declaration_type": row[2],
                "declaration_date": row[3],
                "course_identifier": row[4],
                "state": row[5],
                "updated_at": row[6],
                "created_at": row[7],
                "delivery_partner_id": row[8],
                "statement_id": row[9],
                "clawback_statement_id": row[10],
                "ineligible_for_funding_reason": row[11],
                "mentor_id": row[12],
                "uplift_paid": row[13],
                "evidence_held": row[14],
                "has_passed": None,
                "lead_provider_name": row[15],
            },
        }
        for row in rows
    ]


Built = Callable[[Iterable[tuple[Any, ...]]], list[dict[str, Any]]]
KINDS: Mapping[str, tuple[str, Built]] = {
    "participants": (PARTICIPANTS, participants),
    "declarations": (DECLARATIONS, declarations),
}
