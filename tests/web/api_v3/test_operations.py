"""The table of operations and the routes are the same (Provider API, Endpoints)."""

from __future__ import annotations

from flask import Flask

from app.web.api_v3.operations import OPERATIONS, PREFIX
from app.web.policy import POLICY, Guard


def test_every_operation_is_routed_and_every_route_is_an_operation(app: Flask) -> None:
    routed = {
        (method.lower(), rule.rule.replace("<id>", "{id}")): rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(f"{PREFIX}/") and rule.endpoint != "api_docs.openapi"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routed == {(each.method, f"{PREFIX}{each.path}"): f"api_v3.{each.id}" for each in OPERATIONS}


def test_every_operation_asks_for_a_token() -> None:
    assert {POLICY[f"api_v3.{each.id}"] for each in OPERATIONS} == {Guard.API}
