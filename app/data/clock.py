"""The one clock (Trust, 4). Everything else is given `today` or `now`.

UTC in storage, London at the edge: 31 August 23:00 UTC is 1 September in London. Outside production it can be stopped
for everybody (`freeze`), and moved for one request (`move`): then rules see the other time, stamps don’t.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_stopped: list[datetime] = []
_moved: ContextVar[datetime | None] = ContextVar("where this request has moved the clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC: what the rules go by."""
    return _moved.get() or true_now()


def true_now() -> datetime:
    """This moment, aware, in UTC, whatever the request at hand says the time is: what records are stamped with."""
    return _stopped[0] if _stopped else unstopped_now()


def unstopped_now() -> datetime:
    """This moment, aware, in UTC, even when the clock is stopped: for waiting and counting, which would never end."""
    return datetime.now(UTC)


def today() -> date:
    """The date in London at this moment."""
    return london_date(now())


def london_date(moment: datetime) -> date:
    """The date in London at `moment`, which must be aware.

    Raises ValueError for a datetime without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a datetime without a time zone has no date in London")
    return moment.astimezone(LONDON).date()


def freeze(at: datetime | None) -> None:
    """Stop the clock at `at`, or let it go again with None. Only for time travel outside production.

    Raises ValueError for a datetime without a time zone.
    """
    if at is not None and at.tzinfo is None:
        raise ValueError("the clock can only stop at a moment with a time zone")
    _stopped[:] = [] if at is None else [at.astimezone(UTC)]


def move(at: datetime | None) -> None:
    """Move the clock to `at` for this thread’s request, or back with None. Only outside production.

    Raises ValueError for a datetime without a time zone.
    """
    if at is not None and at.tzinfo is None:
        raise ValueError("the clock can only move to a moment with a time zone")
    _moved.set(None if at is None else at.astimezone(UTC))
