"""Where things are: the addresses of a run’s pages and of the places its links lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from app.domain.names import Place
from app.engine.vocabulary import LinkTo, address

LIVE_BASES = {"register-ect": "/registrations"}
"""Where runs of a live journey are; those of any other are under /journeys/ and its name."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one run lives: `base` is everything before a page’s own part; `record_id` the record its pages speak of."""

    slug: str
    variant: str
    reference: str
    urn: str
    help: str
    record_id: str = ""

    @property
    def base(self) -> str:
        """The address of the run itself."""
        if self.variant == "live":
            return f"{LIVE_BASES.get(self.slug, f'/journeys/{self.slug}')}/{self.reference}"
        return f"/rounds/{self.slug}/{self.variant}/{self.reference}"

    def page(self, name: str, *, changing: bool = False, notice: str = "") -> str:
        """The address of a page. No answer is ever in it."""
        extra = [part for part in ("changing=yes" if changing else "", notice and f"notice={notice}") if part]
        return f"{self.base}/{address(name)}" + ("?" + "&".join(extra) if extra else "")

    def link(self, link: LinkTo) -> str:
        """Where a link in a journey file leads."""
        return self.page(link.page) if link.page else PLACES[Place(link.place)](self)


PLACES: Mapping[Place, Callable[[Whereabouts], str]] = {
    Place.YOUR_ECTS: lambda here: f"/schools/{here.urn}/ects",
    Place.PARTNERSHIPS: lambda here: f"/schools/{here.urn}/partnerships",
    Place.THIS_ECT: lambda here: (
        f"/schools/{here.urn}/ects" + (f"/{here.record_id}" if here.record_id else "")
    ),
    Place.REGISTER_ANOTHER: lambda here: f"/schools/{here.urn}/ects",
    Place.WHO_DOES_WHAT: lambda here: "/guidance/who-does-what",
    Place.FIND_OUT_WHO: lambda here: "/guidance/who-does-what#do-not-know",
    Place.LOOK_UP_TRN: lambda here: "https://find-a-lost-trn.education.gov.uk/start",
    Place.CHECK_A_RECORD: lambda here: "https://www.gov.uk/guidance/check-a-teachers-record",
    Place.FEEDBACK: lambda here: f"mailto:{quote(here.help)}",
}
