from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.declarations import Evidence
from app.domain.declaring import (
    MESSAGES,
    Attempt,
    Facts,
    Training,
    evidence_to_store,
    read_moment,
    refusals,
)
from app.domain.participants import TrainingStatus
from app.domain.refusals import Refused
from app.domain.schedules import Course, DeclarationType, milestones

ECT, MENTOR = Course.ECF_INDUCTION, Course.ECF_MENTOR
NOW = datetime(2026, 2, 16, 10, tzinfo=UTC)
FINE = Attempt("a-participant", "retained-1", "2026-02-01T09:30:00Z", "ecf-induction", "other")
TRAINING = Training(
    course=ECT,
    status=TrainingStatus.ACTIVE,
    cohort=2025,
    milestones=milestones(2025, "ecf-standard-september"),
    mentor_funding=True,
    detailed_evidence=True,
    statement_open=True,
    declared=False,
)
KNOWN = Facts(True, TRAINING)


def found(attempt: Attempt = FINE, facts: Facts = KNOWN, now: datetime = NOW) -> list[tuple[str, str]]:
    refused = refusals(attempt, facts, now)
    for each in refused:
        assert "{" not in MESSAGES[each.reason].format(**each.detail)
    return [(each.field, each.reason) for each in refused]


def training(**changes: Any) -> Facts:
    return Facts(True, replace(TRAINING, **changes))


def test_nothing_stands_against_a_good_declaration() -> None:
    assert found() == []


ONE_WRONG: list[tuple[dict[str, str | None], Facts, tuple[str, str]]] = [
    ({"participant_id": None}, Facts(False, None), ("participant_id", "missing")),
    ({}, Facts(False, None), ("participant_id", "participant_unknown")),
    ({"course_identifier": None}, Facts(True, None), ("course_identifier", "missing")),
    ({"course_identifier": "ecf"}, Facts(True, None), ("course_identifier", "course_unknown")),
    ({"course_identifier": "ECF-MENTOR"}, Facts(True, None), ("course_identifier", "course_unknown")),
    ({"course_identifier": "ecf-mentor"}, Facts(True, None), ("course_identifier", "course_not_theirs")),
    ({}, training(status=TrainingStatus.DEFERRED), ("participant_id", "deferred")),
    ({"declaration_date": None}, KNOWN, ("declaration_date", "missing")),
    ({"declaration_date": "2026-02-01"}, KNOWN, ("declaration_date", "not_rfc_3339")),
    ({"declaration_date": "2026-02-30T00:00:00Z"}, KNOWN, ("declaration_date", "not_real")),
    ({"declaration_date": "2026-02-16T10:00:01Z"}, KNOWN, ("declaration_date", "in_future")),
    ({"declaration_type": None}, KNOWN, ("declaration_type", "missing")),
    ({"declaration_type": "retained-5"}, KNOWN, ("declaration_type", "type_unknown")),
    ({"declaration_type": "extended-1"}, KNOWN, ("declaration_type", "not_on_schedule")),
    ({"declaration_date": "2025-12-31T23:59:59Z"}, KNOWN, ("declaration_date", "before_milestone")),
    ({"declaration_type": "started"}, KNOWN, ("declaration_date", "after_milestone")),
    ({}, training(statement_open=False), ("cohort", "contract_ended")),
    ({"evidence_held": None}, KNOWN, ("evidence_held", "missing")),
    ({"evidence_held": "75-percent-engagement-met"}, KNOWN, ("evidence_held", "evidence_unknown")),
    ({}, training(declared=True), ("base", "already_declared")),
]


@pytest.mark.parametrize(("attempt", "facts", "refused"), ONE_WRONG)
def test_one_thing_wrong_is_refused_alone(
    attempt: dict[str, str | None], facts: Facts, refused: tuple[str, str]
) -> None:
    assert found(replace(FINE, **attempt), facts) == [refused]


def test_every_sentence_belongs_to_a_refusal_that_is_tried_here() -> None:
    elsewhere = {"withdrawn", "not_for_mentors"}
    assert {reason for _, _, (_, reason) in ONE_WRONG} == set(MESSAGES) - elsewhere


def test_each_missing_attribute_has_its_entry() -> None:
    nothing = Attempt.read({})
    assert found(nothing, Facts(False, None)) == [
        ("participant_id", "missing"),
        ("course_identifier", "missing"),
        ("declaration_date", "missing"),
        ("declaration_type", "missing"),
    ]


def test_the_first_failure_of_each_attribute_is_told_in_order_with_the_database_rule_last() -> None:
    facts = training(status=TrainingStatus.DEFERRED, declared=True, statement_open=False, course=MENTOR)
    attempt = Attempt("a-participant", "retained-2", "2026-02-16T10:00:01Z", "ecf-mentor", None)
    assert found(attempt, facts) == [
        ("participant_id", "deferred"),
        ("declaration_date", "in_future"),
        ("cohort", "contract_ended"),
        ("declaration_type", "not_for_mentors"),
        ("base", "already_declared"),
    ]


@pytest.mark.parametrize(
    ("at", "refused"),
    [
        ("2026-01-31T23:59:59Z", False),
        ("2026-02-01T00:00:00Z", True),
        ("2026-02-01T00:30:00+01:00", False),
        ("2026-02-03T00:00:00Z", True),
    ],
)
def test_a_withdrawal_bars_declarations_dated_on_its_day_or_after(at: str, refused: bool) -> None:
    facts = training(status=TrainingStatus.WITHDRAWN, withdrawn_on=date(2026, 2, 1))
    expected = [("participant_id", "withdrawn")] if refused else []
    assert found(replace(FINE, declaration_date=at), facts) == expected


def test_the_withdrawal_is_named_and_begins_at_midnight_in_london() -> None:
    extended = milestones(2025, "ecf-extended-september")
    facts = training(status=TrainingStatus.WITHDRAWN, withdrawn_on=date(2025, 9, 1), milestones=extended)
    before = replace(FINE, declaration_date="2025-08-31T22:59:59Z")
    assert found(before, facts) == [("declaration_date", "before_milestone")]
    [refused] = refusals(replace(FINE, declaration_date="2025-08-31T23:00:00Z"), facts, NOW)
    assert "withdrawn on 2025-09-01" in MESSAGES[refused.reason].format(**refused.detail)


@pytest.mark.parametrize("sent", [None, "yesterday", "2026-02-30T00:00:00Z"])
def test_a_withdrawal_is_left_aside_while_the_date_cannot_be_read(sent: str | None) -> None:
    facts = training(status=TrainingStatus.WITHDRAWN, withdrawn_on=date(2025, 6, 1))
    assert [title for title, _ in found(replace(FINE, declaration_date=sent), facts)] == ["declaration_date"]


def test_a_withdrawal_that_was_taken_back_bars_nothing() -> None:
    assert found(facts=training(withdrawn_on=date(2025, 9, 1))) == []


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("2026-03-31T22:59:59Z", None),
        ("2026-03-31T23:00:00Z", "after_milestone"),
        ("2026-01-01T00:00:00Z", None),
        ("2025-12-31T23:59:59.999999Z", "before_milestone"),
    ],
)
def test_a_milestone_runs_from_midnight_to_midnight_in_london(at: str, reason: str | None) -> None:
    refused = found(replace(FINE, declaration_date=at), now=datetime(2026, 6, 1, tzinfo=UTC))
    assert refused == ([("declaration_date", reason)] if reason else [])


def test_a_declaration_may_be_dated_this_moment() -> None:
    assert found(replace(FINE, declaration_date="2026-02-16T10:00:00Z")) == []


MENTOR_2025 = training(course=MENTOR)
MENTOR_FINE = Attempt("a-mentor", "started", "2026-02-16T10:00:00Z", "ecf-mentor")


def test_a_mentor_from_2025_starts_and_completes_on_any_day_from_the_schedules_first() -> None:
    completed = replace(MENTOR_FINE, declaration_type="completed", evidence_held="75-percent-engagement-met")
    first = "2025-06-01T00:00:00+01:00"
    assert found(MENTOR_FINE, MENTOR_2025) == found(completed, MENTOR_2025) == []
    assert found(replace(completed, declaration_date=first), MENTOR_2025) == []
    assert found(replace(completed, declaration_date="2025-05-31T22:59:59Z"), MENTOR_2025) == [
        ("declaration_date", "before_milestone")
    ]


def test_a_mentor_from_2025_is_not_retained() -> None:
    retained = replace(MENTOR_FINE, declaration_type="retained-1")
    assert found(retained, MENTOR_2025) == [("declaration_type", "not_for_mentors")]


def test_a_mentor_to_2024_is_retained_as_an_ect_is() -> None:
    stored = milestones(2024, "ecf-standard-september")
    facts = training(course=MENTOR, milestones=stored, mentor_funding=False, detailed_evidence=False)
    retained = Attempt("a-mentor", "retained-1", "2025-02-01T09:30:00Z", "ecf-mentor", "other")
    assert found(retained, facts) == []


def test_evidence_for_a_start_to_2024_is_stored_as_nothing() -> None:
    facts = replace(TRAINING, detailed_evidence=False)
    started = replace(FINE, declaration_type="started", evidence_held="rubbish")
    assert evidence_to_store(started, facts) is None
    assert evidence_to_store(FINE, TRAINING) is Evidence.OTHER
    assert evidence_to_store(replace(FINE, declaration_type="rubbish"), TRAINING) is None


READ = {
    "2025-09-01T09:30:00Z": datetime(2025, 9, 1, 9, 30, tzinfo=UTC),
    "2025-09-01t09:30:00z": datetime(2025, 9, 1, 9, 30, tzinfo=UTC),
    "2025-09-01T09:30:00+01:00": datetime(2025, 9, 1, 8, 30, tzinfo=UTC),
    "2025-09-01T09:30:00-23:59": datetime(2025, 9, 2, 9, 29, tzinfo=UTC),
    "2025-09-01T09:30:00-00:00": datetime(2025, 9, 1, 9, 30, tzinfo=UTC),
    "2025-09-01T09:30:00.5Z": datetime(2025, 9, 1, 9, 30, 0, 500000, tzinfo=UTC),
    "2025-09-01T09:30:00.1234567891Z": datetime(2025, 9, 1, 9, 30, 0, 123456, tzinfo=UTC),
    "2024-02-29T23:59:59Z": datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    "0001-01-01T00:00:00Z": datetime(1, 1, 1, tzinfo=UTC),
    "9999-12-31T23:59:59.999999999Z": datetime.max.replace(tzinfo=UTC),
}


@pytest.mark.parametrize(("text", "moment"), READ.items())
def test_rfc_3339_is_read_into_utc(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment
    assert read_moment(text).utcoffset() == timedelta()


WRONG_SHAPES = (
    "", "2025-09-01", "2025-09-01T09:30:00", "2025-09-01T09:30Z", "2025-09-01 09:30:00Z", "20250901T093000Z",
    "2025-09-01T09:30:00.Z", "2025-09-01T09:30:00,5Z", "2025-09-01T09:30:00+0100", "2025-09-01T09:30:00+01",
    "2025-09-01T09:30:00+1:00", "2025-9-1T09:30:00Z", "25-09-01T09:30:00Z", "+2025-09-01T09:30:00Z",
    "12025-09-01T09:30:00Z", "2025-W36-1T09:30:00Z", " 2025-09-01T09:30:00Z", "2025-09-01T09:30:00Z\n",
    "2025-09-01T09:30:00Z\x00", "\ud8002025-09-01T09:30:00Z", "2025-09-01T09:30:00\N{KELVIN SIGN}",
    "2025-09-0\N{FULLWIDTH DIGIT ONE}T09:30:00Z", "2025-09-0\N{ARABIC-INDIC DIGIT ONE}T09:30:00Z", "1756719000",
)  # fmt: skip
NOT_REAL = (
    "2025-02-29T09:30:00Z", "2025-04-31T09:30:00Z", "2025-13-01T09:30:00Z", "2025-00-01T09:30:00Z",
    "2025-09-00T09:30:00Z", "0000-01-01T00:00:00Z", "2025-09-01T24:00:00Z", "2025-09-01T09:60:00Z",
    "2016-12-31T23:59:60Z", "2025-09-01T09:30:00+24:00", "2025-09-01T09:30:00+01:60",
    "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
)  # fmt: skip


@pytest.mark.parametrize("text", WRONG_SHAPES, ids=ascii)
def test_anything_else_is_not_rfc_3339(text: str) -> None:
    with pytest.raises(Refused, match="^declaration_date: not_rfc_3339$"):
        read_moment(text)


@pytest.mark.parametrize("text", NOT_REAL)
def test_what_no_calendar_or_clock_shows_is_not_real(text: str) -> None:
    with pytest.raises(Refused, match="^declaration_date: not_real$"):
        read_moment(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_comes_back_as_it_was_written(moment: datetime) -> None:
    assert read_moment(moment.isoformat()) == moment


# Lone surrogates included: JSON can spell them.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40) | st.from_regex(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}([Zz]|[+-]\d{2}:\d{2})"
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=5,
)
NAMES = ("participant_id", "declaration_type", "declaration_date", "course_identifier", "evidence_held")
DATES = ("2026-02-01T09:30:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
SENT = st.sampled_from([*DATES, *DeclarationType, *Course, *Evidence]) | ANY_JSON
STORED = st.sampled_from([(), TRAINING.milestones, milestones(2025, "ecf-extended-april")])
ANY_TRAINING = st.builds(Training, milestones=STORED, withdrawn_on=st.none() | st.dates())


@given(
    st.dictionaries(st.sampled_from((*NAMES, "has_passed")), SENT), st.booleans(), st.none() | ANY_TRAINING
)
def test_no_body_is_met_with_anything_but_refusals_once_for_each_title(
    attributes: dict[str, object], known: bool, facts: Training | None
) -> None:
    titles = [title for title, _ in found(Attempt.read(attributes), Facts(known, facts))]
    assert len(titles) == len(set(titles))
    assert set(titles) <= {*NAMES, "cohort", "base"}
    assert "base" not in titles[:-1]


@pytest.mark.parametrize("value", [0, 1.5, True, float("nan"), 10**300, ["started"], {"a": "b"}, "\x00"])
def test_what_is_not_text_counts_as_there_but_wrong(value: object) -> None:
    attempt = Attempt.read(dict.fromkeys(NAMES, value))
    assert found(attempt) == [
        ("course_identifier", "course_unknown"),
        ("declaration_date", "not_rfc_3339"),
        ("declaration_type", "type_unknown"),
    ]


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_null_and_blank_count_as_missing(value: object) -> None:
    assert Attempt.read(dict.fromkeys(NAMES, value)) == Attempt(None, None, None, None, None)


def test_what_was_sent_is_not_repeated() -> None:
    attempt = Attempt(*["<script>"] * 5)
    for refused in refusals(attempt, KNOWN, NOW):
        assert "<script>" not in MESSAGES[refused.reason].format(**refused.detail)
    assert found(attempt) != []
