"""Walks any journey in a browser, from its own declaration.

    Walker(visitor, journey, school=acceptance.OAKFIELD_URN).everywhere()

It answers every page in the usual way up to the end; where a page can be answered otherwise it comes back, tries
each other answer, and follows what is new until it meets known pages again. Every page met for the first time is
held to what `support.held` says. Then it sends the answers, begins once more with the same teacher, and walks again
with the next: some pages are only shown to a school that registered somebody before. A journey about a record is
walked about one while another run about it waits in another tab, and then about the next.

Pages met before are answered without being drawn, unless every shape of a page counts.

Nothing here names a page. A new journey or round is found in the library and walked as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.names import Place
from app.engine.vocabulary import Ask, CheckAnswers, Journey, Page, Stop, address
from app.web.journeys.places import PLACES, Whereabouts
from e2e.support import answers, held
from e2e.support.ahead import Requests
from e2e.support.answers import ORDINARY, Choice
from e2e.support.visitor import Visitor

CONFIRMATION = "confirmation"
# The tags, classes and names in main: pages with the same ones look and work alike.
SHAPE = """() => [...document.querySelectorAll('main *')].map(
    (each) => [each.tagName, each.className, each.name, each.href && '@'])"""


@dataclass(slots=True)
class Walker:
    """One visitor, signed in, on one journey. `seen` and `titles` grow over all its walks.

    `axe_on` says for which pages axe runs, `tries_others_on` which ones are answered in more ways than the usual;
    `every_shape` also holds pages met before that now look different. `look_at` is called with every page held and
    its state, “default” or “error”: for pictures. `new_record` makes a record of the school for a journey about one
    and returns its id.
    """

    visitor: Visitor
    journey: Journey
    school: str
    widths: tuple[int, ...] = (1280, 320)
    every_shape: bool = False
    axe_on: Callable[[Page | None], bool] = lambda page: True
    tries_others_on: Callable[[Page], bool] = lambda page: True
    look_at: Callable[[Walker, str, str], None] = lambda walker, name, state: None
    new_record: Callable[[], str] = lambda: ""
    people: list[str] = field(default_factory=lambda: list(ORDINARY))
    seen: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    shapes: set[str] = field(default_factory=set)
    base: str = ""
    trn: str = ""
    record: str = ""

    # ------------------------------------------------------------------------------------------ walks

    def everywhere(self) -> set[str]:
        """Walk for one teacher, begin for the same again, walk for another. Returns the names of all pages met."""
        if self.journey.subject:
            self._while_another_waits()
        elif self.once():
            self.begin(self.trn)
            self.settle()
            self.once()
        return self.seen

    def _while_another_waits(self) -> None:
        """Walk about one record while another run about it waits and comes too late; then about the next."""
        self.begin()
        waiting = self.base
        if self.once(record=self.record):
            self.base = waiting
            self.visitor.go(f"{waiting}/")
            self.meet()
            self.once()

    def once(self, record: str = "") -> bool:
        """Walk once, with the next teacher or about this record, and send the answers. Whether they could be sent."""
        self.begin(record=record)
        self.settle()
        if not isinstance(self.page, CheckAnswers):
            return False
        assert self.visitor.send(self.visitor.page.locator("main form button").inner_text()) == 200
        self.meet()
        return True

    def begin(self, trn: str = "", record: str = "") -> None:
        """Start a run: for the next teacher or this one, about the next record or this one."""
        self.trn = trn or self.people.pop(0)
        if self.journey.subject:
            self.record = record or self.new_record()
        if self.journey.is_live:
            here = Whereabouts(self.journey.slug, self.journey.variant, "", self.school, "", self.record)
            self.visitor.go(PLACES[Place(self.journey.place)](here))
            self.visitor.send(self._begins())
        else:
            self.visitor.go(f"/rounds/{self.journey.slug}/{self.journey.variant}")
            self.visitor.send("Start this round")
        self.base = self.visitor.path.rsplit("/", 1)[0]

    def _begins(self) -> str:
        """The whole name of the button: its words, and what tells it from the same button of other records."""
        about = f"[action*='{self.record}']" if self.record else ""
        button = self.visitor.page.locator(f"main form{about} button", has_text=self.journey.begin)
        return " ".join((button.text_content() or "").split())

    def settle(self) -> None:
        """Go on with usual answers to the end; on pages met for the first time, try all the others too."""
        while True:
            fresh, page = self.meet(), self.page
            if not isinstance(page, Ask):
                return
            if not fresh and not self.every_shape:
                self._pass_known_pages()
                continue
            choices = self._choices(page)
            if not fresh or len(choices) == 1 or not self.tries_others_on(page):
                self.answer(page, choices[0])
                self.visitor.go(f"{self.base}/")
                continue
            for choice in (*choices, choices[0]):
                self._try(page, choice)
            return

    def _pass_known_pages(self) -> None:
        """Answer pages met before in the usual way, undrawn, until one is new or asks nothing; open that one."""
        requests = Requests(self.visitor)
        while True:
            requests.see(f"{self.base}/")
            name = self._name_in(requests.last_path)
            page = self.journey.page(name)
            if name not in self.seen or not isinstance(page, Ask):
                break
            sent = answers.usually_sent(requests.page, page.question, self.trn)
            requests.submit(page.question.button, **(sent | ({"trn": self.trn} if "trn" in sent else {})))
        self.visitor.go(requests.last_path)

    def _try(self, page: Ask, choice: Choice) -> None:
        """Answer a page in this way, and go on from there."""
        trn = self.trn
        if self.at != page.name:
            self.open(page.name)
        if self.at == page.name:
            self.answer(page, choice)
            self.settle()
        self.trn = trn

    # ------------------------------------------------------------------------------------------ pages

    @property
    def at(self) -> str:
        """The name of the page that is open."""
        return self._name_in(self.visitor.path)

    @staticmethod
    def _name_in(path: str) -> str:
        return path.rsplit("/", 1)[1].replace("-", "_")

    @property
    def page(self) -> Page | None:
        """The declaration of the page that is open; None for the confirmation."""
        found = self.journey.page(self.at)
        assert found or self.at == CONFIRMATION, f"the walk strayed to {self.visitor.path}"
        return found

    def open(self, name: str) -> None:
        """Open a page of the run by its address; one that may not be shown leads elsewhere."""
        self.visitor.go(f"{self.base}/{address(name)}")

    def answer(self, page: Ask, choice: Choice) -> None:
        """Answer the page that is open, and be let through; or be refused what the records may refuse."""
        self.trn = choice.get("trn", self.trn)
        status = answers.give(self.visitor, page.question, choice)
        taken = status == 200 or (status == 422 and answers.may_be_refused(page.question, choice))
        assert taken, f"{page.name} answered {dict(choice)} with {status}: {self.visitor.heading}"

    def _choices(self, page: Ask) -> list[Choice]:
        found = answers.choices(self.visitor, page.question, self.trn)
        # Each walk registers somebody else.
        return [{**each, "trn": self.trn} if each.get("trn") == ORDINARY[0] else each for each in found]

    # ------------------------------------------------------------------------------------------ holding

    def meet(self) -> bool:
        """Hold the page that is open to the rules, when it is new. Whether its kind is met for the first time."""
        name = self.at
        fresh = name not in self.seen
        self.seen.add(name)
        if fresh or (self.every_shape and self._is_new_shape()):
            self._hold(name)
            if fresh:
                self._see_asides(name)
        return fresh

    def _is_new_shape(self) -> bool:
        shape = json.dumps([self.at, self.visitor.page.evaluate(SHAPE)])
        known = shape in self.shapes
        self.shapes.add(shape)
        return not known

    def _hold(self, name: str) -> None:
        page, visitor = self.page, self.visitor
        axe = self.axe_on(page)
        self._is_new_shape()
        # A page that the records refused looks like none met before.
        refused = visitor.page.locator(".govuk-error-summary").count() > 0
        heading = held.title_of(visitor, error=refused)
        assert self.titles.setdefault(heading, name) == name, f"{name} has the heading of another page"
        if name != CONFIRMATION:
            held.has_one_way_back(visitor)
        self.look_at(self, name, "error" if refused else "default")
        held.at_each_width(visitor, self.widths, self._exceptions, axe=axe)
        if isinstance(page, Ask) and page.question.fields and self._is_unanswered():
            links = held.refuses_nothing_said(visitor, page.question)
            self.look_at(self, name, "error")
            held.at_each_width(visitor, self.widths, self._exceptions, axe=axe)
            held.links_lead_to_controls(visitor, links)
            self.open(name)

    def _is_unanswered(self) -> bool:
        """Whether the page can still be sent empty: a radio, once chosen, stays so."""
        return self.visitor.page.locator("main input:checked, main option[selected]").count() == 0

    def _see_asides(self, name: str) -> None:
        """Look at the pages beside this one, which only a link leads to."""
        for page in self.journey.pages:
            if isinstance(page, Stop) and page.aside_of == name:
                self.open(page.name)
                self.meet()
                self.open(name)

    @property
    def _exceptions(self) -> dict[str, str]:
        return {each.selector: each.reason for each in self.journey.exceptions}
