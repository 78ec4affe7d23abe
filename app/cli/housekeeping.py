"""What is run by the clock."""

from __future__ import annotations

from datetime import timedelta

import click
from flask.cli import with_appcontext

from app.data import clock
from app.services import api_requests, runs


@click.command("drop-old-runs")
@with_appcontext
def drop_old_runs() -> None:
    """Delete the answers of registrations whose time is over. Run it daily; running it twice does no harm."""
    dropped = runs.drop_old(clock.now())
    click.echo(f"Answers of {dropped:,} {'registration' if dropped == 1 else 'registrations'} deleted")


@click.command("drop-old-requests")
@click.option("--days", default=90, show_default=True, help="How long lines of the API’s log are kept.")
@with_appcontext
def drop_old_requests(days: int) -> None:
    """Delete old lines of the API’s log, and counts that are over. Running it twice does no harm."""
    dropped = api_requests.drop_old(clock.now(), timedelta(days=days))
    click.echo(f"{dropped:,} {'line' if dropped == 1 else 'lines'} of the log deleted")
