"""Pages: a template, the dataclass it prints, and the text round it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g
from jinja2 import BaseLoader, ChoiceLoader, PackageLoader, PrefixLoader

from app.web.asset_files import asset_url
from app.web.filters import FILTERS
from app.web.form_tokens import form_token
from app.web.layout import SERVICE_NAME, TABS, Frame, Layout, LayoutKind, make_layout
from app.web.quick_templates import QuickContext, QuickTemplate

_LAYOUTS = "layouts"
# The tabs that somebody who works in an office keeps on the pages for everybody, by the kind of person.
OFFICE_TABS = {"lead_provider": "provider", "dfe": "finance"}


@dataclass(frozen=True, slots=True)
class Link:
    """Text and where it leads."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification banner above the h1. `kind` is “important”, or “success” for the green one."""

    title: str
    text: str
    links: tuple[Link, ...] = ()
    kind: str = "important"


@dataclass(frozen=True, slots=True)
class PageError:
    """One line of the error summary: the inline message’s own words and its control (“#email”)."""

    text: str
    href: str


def render(template: str, page: object, status: int = 200) -> Response:
    """Print a page. `page` is the template’s dataclass, in the template as `page`.

    Every page has a `title` (the words of its h1). It may have `errors`, `notices`, `back` (an address), `tabs`
    (a key of layout.TABS, “school” when not given) and `tab` (the slug of the tab it belongs to). The tabs of a
    school need `g.school`; without one the page gets those of a visitor.
    Somebody of a lead provider or of DfE keeps their own tabs on the pages for everybody.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    html = app.jinja_env.get_template(template).render(page=page, frame=_frame(app, page))
    return Response(html, status, mimetype="text/html")


def warm(app: Flask) -> None:
    """Wire Jinja (loader, filters, globals), and compile every template and layout before the first request.

    Call once from the factory, with `app.config["SETTINGS"]` in place. A template that can’t be compiled stops
    the start instead of one page.
    """
    env = app.jinja_env
    env.auto_reload = False
    env.template_class = QuickTemplate
    env.context_class = QuickContext
    # Without the order of use that Jinja’s own cache keeps: the templates are ours, and few.
    env.cache = {}
    env.loader = _loader(app)
    env.filters.update(FILTERS)
    env.globals.update(asset=asset_url, csrf_token=form_token, service_name=SERVICE_NAME)
    app.extensions[_LAYOUTS] = {}
    for name in app.jinja_loader.list_templates():  # type: ignore[union-attr]
        env.get_template(name)
    for tabs, listed in TABS.items():
        for tab in ("", *(each.slug for each in listed)):
            for signed_in in (True, False):
                _layout(app, tabs, tab, signed_in)


def _loader(app: Flask) -> BaseLoader:
    upstream = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return ChoiceLoader([app.jinja_loader or BaseLoader(), upstream])


def _layout(app: Flask, tabs: str, tab: str, signed_in: bool) -> Layout:
    made: dict[tuple[str, str, bool], Layout] = app.extensions[_LAYOUTS]
    layout = made.get((tabs, tab, signed_in))
    if layout is None:
        settings = app.config["SETTINGS"]
        kind = LayoutKind(
            tabs, tab, signed_in, settings.brand, settings.support_email, settings.session_idle_minutes * 60
        )
        layout = made[tabs, tab, signed_in] = make_layout(app.jinja_env, kind)
    return layout


def _frame(app: Flask, page: Any) -> Frame:
    request = g._get_current_object()
    school = request.get("school")
    signed_in = request.get("person") is not None
    tabs = getattr(page, "tabs", "school")
    if tabs == "school" and school is None:
        tabs = "none"
    if tabs == "none" and signed_in:
        tabs = OFFICE_TABS.get(request.person.kind, tabs)
    values = {"nonce": request.get("csp_nonce", "")}
    if signed_in:
        values["csrf"] = form_token()
    if tabs == "school":
        values["urn"], values["whose"] = str(school.urn), school.name
    if tabs == "provider":
        values["whose"] = request.person.lead_provider_name or ""
    layout = _layout(app, tabs, getattr(page, "tab", ""), signed_in)
    return layout.filled(_title(page, app.config["SETTINGS"].brand), values)


def _title(page: Any, brand: str) -> str:
    """“Error: h1 – service – GOV.UK”; the first only on a page with errors, the last only with that brand."""
    error = "Error: " if getattr(page, "errors", ()) else ""
    return f"{error}{page.title} – {SERVICE_NAME}{' – GOV.UK' if brand == 'govuk' else ''}"
