"""One operation as tables and texts, drawn from the table of operations and the schemas of its shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from app.web.api_docs.pages import Cell, Codes, Table
from app.web.api_v3.openapi import example, filters_of, schema_of, schemas
from app.web.api_v3.operations import PREFIX, Operation
from app.web.api_v3.shapes.asking import HEADERS, PAGE, SORT, Asked
from app.web.api_v3.shapes.errors import STATUSES

TOKEN = '"Authorization: Bearer $TOKEN"'  # noqa: S105 (the name of a shell variable)
FORMATS: Mapping[str, str] = {
    "uuid": "Id (UUID)",
    "date": "Date",
    "date-time": "Date and time",
    "string": "Text",
    "integer": "Whole number",
    "boolean": "True or false",
}


def command(operation: Operation, server: str, query: str = "") -> str:
    """The operation as a curl command, with the example’s body. Filters have brackets, which curl takes for sets."""
    parts = ["curl --globoff" if query else "curl"]
    if operation.method != "get":
        parts.append(f"--request {operation.method.upper()}")
    parts.append(f"--header {TOKEN}")
    if operation.method == "post":
        parts.append(f'--header "Idempotency-Key: {HEADERS["Idempotency-Key"].example}"')
    if operation.body is not None:
        parts.append('--header "Content-Type: application/json"')
        parts.append(f"--data '{orjson.dumps(example(schema_of(operation.body))).decode()}'")
    parts.append(f'"{server}{PREFIX}{_path(operation)}{query}"')
    return " \\\n  ".join(parts)


def query(operation: Operation) -> str:
    """What the example asks for: the filters that have to be there."""
    asked = filters_of(operation)
    pairs = [f"filter[{name}]={asked[name].example}" for name in operation.required]
    return f"?{'&'.join(pairs)}" if pairs else ""


def _path(operation: Operation) -> str:
    if "{id}" not in operation.path:
        return operation.path
    return operation.path.replace("{id}", example(schema_of(operation.answer))["data"]["id"])


def answer(operation: Operation) -> str:
    """What a 200 looks like, as JSON over several lines."""
    return orjson.dumps(example(schema_of(operation.answer)), option=orjson.OPT_INDENT_2).decode()


def statuses(operation: Operation) -> Table:
    """Every status it can answer with."""
    rows = tuple((str(code), "Done" if code == 200 else STATUSES[code].when) for code in operation.statuses)
    return Table("Statuses", ("Status", "When"), rows)


def asked(operation: Operation) -> Table | None:
    """What can be asked for in the address and in headers; None when there is nothing."""
    needed = operation.required
    rows = [
        _asked_row(f"filter[{name}]", each, name in needed) for name, each in filters_of(operation).items()
    ]
    if operation.paged:
        rows += [_asked_row(f"page[{name}]", each) for name, each in PAGE.items()]
    if operation.ordered:
        rows.append(_asked_row("sort", SORT))
    rows += [_asked_row(f"{name} (header)", HEADERS[name]) for name in operation.headers]
    return Table("What you can ask for", ("Name", "What it does", "Example"), tuple(rows)) if rows else None


def _asked_row(name: str, asked: Asked, needed: bool = False) -> tuple[Cell, ...]:
    shown = asked.example[0] if isinstance(asked.example, list) else str(asked.example)
    return (Codes((name,), after=" (needed)" if needed else ""), asked.description, Codes((shown,)))


def attributes(operation: Operation) -> tuple[Table, ...]:
    """The attributes of what comes back, then those inside of them."""
    return tuple(_tables("Attributes", _attributes_of(schema_of(operation.answer)), in_body=False))


def sent(operation: Operation) -> tuple[Table, ...]:
    """The attributes of what is sent; empty for an operation without a body."""
    if operation.body is None:
        return ()
    return tuple(_tables("What you send", _attributes_of(schema_of(operation.body)), in_body=True))


def _attributes_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of the attributes, of one record or of those in a list."""
    data = schema["properties"]["data"]
    item = _behind(data.get("items", data))
    return _behind(item["properties"]["attributes"])


def _behind(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return schemas()[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _tables(caption: str, schema: Mapping[str, Any], *, in_body: bool) -> Iterator[Table]:
    """A table of the attributes, and one for each that has attributes of its own."""
    needed = schema.get("required", ()) if in_body else schema["properties"]
    rows = tuple(_row(name, each, name in needed) for name, each in schema["properties"].items())
    yield Table(caption, ("Attribute", "What it is", "Value"), rows)
    for name, each in schema["properties"].items():
        if inner := _inner(each):
            yield from _tables(f"Attributes inside {name}", inner, in_body=in_body)


def _row(name: str, schema: Mapping[str, Any], needed: bool) -> tuple[Cell, ...]:
    words = schema.get("description") or (_inner(schema) or {}).get("description", "")
    return Codes((name,), after="" if needed else " (optional)"), words, _value(schema)


def _inner(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The shape inside, when a value has attributes of its own; None when it doesn’t."""
    options = [schema, schema.get("items", {}), *schema.get("anyOf", ())]
    return next((_behind(option) for option in options if "$ref" in option), None)


def _value(schema: Mapping[str, Any]) -> Cell:
    """What kind of value it is, in words."""
    options = schema.get("anyOf", [schema])
    null = ", or null" if {"type": "null"} in options else ""
    kinds = [option for option in options if option != {"type": "null"}]
    words = next((option["enum"] for option in kinds if "enum" in option), None)
    if words:
        return Codes(tuple(words), before="One of ", after=null)
    return (
        " or ".join(dict.fromkeys(_kind(option) for option in kinds)).capitalize().replace("uuid", "UUID")
        + null
    )


def _kind(schema: Mapping[str, Any]) -> str:
    if schema.get("type") == "array":
        return "List, see below" if "$ref" in schema["items"] else f"List of {_kind(schema['items'])}"
    if "$ref" in schema:
        return "Object, see below"
    return FORMATS[schema.get("format", schema["type"])]
