"""The same page made with govuk-frontend-jinja as it comes: its template and macros, on plain Jinja."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup

from app.web.asset_files import asset_url
from app.web.journeys.page import QuestionPage, StopPage
from app.web.layout import SERVICE_NAME, TABS, LayoutKind
from tests.support.tree import ROOT

SIMPLE = (QuestionPage, StopPage)


class Stock:
    """Prints pages of journeys with stock macros."""

    def __init__(self, app: Flask) -> None:
        upstream = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
        folders = FileSystemLoader([ROOT / "app" / "templates", ROOT / "tests" / "bench"])
        self.env = Environment(loader=ChoiceLoader([folders, upstream]), autoescape=True, auto_reload=False)
        self.env.globals.update(asset=asset_url, csrf_token=generate_csrf, service_name=SERVICE_NAME)
        self.settings = app.config["SETTINGS"]

    def way_to_print(self, page: Any) -> Callable[[], str] | None:
        """What prints the page; None for one that takes more than macros for fields."""
        if not isinstance(page, SIMPLE):
            return None
        kind = LayoutKind(
            page.tabs,
            "",
            signed_in=True,
            brand=self.settings.brand,
            support_email=self.settings.support_email,
            idle_seconds=0,
        )
        return lambda: self._printed(kind, page)

    def _printed(self, kind: LayoutKind, page: Any) -> str:
        g.pop("csrf_token", None)
        main = self.env.get_template("stock.html").render(page=page)
        values = {
            "title": page.title,
            "nonce": g.csp_nonce,
            "csrf": generate_csrf(),
            "school": g.school.name,
            "main": Markup(main),
        }
        tabs = [(tab.text, tab.href.replace("{urn}", g.school.urn), False) for tab in TABS[kind.tabs]]
        layout = self.env.get_template("layout.html")
        return layout.render(
            kind=kind, tabs=tabs, mark=lambda name: values.get(name, ""), service_name=SERVICE_NAME
        )
