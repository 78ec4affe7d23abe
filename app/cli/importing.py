"""`flask import …`: CSV files into the database. The layouts are documented in `app/services/importing/`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.data import clock
from app.domain.refusals import Refused
from app.services.importing import reading, running
from app.services.importing.cohorts import open_cohort
from app.services.importing.plans import PLANS
from app.services.importing.report import FileRefused, Report
from app.services.importing.running import Plan

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
MAYBE_FILE = click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group("import", cls=AppGroup)
def imports() -> None:
    """Import CSV files.

    Good rows are kept and the others named by row, column and value; then the exit code is 1. Importing the
    same file again changes nothing.
    """


def _add(name: str, plan: Plan[Any]) -> None:
    @imports.command(name, help=f"Import {name.replace('-', ' ')} from FILE. {_columns(plan)}")
    @FILE
    def command(file: Path) -> None:
        _leave(_import(name, plan, file))


@imports.command("cohorts")
@MAYBE_FILE
@click.option("--open", "years", multiple=True, type=int, metavar="YEAR", help="Open this cohort today.")
def import_cohorts(file: Path | None, years: tuple[int, ...]) -> None:
    """Import cohorts from FILE, open cohorts, or both.

    An imported cohort is not open: schools register nobody in it until it is opened, which cannot be taken
    back here. The current cohort is the latest one opened whose window (from 1 June) has begun.
    """
    if file is None and not years:
        raise click.UsageError("Name a FILE, or a year to --open.")
    report = _import("cohorts", PLANS["cohorts"], file) if file else None
    for year in years:
        _open(year)
    if report:
        _leave(report)


def _import(name: str, plan: Plan[Any], file: Path) -> Report:
    """Check the file, import it behind a progress bar, print the row errors and the summary."""
    try:
        checked = reading.check(file, plan.layout)
        with click.progressbar(length=checked.total, label=name) as bar:
            report = running.run(plan, checked, clock.now(), bar.update)
    except FileRefused as refused:
        raise click.ClickException(f"{file.name}: {refused}") from refused
    for error in report.errors:
        click.echo(f"{file.name}: {error}", err=True)
    if report.refused > len(report.errors):
        click.echo(f"{file.name}: and {report.refused - len(report.errors):,} more rows", err=True)
    click.echo(f"{name}: {report.line()}")
    return report


def _open(year: int) -> None:
    try:
        opened = open_cohort(year, clock.today(), clock.now())
    except Refused as refused:
        raise click.ClickException(f"Cohort {year} cannot be opened: import it first") from refused
    click.echo(f"cohort {year}: {'opened' if opened else 'was open already'}")


def _leave(report: Report) -> None:
    if report.refused:
        sys.exit(1)


def _columns(plan: Plan[Any]) -> str:
    named = f"Columns: {', '.join(plan.layout.required)}."
    optional = f" Optional: {', '.join(plan.layout.optional)}." if plan.layout.optional else ""
    return f"\n\n{named}{optional}"


for _name, _plan in PLANS.items():
    if _name != "cohorts":
        _add(_name, _plan)
