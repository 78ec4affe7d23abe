"""Leaving a register alone that is busy or failing.

Each process keeps its own count. The point is twofold: not to hammer a service under strain, and not to tie
up every worker of ours for eight seconds a time while it is down.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES_BEFORE_REST = 3
REST_AFTER_FAILURES = 10
LONGEST_REST = 120


class Rest:
    """Whether to ask now. Times are seconds on a monotonic clock. Safe to share between threads."""

    def __init__(self, seconds_now: Callable[[], float] = time.monotonic) -> None:
        self._now = seconds_now
        self._lock = threading.Lock()
        self._until = 0.0
        self._failures = 0

    def is_on(self) -> bool:
        """True while the register is to be left alone."""
        with self._lock:
            return self._now() < self._until

    def begin(self, seconds: int) -> None:
        """Leave it alone for so many seconds: at least 1, at most LONGEST_REST."""
        with self._lock:
            self._until = max(self._until, self._now() + min(max(seconds, 1), LONGEST_REST))

    def failed(self) -> None:
        """One more failure in a row; after FAILURES_BEFORE_REST of them a rest begins."""
        with self._lock:
            self._failures += 1
            enough = self._failures >= FAILURES_BEFORE_REST
            if enough:
                self._failures = 0
        if enough:
            self.begin(REST_AFTER_FAILURES)

    def answered(self) -> None:
        """It answered, so the row of failures is broken."""
        with self._lock:
            self._failures = 0
