"""`flask journeys`: what is asked, drawn and checked."""

from __future__ import annotations

import click

from app.engine import diagram
from app.engine.library import Library, WrongJourneys
from app.engine.rehearsal import routes
from app.web import journeys as served


@click.group("journeys")
def journeys() -> None:
    """List, draw and check the journeys."""


@journeys.command("list")
def list_journeys() -> None:
    """Every journey, with how many pages it has and how many routes lead through them."""
    for journey in _library():
        count = sum(1 for _ in routes(journey))
        click.echo(f"{journey.slug} {journey.variant}: {len(journey.pages)} pages, {count:,} routes")


@journeys.command("draw")
@click.argument("slug")
@click.argument("variant", default="live")
def draw(slug: str, variant: str) -> None:
    """Print a journey as a Mermaid flowchart. VARIANT is “live” when not given."""
    library = _library()
    journey = library.get(slug, variant)
    if journey is None:
        known = ", ".join(f"{each.slug} {each.variant}" for each in library)
        raise click.ClickException(f"There is no journey {slug} {variant}. There are: {known}.")
    click.echo(diagram.draw(journey), nl=False)


@journeys.command("check")
def check() -> None:
    """Check every journey as at start-up, and name each problem; then the exit code is 1."""
    count = len(list(_library()))
    click.echo(f"{count} journeys, no problems")


def _library() -> Library:
    """Every journey there is; a click error that names the problems when one is written wrong."""
    try:
        return served.library()
    except WrongJourneys as wrong:
        raise click.ClickException(str(wrong)) from wrong
