"""Our macros give the HTML that GOV.UK Frontend gives, wherever they offer the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import Environment, PackageLoader, PrefixLoader

from app.web.journeys.page import BlockView, FieldView, OptionView, SummaryRow
from app.web.render import Link, Notice
from tests.support.document import Document
from tests.support.upstream import Case, Given, NotOffered, cases, tree
from tests.support.upstream_adapters import macro
from tests.support.upstream_pieces import ADAPTERS

CASES = [pytest.param(case, id=f"{case.component}: {case.name}") for name in ADAPTERS for case in cases(name)]


@pytest.mark.parametrize("component", ADAPTERS)
def test_every_upstream_case_that_a_macro_offers_gives_the_same_html(component: str) -> None:
    adapter, expected = ADAPTERS[component]
    held = []
    for case in cases(component):
        try:
            ours = adapter(Given(case.options))
        except NotOffered:
            continue
        assert tree(ours) == tree(case.html), f"{component}: {case.name}"
        held.append(case.name)
    print(f"{component}: {len(held)} of {len(cases(component))} upstream cases held")
    assert len(held) == expected, held
