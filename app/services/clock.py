"""The one clock (Trust, 4). Everything else is given `today` or `now`.

UTC in storage, London at the edge: 31 August 23:00 UTC is 1 September in London.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_stopped: list[datetime] = []


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _stopped[0] if _stopped else datetime.now(UTC)


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
