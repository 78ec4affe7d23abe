"""The OpenAPI document of the lead provider API, drawn from the table of operations and their shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from app.web.api_v3.operations import OPERATIONS, PREFIX, TAGS, Operation
from app.web.api_v3.shapes.asking import FILTERS, HEADERS, ONE_COHORT, PAGE, SORT, Asked
from app.web.api_v3.shapes.errors import STATUSES, ErrorResponse, Status

Json = dict[str, Any]
VERSION = "3.1.0"
REFERENCE = "#/components/schemas/{model}"
JSON_TYPE = "application/json"


class Schemas(GenerateJsonSchema):
    """JSON schemas without what would only repeat a name: titles of fields, and a null for “left out”."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never."""
        return False

    def default_schema(self, schema: Any) -> Json:
        """Without a default of null: it stands for an attribute that isn’t there."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


@cache
def schemas() -> Mapping[str, Json]:
    """Every shape by its name."""
    answers = dict.fromkeys(each.answer for each in OPERATIONS)
    bodies = dict.fromkeys(each.body for each in OPERATIONS if each.body is not None)
    wanted: list[Any] = [(shape, "serialization", TypeAdapter(shape)) for shape in (*answers, ErrorResponse)]
    wanted += [(shape, "validation", TypeAdapter(shape)) for shape in bodies]
    _, found = TypeAdapter.json_schemas(wanted, ref_template=REFERENCE, schema_generator=Schemas)
    made: Mapping[str, Json] = found["$defs"]
    return made


def schema_of(shape: Any) -> Json:
    """The schema of one shape of `schemas`."""
    return schemas()[shape.__name__]


def example(schema: Mapping[str, Any]) -> Any:
    """What the schema describes, made of the examples of its attributes."""
    if "$ref" in schema:
        return example(schemas()[schema["$ref"].rpartition("/")[2]])
    if schema.get("examples"):
        return schema["examples"][0]
    if "const" in schema:
        return schema["const"]
    if schema.get("type") == "array":
        return [example(schema["items"])]
    return {name: example(each) for name, each in schema["properties"].items()}


@cache
def document() -> Json:
    """The whole document, OpenAPI 3.1. Built once; nobody may change it."""
    return {
        "openapi": VERSION,
        "info": {
            "title": "Lead provider API",
            "version": "3",
            "description": "The API with which lead providers confirm partnerships, follow participants, and declare.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": _paths(),
        "components": {
            "schemas": dict(schemas()),
            "responses": {status.name: _refusal(code, status) for code, status in STATUSES.items()},
            "headers": {
                "RetryAfter": _header("In how many seconds to go on", {"type": "integer", "minimum": 1})
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths() -> Json:
    paths: Json = {}
    for each in OPERATIONS:
        paths.setdefault(PREFIX + each.path, {})[each.method] = _operation(each)
    return paths


def _operation(operation: Operation) -> Json:
    refused = {str(code): _response(code) for code in operation.statuses if code != 200}
    made: Json = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
        "parameters": _parameters(operation),
        "responses": {"200": {"description": "Done", "content": _content(operation.answer)}, **refused},
    }
    if operation.body is not None:
        made["requestBody"] = {"content": _content(operation.body), "required": True}
    return made


def _content(shape: Any) -> Json:
    schema = {"$ref": REFERENCE.format(model=shape.__name__)}
    return {JSON_TYPE: {"schema": schema, "example": example(schema)}}


def _response(code: int) -> Json:
    return {"$ref": f"#/components/responses/{STATUSES[code].name}"}


def _refusal(code: int, status: Status) -> Json:
    schema = {"$ref": REFERENCE.format(model=ErrorResponse.__name__)}
    body = {"errors": [{"title": status.title, "detail": status.detail}]}
    made: Json = {"description": status.when, "content": {JSON_TYPE: {"schema": schema, "example": body}}}
    if code == 429:
        made["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return made


def _header(description: str, schema: Json) -> Json:
    return {"description": description, "schema": schema, "required": True}


def _parameters(operation: Operation) -> list[Json]:
    made = []
    if "{id}" in operation.path:
        made.append(_parameter("path", "id", "The id of the record", {"type": "string"}, required=True))
    if operation.filters:
        made.append(_filter(operation))
    if operation.paged:
        schema = _object(PAGE.items())
        made.append(_parameter("query", "page", "Which part of the list", schema, **_DEEP))
    if operation.ordered:
        made.append(
            _parameter("query", "sort", SORT.description, SORT.schema, example=SORT.example, **_COMMAS)
        )
    made += [
        _parameter("header", name, header.description, header.schema, example=header.example)
        for name, header in HEADERS.items()
        if name in operation.headers
    ]
    return made


_DEEP: Json = {"style": "deepObject", "explode": True}
_COMMAS: Json = {"style": "form", "explode": False}


def filters_of(operation: Operation) -> dict[str, Asked]:
    """The filters of an operation by their names."""
    return {name: ONE_COHORT if name in operation.required else FILTERS[name] for name in operation.filters}


def _filter(operation: Operation) -> Json:
    schema = _object(filters_of(operation).items())
    if operation.required:
        schema["required"] = list(operation.required)
    more = {"required": True} if operation.required else {}
    return _parameter("query", "filter", "Which records", schema, **_DEEP, **more)


def _object(fields: Iterable[tuple[str, Asked]]) -> Json:
    properties = {
        name: {**each.schema, "description": each.description, "examples": [each.example]}
        for name, each in fields
    }
    return {"type": "object", "properties": properties}


def _parameter(place: str, name: str, description: str, schema: Mapping[str, Any], **more: Any) -> Json:
    return {"name": name, "in": place, "description": description, "schema": dict(schema), **more}
