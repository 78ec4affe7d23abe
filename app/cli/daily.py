"""`flask daily`: what the service does by itself once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import with_appcontext

from app.data import clock
from app.data.ids import new_id
from app.services import daily as job
from app.services import rereading
from app.services.asked import by_service
from app.services.teacher_record.choosing import teacher_records


@click.command("daily")
@with_appcontext
def daily() -> None:
    """Close statements whose deadline has passed, bring what depends on the day up to date, decide on funding.

    Run it once a day, soon after midnight in London. Running it again, or on two machines at once, does no harm; after
    days without a run it does what they left undone.
    """
    asked = by_service(clock.now(), new_id())
    records = teacher_records(current_app.config["SETTINGS"])
    done = {**job.run(asked, _progress), **rereading.run(asked, records, _progress)}
    for what, times in done.items():
        click.echo(f"{times:,} {what}")
    if not done:
        click.echo("Nothing was due")


@contextmanager
def _progress(name: str, length: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=length, label=name) as bar:
        yield bar.update
