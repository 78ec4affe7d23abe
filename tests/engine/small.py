"""A small journey and a world that is a plain value, for testing the engine without any domain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from app.engine.conditions import chose, fact
from app.engine.problems import Names
from app.engine.vocabulary import (
    Ask,
    CheckAnswers,
    Choice,
    DateInput,
    Done,
    Journey,
    LinkTo,
    Para,
    Question,
    Radios,
    Row,
    Section,
    Stop,
    Text,
)
from app.engine.walk import Answer, Heard

NAME = Question(
    name="name",
    heading="What is their name?",
    fields=(Text(name="name", rule="name", errors={"blank": "Enter a name"}),),
)
BORN = Question(
    name="born",
    heading="When was {name} born?",
    fields=(DateInput(name="born", rule="day", kept=False, errors={"blank": "Enter a date"}),),
)
PET = Question(
    name="pet",
    heading="Does {name} have a pet?",
    fields=(
        Radios(
            name="pet",
            choices=(
                Choice("yes", "Yes"),
                Choice("no", "No"),
                Choice("unknown", "I do not know", divided=True),
            ),
            errors={"blank": "Select yes if {name} has a pet"},
        ),
    ),
    subject="person",
)
KIND = Question(
    name="kind",
    heading="Which kind?",
    fields=(Radios(name="kind", source="kinds", errors={"blank": "Select a kind"}),),
)
NO_PETS = Stop(
    name="no_pets",
    heading="{name} needs a pet",
    when=chose("pet", "no"),
    blocks=(Para("Nothing is saved."),),
    links=(LinkTo("Change it", page="pet"),),
)
HELP = Stop(name="help", heading="Ask somebody", aside_of="pet")
CHECK = CheckAnswers(
    heading="Check",
    sections=(Section(heading="All", rows=(Row(label="Name", value="{name}", change=("name",)),)),),
)


def journey(*pages: object, variant: str = "live") -> Journey:
    """A journey of these pages, or of the usual ones."""
    usual = (
        Ask(NAME),
        Ask(BORN),
        Ask(PET),
        HELP,
        NO_PETS,
        Ask(KIND, when=chose("pet", "yes") & ~fact("kinds_known")),
        CHECK,
    )
    return Journey(
        slug="pets",
        variant=variant,
        title="Register a pet",
        about="For tests.",
        outcome="keep",
        pages=pages or usual,  # type: ignore[arg-type]
        done=Done(heading="Done"),
        place="home",
        begin="Register a pet",
    )


NAMES = Names(
    facts={"kinds_known": (frozenset({"pet"}),), "stands": ()},
    remarks=("changed",),
    sources=("kinds",),
    rules={"name": frozenset({"blank"}), "day": frozenset({"blank"})},
    details={"name": frozenset(), "day": frozenset()},
    subjects=("person",),
    actions=(),
    places=("home",),
    outcomes=("keep",),
    placeholders={"name": (frozenset({"name"}),), "help": ()},
)


@dataclass
class SmallWorld:
    """Facts that hold, what the one source offers, and who the person is."""

    facts: set[str] = field(default_factory=set)
    kinds: tuple[str, ...] = ("cat", "dog")

    def holds(self, fact: str, heard: Heard) -> bool:
        """Whether the fact is among those that hold."""
        return fact in self.facts

    def offers(self, source: str, heard: Heard) -> Collection[str]:
        """The kinds."""
        return self.kinds

    def subject(self, name: str, heard: Heard) -> str:
        """The person’s name."""
        return heard.value("name") or ""


def said(subject: str = "", **values: str) -> Answer:
    """An answer."""
    return Answer(values, subject)


FULL = {
    "name": said(name="Zoë"),
    "born": said(),
    "pet": said("Zoë", pet="yes"),
    "kind": said(kind="cat"),
}
