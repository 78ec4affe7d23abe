"""Contracts that every journey keeps; a new journey file is tested by these without being named here."""

from __future__ import annotations

import re

import pytest

from app.domain import names, needs
from app.domain.partnerships import CHALLENGE_REASONS
from app.engine.diagram import draw
from app.engine.problems import problems
from app.engine.reading import scenes
from app.engine.rehearsal import routes
from app.engine.vocabulary import Ask, Journey, Radios, address
from app.services.supply.about import KINDS
from app.services.supply.facts import FACTS
from app.services.supply.remarks import REMARKS
from app.services.supply.sources import SOURCES
from app.services.supply.subjects import SUBJECTS
from app.services.supply.words import WORDS
from app.web.journeys import NAMES, library
from journeys.questions.challenging import WHAT_IS_WRONG

JOURNEYS = tuple(library())
every_journey = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda j: f"{j.slug}/{j.variant}")


@every_journey
def test_the_journey_is_written_right(journey: Journey) -> None:
    assert problems(journey, NAMES) == ()


@every_journey
def test_every_page_is_on_a_route_and_some_route_reaches_check_answers(journey: Journey) -> None:
    found = list(routes(journey))
    met = {name for route in found for name in route.pages}
    expected = {page.name for page in journey.pages if not getattr(page, "aside_of", "")}
    assert met == expected
    assert any(route.ending == "check_answers" for route in found)


@every_journey
def test_it_can_be_drawn(journey: Journey) -> None:
    assert all(page.name in draw(journey) for page in journey.pages)


@every_journey
def test_addresses_of_pages_are_unique_and_plain(journey: Journey) -> None:
    addresses = [address(page.name) for page in journey.pages]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in addresses)
    assert not {"confirmation", "delete"} & set(addresses)


@every_journey
def test_live_words_use_curly_quotes_and_none_of_the_words_to_avoid(journey: Journey) -> None:
    if not journey.is_live:
        return
    said = [text for scene in scenes(journey) for text, _ in scene.texts(NAMES.details)]
    assert len(said) > 50
    for text in said:
        assert "'" not in text and '"' not in text, text
        avoided = (
            r"\b(please|sorry|valid|invalid|oops|cohort|pairing|participant|proposal|challenge|TBC|null)\b"
        )
        assert not re.search(avoided, text, re.IGNORECASE), text


@every_journey
def test_hints_are_one_sentence_without_a_full_stop(journey: Journey) -> None:
    if not journey.is_live:
        return
    for question in journey.questions():
        for field in question.fields:
            texts = [field.hint] if isinstance(field.hint, str) else [field.hint.then, field.hint.otherwise]
            assert not any(text.endswith(".") for text in texts), question.name


def test_headings_are_unique_within_a_live_journey() -> None:
    for journey in JOURNEYS:
        if journey.is_live:
            pages = [page for page in journey.pages if isinstance(page, Ask)]
            headings = [page.question.heading for page in pages]
            assert len(set(map(str, headings))) == len(headings)


def test_everything_a_journey_may_name_is_answered_and_nothing_else() -> None:
    assert set(KINDS) == set(names.Kind)
    assert set(FACTS) == set(names.Fact)
    assert set(REMARKS) == set(names.Remark)
    assert set(SOURCES) == set(names.Source)
    assert set(SUBJECTS) == set(names.Subject)
    assert set(WORDS) == set(needs.PLACEHOLDER_NEEDS)
    assert set(names.REASONS) == set(names.REASON_DETAILS) == set(names.Rule)
    assert set(needs.FACT_NEEDS) <= set(names.Fact)


def test_reasons_for_calling_a_partnership_wrong_read_as_their_table_says() -> None:
    (asked,) = WHAT_IS_WRONG.fields
    assert isinstance(asked, Radios)
    assert {choice.value: choice.label for choice in asked.choices} == CHALLENGE_REASONS
