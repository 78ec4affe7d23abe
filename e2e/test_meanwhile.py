"""Somebody else was first, between check answers and the last button: pages that only a race shows."""

from __future__ import annotations

import pytest

from e2e.support import ahead, case_one, held, worlds
from e2e.support.site import Site
from e2e.support.visitor import Visitor
from tests.support import acceptance


@pytest.mark.parametrize(
    ("school", "heading"),
    [
        (acceptance.OAKFIELD, "Aoife O'Brien is already registered"),
        (acceptance.HARROW_LANE, "Another school has just registered Aoife O'Brien"),
    ],
    ids=["a colleague", "another school"],
)
def test_a_registration_that_comes_second_ends_on_a_clean_page(
    site: Site, visitor: Visitor, school: str, heading: str
) -> None:
    ahead.to(visitor, "check_answers")
    site.write(worlds.registered_meanwhile(school))
    visitor.send(case_one.REGISTER)
    assert visitor.heading == heading
    held.title_of(visitor)
    held.has_one_way_back(visitor)
    held.at_each_width(visitor, (1280, 320), {})
