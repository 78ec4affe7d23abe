"""Why the Teaching Record System gave no answer: for logs and for pausing, never for a school's page."""

from __future__ import annotations

from enum import StrEnum


class FaultKind(StrEnum):
    """The kinds an operator may meet in the log. None says anything about a person."""

    SLOW = "slow"  # no answer in time
    UNREACHABLE = "unreachable"  # refused, dropped, no such host, no trusted certificate
    BROKEN = "broken"  # 5xx
    BUSY = "busy"  # 429
    RESTING = "resting"  # not asked, because it failed or was busy a moment ago
    KEY_REFUSED = "key_refused"  # 401 or 403: the key, or what the key may do, is wrong
    QUESTION_REFUSED = "question_refused"  # 400: the API version or our question is wrong
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    UNEXPECTED_SHAPE = "unexpected_shape"
    UNEXPECTED_STATUS = "unexpected_status"
    UNEXPECTED_REDIRECT = "unexpected_redirect"


OUR_SETTINGS = frozenset({FaultKind.KEY_REFUSED, FaultKind.QUESTION_REFUSED})
"""Faults that stay until a person changes the settings: logged as errors."""

PASSING = frozenset({FaultKind.SLOW, FaultKind.UNREACHABLE, FaultKind.BROKEN})
"""Faults that a register under strain shows: several in a row and it is left alone for a while."""


class Fault(Exception):
    """No answer can be had. Its message is the kind alone.

    `rest_for` is how many seconds the register asked us to wait, 0 when it did not say.
    """

    def __init__(self, kind: FaultKind, rest_for: int = 0) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.rest_for = rest_for
