"""Rehearsals find every route, and the diagram is drawn from them."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.engine.conditions import Supposed, chose, fact
from app.engine.diagram import draw
from app.engine.rehearsal import OTHER, edges, routes
from app.engine.walk import Answer, Walk
from app.engine.wording import fill, placeholders
from tests.engine.small import SmallWorld, journey


def test_every_route_of_the_small_journey_is_found_once() -> None:
    found = {(route.pages, route.chosen) for route in routes(journey())}
    ends = sorted((dict(chosen).get("pet"), pages[-1], "kind" in pages) for pages, chosen in found)
    assert ends == [
        (OTHER, "check_answers", False),
        ("no", "no_pets", False),
        ("yes", "check_answers", False),
        ("yes", "check_answers", True),
    ]


@given(
    st.sampled_from(["yes", "no", "unknown"]),
    st.sampled_from(["cat", "dog"]),
    st.booleans(),
)
def test_whatever_is_answered_the_path_was_rehearsed(pet: str, kind: str, known: bool) -> None:
    answers = {
        "name": Answer({"name": "Zoë"}),
        "born": Answer({}),
        "pet": Answer({"pet": pet}, "Zoë"),
        "kind": Answer({"kind": kind}),
    }
    walk = Walk(journey(), answers, SmallWorld({"kinds_known"} if known else set()))
    assert walk.names in {route.pages for route in routes(journey())}


def test_the_diagram_has_every_page_and_every_step() -> None:
    text = draw(journey())
    assert text.startswith("flowchart TD\n")
    for page in journey().pages:
        assert f"    {page.name}" in text
    for left, right in edges(journey()):
        assert f"{left} --" in text and right in text
    assert "pet -.-> help" in text
    assert "{" not in text.replace("‹", ""), "braces break a Mermaid label"


def test_conditions_combine_and_read_aloud() -> None:
    yes, sunny = chose("pet", "yes"), fact("sunny")
    for said, truth in itertools.product(("yes", "no"), (True, False)):
        answers = Supposed({"pet": said}, {"sunny": truth})
        assert (yes & sunny).holds(answers) == (said == "yes" and truth)
        assert (yes | sunny).holds(answers) == (said == "yes" or truth)
        assert (~yes).holds(answers) == (said != "yes")
    assert str((yes | sunny) & ~sunny) == "(pet = yes or sunny) and not sunny"
    assert [str(atom) for atom in (yes & ~sunny).atoms()] == ["pet = yes", "sunny"]


@given(st.text(), st.text())
def test_a_filled_value_is_never_scanned_again(before: str, value: str) -> None:
    text = before.replace("{", "").replace("}", "") + "{name’s}"
    assert fill(text, {"name’s": value}) == text.removesuffix("{name’s}") + value
    assert placeholders(text) == {"name’s"}
