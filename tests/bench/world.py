"""What is measured: the acceptance fixture, a tutor signed in, and registrations that wait at certain pages."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Flask

from app.config import Config
from app.data.transaction import write
from app.factory import create_app
from app.web import logs
from tests.support import acceptance
from tests.support.acceptance import ACCEPTANCE_CLOCK
from tests.support.client import InspectingClient
from tests.support.databases import Store
from tests.support.registering import Registering

SESSION_COOKIE = Config().session_cookie.removeprefix("__Host-")


@dataclass(frozen=True, slots=True)
class World:
    """The value of the session’s cookie, and addresses by the name of their page."""

    cookie: str
    pages: Mapping[str, str]


def make_app(config: Config) -> Flask:
    """The application at the moment of the acceptance fixture; quiet, because the results are printed."""
    app = create_app(replace(config, frozen_clock=ACCEPTANCE_CLOCK.isoformat()))
    logs.LOG.setLevel(logging.WARNING)
    app.test_client_class = InspectingClient
    return app


def question_pages(store: Store) -> World:
    """A run that waits at the lead provider, and one at the list of delivery partners."""
    client = filled(store)
    asked = {
        "lead provider": waiting(client, "lead_provider"),
        "delivery partner": waiting(client, "delivery_partner", same_organisation="no"),
    }
    return World(cookie_of(client), asked)


def filled(store: Store) -> InspectingClient:
    """A browser on the fixture, and nothing else in the database."""
    store.reset()
    with store.session():
        write(acceptance.load)
    client: InspectingClient = store.app.test_client()  # type: ignore[assignment]
    return client


def waiting(client: InspectingClient, page: str, **said: str) -> str:
    """The address of the page in a new registration that has come as far as it."""
    Registering(client).to(page, **said)
    return client.last_path


def cookie_of(client: InspectingClient) -> str:
    """The session’s token, as a browser sends it."""
    found = client.get_cookie(SESSION_COOKIE)
    assert found is not None
    return found.value
