"""The walk: what is on the path, what is heard, and where Back and Continue lead."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.engine.vocabulary import Ask, CheckAnswers
from app.engine.walk import Answer, Walk
from tests.engine.small import FULL, KIND, NAME, SmallWorld, journey, said


def test_a_walk_without_answers_stands_at_the_first_page() -> None:
    walk = Walk(journey(), {}, SmallWorld())
    assert walk.names == ("name",)
    assert walk.before(walk.frontier) is None
    assert not walk.complete


def test_a_walk_with_every_answer_ends_at_check_answers() -> None:
    walk = Walk(journey(), FULL, SmallWorld())
    assert walk.complete
    assert walk.names == ("name", "born", "pet", "kind", "check_answers")
    assert dict(walk.heard.values) == {"name": "Zoë", "pet": "yes", "kind": "cat"}


def test_an_answer_off_the_route_is_kept_but_not_heard() -> None:
    answers = {**FULL, "pet": said("Zoë", pet="unknown")}
    walk = Walk(journey(), answers, SmallWorld())
    assert walk.complete
    assert walk.heard.value("kind") is None
    assert walk.unheard("kind") == FULL["kind"]
    assert Walk(journey(), FULL, SmallWorld()).unheard("kind") is None


def test_a_stop_ends_the_path_and_leads_back_to_the_page_before() -> None:
    walk = Walk(journey(), {**FULL, "pet": said("Zoë", pet="no")}, SmallWorld())
    assert walk.frontier.name == "no_pets"
    before = walk.before(walk.frontier)
    assert before is not None and before.name == "pet"
    assert not walk.complete


def test_a_page_beside_the_route_may_be_seen_only_while_its_page_may() -> None:
    walk = Walk(journey(), FULL, SmallWorld())
    aside = walk.find("help")
    assert aside is not None
    before = walk.before(aside)
    assert before is not None and before.name == "pet"
    assert walk.heard_before(aside).value("name") == "Zoë"
    assert Walk(journey(), {}, SmallWorld()).find("help") is None


def test_an_answer_about_another_subject_is_not_heard_until_the_subject_is_back() -> None:
    renamed = {**FULL, "name": said(name="Ann")}
    assert Walk(journey(), renamed, SmallWorld()).frontier.name == "pet"
    assert Walk(journey(), {**renamed, "name": said(name="Zoë")}, SmallWorld()).complete


def test_an_answer_no_longer_offered_is_not_heard() -> None:
    assert Walk(journey(), FULL, SmallWorld(kinds=("dog",))).frontier.name == "kind"


def test_an_answer_counts_only_while_its_fact_holds() -> None:
    standing = journey(Ask(replace(NAME, counts_while="stands")), journey().pages[-1])
    assert Walk(standing, FULL, SmallWorld()).frontier.name == "name"
    assert Walk(standing, FULL, SmallWorld({"stands"})).complete


def test_an_answer_that_lacks_a_kept_value_is_not_heard_and_one_that_lacks_a_dropped_value_is() -> None:
    assert Walk(journey(), {**FULL, "name": Answer({})}, SmallWorld()).frontier.name == "name"
    assert Walk(journey(), {**FULL, "born": Answer({})}, SmallWorld()).complete


def test_continue_leads_to_the_next_page_and_when_changing_to_the_first_gap() -> None:
    walk = Walk(journey(), FULL, SmallWorld())
    assert walk.after("name", changing=False).name == "born"
    assert walk.after("name", changing=True).name == "check_answers"
    gap = Walk(journey(), {k: v for k, v in FULL.items() if k != "kind"}, SmallWorld())
    assert gap.after("name", changing=True).name == "kind"
    assert walk.after("not_here", changing=False).name == "check_answers"


@given(
    st.dictionaries(
        st.sampled_from(["name", "born", "pet", "kind", "no_pets", "other"]),
        st.builds(
            Answer,
            st.dictionaries(
                st.sampled_from(["name", "pet", "kind"]), st.sampled_from(["yes", "no", "cat", "Zoë", ""])
            ),
            st.sampled_from(["", "Zoë"]),
        ),
    ),
    st.sets(st.sampled_from(["kinds_known", "stands"])),
)
def test_any_answers_give_a_path_in_order_that_ends_once(answers: dict[str, Answer], facts: set[str]) -> None:
    world = SmallWorld(facts)
    walk = Walk(journey(), answers, world)
    order = [page.name for page in walk.journey.pages]
    places = [order.index(name) for name in walk.names]
    assert places == sorted(set(places))
    assert set(walk.heard.pages) <= set(walk.names[:-1]) | {walk.names[-1]}
    assert all(isinstance(page, Ask) for page in walk.path[:-1])
    assert walk.complete == isinstance(walk.frontier, CheckAnswers)
    again = Walk(journey(), {page: answers[page] for page in walk.heard.pages}, world)
    assert again.names == walk.names, "unheard answers must not bend the route"


def test_a_question_with_a_source_offers_nothing_that_is_not_in_it() -> None:
    one = journey(Ask(KIND), journey().pages[-1])
    assert not Walk(one, {"kind": said(kind="horse")}, SmallWorld()).complete
    assert Walk(one, {"kind": said(kind="dog")}, SmallWorld()).complete
