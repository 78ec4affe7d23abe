"""The OpenAPI document is right by the rules of OpenAPI, complete, and its examples are what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from app.web.api_v3.openapi import document
from app.web.api_v3.operations import OPERATIONS, PREFIX, TAGS, Operation
from app.web.api_v3.shapes.errors import STATUSES

SENT: Any = orjson.loads(orjson.dumps(document()))
REGISTRY = Registry().with_resource("urn:document", Resource(SENT, DRAFT202012))
ALWAYS = {200, 400, 401, 403, 429, 500}


def test_nothing_is_wrong_with_it() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(SENT).iter_errors()] == []


def objections(value: Any, schema: Any) -> list[str]:
    """What a strict reader says against a value; text in a format has to be in that format."""
    validator = Draft202012Validator(schema, registry=REGISTRY, format_checker=FormatChecker())
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(value)]


def examples() -> Iterator[tuple[str, Any, Any]]:
    """(where, example, schema) of everything in the document that has one."""

    def walk(node: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
        if isinstance(node, dict):
            if "example" in node and "schema" in node:
                yield where, node["example"], node["schema"]
            if isinstance(node.get("examples"), list):
                yield from ((where, each, node) for each in node["examples"])
            for name, inner in node.items():
                yield from walk(inner, f"{where}/{name}")
        elif isinstance(node, list):
            for at, inner in enumerate(node):
                yield from walk(inner, f"{where}/{at}")

    return walk(SENT, "")


def resolved(schema: Any) -> Any:
    """The schema; its references lead into the document."""
    if isinstance(schema, dict):
        inner = {name: resolved(each) for name, each in schema.items()}
        return {**inner, "$ref": f"urn:document{schema['$ref']}"} if "$ref" in schema else inner
    return [resolved(each) for each in schema] if isinstance(schema, list) else schema


def test_every_example_is_what_its_schema_says() -> None:
    found = list(examples())
    wrong = {where: said for where, value, schema in found if (said := objections(value, resolved(schema)))}
    assert wrong == {}
    assert len(found) > 200


def test_a_wrong_example_would_be_found() -> None:
    partnership = resolved({"$ref": "#/components/schemas/ECFPartnershipResponse"})
    right = SENT["paths"]["/api/v3/partnerships/ecf"]["post"]["responses"]["200"]["content"][
        "application/json"
    ]
    wrong = {"data": {**right["example"]["data"], "id": "7"}}
    assert objections(right["example"], partnership) == []
    assert objections(wrong, partnership) != []
    assert objections({"data": {}}, partnership) != []


def expected(operation: Operation) -> set[int]:
    """The statuses of an operation by what it does: the table of endpoints, and what any request can be told."""
    about_one = "{id}" in operation.path
    # A participant’s id counts as an attribute of the action: unknown, it is a 422 (Provider API, Endpoints).
    acts_on_somebody = operation.path.startswith("/participants/") and operation.method == "put"
    lost = {404} if about_one and not acts_on_somebody else set()
    return ALWAYS | lost | (set() if operation.method == "get" else {409, 413, 422})


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_every_status_of_an_operation_is_told(operation: Operation) -> None:
    told = SENT["paths"][PREFIX + operation.path][operation.method]["responses"]
    assert {int(code) for code in told} == expected(operation)
    for code in operation.refusals:
        name = told[str(code)]["$ref"].rpartition("/")[2]
        assert SENT["components"]["responses"][name]["description"] == STATUSES[code].when


def test_every_operation_is_told_once_under_an_id_of_its_own() -> None:
    told = {(method, path) for path, ways in SENT["paths"].items() for method in ways}
    assert told == {(each.method, PREFIX + each.path) for each in OPERATIONS}
    assert len({each.id for each in OPERATIONS}) == len(told) == 28
    assert {each.tag for each in OPERATIONS} == set(TAGS)


def test_every_attribute_and_every_thing_to_ask_for_is_described() -> None:
    bare = [
        f"{name}.{attribute}"
        for name, schema in SENT["components"]["schemas"].items()
        for attribute, each in schema["properties"].items()
        if "$ref" not in each and "const" not in each and "items" not in each and not each.get("description")
    ]
    assert bare == []
    assert [
        name for name, schema in SENT["components"]["schemas"].items() if not schema.get("description")
    ] == []


def test_it_is_served_to_everyone_as_it_is(sqlite_only: Any) -> None:
    app: Flask = sqlite_only.app
    answer = app.test_client().get("/api/v3/openapi.json")
    assert answer.mimetype == "application/json"
    assert orjson.loads(answer.data) == SENT
