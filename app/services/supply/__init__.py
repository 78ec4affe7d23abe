"""Everything a walk asks of the outside: facts, lists, subjects, remarks and words, for one run at one moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.engine.walk import Answer, Heard
from app.services.supply.facts import FACTS
from app.services.supply.reads import Reads
from app.services.supply.remarks import REMARKS
from app.services.supply.sources import SOURCES, Option
from app.services.supply.subjects import SUBJECTS
from app.services.supply.view import View
from app.services.supply.words import Lexicon, Setting

__all__ = ["Option", "Reads", "RunWorld", "Setting", "View"]


class RunWorld:
    """The records as one run sees them. Every read is made once, so a walk sees one world throughout."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self._views: dict[int, View] = {}
        self._offered: dict[tuple[str, int], tuple[Option, ...]] = {}

    def view(self, heard: Heard) -> View:
        """What the answers heard come to."""
        found = self._views.get(id(heard))
        if found is None:
            # The view holds on to `heard`, so its id can’t be given to another while this world lives.
            found = self._views[id(heard)] = View(heard, self.reads)
        return found

    def holds(self, fact: str, heard: Heard) -> bool:
        """Whether a fact holds. Raises KeyError for an unknown name."""
        return FACTS[fact](self.view(heard))

    def options(self, source: str, heard: Heard) -> tuple[Option, ...]:
        """What a source offers, in order. Raises KeyError for an unknown name."""
        key = (source, id(heard))
        if key not in self._offered:
            self._offered[key] = SOURCES[source](self.view(heard))
        return self._offered[key]

    def offers(self, source: str, heard: Heard) -> Collection[str]:
        """The values a source offers."""
        return {option.value for option in self.options(source, heard)}

    def subject(self, name: str, heard: Heard) -> str:
        """What a question would be about now."""
        return SUBJECTS[name](self.view(heard))

    def remarks(self, remark: str, heard: Heard, kept: Mapping[str, Answer]) -> bool:
        """Whether a remark applies, given all answers kept."""
        return REMARKS[remark](self.view(heard), kept)

    def lexicon(self, heard: Heard, kept: Mapping[str, Answer], setting: Setting) -> Lexicon:
        """The words of a page that comes after these answers."""
        return Lexicon(self.view(heard), kept, setting)
