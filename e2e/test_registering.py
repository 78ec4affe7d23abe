"""A tutor registers an ECT, end to end: with scripts, without, by keyboard, in two tabs, twice at once."""

from __future__ import annotations

import pytest

from e2e.support import ahead, case_one
from e2e.support.case_one import ECTS, REGISTER, REGISTERED
from e2e.support.keyboard import Keyboard
from e2e.support.site import Site
from e2e.support.visitor import Visitor, Visitors
from tests.support import acceptance

CHANGED = "Your answers have changed"


def row(visitor: Visitor, label: str) -> str:
    """The value of a row of a summary list."""
    found = visitor.page.locator(f"dt:text-is('{label}') + dd").first.inner_text()
    return found.splitlines()[0].strip()


@pytest.mark.parametrize(
    ("site", "scripts"), [("sqlite", "on"), ("sqlite", "off"), ("postgresql", "on")], indirect=["site"]
)
def test_case_1_with_and_without_javascript(site: Site, visitors: Visitors, scripts: str) -> None:
    visitor = visitors(scripts=scripts)
    case_one.to_check_answers(visitor)
    assert row(visitor, "Delivery partner") == "Alder Teaching School Hub"
    assert row(visitor, "Lead provider") == "Northstar"
    visitor.send(REGISTER)
    assert visitor.heading == REGISTERED
    case_one.stored_once(site)


def test_case_1_by_keyboard_alone(site: Site, visitors: Visitors) -> None:
    visitor = visitors()
    visitor.go("/sign-in")
    keys = Keyboard(visitor)
    keys.skip()
    keys.to(f"button[value='{acceptance.OAKFIELD_TUTOR}']")
    with visitor.page.expect_navigation():
        keys.press("Enter")
    keys.send()
    keys.send("Space")
    keys.write("#trn", acceptance.AOIFE_TRN)
    for part, text in (("day", "27"), ("month", "3"), ("year", "2001")):
        keys.write(f"#date_of_birth-{part}", text)
    with visitor.page.expect_navigation():
        keys.press("Enter")
    keys.skip()
    keys.choose("#check_details")
    keys.send()
    keys.write("#email", "aoife@example.com")
    keys.send()
    for part, text in (("day", "1"), ("month", "9"), ("year", "2025")):
        keys.write(f"#start_date-{part}", text)
    keys.send()
    keys.choose("#working_pattern", "Space", "ArrowDown", "ArrowUp")
    keys.send()
    visitor.page.locator("input#appropriate_body").wait_for()
    keys.write("#appropriate_body", "alder")
    keys.press("ArrowDown", "Enter")
    assert visitor.page.locator("input#appropriate_body").input_value() == "Alder Teaching School Hub"
    keys.send()
    keys.choose("#programme")
    keys.send()
    keys.choose("#lead_provider", "Space", "ArrowDown")
    keys.send()
    keys.choose("#same_organisation")
    keys.send()
    assert row(visitor, "Delivery partner") == "Alder Teaching School Hub"
    keys.send()
    assert visitor.heading == REGISTERED
    case_one.stored_once(site)


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_change_leads_back_in_one_step_unless_new_questions_come_first(
    visitors: Visitors, scripts: str
) -> None:
    visitor = visitors(scripts=scripts)
    ahead.to(visitor, "check_answers")
    visitor.follow("Change working pattern")
    assert visitor.page.get_by_role("radio", name="Full time").is_checked()
    case_one.pick(visitor, "Part time")
    assert visitor.path.endswith("/check-answers")
    assert row(visitor, "Working pattern") == "Part time"
    visitor.follow("Change lead provider")
    case_one.pick(visitor, "Teach Forward")
    assert visitor.heading == "Which delivery partner will run Aoife O'Brien’s training?"
    assert (
        "Choose a delivery partner again" in visitor.page.locator(".govuk-notification-banner").inner_text()
    )
    case_one.pick(visitor, "Five Rivers North")
    assert visitor.path.endswith("/check-answers")
    assert (row(visitor, "Lead provider"), row(visitor, "Delivery partner")) == (
        "Teach Forward",
        "Five Rivers North",
    )


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_back_links_go_to_the_start_and_restore_all_but_the_date_of_birth(
    visitors: Visitors, scripts: str
) -> None:
    visitor = visitors(scripts=scripts)
    ahead.to(visitor, "check_answers")
    seen = []
    while not visitor.path.endswith("/find-ect"):
        visitor.page.locator("a.govuk-back-link").click()
        visitor.page.wait_for_load_state()
        seen.append(visitor.path.rsplit("/", 1)[1])
        checked = visitor.page.locator("main input:checked, main option[selected]").count()
        typed = visitor.page.locator("main input[type=text][value]:not([value=''])").count()
        assert checked or typed, f"{visitor.path} has forgotten its answer"
    assert seen[0] == "same-organisation"
    assert visitor.page.get_by_label("Teacher reference number (TRN)").input_value() == acceptance.AOIFE_TRN
    assert [
        visitor.page.get_by_label(part, exact=True).input_value() for part in ("Day", "Month", "Year")
    ] == [
        "",
        "",
        "",
    ]
    assert acceptance.AOIFE_TRN not in visitor.page.url


def test_the_back_button_after_the_confirmation_says_that_it_is_done(site: Site, visitor: Visitor) -> None:
    ahead.to(visitor, "check_answers")
    visitor.send(REGISTER)
    visitor.page.go_back()
    assert visitor.heading == "You have already registered Aoife O'Brien"
    visitor.look()
    visitor.page.go_forward()
    visitor.page.reload()
    assert visitor.heading == REGISTERED
    case_one.stored_once(site)


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_a_double_click_registers_once(site: Site, visitors: Visitors, scripts: str) -> None:
    visitor = visitors(scripts=scripts)
    ahead.to(visitor, "check_answers")
    visitor.page.get_by_role("button", name=REGISTER).dblclick()
    visitor.page.wait_for_url("**/confirmation")
    assert visitor.heading == REGISTERED
    case_one.stored_once(site)


def test_a_stale_tab_of_the_same_registration_is_told_so_and_sends_nothing(
    site: Site, visitor: Visitor
) -> None:
    ahead.to(visitor, "check_answers")
    other = visitor.tab()
    other.go(visitor.path)
    other.follow("Change working pattern")
    case_one.pick(other, "Part time")
    visitor.send(REGISTER)
    assert visitor.path.endswith("/check-answers")
    assert CHANGED in visitor.page.locator(".govuk-notification-banner").inner_text()
    assert row(visitor, "Working pattern") == "Part time"
    visitor.look()
    visitor.send(REGISTER)
    case_one.stored_once(site)


def test_two_teachers_in_two_tabs_never_mix(visitor: Visitor) -> None:
    case_one.begin(visitor)
    other = visitor.tab()
    case_one.another(other)
    case_one.about_the_teacher(visitor)
    case_one.about_the_teacher(other, acceptance.ZOE_TRN, "zoe@example.com")
    case_one.about_the_training(visitor)
    case_one.about_the_training(other)
    assert (row(visitor, "Name"), row(visitor, "Email address")) == ("Aoife O'Brien", "aoife@example.com")
    assert (row(other, "Name"), row(other, "Email address")) == ("Zoë D'Arcy-N'Diaye", "zoe@example.com")


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_a_registration_that_is_not_finished_is_continued_or_deleted(
    visitors: Visitors, scripts: str
) -> None:
    visitor = visitors(scripts=scripts)
    ahead.to(visitor, "email")
    left_at = visitor.path
    visitor.go(ECTS)
    visitor.follow("Continue registering Aoife O'Brien")
    assert visitor.path == left_at
    visitor.go(ECTS)
    visitor.follow("Delete the registration of Aoife O'Brien")
    assert visitor.heading == "Are you sure you want to delete the registration for Aoife O'Brien?"
    visitor.look()
    visitor.follow("No, keep it")
    visitor.follow("Delete the registration of Aoife O'Brien")
    visitor.send("Yes, delete this registration")
    assert visitor.path == ECTS
    assert "Registrations you have not finished" not in visitor.page.locator("main").inner_text()
    gone = visitor.go(left_at)
    assert gone is not None and gone.status == 410
    assert visitor.heading == "We have deleted these answers"
    visitor.look()
