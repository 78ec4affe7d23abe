"""How large a demonstration is."""

from __future__ import annotations

from dataclasses import dataclass

SCHOOLS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Size:
    """Numbers of everything; `participants` have training with a lead provider, as an ECT or a mentor."""

    name: str
    schools: int
    participants: int
    declarations: int
    delivery_partners: int
    cohorts: int = 5

    @property
    def batches(self) -> int:
        """How many batches of schools there are."""
        return -(-self.schools // SCHOOLS_AT_ONCE)

    def share(self, total: int, batch: int) -> int:
        """How many of `total` are in a batch, so that the batches add up to it exactly."""
        return total * (batch + 1) // self.batches - total * batch // self.batches


SANDBOX = Size("sandbox", schools=200, participants=2_000, declarations=10_000, delivery_partners=40)
NATIONAL = Size(
    "national", schools=20_000, participants=200_000, declarations=1_000_000, delivery_partners=400
)
SIZES = {size.name: size for size in (SANDBOX, NATIONAL)}
