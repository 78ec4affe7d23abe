"""Builds the application from its settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect

from app.config import Config
from app.data import clock, database
from app.web import (
    api_docs,
    api_v3,
    compression,
    errors,
    finance,
    guidance,
    health,
    journeys,
    logs,
    policy,
    provider,
    security,
    sessions,
    sign_in,
)
from app.web.render import warm
from app.web.sign_in.demo import DemoSignIn
from app.web.static_files import serve_static

BLUEPRINTS = (
    api_docs.blueprint,
    finance.blueprint,
    guidance.blueprint,
    health.blueprint,
    journeys.blueprint,
    provider.blueprint,
    sign_in.blueprint,
)


class Service(Flask):
    """Flask for views and handlers none of which is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is: to look whether it is a coroutine, 14 times in each request, costs 3 % of it."""
        return func


def create_app(config: Config | None = None) -> Flask:
    """The application for these settings, or for those in the environment.

    Raises RefusedToStart, with one sentence for each reason, for settings or routes that aren’t safe.
    """
    config = config or Config.from_env(os.environ)
    config.refuse_if_unsafe()
    clock.freeze(datetime.fromisoformat(config.frozen_clock) if config.frozen_clock else None)
    app = Service("app", static_folder=None)
    app.config.from_mapping(_flask_settings(config))
    logs.install(app)
    database.configure(app, config.database_url)
    sessions.install(app)
    security.install(app, config)
    compression.install(app)
    CSRFProtect(app)
    app.extensions["sign_in"] = DemoSignIn()
    journeys.install(app, config)
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    api_v3.install(app, config)
    policy.install(app)
    errors.install(app, config)
    _finish(app, config)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SETTINGS": config,
        "SECRET_KEY": config.secret_key,
        "TESTING": config.environment == "test",
        "DEBUG": config.debug,
        # A token lives as long as its session. Cookies are Secure and __Host-, so a referrer adds nothing.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _blueprints() -> list[Blueprint]:
    found = import_module("app.web.school") if find_spec("app.web.school") else None
    school = getattr(found, "blueprint", None)
    return [*BLUEPRINTS, school] if school else list(BLUEPRINTS)


def _finish(app: Flask, config: Config) -> None:
    """What needs everything else in place: pages made ready, static files, and the headers round it all."""
    warm(app)
    serve_static(app)
    security.wrap(app, config)
