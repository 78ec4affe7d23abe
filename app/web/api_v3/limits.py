"""How often a token may ask: 1,000 times in 5 minutes, counted by all processes together (Provider API, Auth).

The window begins with the first request and ends 5 minutes later. When the database is too busy to count, the request
is let through: the limit is there to protect the service, not to break it.
"""

from __future__ import annotations

import math
from datetime import timedelta

from flask import Flask, current_app
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from app.config import Config
from app.data import clock
from app.services import api_requests
from app.web import logs
from app.web.api_v3.errors import ApiError

_LIMIT = "limit of the API"


class DatabaseStorage(Storage):
    """Counts in our own database: one row for each key. Needs an application context."""

    STORAGE_SCHEME = ["service-database"]

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """None: a database that is away counts nothing."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return how often it was; 0 when it can’t be counted now. `expiry` is in seconds."""
        window = timedelta(seconds=expiry)
        counted = api_requests.count(key, window, clock.unstopped_now(), amount)
        if counted is None:
            logs.event("request not counted")
            return 0
        return counted.times

    def get(self, key: str) -> int:
        """How often it was in the window that is open."""
        counted = api_requests.counted(key)
        return counted.times if counted and counted.expires_at > clock.unstopped_now() else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now, when none is open."""
        counted = api_requests.counted(key)
        now = clock.unstopped_now()
        return (counted.expires_at if counted else now).timestamp()

    def check(self) -> bool:
        """Whether it can count. The service’s own health page says that."""
        return True

    def reset(self) -> int | None:
        """Not possible for all keys at once."""
        raise NotImplementedError

    def clear(self, key: str) -> None:
        """Begin anew for one key."""
        api_requests.forget(key)


_LIMITER = FixedWindowRateLimiter(DatabaseStorage())


def install(app: Flask, config: Config) -> None:
    """Set the limit that the settings name, or none."""
    app.extensions[_LIMIT] = parse(config.api_rate_limit) if config.limits_api else None


def count_request(token_id: str) -> None:
    """Count one request of this token. Raises ApiError 429, which says when to come back."""
    limit: RateLimitItem | None = current_app.extensions[_LIMIT]
    if limit is None or _LIMITER.hit(limit, token_id):
        return
    ends = _LIMITER.get_window_stats(limit, token_id).reset_time
    seconds = math.ceil(ends - clock.unstopped_now().timestamp())
    raise ApiError(429, headers={"Retry-After": str(max(seconds, 1))})
