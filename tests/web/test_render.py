"""The text round every page, and the pages of journeys as the inspector sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, g
from flask_wtf import CSRFProtect
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, Template, TemplateSyntaxError
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.config import Config
from app.web.layout import LayoutKind, make_layout
from app.web.quick_templates import QuickContext, QuickTemplate, escaped
from app.web.render import render, warm
from tests.support import sample_pages
from tests.support.document import Document, text_of
from tests.support.inspector import problems_of
from tests.support.pages import Visit
from tests.support.tree import ROOT

TOKEN = 'name="csrf_token" value="[^"]+"'
SCHOOL = SimpleNamespace(urn="900101", name="St Oswin’s <Primary>")
KIND = LayoutKind("none", "", signed_in=False, brand="plain", support_email="help@example.com")


@dataclass(frozen=True, slots=True)
class Bare:
    """The least that a page may be."""

    title: str = "Cookies & you"
    tabs: str = "school"
    tab: str = ""
    errors: tuple[Any, ...] = ()


def make(brand: str = "plain") -> Flask:
    app = Flask("app", static_folder=None, root_path=str(ROOT / "app"))
    app.config.update(
        SECRET_KEY="test", SETTINGS=Config(environment="test", brand=brand, support_email="help@example.com")
    )
    CSRFProtect(app)
    warm(app)
    return app


APPS = {brand: make(brand) for brand in ("plain", "govuk")}


@pytest.fixture(params=["plain", "govuk"])
def brand(request: pytest.FixtureRequest) -> Iterator[str]:
    with visiting(request.param):
        yield request.param


def visiting(brand: str = "plain") -> Any:
    return APPS[brand].test_request_context("/")


def sign_in(*, school: Any = SCHOOL) -> None:
    g.person, g.csp_nonce = SimpleNamespace(name="Kim Okafor", kind="school"), "n1"
    if school is not None:
        g.school = school


def printed(page: Any, template: str = "journeys/stop.html", status: int = 200) -> Document:
    response = render(template, page, status)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    return Document(response.get_data(as_text=True))


@pytest.mark.parametrize("name", sample_pages.PAGES)
def test_the_inspector_finds_nothing_wrong_with_a_page_of_any_kind(brand: str, name: str) -> None:
    template, page, status = sample_pages.PAGES[name]
    sign_in()
    html = printed(page, template, status).html
    visit = Visit(
        "/registrations/abc/page",
        status,
        {"content-security-policy": "script-src 'nonce-n1'"},
        brand,
        data=frozenset({SCHOOL.name, *sample_pages.PARTNERS}),
    )
    assert problems_of(html, visit) == ()


def test_the_title_is_the_heading_the_service_and_with_the_brand_gov_uk(brand: str) -> None:
    end = " – GOV.UK" if brand == "govuk" else ""
    assert printed(Bare()).title == f"Cookies & you – Register early career teachers{end}"


def test_the_title_of_a_page_with_errors_says_so_first() -> None:
    with visiting():
        page = replace(sample_pages.STOP, errors=sample_pages.QUESTION.errors)
        assert printed(page).title.startswith("Error: We cannot find TRN 1234567 – ")


def test_without_the_brand_there_is_no_crown_no_logo_and_no_gds_font(brand: str) -> None:
    page = printed(Bare())
    sheets = " ".join(str(link.get("href")) for link in page.all("link"))
    branded = brand == "govuk"
    assert ('aria-label="GOV.UK"' in page.html, "Crown copyright" in page.html) == (branded, branded)
    assert ("govuk-frontend-plain.min.css" in sheets) is not branded
    assert ("favicon" in sheets) is branded


def test_the_tabs_of_a_school_lead_to_that_school() -> None:
    with visiting():
        sign_in()
        page = printed(Bare(tab="partnerships"))
        links = {text_of(a): a.get("href") for a in page.all("a", cls="govuk-service-navigation__link")}
        current = [text_of(a) for a in page.all("a") if a.get("aria-current")]
    assert links == {
        "Your ECTs": "/schools/900101/ects",
        "Your mentors": "/schools/900101/mentors",
        "Partnerships": "/schools/900101/partnerships",
        "Who does what": "/guidance/who-does-what",
    }
    assert current == ["Partnerships"]
    assert "School: St Oswin’s <Primary>" in text_of(page.body)


def test_someone_without_a_school_gets_a_visitor_s_tabs() -> None:
    with visiting():
        sign_in(school=None)
        page = printed(Bare())
    assert [text_of(a) for a in page.all("a", cls="govuk-service-navigation__link")] == ["Who does what"]
    assert page.one(cls="app-whose") is None


@pytest.mark.parametrize(("tabs", "texts"), [("round-1", []), ("round-2", ["Your ECTs", "Your mentors"])])
def test_a_round_keeps_the_tabs_it_was_tested_with(tabs: str, texts: list[str]) -> None:
    with visiting():
        page = printed(Bare(tabs=tabs))
        assert [text_of(a) for a in page.all("a", cls="govuk-service-navigation__link")] == texts


def test_sign_out_is_a_form_with_a_token_and_only_for_people_signed_in(brand: str) -> None:
    assert not printed(Bare()).all("form")
    sign_in()
    (form,) = printed(Bare()).all("form")
    assert (form.get("method"), form.get("action")) == ("post", "/sign-out")
    assert [field.get("name") for field in form.iter("input") if field.get("value")] == ["csrf_token"]


def test_a_visitor_s_page_makes_no_token_and_so_no_session() -> None:
    with visiting():
        printed(Bare())
        assert "csrf_token" not in g


def test_the_inline_script_carries_the_nonce_of_the_request(brand: str) -> None:
    g.csp_nonce = "only-this-time"
    inline = [script for script in printed(Bare()).all("script") if script.text]
    assert [script.get("nonce") for script in inline] == ["only-this-time"]


def test_help_and_the_footer_s_links_stand_on_every_page(brand: str) -> None:
    page = printed(Bare())
    footer = page.one("footer")
    assert footer is not None
    links = {text_of(a): a.get("href") for a in page.all("a", within=footer)}
    assert links["help@example.com"] == "mailto:help@example.com"
    assert {"/accessibility", "/cookies", "/privacy", "/guidance/who-does-what"} <= set(links.values())


def test_a_page_without_a_back_address_has_no_back_link() -> None:
    with visiting():
        assert printed(sample_pages.DONE, "journeys/done.html").one(cls="govuk-back-link") is None
        back = printed(sample_pages.CHECK, "journeys/check_answers.html").one(cls="govuk-back-link")
        assert back is not None
        assert back.get("href") == sample_pages.BACK


def test_the_error_summary_comes_first_in_main_then_notices_then_the_heading() -> None:
    with visiting():
        page = printed(sample_pages.QUESTION, "journeys/question.html", 422)
    names = ("govuk-error-summary", "govuk-notification-banner", "govuk-notification-banner")
    marked = [e.get("class", "").split()[0] for e in page.elements if e.get("class", "").startswith(names)]
    assert marked[0] == "govuk-error-summary"
    assert page.elements.index(page.all("h1")[0]) > page.elements.index(
        page.all(cls="govuk-notification-banner")[-1]
    )


def test_a_journey_s_form_sends_the_version_it_saw_and_whether_it_changes_an_answer() -> None:
    with visiting():
        page = printed(sample_pages.QUESTION, "journeys/question.html", 422)
    (form,) = page.all("form")
    hidden = {e.get("name"): e.get("value") for e in form.iter("input") if e.get("type") == "hidden"}
    assert (hidden["version"], hidden["changing"]) == ("7", "yes")
    assert hidden["csrf_token"]
    assert form.get("novalidate") is not None


def test_the_ways_out_are_buttons_after_the_main_one() -> None:
    with visiting():
        page = printed(sample_pages.SEVERAL, "journeys/question.html", 422)
    buttons = [(text_of(b), b.get("name"), b.get("value")) for b in page.all("button", within=page.main)]
    assert buttons == [("Continue", None, None), ("I do not know", "way_out", "unknown")]


def test_no_mark_is_left_in_a_page(brand: str) -> None:
    sign_in()
    assert not {"\ue000", "\ue001"} & set(printed(Bare()).html)


def test_a_layout_without_all_its_slots_is_refused() -> None:
    env = Environment(
        loader=DictLoader({"layout.html": "{{ mark('title') }}{{ mark('main') }}"}), autoescape=True
    )
    with pytest.raises(ValueError, match="slots"):
        make_layout(env, KIND)


def test_a_value_that_the_layout_asks_for_and_is_not_given_is_an_error() -> None:
    template = (
        "{{ mark('title') }}{{ mark('head') }}{{ mark('urn') }}{{ mark('before_main') }}{{ mark('main') }}"
    )
    layout = make_layout(Environment(loader=DictLoader({"layout.html": template}), autoescape=True), KIND)
    with pytest.raises(KeyError, match="urn"):
        layout.filled("Title", {})


def test_a_template_that_cannot_be_compiled_stops_the_start() -> None:
    app = Flask("app", static_folder=None, root_path=str(ROOT / "app"))
    app.config["SETTINGS"] = Config(environment="test")
    app.jinja_loader = DictLoader({"broken.html": "{% if %}"})
    with pytest.raises(TemplateSyntaxError):
        warm(app)


def test_an_imported_macro_file_runs_once() -> None:
    parts = APPS["plain"].jinja_env.get_template("fields/parts.html")
    assert isinstance(parts, QuickTemplate)
    assert parts._get_default_module() is parts._get_default_module()


@pytest.mark.parametrize("name", sample_pages.PAGES)
def test_a_page_is_what_jinja_s_own_templates_print(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    template, page, status = sample_pages.PAGES[name]
    with visiting():
        quick = printed(page, template, status).html
        monkeypatch.setattr("app.web.render.QuickTemplate", Template)
        monkeypatch.setattr("app.web.render.QuickContext", Context)
        with make().test_request_context("/"):
            slow = printed(page, template, status).html
    assert re.sub(TOKEN, "", quick) == re.sub(TOKEN, "", slow)


CALLS = (
    "{{ m('<1>') }}",
    "{{ m('<1>', b='<2>') }}",
    "{{ m(b='<2>') }}",
    "{{ m() }}",
    "{{ m(1, 2, 3) }}",
    "{{ m(1, c=3) }}",
    "{% call boxed('<1>') %}<b>{{ x }}</b>{% endcall %}",
    "{{ boxed(1) }}",
    "{{ many(1, 2, c=3) }}",
    "{{ x.upper() }}",
    "{% for each in [1, 2] %}{{ m(each) }}{% endfor %}",
    "{{ missing(1) }}",
)
MACROS = (
    "{% macro m(a, b='&') %}<i>{{ a }}{{ b }}</i>{% endmacro %}"
    "{% macro boxed(a) %}[{{ a }}{{ caller() }}]{% endmacro %}"
    "{% macro many(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}"
)


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("call", CALLS)
def test_a_macro_is_called_as_jinja_calls_it(call: str, autoescape: bool) -> None:
    said = []
    for kind in (Context, QuickContext):
        env = Environment(autoescape=autoescape)
        env.context_class = kind
        try:
            said.append(env.from_string(MACROS + call).render(x="<x>"))
        except Exception as error:
            said.append(f"{type(error)} {error}")
    assert said[0] == said[1]


@given(
    st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none(), st.floats(), st.lists(st.text()))
)
def test_whatever_is_printed_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == escape(value)
