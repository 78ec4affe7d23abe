"""Headers on every response, host names, and how much a request may send (Trust, point 7).

The headers are added outside Flask, round the whole WSGI application, so that static files, redirects and
error pages can’t miss them. The nonce is made there too and handed in: the page and the header must agree.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NONCE = "school.csp_nonce"
REQUEST_ID = "school.request_id"
YEAR = 365 * 24 * 60 * 60
FIXED_HEADERS = (
    # Over plain http browsers ignore this one (RFC 6797, 8.1), so it needs no switch.
    ("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Robots-Tag", "noindex"),
)


def content_security_policy(nonce: str) -> str:
    """The policy of one response: our own files only, and the one inline script that knows the nonce."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'; frame-ancestors 'none'"
    )


class SecureResponses:
    """WSGI middleware: gives each request a nonce and an id, and each response its headers."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on; every call of `start_response` gets the headers."""
        nonce = environ[NONCE] = secrets.token_urlsafe(16)
        request_id = environ[REQUEST_ID] = secrets.token_hex(8)
        path = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            ours = [*FIXED_HEADERS, ("Content-Security-Policy", content_security_policy(nonce))]
            ours.append(("X-Request-ID", request_id))
            if not _may_be_cached(path, status):
                ours.append(("Cache-Control", "no-store"))
            return start_response(status, _without(headers, ours) + ours, *rest)

        return self.application(environ, start)


def _may_be_cached(path: str, status: str) -> bool:
    return path.startswith("/static/") and status[:3] in ("200", "206", "304")


def _without(headers: list[tuple[str, str]], replaced: list[tuple[str, str]]) -> list[tuple[str, str]]:
    names = {name.lower() for name, _ in replaced}
    return [(name, value) for name, value in headers if name.lower() not in names]


def install(app: Flask, config: Config) -> None:
    """Set the limits and checks that run before anything else in a request."""
    app.config["TRUSTED_HOSTS"] = list(config.hosts)
    app.config["MAX_CONTENT_LENGTH"] = config.web_body_cap
    app.config["MAX_FORM_MEMORY_SIZE"] = config.web_body_cap
    app.config["MAX_FORM_PARTS"] = config.form_fields_cap
    app.before_request(_hand_over_nonce)
    app.before_request(_cap_what_is_sent)
    app.before_request(_refuse_null_characters)


def wrap(app: Flask, config: Config) -> None:
    """Put the middleware round the application. Call last, so that static files are inside it too."""
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    app.wsgi_app = SecureResponses(app.wsgi_app)  # type: ignore[method-assign]


def request_id() -> str:
    """The id of this request, as in its `X-Request-ID` header, its log line and its events."""
    return str(request.environ.get(REQUEST_ID, ""))


def _hand_over_nonce() -> None:
    g.csp_nonce = request.environ.get(NONCE, "")
    g.request_id = request_id()


def _cap_what_is_sent() -> None:
    """Read the body now, before a transaction can start, and count its fields before they are parsed."""
    caps: Config = _settings()
    cap = caps.api_body_cap if _is_api() else caps.web_body_cap
    request.max_content_length = cap
    body = request.get_data(cache=True, parse_form_data=False)
    if not request.content_length and len(body) >= cap:
        abort(413)  # without a length Werkzeug cuts the body at the cap and says nothing
    if request.mimetype == "application/x-www-form-urlencoded" and body.count(b"&") >= caps.form_fields_cap:
        abort(413)
    if request.query_string.count(b"&") >= caps.form_fields_cap:
        abort(413)


def _refuse_null_characters() -> None:
    """PostgreSQL can’t store U+0000 in text, and nobody types it: such an address or form is no page’s.

    The API takes no forms, and looks for it in its JSON. Raw bytes that are no UTF-8 can’t even be read.
    """
    if "\x00" in request.path:
        abort(404)
    try:
        fields = (request.args,) if _is_api() else (request.args, request.form)
    except UnicodeDecodeError:
        abort(400)
    if any("\x00" in value for values in fields for value in _texts(values.lists())):
        abort(400)


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _texts(fields: Iterable[tuple[str, list[str]]]) -> Iterable[str]:
    for name, values in fields:
        yield name
        yield from values


def _settings() -> Config:
    settings: Config = current_app.config["SETTINGS"]
    return settings
