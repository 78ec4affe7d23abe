"""What is run by the clock."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.services import clock, runs


@click.command("drop-old-runs")
@with_appcontext
def drop_old_runs() -> None:
    """Delete the answers of registrations whose time is over. Run it daily; running it twice does no harm."""
    dropped = runs.drop_old(clock.now())
    click.echo(f"Answers of {dropped:,} {'registration' if dropped == 1 else 'registrations'} deleted")
