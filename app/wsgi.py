"""The application for a WSGI server and for the `flask` command, from the settings in the environment."""

from __future__ import annotations

from app import cli
from app.factory import create_app

app = create_app()
cli.register(app)
