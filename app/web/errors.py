"""Error pages: 403, 404, 410, 413, 422, 429, 500 and 503 in the design (Every page, rule 15); JSON for the API.

500 and 503 are ready-made text, because the template engine or the database may be what broke. A page that
doesn’t exist and one that belongs to another school go through the same few lines, so they can’t differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, redirect, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from app.config import Config
from app.services import readiness
from app.web import error_text, logs
from app.web.api_v3 import errors as api_errors
from app.web.asset_files import asset_url
from app.web.layout import SERVICE_NAME
from app.web.policy import page_of_this_request
from app.web.render import Link, Notice, PageError, render
from app.web.security import request_id
from app.web.sessions import DatabaseSession, current_session
from app.web.sign_in.next_page import local_path

_SURROUNDINGS = "ready-made pages"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """One error page: its heading, its paragraphs, and the way on."""

    title: str
    paragraphs: tuple[str, ...]
    link: Link
    back: str | None = None
    notices: tuple[Notice, ...] = ()
    errors: tuple[PageError, ...] = ()
    tabs: str = "none"


def install(app: Flask, config: Config) -> None:
    """Answer every error with a page of this service."""
    look = "govuk-frontend" if config.brand == "govuk" else "govuk-frontend-plain"
    sheets = (asset_url(f"govuk-frontend/{look}.min.css"), asset_url("site.css"))
    around = error_text.Surroundings(SERVICE_NAME, config.brand, sheets, config.support_email)
    app.extensions[_SURROUNDINGS] = around
    app.register_error_handler(CSRFError, not_from_our_page)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(InternalServerError, broken)


def http_error(error: HTTPException) -> Response:
    """The page for a status; a status without words of its own gets those of 400. For the API, JSON."""
    if isinstance(error.response, Response):
        return error.response
    if api_errors.is_api():
        return api_errors.of_status(error.code or 500, error)
    if error.code is None or error.code >= 500 or error.code < 400:
        return ready_made(error.code or 500)
    if isinstance(request.routing_exception, SecurityError):
        return ready_made(error.code)  # an unknown host name: no address can be built for it
    response = error_page(error.code)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def error_page(status: int) -> Response:
    """The page for a status, in the design; its ready-made text when the templates fail."""
    words = error_text.WORDS.get(status, error_text.WORDS[400])
    try:
        return render(
            "errors/error.html", ErrorPage(words.title, words.paragraphs, Link(words.way_on, "/")), status
        )
    except Exception:
        logs.LOG.exception("error page could not be rendered")
        return ready_made(status)


def not_from_our_page(_error: CSRFError) -> Response:
    """A form without this session’s token: nothing it held was used, and the page can be opened again."""
    if request.endpoint == "sign_in.leave" and current_session().person is None:
        return redirect("/signed-out", 303)
    words = error_text.NOT_FROM_OUR_PAGE
    back = page_of_this_request() or _page_before()
    link = Link(words.way_on, back) if back else Link(error_text.TO_THE_START, "/")
    return render("errors/error.html", ErrorPage(words.title, words.paragraphs, link), 403)


def broken(error: InternalServerError) -> Response:
    """Something in the service failed: 503 when it was the database, else 500. Nothing half-done is kept."""
    cause = error.original_exception or error
    status = 503 if readiness.is_outage(cause) else 500
    logs.LOG.error("failed", exc_info=cause, extra={"fields": {"status": status}})
    _forget_session_changes()
    return api_errors.of_status(status) if api_errors.is_api() else ready_made(status)


def ready_made(status: int) -> Response:
    """A page that needs neither templates nor database."""
    response = Response(
        error_text.whole_page(status, request_id(), current_app.extensions[_SURROUNDINGS]),
        status,
        mimetype="text/html",
    )
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response


def _page_before() -> str | None:
    """The page of this service that the browser says it came from."""
    host, _, path = request.headers.get("Referer", "").partition("//")[2].partition("/")
    return local_path(f"/{path}") if host == request.host else None


def _forget_session_changes() -> None:
    try:
        current: DatabaseSession = current_session()
    except (AssertionError, RuntimeError):
        return  # the session could not be opened
    current.modified = False
