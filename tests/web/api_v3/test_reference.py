"""Our shapes beside those of the earlier API: every difference is meant, and has its reason here.

Clients of the earlier API come with its document (`ecf_v3_api_spec.json`). Names, types, words of enumerations,
whether something may be null and whether it has to be sent are compared attribute by attribute.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.web.api_v3.openapi import document
from app.web.api_v3.operations import OPERATIONS, PREFIX

REPOSITORY = Path(__file__).parents[3]
Json = Mapping[str, Any]
Difference = tuple[str, str | None, str | None]

NULL_IN_FACT = "The earlier document has no null where its service sends one."
SENT_BOTH_WAYS = "A cohort may be sent as text or as a number."
ANY_TYPE = "The type of a body is not checked."
SPELLING = "The states are spelt as “Definitions and states” spells them."

# (shape.attribute, theirs, ours): why.
DIFFERENCES: Mapping[Difference, str] = {
    ("ECFEnrolment.teacher_reference_number_validated", "boolean", "boolean?"): NULL_IN_FACT,
    ("ECFEnrolment.pupil_premium_uplift", "boolean", "boolean?"): NULL_IN_FACT,
    ("ECFEnrolment.sparsity_uplift", "boolean", "boolean?"): NULL_IN_FACT,
    ("ECFEnrolment.delivery_partner_id", "uuid", "uuid?"): NULL_IN_FACT,
    ("ECFParticipantAttributes.teacher_reference_number", "string", "string?"): NULL_IN_FACT,
    ("UnfundedMentorAttributes.teacher_reference_number", "string", "string?"): NULL_IN_FACT,
    ("ECFPartnershipAttributes.induction_tutor_email", "string", "string?"): NULL_IN_FACT,
    ("ECFParticipantLeaving.provider", "string", "string?"): "School-led training has no lead provider.",
    ("ECFParticipantJoining.provider", "string", "string?"): "School-led training has no lead provider.",
    ("ECFParticipantTransfers.leaving", "ECFParticipantLeaving?", "ECFParticipantLeaving"): (
        "A move begins with somebody leaving: there is none without."
    ),
    ("ECFParticipantChangeScheduleAttributes.cohort", "string", "string or integer?"): SENT_BOTH_WAYS,
    ("ECFPartnershipAttibutesRequest.cohort", "string", "string or integer"): SENT_BOTH_WAYS,
    ("ECFParticipantDefer.type", "participant-defer", "string"): ANY_TYPE,
    ("ECFParticipantResume.type", "participant-resume", "string"): ANY_TYPE,
    ("ECFParticipantWithdraw.type", "participant-withdraw", "string"): ANY_TYPE,
    ("ECFParticipantChangeSchedule.type", "participant-change-schedule", "string"): ANY_TYPE,
    ("ECFPartnershipDataRequest.type", "ecf-partnership", "string"): ANY_TYPE,
    ("ECFPartnershipUpdateDataRequest.type", "ecf-partnership-update", "string"): ANY_TYPE,
    (
        "ParticipantDeclarationAttributes.state",
        "awaiting-clawback|clawed-back|eligible|ineligible|paid|payable|submitted|voided",
        "awaiting_clawback|clawed_back|eligible|ineligible|paid|payable|submitted|voided",
    ): SPELLING,
    (
        "ParticipantDeclarationAttributes.ineligible_for_funding_reason",
        "duplicate_declaration?",
        "duplicate_declaration|not_eligible_for_funding?",
    ): "Ineligible also means that the training cannot be funded.",
    ("ParticipantDeclarationRequest.data", "object", "ParticipantDeclarationData"): (
        "Ten bodies in three groups are one body: cohort and type decide what evidence is needed."
    ),
    ("StatementAttributes.cut_off_date", "string", "date"): "The earlier document forgot the format.",
    ("StatementAttributes.payment_date", "string", "date"): "The earlier document forgot the format.",
    ("ErrorResponse.error", "list of Error", None): "The earlier service sends `errors`, as we do.",
    ("ErrorResponse.errors", None, "list of Error"): "The earlier service sends `errors`, as we do.",
}

# Shapes of the earlier document that ours has under another name or not at all, and why.
NOT_SHAPES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "BadOrMissingParametersResponse", "BadRequestResponse", "DeliveryPartnerCohortError",
            "ECFPartnershipRequestErrorResponse", "NotFoundResponse", "OtherProviderRecruitedError",
            "PartnershipExistsError", "SchoolFundingError", "UnauthorisedResponse", "UrnInvalidError",
        ),
        "Every error is an ErrorResponse.",
    ),
    **dict.fromkeys(
        (
            "DeliveryPartnersFilter", "DeliveryPartnersSort", "ECFParticipantFilter", "ECFParticipantsSort",
            "ECFSchoolsFilter", "ECFSchoolsSort", "ECFUnfundedMentorsSort", "ListFilter", "ListFilterDeclarations",
            "Pagination", "ParticipantDeclarationsFilter", "PartnershipsFilter", "PartnershipsSort", "StatementsFilter",
        ),
        "What can be asked for stands with each operation; it is compared below.",
    ),
    **dict.fromkeys(
        (
            "ECFParticipantDeclarationPost2024ECTCompletedAttributesRequest",
            "ECFParticipantDeclarationPost2024ECTExtendedAttributesRequest",
            "ECFParticipantDeclarationPost2024ECTRetainedAttributesRequest",
            "ECFParticipantDeclarationPost2024ECTStartedAttributesRequest",
            "ECFParticipantDeclarationPost2024MentorCompletedAttributesRequest",
            "ECFParticipantDeclarationPost2024MentorStartedAttributesRequest",
            "ECFParticipantDeclarationPre2025CompletedAttributesRequest",
            "ECFParticipantDeclarationPre2025ExtendedAttributesRequest",
            "ECFParticipantDeclarationPre2025RetainedAttributesRequest",
            "ECFParticipantDeclarationPre2025StartedAttributesRequest",
        ),
        "One body for all declarations: compared below with ParticipantDeclarationRequestAttributes.",
    ),
    **dict.fromkeys(
        (
            "ParticipantDeclarationPost2024ECTDataRequest", "ParticipantDeclarationPost2024MentorDataRequest",
            "ParticipantDeclarationPre2025DataRequest",
        ),
        "One body for all declarations.",
    ),
}  # fmt: skip

SORT_DIFFERENCES: Mapping[str, str] = {
    "/api/v3/schools/ecf": "Every list that can be sorted takes both keys.",
    "/api/v3/unfunded-mentors/ecf": "Every list that can be sorted takes both keys.",
}


@cache
def theirs() -> Json:
    """The earlier API’s document."""
    folder = Path(os.environ.get("REFERENCE_DIR", REPOSITORY.parent / "shared" / "reference"))
    path = folder / "ecf_v3_api_spec.json"
    if not path.is_file():
        pytest.skip(f"The reference data is not in {folder}: set REFERENCE_DIR to the folder that has it.")
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


def schemas(of: Json) -> Mapping[str, Json]:
    found: Mapping[str, Json] = of["components"]["schemas"]
    return found


def kind(schema: Json) -> str:
    """A schema in short: “uuid?”, “active|challenged”, “list of Error”."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    kinds = [kind(option) for option in schema.get("anyOf", ())] if "type" not in schema else []
    null = "?" if schema.get("nullable") or "null" in kinds else ""
    if kinds:
        return " or ".join(each for each in kinds if each != "null") + null
    if schema["type"] == "array":
        return f"list of {kind(schema['items'])}"
    words = "|".join(sorted(schema.get("enum", ())))
    return (words or schema.get("format") or schema["type"]) + null


def differences() -> Iterator[Difference]:
    ours = schemas(document())
    for name, shape in schemas(theirs()).items():
        if name in ours:
            before, now = shape.get("properties", {}), ours[name].get("properties", {})
            for attribute in {**before, **now}:
                was, is_ = (kind(each[attribute]) if attribute in each else None for each in (before, now))
                if was != is_:
                    yield f"{name}.{attribute}", was, is_


def test_every_attribute_has_the_name_and_type_it_had_except_where_a_reason_is_given() -> None:
    assert set(differences()) == set(DIFFERENCES)


def test_every_shape_is_there_except_where_a_reason_is_given() -> None:
    assert set(schemas(theirs())) - set(schemas(document())) == set(NOT_SHAPES)


def test_what_was_always_sent_is_still_always_sent() -> None:
    ours = schemas(document())
    for name, shape in schemas(theirs()).items():
        if name in ours and "Request" not in name:
            required = set(shape.get("required", ())) - ({"type"} if is_sent(name) else set())
            assert required <= set(ours[name]["required"]), name


def test_nothing_has_to_be_sent_that_had_not() -> None:
    ours = schemas(document())
    for name in filter(is_sent, ours.keys() & schemas(theirs()).keys()):
        # Where the earlier document asks for nothing at all it still sends attributes in every example.
        before = set(schemas(theirs())[name].get("required", ())) | {"attributes"}
        assert set(ours[name]["required"]) <= before, name


def is_sent(name: str) -> bool:
    """Whether a shape is part of a body."""
    parts = ("Defer", "Resume", "Withdraw", "ChangeSchedule")
    return "Request" in name or name.startswith(tuple(f"ECFParticipant{part}" for part in parts))


def test_items_carry_the_type_names_they_had() -> None:
    ours = schemas(document())
    named = {
        name: shape["properties"]["type"]["example"]
        for name, shape in schemas(theirs()).items()
        if set(shape.get("required", ())) == {"id", "type", "attributes"}
    }
    assert named == {name: ours[name]["properties"]["type"]["const"] for name in named}
    assert len(named) == 8


def test_one_body_takes_what_the_ten_bodies_of_a_declaration_took() -> None:
    ours = schemas(document())["ParticipantDeclarationRequestAttributes"]
    bodies = [
        shape
        for name, shape in schemas(theirs()).items()
        if "ParticipantDeclarationP" in name and "Attr" in name
    ]
    assert len(bodies) == 10
    for attribute, schema in ours["properties"].items():
        took = [body["properties"][attribute] for body in bodies if attribute in body["properties"]]
        assert took
        words = {word for each in took for word in each.get("enum", ())}
        assert words == set(kind(schema).removesuffix("?").split("|")) or not words, attribute
    for body in bodies:
        assert set(ours["required"]) <= set(body["required"]) <= set(ours["properties"])


def paths(of: Json) -> dict[tuple[str, str], Json]:
    ways = ("get", "post", "put")
    return {(way, path): ops[way] for path, ops in of["paths"].items() for way in ways if way in ops}


def test_every_path_and_method_is_there_and_only_proposals_are_new() -> None:
    before, now = paths(theirs()).keys(), paths(document()).keys()
    assert before <= now
    assert len(before) == 24
    assert {path.removeprefix(PREFIX).split("/")[1] for _, path in now - before} == {"partnership-proposals"}


def test_every_answer_has_the_shape_it_had() -> None:
    for way, operation in paths(theirs()).items():
        was, is_ = (
            kind(each["responses"]["200"]["content"]["application/json"]["schema"])
            for each in (operation, paths(document())[way])
        )
        assert was == is_, way


def test_every_body_has_the_shape_it_had() -> None:
    for way, operation in paths(theirs()).items():
        was, is_ = (each.get("requestBody") for each in (operation, paths(document())[way]))
        assert (was and kind(was["content"]["application/json"]["schema"])) == (
            is_ and kind(is_["content"]["application/json"]["schema"])
        ), way


def asked_for(operation: Json, of: Json) -> dict[str, set[str]]:
    """The filters and pages that can be asked for; the earlier document spells some as “filter[cohort]”."""
    asked: dict[str, set[str]] = {"filter": set(), "page": set(), "sort": set()}
    for parameter in operation.get("parameters", ()):
        name, _, part = parameter["name"].partition("[")
        schema = parameter.get("schema", {})
        shape = schemas(of)[kind(schema)] if "$ref" in schema else schema
        if part:
            asked[name].add(part.removesuffix("]"))
        elif name in asked:
            asked[name] |= set(shape.get("properties", ())) | set(shape.get("items", {}).get("enum", ()))
    return asked


def test_what_could_be_asked_for_still_can_be() -> None:
    for (way, path), operation in paths(theirs()).items():
        was, is_ = asked_for(operation, theirs()), asked_for(paths(document())[way, path], document())
        more = is_["sort"] - was["sort"]
        assert (was["filter"], was["page"]) == (is_["filter"], is_["page"]), path
        assert was["sort"] <= is_["sort"]
        assert not more or SORT_DIFFERENCES[path]


def test_operation_ids_are_unique_now() -> None:
    ids = [operation["operationId"] for operation in paths(theirs()).values()]
    assert len(ids) > len(set(ids))
    assert len({each.id for each in OPERATIONS}) == len(OPERATIONS) == 28
