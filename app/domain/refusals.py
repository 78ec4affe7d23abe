"""The one way in which a rule says no."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Refused(Exception):
    """A rule was not met.

    `reason` is a short code, the same wherever the rule is used: `blank`, `too_long`, `not_a_date`. The
    words a person reads stand with the question that was asked, because “blank” reads differently on every
    page. `field` names the input at fault when a page has several; empty when there is only one. `detail`
    holds what the words need: a bound, a count, the parts of a date at fault. It can't be changed.
    """

    def __init__(self, reason: str, field: str = "", **detail: object) -> None:
        super().__init__(reason, field, detail)
        self.reason = reason
        self.field = field
        self.detail: Mapping[str, object] = MappingProxyType(detail)

    def __str__(self) -> str:
        """The code, with the field in front of it: for logs and tests, never for a page."""
        return f"{self.field}: {self.reason}" if self.field else self.reason


class RefusedTogether(Exception):
    """Several rules were not met at once: the first refusal of each field, in the order of the rules."""

    def __init__(self, refusals: tuple[Refused, ...]) -> None:
        super().__init__(refusals)
        self.refusals = refusals

    def __str__(self) -> str:
        """The codes, for logs and tests."""
        return ", ".join(map(str, self.refusals))
