"""The inspector catches what it says it catches: each rule is shown a page that breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.good_page import GOOD_PAGE, VISIT
from tests.support.inspector import (
    PAGE_RULES,
    BadPage,
    cookie_problems,
    header_problems,
    inspect,
    problems_of,
)
from tests.support.pages import Visit

SUMMARY = GOOD_PAGE[GOOD_PAGE.index('<div class="govuk-error-summary"') : GOOD_PAGE.index("<form")]
ERRORS = GOOD_PAGE[GOOD_PAGE.index("<li>") : GOOD_PAGE.index("</ul>")]
WORDS = "Plans the training</td>"
LINK = "</main>"

BROKEN: tuple[tuple[str, str, str], ...] = (
    ("is_valid_html", "<p>Words</p>", "<p>Words</div>"),
    ("is_valid_html", "<!DOCTYPE html>\n", ""),
    ("is_valid_html", "<table>", "<table><p>Not in a table</p>"),
    ("has_language_and_viewport", ' lang="en"', ""),
    ("has_language_and_viewport", "initial-scale=1", "initial-scale=1, user-scalable=no"),
    ("has_one_h1", "<h2>There is a problem</h2>", "<h1>There is a problem</h1>"),
    ("has_one_h1", "<h1>Which lead provider?</h1>", "Which lead provider?"),
    ("has_matching_title", "<title>Error: ", "<title>"),
    ("has_matching_title", "Which lead provider? –", "Which one? –"),
    ("has_matching_title", " – Register early", " - Register early"),
    ("has_matching_title", "teachers</title>", "teachers – GOV.UK</title>"),
    ("starts_with_skip_link", 'class="govuk-skip-link"', ""),
    ("starts_with_skip_link", '<main id="main-content">', "<main>"),
    ("has_one_main", "</main>", "</main><main></main>"),
    ("has_unique_ids", 'id="lead_provider-2"', 'id="lead_provider"'),
    ("has_footer", '<a href="/cookies">Cookies</a>', ""),
    ("has_no_inline_code", "<table>", '<table style="width: 9em">'),
    ("has_no_inline_code", "<table>", '<table onclick="go()">'),
    ("has_no_inline_code", "</head>", "<style>p { color: red }</style></head>"),
    ("has_no_inline_code", 'src="/static/site.js" nonce="n1"', 'src="/elsewhere/site.js"'),
    ("has_no_inline_code", '<script nonce="n1">', "<script>"),
    ("has_no_inline_code", '<script nonce="n1">', '<script nonce="n0">'),
    ("has_no_inline_code", LINK, '<a href="javascript:go()">Go</a></main>'),
    ("loads_nothing_from_elsewhere", 'src="/static/picture.png"', 'src="https://example.com/picture.png"'),
    ("loads_nothing_from_elsewhere", 'href="/static/site.css"', 'href="//example.com/site.css"'),
    ("has_named_links", LINK, '<a href="/a"></a></main>'),
    ("has_named_links", LINK, '<a href="/a">Change</a> <a href="/b">Change</a></main>'),
    ("has_named_links", ' alt=""', ""),
    ("has_back_link_in_place", '<a href="/registrations/abc/programme" class="govuk-back-link">Back</a>', ""),
    ("has_back_link_in_place", "/registrations/abc/programme", "#"),
    ("has_back_link_in_place", LINK, '<a href="/back" class="govuk-back-link">Back</a></main>'),
    ("has_back_link_in_place", "<footer>", '<a href="/back" class="govuk-back-link">Back</a><footer>'),
    ("has_back_link_in_place", "<main ", '<nav class="govuk-breadcrumbs">Home</nav><main '),
    ("has_described_tables", "<caption>3 jobs</caption>", ""),
    ("has_described_tables", '<th scope="row">', "<th>"),
    ("hides_nothing_twice", "<p>Words</p>", "<details><summary>Even more</summary></details>"),
    ("hides_nothing_twice", 'id="lead_provider-2"', 'id="lead_provider-2" data-aria-controls="more"'),
    ("leaves_no_list_empty", LINK, "<h2>About the mentor</h2><dl></dl></main>"),
    ("has_existing_targets", 'aria-describedby="started-error"', 'aria-describedby="nowhere"'),
    ("has_existing_targets", 'for="lead_provider-2"', 'for="nowhere"'),
    ("has_existing_targets", "<table>", '<table aria-labelledby="nowhere">'),
    ("has_named_fields", '<label for="started-day">Day</label>', ""),
    ("has_named_fields", ">Continue<", "><"),
    ("has_named_fields", "legend>", "div>"),
    ("leaves_judging_to_the_server", " novalidate", ""),
    ("leaves_judging_to_the_server", 'id="started-day"', 'id="started-day" required'),
    ("leaves_judging_to_the_server", 'id="started-day"', 'id="started-day" pattern="[0-9]*"'),
    ("has_csrf_token", 'name="csrf_token"', 'name="token"'),
    ("has_csrf_token", 'value="token"', 'value=""'),
    ("has_one_main_button", "</form>", '<button class="govuk-button">Go</button></form>'),
    ("has_one_main_button", ' data-prevent-double-click="true"', ""),
    ("fills_in_own_details_only", 'id="started-day"', 'id="started-day" autocomplete="bday-day"'),
    ("has_plain_labels_and_hints", ">Day<", ">Day *<"),
    ("has_plain_labels_and_hints", "It plans the training<", 'It <a href="/a">plans</a> the training<'),
    ("has_plain_labels_and_hints", "It plans the training<", "It plans the training.<"),
    ("has_plain_labels_and_hints", 'id="started-day"', 'id="started-day" placeholder="27"'),
    ("has_summary_first", "<main id=", "<main data-a><p>Before</p></main><main id="),
    ("has_summary_first", SUMMARY, "<p>Before it</p>" + SUMMARY),
    ("has_summary_first", "There is a problem", "Oh no"),
    ("has_summary_first", 'data-module="govuk-error-summary"', ""),
    ("has_summary_first", ERRORS, ""),
    (
        "has_errors_that_agree",
        '<a href="#lead_provider">Select a lead',
        '<a href="#lead_provider">Choose a lead',
    ),
    ("has_errors_that_agree", 'href="#lead_provider"', 'href="#lead_provider-hint"'),
    ("has_errors_that_agree", 'href="#lead_provider"', 'href="#started-day"'),
    ("has_errors_that_agree", ' aria-describedby="started-error"', ""),
    ("has_errors_that_agree", ERRORS, "".join(reversed(ERRORS.splitlines()))),
    ("has_errors_that_agree", '<li><a href="#started-day">Enter a date</a></li>', ""),
    ("has_curly_quotes", WORDS, "Plans the ECT's training</td>"),
    ("has_curly_quotes", WORDS, 'Plans the "training"</td>'),
    ("has_curly_quotes", 'alt=""', 'alt="The ECT&#39;s training"'),
    ("has_kind_words", WORDS, "Please plan the training</td>"),
    ("has_kind_words", WORDS, "The training is invalid</td>"),
    ("has_school_words", WORDS, "Plans the cohort</td>"),
    ("has_school_words", WORDS, "This was challenged</td>"),
    ("has_school_words", WORDS, "N/A</td>"),
    ("shows_names_not_ids", WORDS, "00000002-0000-7000-8000-000000000001</td>"),
    ("fills_every_gap", WORDS, "Plans {name}’s training</td>"),
    ("fills_every_gap", WORDS, "Plans {LP}’s training</td>"),
)


def test_the_inspector_has_nothing_to_say_about_a_good_page() -> None:
    assert problems_of(GOOD_PAGE, VISIT) == ()


@pytest.mark.parametrize(("rule", "good", "bad"), BROKEN)
def test_each_rule_catches_a_page_that_breaks_it(rule: str, good: str, bad: str) -> None:
    assert good in GOOD_PAGE
    found = problems_of(GOOD_PAGE.replace(good, bad), VISIT)
    assert any(problem.startswith(f"{rule}: ") for problem in found), found


def test_every_rule_is_shown_a_page_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BROKEN} == {rule.__name__ for rule in PAGE_RULES}


def test_an_error_summary_needs_the_status_422() -> None:
    found = problems_of(GOOD_PAGE, replace(VISIT, status=200))
    assert found == ("has_summary_first: an error summary with status 200",)


def test_names_from_records_may_have_straight_quotes_but_our_words_may_not() -> None:
    found = problems_of(GOOD_PAGE, replace(VISIT, data=frozenset()))
    assert [problem.partition(":")[0] for problem in found] == ["has_curly_quotes"]


def test_a_round_keeps_its_words_its_placeholder_and_its_revealed_field() -> None:
    page = GOOD_PAGE.replace(WORDS, "Please plan the cohort's training</td>").replace(
        'id="started-day"', 'id="started-day" placeholder="Day" data-aria-controls="more"'
    )
    assert problems_of(page, VISIT)
    assert problems_of(page, replace(VISIT, path="/rounds/register-ect/round-1/abc/day")) == ()


def test_the_brand_goes_at_the_end_of_the_title() -> None:
    branded = GOOD_PAGE.replace("teachers</title>", "teachers – GOV.UK</title>")
    assert problems_of(branded, replace(VISIT, brand="govuk")) == ()
    assert problems_of(GOOD_PAGE, replace(VISIT, brand="govuk"))


def test_own_details_may_be_filled_in_by_the_browser() -> None:
    page = GOOD_PAGE.replace('id="started-day"', 'id="started-day" autocomplete="email"')
    assert problems_of(page, replace(VISIT, path="/account/email")) == ()


GOOD_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self' 'nonce-n1'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-robots-tag": "noindex",
    "cache-control": "no-store",
}


def test_good_headers_pass() -> None:
    assert list(header_problems(Visit("/", headers=GOOD_HEADERS))) == []


@pytest.mark.parametrize("name", GOOD_HEADERS)
def test_a_missing_header_is_caught(name: str) -> None:
    headers = {key: value for key, value in GOOD_HEADERS.items() if key != name}
    assert any(name in problem for problem in header_problems(Visit("/", headers=headers)))


@pytest.mark.parametrize(
    "part", ["default-src 'none'", "'nonce-n1'", "base-uri 'none'", "form-action 'self'"]
)
def test_a_policy_that_lacks_a_part_is_caught(part: str) -> None:
    policy = GOOD_HEADERS["content-security-policy"].replace(part, "")
    headers = {**GOOD_HEADERS, "content-security-policy": policy}
    assert list(header_problems(Visit("/", headers=headers)))


def test_a_loose_policy_is_caught() -> None:
    policy = GOOD_HEADERS["content-security-policy"] + "; style-src 'unsafe-inline'"
    headers = {**GOOD_HEADERS, "content-security-policy": policy}
    assert list(header_problems(Visit("/", headers=headers)))


def test_static_files_may_be_kept_by_browsers() -> None:
    headers = {**GOOD_HEADERS, "cache-control": "public, max-age=31536000, immutable"}
    assert list(header_problems(Visit("/static/site.css", headers=headers))) == []
    assert list(header_problems(Visit("/", headers=headers))) == ["cache-control is not no-store"]


@pytest.mark.parametrize(
    "cookie",
    [
        "seen=1; HttpOnly; Path=/; SameSite=Lax",
        "session=1; Path=/; SameSite=Lax",
        "session=1; HttpOnly; Path=/",
        "__Host-session=1; HttpOnly; Path=/; SameSite=Lax",
    ],
)
def test_a_loose_cookie_is_caught(cookie: str) -> None:
    assert list(cookie_problems([cookie]))


def test_the_session_cookie_passes() -> None:
    good = [
        "session=1; HttpOnly; Path=/; SameSite=Lax",
        "__Host-session=1; Secure; HttpOnly; Path=/; SameSite=Lax",
    ]
    assert list(cookie_problems(good)) == []


def test_inspect_raises_with_every_problem_named() -> None:
    headers = [*GOOD_HEADERS.items(), ("Content-Type", "text/html; charset=utf-8")]
    inspect(VISIT.path, 422, headers, GOOD_PAGE, data=VISIT.data)
    bad = GOOD_PAGE.replace(" novalidate", "").replace(' lang="en"', "")
    with pytest.raises(BadPage, match=r"has_language_and_viewport.*\n.*leaves_judging_to_the_server"):
        inspect(VISIT.path, 422, headers, bad, data=VISIT.data)


def test_a_redirect_is_not_a_page_but_its_headers_count() -> None:
    headers = [*GOOD_HEADERS.items(), ("Content-Type", "text/html")]
    inspect("/", 303, headers, "<p>Redirecting")
    with pytest.raises(BadPage, match="nosniff"):
        inspect("/", 303, [pair for pair in headers if pair[0] != "x-content-type-options"], "")
