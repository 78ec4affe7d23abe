"""Items are what the document says: every attribute comes from the row, and arrives in JSON as described."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from pydantic import TypeAdapter, ValidationError

from app.data.queries.api.declarations import DeclarationRow
from app.data.queries.api.delivery_partners import DeliveryPartnerRow
from app.data.queries.api.participants import EnrolmentRow, IdChange, ParticipantRow
from app.data.queries.api.partnerships import PartnershipRow
from app.data.queries.api.proposals import ProposalRow
from app.data.queries.api.schools import SchoolRow
from app.data.queries.api.statements import StatementRow
from app.data.queries.api.transfers import ParticipantTransfersRow, SideRow, TransferRow
from app.data.queries.api.unfunded_mentors import UnfundedMentorRow
from app.web.api_v3.openapi import example, schema_of, schemas
from app.web.api_v3.shapes import (
    declarations,
    delivery_partners,
    participants,
    partnerships,
    proposals,
    schools,
    statements,
    training,
    transfers,
    unfunded_mentors,
)

JSON = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
ITEMS: tuple[tuple[Callable[[Any], Any], Any], ...] = (
    (declarations.item, declarations.ParticipantDeclarationResponse),
    (delivery_partners.item, delivery_partners.DeliveryPartner),
    (participants.item, participants.ECFParticipant),
    (partnerships.item, partnerships.ECFPartnership),
    (proposals.item, proposals.PartnershipProposal),
    (schools.item, schools.ECFSchool),
    (statements.item, statements.Statement),
    (transfers.item, transfers.ECFParticipantTransfer),
    (unfunded_mentors.item, unfunded_mentors.UnfundedMentor),
)
ROWS = (
    (DeclarationRow, declarations.ParticipantDeclarationAttributes, {"has_passed"}),
    (DeliveryPartnerRow, delivery_partners.DeliveryPartnerAttributes, set()),
    (ParticipantRow, participants.ECFParticipantAttributes, set()),
    (PartnershipRow, partnerships.ECFPartnershipAttributes, set()),
    (ProposalRow, proposals.PartnershipProposalAttributes, set()),
    (SchoolRow, schools.ECFSchoolAttributes, set()),
    (StatementRow, statements.StatementAttributes, set()),
    (ParticipantTransfersRow, transfers.ECFParticipantTransferAttributes, set()),
    (UnfundedMentorRow, unfunded_mentors.UnfundedMentorAttributes, set()),
)
PLAIN = {"boolean": True, "integer": 7}
SAMPLES = {
    "uuid": "0197a0c4-3c00-7000-8000-0000000000aa",
    "date": "2026-02-01",
    "date-time": "2026-02-01T08:30:00Z",
}


def full(schema: Any) -> Any:
    """What a schema describes with everything there that may be null."""
    if "$ref" in schema:
        return full(schemas()[schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return full(schema["anyOf"][0])
    if "properties" in schema:
        return {name: full(each) for name, each in schema["properties"].items()}
    if schema["type"] == "array":
        return [full(schema["items"]), full(schema["items"])]
    if schema["type"] in PLAIN:
        return PLAIN[schema["type"]]
    return (
        schema.get("const") or schema.get("enum", [None])[-1] or SAMPLES.get(schema.get("format", ""), "2024")
    )


def row_of(shape: Any, item: Any) -> Any:
    """A row with the item’s values as a query gives them: times as times, the attributes beside the id."""
    read = TypeAdapter(shape).validate_json(orjson.dumps(item))
    values = {"id": read["id"], **read["attributes"]}
    if shape is declarations.ParticipantDeclarationResponse:  # a row is taken apart by its order there
        return DeclarationRow(**{name: values[name] for name in DeclarationRow._fields})
    return namespace(values)


def namespace(value: Any) -> Any:
    if isinstance(value, dict):
        return SimpleNamespace(**{name: namespace(each) for name, each in value.items()})
    return tuple(namespace(each) for each in value) if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("item", "shape"), ITEMS, ids=lambda each: getattr(each, "__module__", "").split(".")[-1]
)
def test_the_example_of_the_document_is_what_a_row_becomes(item: Callable[[Any], Any], shape: Any) -> None:
    shown = example(schema_of(shape))
    assert orjson.loads(orjson.dumps(item(row_of(shape, shown)), option=JSON)) == shown


@pytest.mark.parametrize(
    ("item", "shape"), ITEMS, ids=lambda each: getattr(each, "__module__", "").split(".")[-1]
)
def test_everything_that_may_be_null_arrives_when_it_is_not(item: Callable[[Any], Any], shape: Any) -> None:
    shown = full(schema_of(shape))
    if shape is declarations.ParticipantDeclarationResponse:
        shown["attributes"]["has_passed"] = None
    if shape is statements.Statement:
        shown["attributes"]["type"] = "ecf"
    assert orjson.loads(orjson.dumps(item(row_of(shape, shown)), option=JSON)) == shown


@pytest.mark.parametrize(("row", "attributes", "made"), ROWS, ids=lambda each: getattr(each, "__name__", ""))
def test_a_query_gives_exactly_the_attributes(row: Any, attributes: Any, made: set[str]) -> None:
    assert set(row._fields) == (set(attributes.__annotations__) - made) | {"id"}


def test_the_parts_of_an_item_are_given_whole() -> None:
    assert set(TransferRow._fields) == set(transfers.ECFParticipantTransfers.__annotations__)
    assert set(SideRow._fields) == set(transfers.ECFParticipantJoining.__annotations__)
    assert set(EnrolmentRow._fields) == set(participants.ECFEnrolment.__annotations__)
    assert set(IdChange._fields) == set(participants.ParticipantIdChange.__annotations__)


def test_times_are_written_in_utc_with_seconds_and_a_z() -> None:
    at = datetime(2025, 9, 15, 9, 30, 1, 999_999, tzinfo=UTC)
    row = SimpleNamespace(id="1", name="Alder", cohort=("2025",), created_at=at, updated_at=at)
    made = orjson.loads(orjson.dumps(delivery_partners.item(row), option=JSON))
    assert made["attributes"]["updated_at"] == "2025-09-15T09:30:01Z"


def test_cohorts_are_text_on_the_way_out() -> None:
    for item, shape in ITEMS:
        shown = example(schema_of(shape))
        if isinstance(shown["attributes"].get("cohort"), str):
            row = row_of(shape, shown)
            row.cohort = 2025
            assert item(row)["attributes"]["cohort"] == "2025"


@pytest.mark.parametrize("cohort", ["2025", 2025], ids=["text", "number"])
def test_cohorts_are_taken_as_text_and_as_a_number(cohort: object) -> None:
    body = example(schema_of(partnerships.ECFPartnershipRequest))
    body["data"]["attributes"]["cohort"] = cohort
    assert partnerships.ECFPartnershipRequest.model_validate(body).data.attributes.cohort == cohort


@pytest.mark.parametrize("sent_as", ["participant-resume", "something-else", 7, None])
def test_the_type_of_a_body_and_what_is_not_known_count_for_nothing(sent_as: object) -> None:
    body = {
        "data": {"type": sent_as, "attributes": {"course_identifier": "ecf-mentor", "colour": "red"}},
        "more": 1,
    }
    read = training.ECFParticipantResumeRequest.model_validate(body)
    assert read.data.attributes.model_dump() == {"course_identifier": "ecf-mentor"}


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        partnerships.ECFPartnershipRequest.model_validate({"data": {"attributes": {"cohort": "2025"}}})
    assert [error["loc"][-1] for error in refused.value.errors()] == ["delivery_partner_id", "school_id"]
