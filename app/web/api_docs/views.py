"""The documentation’s pages: contents, prose, schedules by cohort, one page for each operation, and OpenAPI."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import orjson
from flask import Blueprint, abort, current_app, request
from limits import parse
from werkzeug.wrappers import Response

from app.data.queries import schedules as stored
from app.services.idempotency import KEPT, LONGEST
from app.web.api_docs import operation_tables, schedule_tables
from app.web.api_docs.pages import HOME, Chapter, ContentsPage, DocumentPage, OperationPage
from app.web.api_docs.topics import CHAPTERS, REFERENCE, TOPICS, Topic, commands
from app.web.api_v3.openapi import document
from app.web.api_v3.operations import BY_SLUG, OPERATIONS, PREFIX, TAGS, Operation
from app.web.api_v3.shapes.asking import MOST_PER_PAGE, PER_PAGE
from app.web.filters import counted
from app.web.render import Link, render

blueprint = Blueprint("api_docs", __name__, url_prefix=HOME.href)


@blueprint.get("")
def index() -> Response:
    """What the API is for, and where everything is."""
    lead = "With this API a lead provider tells us which schools it trains, follows its participants, and declares."
    return render("api_docs/contents.html", ContentsPage(HOME.text, lead, CHAPTERS, ()))


@blueprint.get("/<topic>", endpoint="topic")
@blueprint.get("/guidance/<topic>", endpoint="guidance")
def prose(topic: str) -> Response:
    """A page of prose."""
    found = TOPICS.get(request.path.removeprefix(f"{HOME.href}/")) or abort(404)
    return render(found.template, _document(found))


@blueprint.get("/schedules")
def schedules() -> Response:
    """The schedules, and the cohorts whose milestones are known."""
    topic = TOPICS["schedules"]
    cohorts = tuple(map(str, stored.cohorts()))
    return render(topic.template, replace(_document(topic), sentences=cohorts))


@blueprint.get("/schedules/<int(fixed_digits=4):cohort>")
def cohort(cohort: int) -> Response:
    """The milestones of one cohort, as they hold now."""
    tables = schedule_tables.of_cohort(stored.of_cohort(cohort) or abort(404))
    title = f"Schedules of the {cohort} cohort"
    page = DocumentPage(title, "", (HOME, TOPICS["schedules"].link), {each.caption: each for each in tables})
    return render("api_docs/cohort.html", page)


@blueprint.get("/reference")
def reference() -> Response:
    """Every operation by what it is about."""
    chapters = tuple(Chapter(tag, tuple(map(_line, _tagged(tag)))) for tag in TAGS)
    return render("api_docs/contents.html", ContentsPage(REFERENCE[0].text, f"{REFERENCE[1]}.", chapters))


@blueprint.get("/reference/<slug>")
def operation(slug: str) -> Response:
    """One operation."""
    found = BY_SLUG.get(slug) or abort(404)
    return render("api_docs/operation.html", _operation(found))


@blueprint.get("/v3/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return Response(_openapi(), mimetype="application/json")


@cache
def _openapi() -> bytes:
    return orjson.dumps(document())


def _server() -> str:
    return request.host_url.rstrip("/")


def _numbers() -> dict[str, str]:
    """The limits that pages name, in words: one place for each. `rate` is empty when there is none."""
    return {
        "rate": _rate(),
        "per_page": f"{PER_PAGE:,}",
        "most_per_page": f"{MOST_PER_PAGE:,}",
        "key_hours": counted(KEPT // timedelta(hours=1), "hour"),
        "key_length": counted(LONGEST, "character"),
    }


def _rate() -> str:
    """How often one token may ask; empty when there is no limit."""
    settings = current_app.config["SETTINGS"]
    if not settings.limits_api:
        return ""
    limit = parse(settings.api_rate_limit)
    return f"{counted(limit.amount, 'request')} in {counted(limit.multiples, limit.GRANULARITY.name)}"


def _document(topic: Topic) -> DocumentPage:
    return DocumentPage(
        topic.title,
        _server(),
        tables={name: table() for name, table in topic.tables.items()},
        commands=commands(topic, _server()),
        sentences=tuple(dict.fromkeys(topic.sentences.values())),
        numbers=_numbers(),
        support_email=current_app.config["SETTINGS"].support_email,
    )


def _tagged(tag: str) -> list[Operation]:
    return [each for each in OPERATIONS if each.tag == tag]


def _line(operation: Operation) -> tuple[Link, str]:
    link = Link(operation.summary, f"{REFERENCE[0].href}/{operation.slug}")
    return link, f"{operation.method.upper()} {PREFIX}{operation.path}"


def _operation(operation: Operation) -> OperationPage:
    return OperationPage(
        operation.summary,
        operation.description,
        f"{operation.method.upper()} {PREFIX}{operation.path}",
        operation_tables.command(operation, _server(), operation_tables.query(operation)),
        operation_tables.answer(operation),
        operation_tables.statuses(operation),
        operation_tables.attributes(operation),
        operation_tables.asked(operation),
        operation_tables.sent(operation),
        (HOME, REFERENCE[0]),
    )
