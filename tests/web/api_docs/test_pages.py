"""The documentation of the API: every page opens, leads on, and says what the service goes by."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import Update, update
from sqlalchemy.orm import Session

from app.data.models import Milestone
from app.data.transaction import write
from app.domain import declarations, declaring, partnerships, reporting, statements, training
from app.domain.days import in_words
from app.domain.participant_status import ParticipantStatus
from app.domain.participants import TrainingStatus
from app.domain.schedules import IDENTIFIERS, milestones, types_on
from app.services.asked import by_service
from app.services.schedules import lay_out
from app.web.api_docs.topics import TOPICS
from app.web.api_v3.operations import BY_SLUG, OPERATIONS, PREFIX, Operation
from tests.data import records
from tests.support.client import InspectingClient
from tests.support.document import text_of

if TYPE_CHECKING:
    from tests.support.databases import Store

PROSE = tuple(f"/api/{path}" for path in TOPICS)
OPERATION_PAGES = tuple(f"/api/reference/{slug}" for slug in BY_SLUG)
YEARS = (2025, 2021)
COHORTS = tuple(f"/api/schedules/{cohort}" for cohort in YEARS)
PAGES = ("/api", *PROSE, "/api/reference", *OPERATION_PAGES)


@pytest.fixture
def reader(sqlite_only: Store) -> InspectingClient:
    """Somebody who has not signed in, on a service with nothing stored."""
    return sqlite_only.app.test_client()  # type: ignore[return-value]


def store_schedules(app: Flask) -> None:
    """Store the schedules of `YEARS` as they begin."""
    asked = by_service(records.NOW, "test")

    def store(session: Session) -> None:
        session.add_all([records.cohort(2021), records.cohort(2025)])
        session.flush()
        for year in YEARS:
            lay_out(session, year, asked)

    with app.app_context():
        write(store)


@pytest.fixture
def scheduled(reader: InspectingClient, sqlite_only: Store) -> InspectingClient:
    """The same reader, of a service with schedules."""
    store_schedules(sqlite_only.app)
    return reader


def rows(client: InspectingClient, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, its head left out."""
    tables = [
        each
        for each in client.page.all("table")
        if text_of(client.page.all("caption", within=each)[0]) == caption
    ]
    assert len(tables) == 1, caption
    body = client.page.one("tbody", within=tables[0])
    return [[text_of(cell) for cell in row] for row in client.page.all("tr", within=body)]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_everyone(reader: InspectingClient, path: str) -> None:
    page = reader.see(path)
    assert page.h1
    assert "Set-Cookie" not in reader.response.headers


def test_titles_are_unique(scheduled: InspectingClient) -> None:
    titles = [scheduled.see(path).title for path in (*PAGES, *COHORTS)]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing",
        "/api/guidance/nothing",
        "/api/reference/nothing",
        "/api/schedules/2025",
        "/api/schedules/99999999999999",
    ],
)
def test_what_is_not_there_is_a_404(reader: InspectingClient, path: str) -> None:
    assert reader.get(path, status=404).status_code == 404


def test_every_page_is_reached_from_the_first_and_every_link_leads_somewhere(
    scheduled: InspectingClient,
) -> None:
    seen: set[str] = set()
    waiting = {"/api"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = scheduled.see(path)
        links = {link.get("href", "").partition("#")[0] for link in page.all("a", within=page.main)}
        waiting |= {link for link in links if link.startswith("/api") and not link.endswith(".json")} - seen
    assert seen >= {*PAGES, *COHORTS}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_the_reference_tells_every_status_and_everything_that_is_sent(
    reader: InspectingClient, operation: Operation
) -> None:
    page = reader.see(f"/api/reference/{operation.slug}")
    assert f"{operation.method.upper()} {PREFIX}{operation.path}" in page.text
    assert [row[0] for row in rows(reader, "Statuses")] == [str(code) for code in operation.statuses]
    assert rows(reader, "Attributes")
    if operation.body is not None:
        assert rows(reader, "What you send")
    asked = [row[0] for row in rows(reader, "What you can ask for")]
    assert [name for name in asked if name.startswith("filter")] == [
        f"filter[{name}]{' (needed)' if name in operation.required else ''}" for name in operation.filters
    ]


def commands(client: InspectingClient) -> Iterator[list[str]]:
    """Every curl command of the page, as a shell reads it."""
    for block in client.page.all("pre"):
        text = "".join(block.itertext())
        if text.startswith("curl"):
            yield shlex.split(text.replace("\\\n", " "))


@pytest.mark.parametrize("path", [*OPERATION_PAGES, *PROSE])
def test_commands_are_whole_and_lead_to_operations(reader: InspectingClient, path: str) -> None:
    reader.see(path)
    ways = {(each.method, re.sub(r"\{id\}", "[^/]+", PREFIX + each.path)) for each in OPERATIONS}
    found = list(commands(reader))
    for words in found:
        method = words[words.index("--request") + 1].lower() if "--request" in words else "get"
        address = words[-1].removeprefix("http://localhost")
        assert "Authorization: Bearer $TOKEN" in words
        assert any(way == method and re.fullmatch(at, address.partition("?")[0]) for way, at in ways), words
        assert ("[" in address) <= ("--globoff" in words)
        if "--data" in words:
            assert json.loads(words[words.index("--data") + 1])["data"]["attributes"]
    assert found or path in ("/api/definitions-and-states", "/api/schedules", "/api/release-notes")


def test_definitions_and_states_draws_every_move(reader: InspectingClient) -> None:
    reader.see("/api/definitions-and-states")
    for caption, moves in (
        ("How a partnership moves", partnerships.TRANSITIONS),
        ("How a declaration moves", declarations.TRANSITIONS),
        ("How a statement moves", statements.TRANSITIONS),
    ):
        shown = rows(reader, caption)
        assert [row[1] for row in shown] == [str(each.to) for each in moves]
        assert [row[3] for row in shown] == [each.how for each in moves]


def test_definitions_and_states_draws_where_each_move_begins(reader: InspectingClient) -> None:
    reader.see("/api/definitions-and-states")
    for caption, moves in (
        ("How a partnership moves", partnerships.TRANSITIONS),
        ("How a declaration moves", declarations.TRANSITIONS),
    ):
        begins = [set(row[0].split(", ")) for row in rows(reader, caption)]
        assert begins == [{"new" if state is None else str(state) for state in each.from_} for each in moves]


def test_definitions_and_states_draws_both_statuses_of_a_participant(reader: InspectingClient) -> None:
    reader.see("/api/definitions-and-states")
    shown = rows(reader, "What each action does to training_status")
    assert [row[0] for row in shown] == list(TrainingStatus)
    for row, status in zip(shown, TrainingStatus, strict=True):
        after = [training.MOVES[status, action] for action in training.Action]
        assert row[1:] == [each if isinstance(each, str) else f"Refused: {each[1]}" for each in after]
    assert {row[0] for row in rows(reader, "participant_status: the first that fits")} == set(
        ParticipantStatus
    )


def test_definitions_and_states_draws_reasons_evidence_and_what_is_live(reader: InspectingClient) -> None:
    reader.see("/api/definitions-and-states")
    for caption, words in (
        ("Reasons to defer", training.DeferralReason),
        ("Reasons to withdraw", training.WithdrawalReason),
        ("Why a school challenges a partnership", partnerships.ChallengeReason),
        ("Why you decline a proposal", partnerships.DeclineReason),
        ("States of a declaration", declarations.State),
    ):
        assert [row[0] for row in rows(reader, caption)] == list(words)
    assert {row[0] for row in rows(reader, "States of a declaration") if row[1] == "Yes"} == declarations.LIVE
    assert [row[4] for row in rows(reader, "Evidence")] == [
        ", ".join(rule.allowed) or "None" for rule in declarations.EVIDENCE
    ]


def test_schedules_leads_to_every_cohort_and_each_shows_every_milestone(scheduled: InspectingClient) -> None:
    page = scheduled.see("/api/schedules")
    assert [page.link(f"{cohort} cohort") for cohort in YEARS] == list(COHORTS)
    for cohort in YEARS:
        scheduled.see(f"/api/schedules/{cohort}")
        for schedule in IDENTIFIERS[:3]:
            assert rows(scheduled, f"Milestones of {schedule}") == [
                [
                    each.declaration_type,
                    *(in_words(day) for day in (each.starts_on, each.ends_on, each.pays_on)),
                ]
                for each in milestones(cohort, schedule)
            ]
        assert rows(scheduled, "Schedules that never close") == [
            [each, in_words(milestones(cohort, each)[0].starts_on), ", ".join(types_on(each))]
            for each in IDENTIFIERS[3:]
        ]


def test_schedules_says_so_while_no_cohort_has_milestones(reader: InspectingClient) -> None:
    page = reader.see("/api/schedules")
    assert "DfE has not set the milestones of any cohort yet" in page.text
    assert not re.search(r"20\d\d cohort", page.text.replace("the 2025 cohort on", ""))


def test_a_date_that_dfe_changes_is_changed_on_the_page(app: Flask, client: InspectingClient) -> None:
    store_schedules(app)
    september, extended = "ecf-standard-september", "ecf-extended-september"
    with app.app_context():
        write(lambda session: session.execute(change(september, ends_on=date(2026, 1, 16), pays_on=None)))
        write(lambda session: session.execute(change(extended, ends_on=date(2027, 3, 5))))
    client.see("/api/schedules/2025")
    started = ["started", "1 June 2025", "16 January 2026", "Not named"]
    assert rows(client, f"Milestones of {september}")[0] == started
    shown = {row[0]: row[2] for row in rows(client, f"Milestones of {extended}")}
    assert shown["started"] == "5 March 2027"
    assert {last for kind, last in shown.items() if kind != "started"} == {"Never closes"}
    assert extended not in [row[0] for row in rows(client, "Schedules that never close")]


def change(schedule: str, **days: date | None) -> Update:
    """Other days for `started` on a schedule of 2025."""
    theirs = {"cohort": 2025, "identifier": schedule, "declaration_type": "started"}
    return update(Milestone).filter_by(**theirs).values(**days)


@pytest.mark.parametrize(
    ("path", "messages"),
    [
        ("partnerships", reporting.MESSAGES),
        ("participants", training.MESSAGES),
        ("declarations", declaring.MESSAGES),
    ],
    ids=["partnerships", "participants", "declarations"],
)
def test_every_refusal_is_told_with_its_task(
    reader: InspectingClient, path: str, messages: dict[str, str]
) -> None:
    page = reader.see(f"/api/guidance/{path}")
    told = {text_of(item) for item in page.all("code", within=page.main)}
    assert set(messages.values()) <= told


def test_limits_are_those_of_the_service(reader: InspectingClient) -> None:
    text = reader.see("/api/requests").text
    for words in (
        "1,000 requests in 5 minutes",
        "3,000 at most",
        "24 hours",
        "255 characters",
        "Retry-After",
    ):
        assert words in text


def test_keeping_up_to_date_makes_the_promise(reader: InspectingClient) -> None:
    text = reader.see("/api/keeping-up-to-date").text
    assert "you are told of every change" in text
    assert "Remember the latest updated_at of page 1" in text
