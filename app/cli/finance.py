"""`flask schedules` and `flask statements`: making by rule what no published list has, and looking at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.data import clock
from app.data.ids import new_id
from app.data.queries import statements as found
from app.data.transaction import write
from app.domain.payments import TAKEN_OFF, Amounts
from app.domain.refusals import Refused
from app.domain.statements import title
from app.services import schedules as laying_out
from app.services import statements as making
from app.services.asked import Asked, by_service

PER_PAGE = 100
COHORT = click.argument("cohort", type=int)


@click.group("schedules", cls=AppGroup)
def schedules() -> None:
    """The schedules of cohorts."""


@schedules.command("make")
@COHORT
def make_schedules(cohort: int) -> None:
    """Make the schedules of COHORT that are missing, with their milestones, by rule. Those there stay as they are."""
    made = _made(partial(laying_out.lay_out, cohort=cohort), cohort)
    click.echo(f"Cohort {cohort}: {made} {'schedule' if made == 1 else 'schedules'} made")


@click.group("statements", cls=AppGroup)
def statements() -> None:
    """Lead providers’ statements."""


@statements.command("make")
@COHORT
def make_statements(cohort: int) -> None:
    """Make the statements of COHORT that are missing, for every lead provider in it, by rule."""
    places = found.places(cohort)
    if not places:
        raise click.ClickException(f"No lead provider has a place in cohort {cohort}: import places first")
    made = 0
    with click.progressbar(places, label="statements") as bar:
        for lead_provider_id in bar:
            made += _made(partial(making.plan, lead_provider_id=lead_provider_id, cohort=cohort), cohort)
    click.echo(f"Cohort {cohort}: {made:,} {'statement' if made == 1 else 'statements'} made")


@statements.command("list")
@click.option("--cohort", type=int)
@click.option("--state", type=click.Choice(["open", "payable", "paid"]))
@click.option("--page", type=click.IntRange(min=1), default=1)
def list_statements(cohort: int | None, state: str | None, page: int) -> None:
    """List statements, the latest payment first, 100 on a page."""
    listed = found.listed(cohort=cohort, state=state, page=page, per_page=PER_PAGE)
    for each in listed.rows:
        named = f"{each.lead_provider_name}, cohort {each.cohort}, {title(each.year, each.month)}"
        dates = f"deadline {each.deadline_on}, payment {each.pays_on}"
        click.echo(f"{each.id}  {named}: {each.state}, {dates}")
    click.echo(f"Page {listed.number} of {listed.pages}, {listed.total:,} in all")


@statements.command("show")
@click.argument("statement_id")
def show_statement(statement_id: str) -> None:
    """Print what a statement comes to."""
    try:
        amounts = making.figures(statement_id).pence()
    except Refused as refused:
        said = {
            "no_contract": "There is no contract to work it out by",
            "unknown_statement": "No such statement",
        }
        raise click.ClickException(said[refused.reason]) from refused
    for name in Amounts.__dataclass_fields__:
        amount = getattr(amounts, name) * (-1 if name in TAKEN_OFF else 1)
        click.echo(f"{name.replace('_', ' ')}: {_pounds(amount)}")


def _pounds(amount: int) -> str:
    sign = "-" if amount < 0 else ""
    return f"{sign}£{abs(amount) // 100:,}.{abs(amount) % 100:02}"


def _made(make: Callable[..., int], cohort: int) -> int:
    """How many were made in one write. A click error without the cohort."""
    asked: Asked = by_service(clock.now(), new_id())

    def work(session: Session) -> int:
        return make(session, asked=asked)

    try:
        return write(work)
    except IntegrityError as error:
        message = f"There is no cohort {cohort}, or somebody is making the same at this moment"
        raise click.ClickException(message) from error
