"""Every way to write a journey wrong is found at start-up, and named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine.conditions import chose, fact
from app.engine.library import Library, WrongJourneys, discover
from app.engine.problems import problems
from app.engine.vocabulary import (
    Ask,
    Autocomplete,
    Banner,
    CheckAnswers,
    Choice,
    Exemption,
    LinkTo,
    Para,
    Question,
    Radios,
    Row,
    Section,
    Stop,
    Text,
)
from tests.engine.small import BORN, CHECK, HELP, KIND, NAME, NAMES, NO_PETS, PET, journey


def test_the_small_journey_is_written_right() -> None:
    assert problems(journey(), NAMES) == ()


YES = Choice("yes", "Yes")
REVEALS = Choice("no", "No", reveals=Text(name="more", label="More", rule="name", errors={"blank": "Enter"}))
BAD = {
    "depends on “pet”, which is not asked before it": (Ask(NAME, when=chose("pet", "yes")), Ask(PET), CHECK),
    "depends on “pet” being “maybe”, which can’t be": (
        Ask(NAME),
        Ask(PET),
        Ask(KIND, when=chose("pet", "maybe")),
        CHECK,
    ),
    "unknown fact “sunny”": (Ask(NAME), Ask(KIND, when=fact("sunny")), CHECK),
    "fact “kinds_known” needs “pet” to be asked before": (
        Ask(NAME),
        Ask(KIND, when=fact("kinds_known")),
        CHECK,
    ),
    "{name} is used before “name” is known": (Ask(replace(PET, subject="")), Ask(NAME), CHECK),
    "unknown placeholder {town}": (Ask(replace(NAME, heading="Where is {town}?")), CHECK),
    "unknown source “birds”": (
        Ask(NAME),
        Ask(replace(KIND, fields=(Radios(name="kind", source="birds", errors={"blank": "Select"}),))),
        CHECK,
    ),
    "unknown rule “colour”": (
        Ask(replace(NAME, fields=(Text(name="name", rule="colour", errors={"blank": "Enter"}),))),
        CHECK,
    ),
    "“name” has no words for “blank”": (Ask(replace(NAME, fields=(Text(name="name", rule="name"),))), CHECK),
    "“kind” has no words for “not_in_list”": (
        Ask(NAME),
        Ask(replace(KIND, fields=(Autocomplete(name="kind", source="kinds", errors={"blank": "x"}),))),
        CHECK,
    ),
    "unknown subject “moon”": (Ask(NAME), Ask(replace(PET, subject="moon")), CHECK),
    "unknown action “sing”": (Ask(replace(NAME, action="sing")), CHECK),
    "unknown fact “never”": (Ask(replace(NAME, counts_while="never")), CHECK),
    "unknown place “moon”": (Ask(replace(NAME, after=(LinkTo("Go", place="moon"),))), CHECK),
    "unknown remark “odd”": (Ask(replace(NAME, banners=(Banner("A", "B", remark="odd"),))), CHECK),
    "links to “nowhere”": (Ask(replace(NAME, after=(LinkTo("Go", page="nowhere"),))), CHECK),
    "a link leads to one page or one place": (Ask(replace(NAME, after=(LinkTo("Go"),))), CHECK),
    "leads to “nowhere”": (
        Ask(NAME),
        replace(
            CHECK, sections=(Section(heading="", rows=(Row(label="", value="x", change=("nowhere",)),)),)
        ),
    ),
    "two pages have this name": (Ask(NAME), Ask(replace(BORN, name="name", heading="When?")), CHECK),
    "two fields have this name": (
        Ask(NAME),
        Ask(Question(name="again", heading="Again?", fields=NAME.fields)),
        CHECK,
    ),
    "must end with check answers": (Ask(NAME),),
    "no route leads to it": (
        Ask(NAME),
        Stop(name="end", heading="End"),
        Ask(replace(PET, subject="")),
        CHECK,
    ),
    "a live question has no conditional reveal": (
        Ask(NAME),
        Ask(replace(PET, fields=(Radios(name="pet", choices=(YES, REVEALS), errors={"blank": "x"}),))),
        CHECK,
    ),
    "a live question has no placeholder text": (
        Ask(
            replace(
                NAME, fields=(Text(name="name", rule="name", errors={"blank": "x"}, placeholder="Type here"),)
            )
        ),
        CHECK,
    ),
}


@pytest.mark.parametrize("problem", BAD)
def test_a_journey_written_wrong_is_refused_with_the_reason(problem: str) -> None:
    found = problems(journey(*BAD[problem]), NAMES)
    assert any(problem in line for line in found), found


def test_a_round_may_reveal_and_may_have_placeholder_text() -> None:
    pages = BAD["a live question has no conditional reveal"]
    assert problems(journey(*pages, variant="round-1"), NAMES) == ()


def test_an_unknown_outcome_and_a_live_exception_are_refused() -> None:
    odd = replace(journey(), outcome="fly", exceptions=(Exemption(selector="h1", reason="why"),))
    assert set(problems(odd, NAMES)) == {
        "unknown outcome “fly”",
        "a live journey has no accessibility exceptions",
    }


def test_texts_inside_blocks_banners_rows_and_errors_are_all_read() -> None:
    for place in (
        replace(NAME, before=(Para("{town}"),)),
        replace(NAME, banners=(Banner("{town}", "x", when=fact("stands")),)),
        replace(NAME, fields=(Text(name="name", rule="name", errors={"blank": "{town}"}),)),
    ):
        assert any("{town}" in line for line in problems(journey(Ask(place), CHECK), NAMES))
    rows = (Row(label="Town", value="{town}", notes=("{village}",)),)
    checked = CheckAnswers(heading="Check", sections=(Section(heading="All", rows=rows),))
    found = "\n".join(problems(journey(Ask(NAME), checked), NAMES))
    assert "{town}" in found and "{village}" in found


def test_the_library_names_every_problem_and_serves_by_slug_and_variant() -> None:
    with pytest.raises(WrongJourneys) as refused:
        Library([journey(Ask(NAME))], NAMES)
    assert "must end with check answers" in str(refused.value)
    with pytest.raises(WrongJourneys, match="two of them"):
        Library([journey(), journey()], NAMES)
    library = Library([journey(), journey(variant="round-1")], NAMES)
    assert library.get("pets") is not None and library.get("pets", "round-2") is None
    assert [each.variant for each in library.rounds()] == ["round-1"]


def test_discovery_finds_every_journey_below_a_package() -> None:
    import journeys

    found = {(each.slug, each.variant) for each in discover(journeys)}
    assert {("register-ect", "live"), ("register-ect", "round-1"), ("register-ect", "round-2")} <= found


def test_an_aside_and_a_stop_are_pages_like_others() -> None:
    assert problems(journey(Ask(NAME), Ask(PET), HELP, NO_PETS, CHECK), NAMES) == ()
