"""`flask demo`: a database to show, fictional or round public data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.config import Config
from app.data import clock
from app.data.sealing import Keys
from app.domain.cohorts import years
from app.services.demo import guide
from app.services.demo.loading import Loaded, NotForDemonstration, load_fictional, load_real, load_sized
from app.services.demo.national.sizes import SIZES
from app.services.importing.report import FileRefused

SMALL = "small"


@click.command("demo")
@click.option(
    "--real",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Bring in real schools and appropriate bodies from this folder; what is added around them is fictional.",
)
@click.option(
    "--size",
    type=click.Choice([SMALL, *SIZES]),
    default=SMALL,
    show_default=True,
    help="small: a story for each case. sandbox: some hundred participants for each lead provider. national: "
    "200,000 participants and 1,000,000 declarations, in some minutes.",
)
@click.option("--port", default=8000, envvar="PORT", hidden=True, help="The port of the service.")
@with_appcontext
def demo(folder: Path | None, size: str, port: int) -> None:
    """Fill an empty database for a demonstration, and say where to go, who to sign in as and with which token to ask.

    Opens today’s cohort and the two before it, or four with a size. Running it again changes nothing, but the small
    demonstration opens a year that has begun since.
    """
    if folder is not None and size != SMALL:
        raise click.UsageError("--real brings its own schools: leave out --size.")
    settings: Config = current_app.config["SETTINGS"]
    if settings.production:
        raise click.ClickException("Production has no demonstration: set ENVIRONMENT=demo.")
    today, now = clock.today(), clock.now()
    try:
        if size != SMALL:
            loaded = load_sized(SIZES[size], now, _progress)
        elif folder is None:
            loaded = load_fictional(today, now, Keys.read(settings.run_keys))
        else:
            loaded = load_real(folder, today, now, _progress)
    except (NotForDemonstration, FileRefused) as refused:
        raise click.ClickException(str(refused)) from refused
    _tell(loaded, port)


@contextmanager
def _progress(name: str, total: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=total, label=name) as bar:
        yield bar.update


def _tell(loaded: Loaded, port: int) -> None:
    for name, report in loaded.reports:
        for error in report.errors:
            click.echo(f"{name}: {error}", err=True)
        click.echo(f"{name}: {report.line()}")
    for year in loaded.opened:
        click.echo(f"Opened {years(year)}")
    if loaded.nothing_changed:
        click.echo("The demonstration is here already: nothing has changed.")
    _list("Once it is running:", guide.addresses(port))
    _list("Sign in as (all fictional):", guide.sign_ins())
    _list("Tokens of the lead provider API (all fictional):", guide.tokens(port))
    _list("Appropriate bodies that also train, and as whom (all fictional):", guide.linked_bodies())
    _list("Teachers to register (all fictional):", guide.teachers())
    click.echo()


def _list(heading: str, lines: Iterable[str]) -> None:
    if found := list(lines):
        click.echo("\n".join(("", heading, *found)))
