"""How much a heavy test does: little in `make test`, the full count in `make test-long`; and their seed.

What Hypothesis tries follows from the seed (see `tests/conftest.py`). Other randomness uses `dice`.
"""

from __future__ import annotations

import os
import random

from hypothesis import HealthCheck, settings

LONG = os.environ.get("LONG") == "1"
SEED = int(os.environ.setdefault("SEED", str(random.randrange(1_000_000))))
HEADER = f"seed: {SEED} (SEED={SEED} repeats it), {'full' if LONG else 'small'} counts"

settings.register_profile(
    "house",
    deadline=None,
    database=None,
    print_blob=True,
    max_examples=1000 if LONG else 30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def amount(small: int, full: int) -> int:
    """`small` in a normal run, `full` in a long one."""
    return full if LONG else small


def dice(name: str) -> random.Random:
    """Random numbers that follow from the printed seed, a row of their own for each name."""
    return random.Random(f"{SEED} {name}")
