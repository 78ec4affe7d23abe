"""The pages of prose: where each stands, what it is called, and the tables and commands it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain import declaring, reporting, training
from app.web.api_docs import schedule_tables, state_tables
from app.web.api_docs.operation_tables import command, query
from app.web.api_docs.pages import HOME, Chapter, Table
from app.web.api_v3.operations import OPERATIONS
from app.web.api_v3.shapes.asking import MOST_PER_PAGE
from app.web.render import Link


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of prose. `path` is its address below /api, and the name of its template.

    `commands` are ids of operations with what to ask for, None for what the example of the operation asks for;
    `sentences` are the refusals it tells of.
    """

    path: str
    title: str
    line: str
    tables: Mapping[str, Callable[[], Table]] = field(default_factory=dict)
    commands: Mapping[str, str | None] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)

    @property
    def link(self) -> Link:
        """The page as a link."""
        return Link(self.title, f"{HOME.href}/{self.path}")

    @property
    def template(self) -> str:
        """The file it is printed with."""
        return f"api_docs/{self.path.replace('-', '_')}.html"


START = (
    Topic(
        "getting-started",
        "Getting started in 5 minutes",
        "From your token to your first declaration, with curl",
        commands={
            "delivery_partners_list": None,
            "partnership_proposals_list": None,
            "partnership_proposal_confirm": None,
            "participants_list": "?filter[cohort]=2025",
            "participant_declaration_create": None,
        },
    ),
    Topic(
        "requests",
        "Requests, errors and limits",
        "What holds for every request: tokens, lists, errors, sending again, how often you may ask",
        commands={"participants_list": "?page[page]=2&page[per_page]=500&sort=-updated_at"},
    ),
    Topic(
        "keeping-up-to-date",
        "Keeping up to date",
        "How to be told of every change, without downloading everything again",
        commands={
            "participants_list": "?filter[updated_since]=2025-09-15T09:30:00Z&sort=updated_at"
            f"&page[per_page]={MOST_PER_PAGE}"
        },
    ),
)
GUIDANCE = (
    Topic(
        "guidance/partnerships",
        "Partnerships and proposals",
        "Confirm or decline what schools ask for, and report partnerships yourself",
        tables={
            "moves": state_tables.partnership_moves,
            "declined": state_tables.decline_reasons,
            "challenged": state_tables.challenge_reasons,
        },
        commands={
            "partnership_proposals_list": None,
            "partnership_proposal_confirm": None,
            "partnership_proposal_decline": None,
            "partnership_report": None,
            "partnership_update": None,
        },
        sentences=reporting.MESSAGES,
    ),
    Topic(
        "guidance/participants",
        "Participants",
        "Who trains with you, and what you say of their training: defer, resume, withdraw, change schedule",
        tables={
            "training": state_tables.training_moves,
            "participant": state_tables.participant_statuses,
            "deferral": state_tables.deferral_reasons,
            "withdrawal": state_tables.withdrawal_reasons,
        },
        commands={"participants_list": None, "participant_defer": None, "participant_change_schedule": None},
        sentences=training.MESSAGES,
    ),
    Topic(
        "guidance/declarations",
        "Declarations",
        "Declare that somebody reached a point of training, and take a declaration back",
        tables={
            "states": state_tables.declaration_states,
            "moves": state_tables.declaration_moves,
            "evidence": state_tables.evidence,
        },
        commands={"participant_declaration_create": None, "participant_declaration_void": None},
        sentences=declaring.MESSAGES,
    ),
    Topic(
        "guidance/statements",
        "Statements",
        "When your declarations are paid",
        tables={"moves": state_tables.statement_moves},
        commands={"statements_list": "?filter[cohort]=2025"},
    ),
    Topic(
        "guidance/transfers",
        "Transfers",
        "People who come to you or leave you by changing school",
        tables={"types": state_tables.transfer_types, "statuses": state_tables.transfer_statuses},
        commands={"participant_transfers_list": None},
    ),
    Topic(
        "guidance/unfunded-mentors",
        "Unfunded mentors",
        "Mentors of your ECTs who do not train with you",
        commands={"unfunded_mentors_list": None},
    ),
)
FACTS = (
    Topic(
        "definitions-and-states",
        "Definitions and states",
        "What the words mean, every state, and who moves what",
        tables={
            "partnerships": state_tables.partnership_moves,
            "training": state_tables.training_moves,
            "participant": state_tables.participant_statuses,
            "declaration_states": state_tables.declaration_states,
            "declarations": state_tables.declaration_moves,
            "statements": state_tables.statement_moves,
            "transfers": state_tables.transfer_types,
            "transfer_statuses": state_tables.transfer_statuses,
            "deferral": state_tables.deferral_reasons,
            "withdrawal": state_tables.withdrawal_reasons,
            "challenged": state_tables.challenge_reasons,
            "declined": state_tables.decline_reasons,
            "evidence": state_tables.evidence,
        },
    ),
    Topic(
        "schedules",
        "Schedules",
        "The twelve schedules, and the milestones of each cohort",
        tables={"identifiers": schedule_tables.identifiers},
    ),
    Topic("release-notes", "Release notes", "What has changed, newest first"),
)

REFERENCE = (Link("Reference", f"{HOME.href}/reference"), "Every operation: what to send and what comes back")
OPENAPI = (
    Link("OpenAPI document", f"{HOME.href}/v3/openapi.json"),
    "The same for programs, as OpenAPI 3.1 in JSON",
)

TOPICS: Mapping[str, Topic] = MappingProxyType({each.path: each for each in (*START, *GUIDANCE, *FACTS)})
CHAPTERS = (
    Chapter("Start here", tuple((each.link, each.line) for each in START)),
    Chapter("Guidance", tuple((each.link, each.line) for each in GUIDANCE)),
    Chapter("Facts", (*((each.link, each.line) for each in FACTS), REFERENCE, OPENAPI)),
)


def commands(topic: Topic, server: str) -> dict[str, str]:
    """The curl commands of a page, by the id of the operation."""
    known = {each.id: each for each in OPERATIONS}
    return {
        name: command(known[name], server, query(known[name]) if asked is None else asked)
        for name, asked in topic.commands.items()
    }
