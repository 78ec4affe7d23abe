"""`flask demo`: a database to show, fictional or round public data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.config import Config
from app.data.sealing import Keys
from app.domain.cohorts import years
from app.services import clock
from app.services.demo import guide
from app.services.demo.loading import Loaded, NotForDemonstration, load_fictional, load_real
from app.services.importing.report import FileRefused


@click.command("demo")
@click.option(
    "--real",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Bring in real schools and appropriate bodies from this folder; what is added around them is fictional.",
)
@with_appcontext
def demo(folder: Path | None) -> None:
    """Fill an empty database for a demonstration, and say who to sign in as.

    Opens today’s cohort and the two before it. Running it again changes nothing, but opens a year that has begun
    since.
    """
    settings: Config = current_app.config["SETTINGS"]
    if settings.production:
        raise click.ClickException("Production has no demonstration: set ENVIRONMENT=demo.")
    today, now = clock.today(), clock.now()
    try:
        if folder is None:
            loaded = load_fictional(today, now, Keys.read(settings.run_keys))
        else:
            loaded = load_real(folder, today, now, _progress)
    except (NotForDemonstration, FileRefused) as refused:
        raise click.ClickException(str(refused)) from refused
    _tell(loaded)


@contextmanager
def _progress(name: str, total: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=total, label=name) as bar:
        yield bar.update


def _tell(loaded: Loaded) -> None:
    for name, report in loaded.reports:
        for error in report.errors:
            click.echo(f"{name}: {error}", err=True)
        click.echo(f"{name}: {report.line()}")
    for year in loaded.opened:
        click.echo(f"Opened {years(year)}")
    if loaded.nothing_changed:
        click.echo("The demonstration is here already: nothing has changed.")
    _list("Sign in as (all fictional):", guide.sign_ins())
    _list("Appropriate bodies that also train, and as whom (all fictional):", guide.linked_bodies())
    _list("Teachers to register (all fictional):", guide.teachers())
    click.echo()


def _list(heading: str, lines: Iterable[str]) -> None:
    click.echo(f"\n{heading}")
    for line in lines:
        click.echo(line)
