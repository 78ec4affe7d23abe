"""Time in tests: set in London’s words, still counting."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine

LONDON = ZoneInfo("Europe/London")


def london(text: str) -> datetime:
    """A moment in London from “2025-09-15 10:00” (or a date: its midnight)."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


class Clock:
    """The one clock, moved by hand. It ticks on from where it is set, so that waiting code still ends."""

    def __init__(self) -> None:
        self._travel: time_machine.travel | None = None

    def set(self, moment: datetime | str) -> None:
        """Go to a moment: an aware datetime, or London time as in `london`."""
        self.release()
        self._travel = time_machine.travel(london(moment) if isinstance(moment, str) else moment, tick=True)
        self._travel.start()

    def release(self) -> None:
        """Go back to the real time."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None
