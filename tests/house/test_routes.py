"""Every route has a guard that fits its address (Trust, point 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.policy import POLICY, UNDER, Guard

if TYPE_CHECKING:
    from flask import Flask

    from tests.support.databases import Store

# What people who have not signed in may open, in full: a new public page is added here by hand.
PUBLIC = {
    "guidance.start",
    "guidance.who_does_what",
    "guidance.accessibility",
    "guidance.cookies",
    "guidance.privacy",
    "api_docs.index",
    "api_docs.topic",
    "api_docs.guidance",
    "api_docs.schedules",
    "api_docs.cohort",
    "api_docs.reference",
    "api_docs.operation",
    "api_docs.openapi",
    "sign_in.choose",
    "sign_in.enter",
    "sign_in.leave",
    "sign_in.left",
    "health.live",
    "health.ready",
}


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_the_policy_table_has_every_route_and_nothing_else(sqlite_only: Store) -> None:
    assert endpoints(sqlite_only.app) == set(POLICY)


def test_what_is_public_is_written_down_twice(sqlite_only: Store) -> None:
    open_to_all = {name for name, guard in POLICY.items() if guard & (Guard.PUBLIC | Guard.HEALTH)}
    assert open_to_all == PUBLIC


def test_addresses_of_a_school_or_a_run_are_guarded_as_such(sqlite_only: Store) -> None:
    for rule in sqlite_only.app.url_map.iter_rules():
        guard = POLICY[rule.endpoint] | UNDER.get("/" + rule.rule.split("/")[1], Guard(0))
        if "urn" in rule.arguments:
            assert Guard.SCHOOL in guard, rule
        if "reference" in rule.arguments:
            assert Guard.RUN in guard, rule
        if rule.rule.startswith("/rounds"):
            assert Guard.OUTSIDE_PRODUCTION in guard, rule


def test_no_address_has_a_number_to_count_up(sqlite_only: Store) -> None:
    counted = [rule.rule for rule in sqlite_only.app.url_map.iter_rules() if "<int:" in rule.rule]
    assert counted == []
