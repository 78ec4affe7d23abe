"""Whether the way that real services lead somebody is among the rehearsed ones of its journey."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.rehearsal import OTHER, Route, routes
from app.engine.vocabulary import Ask, Journey
from app.engine.walk import Heard, Walk


class Rehearsed:
    """Every rehearsed route of a journey, ready to be asked about often."""

    def __init__(self, journey: Journey) -> None:
        found = tuple(routes(journey))
        self.beginnings = {
            route.pages[:length] for route in found for length in range(1, len(route.pages) + 1)
        }
        self.ends: dict[tuple[str, ...], list[Route]] = {}
        self.told_apart: dict[str, set[str]] = {}
        for route in found:
            self.ends.setdefault(route.pages, []).append(route)
            for field, option in route.chosen:
                self.told_apart.setdefault(field, set()).add(option)

    def has(self, walk: Walk) -> bool:
        """For a finished walk: the same pages with the same choices. For one under way: some route begins so."""
        if isinstance(walk.frontier, Ask):
            return walk.names in self.beginnings
        return any(self._chose(dict(route.chosen), walk.heard) for route in self.ends.get(walk.names, ()))

    def _chose(self, chosen: Mapping[str, str], heard: Heard) -> bool:
        return all(self._is(field, option, heard.value(field)) for field, option in chosen.items())

    def _is(self, field: str, option: str, value: str | None) -> bool:
        return value == option or (option == OTHER and value not in self.told_apart[field])
