"""Our macros give the HTML that GOV.UK Frontend gives, wherever they offer the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.web.journeys.page import BlockView, FieldView, OptionView, SummaryRow
from app.web.render import Link, Notice
from tests.support import sample_pages
from tests.support.document import Document, text_of
from tests.support.upstream import Given, NotOffered, cases, tree
from tests.support.upstream_adapters import macro
from tests.support.upstream_pieces import ADAPTERS
from tests.support.upstream_renamed import wanted


@pytest.mark.parametrize("component", ADAPTERS)
def test_every_upstream_case_that_a_macro_offers_gives_the_same_html(
    component: str, record_property: Callable[[str, object], None]
) -> None:
    adapter, expected = ADAPTERS[component]
    held = []
    for case in cases(component):
        options, html = wanted(case)
        try:
            ours = adapter(Given(options))
        except NotOffered:
            continue
        assert tree(ours) == tree(html), f"{component}: {case.name}"
        held.append(case.name)
    record_property("held", f"{len(held)} of {len(cases(component))} upstream cases of {component}")
    assert len(held) == expected, held


def test_every_component_that_has_upstream_cases_kept_here_is_held() -> None:
    # An error message has no macro of its own: every field’s cases with an error hold it.
    assert cases("error-message")
    assert sum(expected for _, expected in ADAPTERS.values()) >= 178


def test_the_first_radio_has_the_field_s_name_as_its_id_so_that_an_error_can_link_to_it() -> None:
    page = Document(macro("fields/radios.radios")(sample_pages.PARTNER))
    ids = [radio.get("id") for radio in page.all("input")]
    assert ids == [f"delivery_partner{end}" for end in ("", "-2", "-3", "-5", "-6")]


def test_several_hints_of_one_option_stand_on_lines_of_their_own_and_are_one_description() -> None:
    page = Document(macro("fields/radios.radios")(sample_pages.PARTNER))
    described = page.by_id["delivery_partner-2"].get("aria-describedby")
    hint = page.by_id[str(described)]
    assert [text_of(line) for line in page.all("span", within=hint)] == list(
        sample_pages.PARTNER.options[1].hints
    )
    assert len(page.all("br", within=hint)) == 1


def test_names_from_records_stay_text_in_every_control() -> None:
    name = '<b>"Hub"</b> & Sons'
    option = OptionView("1", name, (name, name))
    for place, kind in (("radios.radios", "radios"), ("autocomplete.autocomplete", "autocomplete")):
        view = FieldView(kind, "body", name, hint=name, error=name, options=(option,), typed=name)
        page = Document(macro(f"fields/{place}")(view))
        assert not page.all("b")
        assert name in text_of(page.body)


def test_an_autocomplete_is_a_select_whose_first_option_chooses_nothing() -> None:
    page = Document(macro("fields/autocomplete.autocomplete")(sample_pages.BODY))
    select = page.by_id["appropriate_body"]
    assert select.tag == "select"
    assert [option.get("value") for option in page.all("option", within=select)] == ["", "0", "1", "2"]
    assert select.get("data-typed") == "Bramble Turst"
    assert select.get("aria-describedby") == "appropriate_body-hint"


def test_a_text_field_offers_suggestions_without_scripts() -> None:
    view = FieldView("text", "partner", "Partner", placeholder="Enter it", suggestions=("One", "Two"))
    page = Document(macro("fields/text.text")(view))
    field = page.by_id["partner"]
    assert field.get("placeholder") == "Enter it"
    offered = page.by_id[str(field.get("list"))]
    assert [option.get("value") for option in page.all("option", within=offered)] == ["One", "Two"]


@pytest.mark.parametrize("name", ["email", "national_insurance_number", "trn"])
def test_no_text_field_invites_the_browser_to_fill_in_someone_else_s_details(name: str) -> None:
    field = Document(macro("fields/text.text")(FieldView("text", name, "Label"))).by_id[name]
    assert field.get("autocomplete") is None
    assert field.get("required") is None


def test_only_the_part_of_a_date_at_fault_is_marked() -> None:
    page = Document(macro("fields/date.date")(sample_pages.START_DATE))
    assert [field.get("id") for field in page.all("input", cls="govuk-input--error")] == ["start_date-month"]
    assert [field.get("value") for field in page.all("input")] == ["1", None, "2025"]


def test_each_change_link_says_what_it_changes() -> None:
    rows = (SummaryRow("Email", "a@b.uk", (), "/x", "email address"), SummaryRow("TRN", "1", ("Checked",)))
    page = Document(macro("components/summary_list.summary_list")(rows))
    assert [text_of(link) for link in page.all("a")] == ["Change email address"]
    assert [text_of(note) for note in page.all(cls="app-note")] == ["Checked"]
    assert len(page.all(cls="govuk-summary-list__row--no-actions")) == 1


def test_two_notices_on_a_page_have_names_of_their_own() -> None:
    notice = macro("components/notification_banner.notice")
    page = Document(
        notice(Notice("One", "First.", (Link("Go", "/go"),)), 1)
        + notice(Notice("", "Two", kind="success"), 2)
    )
    banners = page.all(cls="govuk-notification-banner")
    assert [text_of(page.by_id[str(banner.get("aria-labelledby"))]) for banner in banners] == [
        "Important",
        "Success",
    ]
    assert [banner.get("role") for banner in banners] == ["region", "alert"]
    assert [text_of(h) for h in page.all(cls="govuk-notification-banner__heading")] == ["One", "Two"]


def test_the_short_comparison_is_the_table_that_the_table_macro_makes() -> None:
    page = Document(macro("components/comparison.comparison")("Zara Ali’s"))
    rows = [[text_of(cell) for cell in page.all("th", "td", within=row)] for row in page.all("tr")]
    again = macro("components/table.table")(
        "What each organisation does", rows[0], rows[1:], hide_caption=True
    )
    drawn = tree(macro("components/comparison.comparison")("Zara Ali’s"))[0][2]
    assert tree(again)[0] in drawn
    assert rows[1][1] == "Checks Zara Ali’s induction and decides if they pass. It usually bills your school."
    assert [link.get("href") for link in page.all("a")] == ["/guidance/who-does-what"]


def test_a_wide_table_scrolls_in_a_region_with_a_name_that_a_keyboard_reaches() -> None:
    page = Document(macro("components/table.scrolling")("The 3 jobs", caller=lambda: "table"))
    region = page.one("div", cls="app-scrolling")
    assert region is not None
    assert (region.get("role"), region.get("aria-label"), region.get("tabindex")) == (
        "region",
        "The 3 jobs",
        "0",
    )


@pytest.mark.parametrize("block", sample_pages.BLOCKS, ids=lambda block: block.kind)
def test_every_kind_of_block_prints_what_it_holds(block: BlockView) -> None:
    said = text_of(Document(macro("components/blocks.blocks")((block,))).body)
    inside = tuple(each.text for each in block.blocks)
    cells = tuple(cell for row in block.rows for cell in row)
    for words in (block.text, *block.items, *cells, *inside):
        assert words in said


def test_the_sample_pages_hold_every_kind_of_block_that_is_documented() -> None:
    documented = " ".join((BlockView.__doc__ or "").split())
    assert {block.kind for block in sample_pages.BLOCKS} <= set(documented.replace("(", " ").split())
    assert len({block.kind for block in sample_pages.BLOCKS}) == 11
