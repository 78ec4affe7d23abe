"""A property that is worked out once for its object: `functools.cached_property` without a lock.

Before Python 3.12 that takes a lock for every value, and a walk works out dozens of them in a request of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class worked_out(Generic[T]):  # noqa: N801  (a decorator, named as one)
    """`@worked_out` before a method without arguments: its value stands in for it from then on."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        value = instance.__dict__[self.name] = self.work(instance)
        return value
