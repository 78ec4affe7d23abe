"""The document holds, whatever is sent: requests made up from it, right and wrong, are answered as it says.

Schemathesis makes them and checks the answers: status, headers, content type and shape as documented, no 5xx, wrong
requests refused and right ones not, no operation without a token. What is excepted stands in `EXCEPTIONS`
and `ACCEPTED`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup

from app.web.api_v3.openapi import document
from app.web.api_v3.operations import OPERATIONS
from tests.support.amounts import amount
from tests.support.clocks import Clock
from tests.web.api_v3.playing import CLOCK, Stage, set_up

EXAMPLES = amount(3, 200)
EXCEPTIONS: dict[str, Any] = {
    "checks": {
        # A request can be as described, and a rule against it (422), or a value outside what its format says (400):
        # a time that no calendar has, a moment outside the years that X-With-Server-Date may name.
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "400", "404", "409", "422"],
        },
    },
    "generation": {
        # “Unknown filters are not looked at”, so one more than documented is no mistake.
        "allow-extra-parameters": False,
        # Every request carries the token; the check `ignored_auth` sends it again without, and with a wrong one.
        "with-security-parameters": False,
    },
}


ACCEPTED = {"sort": "unknown keys are dropped", "type": "of another type there is nothing"}
"""Parameters that are answered all the same when they aren’t as described, and why. (Provider API, Conventions.)"""

_BLANK = re.compile(r"filter\[(\w+)\]=(?=['&])")
_PARAMETER = re.compile(r"parameter `(\w+)` in query")


def is_excepted(failure: BaseException, case: Any) -> bool:
    """Whether all that was wrong with an accepted request is what the conventions accept: these, and blank filters."""
    if not isinstance(failure, AcceptedNegativeData):
        return False
    blank = set(_BLANK.findall(unquote(case.as_curl_command())))
    wrong = str(failure).partition("Invalid component")[2].lstrip(":").strip().splitlines()
    named = [_PARAMETER.search(each) for each in wrong]
    return all(each is not None and each.group(1) in ACCEPTED.keys() | blank for each in named)


def furnished(app: Flask) -> tuple[Stage, dict[str, str], tuple[str, ...]]:
    """A stage with records of Northstar’s: ids for the attributes of bodies, and ids for addresses."""
    stage = set_up(app)
    under = stage.partnership()
    proposed = stage.partnership(delivery_partner_id=stage.at.bramble, status="proposed", ever_active=False)
    aoife = stage.ect(under)
    bodies = {
        "participant_id": aoife.teacher,
        "school_id": stage.at.harrow.id,
        "delivery_partner_id": stage.at.alder,
    }
    statements = stage.northstar.ids("/statements")[:1]
    return stage, bodies, (under.id, proposed.id, *bodies.values(), *statements)


def with_own(case: Any, own: str | None, bodies: dict[str, str]) -> None:
    """Put ids of records that are there into a request, so that it comes further than 404."""
    if own is None:
        return
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = own
    if isinstance(case.body, dict):
        attributes = case.body["data"]["attributes"]
        attributes.update({name: each for name, each in bodies.items() if name in attributes})


def test_requests_made_up_from_the_document_are_answered_as_it_says(
    make_app: Callable[..., Flask], clock: Clock
) -> None:
    clock.set(CLOCK)
    app = make_app(api_rate_limit="off")
    stage, bodies, ids = furnished(app)
    config = SchemathesisConfig.from_dict(EXCEPTIONS)
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())), config=config)
    schema.app = app
    headers = {"Authorization": f"Bearer {stage.northstar.caller.token}"}
    asked = []

    def ask(operation: Any, mode: GenerationMode) -> None:
        own = st.none() if mode is GenerationMode.NEGATIVE else st.sampled_from((None, *ids))

        @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode), own=own)
        def each(case: Any, own: str | None) -> None:
            with_own(case, own, bodies)
            try:
                case.call_and_validate(headers=headers)
            except FailureGroup as group:
                if not all(is_excepted(each, case) for each in group.exceptions):
                    raise

        each()

    for found in schema.get_all_operations():
        operation = found.ok()
        asked.append(operation.label)
        for mode in GenerationMode:
            ask(operation, mode)
    assert len(asked) == len(OPERATIONS)
