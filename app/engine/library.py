"""Every journey there is, found by looking, and refused at start-up when one is written wrong."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType

from app.engine.problems import Names, problems
from app.engine.vocabulary import Journey


class WrongJourneys(Exception):
    """Journeys that can’t be served, with every problem found in them."""

    def __init__(self, found: Iterable[str]) -> None:
        self.found = tuple(found)
        super().__init__(
            "These journeys are written wrong:\n" + "\n".join(f"  - {line}" for line in self.found)
        )


class Library:
    """Journeys by slug and variant."""

    def __init__(self, journeys: Iterable[Journey], names: Names) -> None:
        """Raises WrongJourneys when any journey has a problem or two share a slug and variant."""
        self._journeys: dict[tuple[str, str], Journey] = {}
        found: list[str] = []
        for journey in journeys:
            key = (journey.slug, journey.variant)
            if key in self._journeys:
                found.append(f"{journey.slug}/{journey.variant}: there are two of them")
            self._journeys[key] = journey
            found += [f"{journey.slug}/{journey.variant}: {line}" for line in problems(journey, names)]
        if found:
            raise WrongJourneys(found)

    def get(self, slug: str, variant: str = "live") -> Journey | None:
        """The journey, or None."""
        return self._journeys.get((slug, variant))

    def rounds(self) -> tuple[Journey, ...]:
        """Every journey that isn’t live, by slug and variant."""
        return tuple(journey for journey in self if not journey.is_live)

    def __iter__(self) -> Iterator[Journey]:
        return (self._journeys[key] for key in sorted(self._journeys))


def discover(package: ModuleType) -> tuple[Journey, ...]:
    """The `JOURNEY` of every module below a package. Any new file with one is found."""
    names = (found.name for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."))
    modules = (importlib.import_module(name) for name in sorted(names))
    return tuple(m.JOURNEY for m in modules if isinstance(getattr(m, "JOURNEY", None), Journey))
