"""Routes of the runner: live journeys, and outside production the rounds as they were tested."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, g, redirect, request
from werkzeug.wrappers import Response

from app.data import clock
from app.engine.vocabulary import Journey
from app.services import runs
from app.services.supply import about
from app.web.journeys import running
from app.web.render import Link, Notice, render

blueprint = Blueprint("journeys", __name__)

CHANGED_MEANWHILE = Notice(
    "This registration has changed",
    "Someone, or you in another tab, changed an answer after this page was opened. Nothing has been deleted.",
)


@dataclass(frozen=True, slots=True)
class DeletePage:
    """Asks before an unfinished registration is deleted."""

    title: str
    back: str
    version: int
    who: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round: what it is, and the button that starts it."""

    title: str
    back: str
    about: str
    notes: tuple[str, ...]
    tabs: str = "none"


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """Every round there is."""

    title: str
    rounds: tuple[Link, ...]
    back: str | None = None
    tabs: str = "none"


@blueprint.post("/schools/<urn>/register-ect", defaults={"slug": "register-ect"})
@blueprint.post(
    "/schools/<urn>/partnerships/<record_id>/challenge", defaults={"slug": "challenge-partnership"}
)
@blueprint.post(
    "/schools/<urn>/partnerships/<record_id>/delivery-partner", defaults={"slug": "another-partner"}
)
@blueprint.post("/schools/<urn>/partnerships/<record_id>/training", defaults={"slug": "choose-together"})
@blueprint.post("/schools/<urn>/ects/<record_id>/report", defaults={"slug": "report-change"})
@blueprint.post("/schools/<urn>/ects/<record_id>/training", defaults={"slug": "choose-training"})
@blueprint.post("/schools/<urn>/ects/<record_id>/mentor", defaults={"slug": "assign-mentor"})
def start(urn: str, slug: str, record_id: str = "") -> Response:
    """Begin a live journey, about a record of the school where it needs one."""
    journey = running.parts().library.get(slug)
    assert journey is not None
    record = about.found(journey.subject, g.school.id, record_id) if journey.subject else None
    if journey.subject and record is None:
        abort(404)
    return _started(journey, g.school.id, record)


@blueprint.get("/registrations/<reference>/")
@blueprint.get("/journeys/<slug>/<reference>/")
@blueprint.get("/rounds/<slug>/<variant>/<reference>/")
def resume(reference: str, slug: str = "", variant: str = "") -> Response:
    """Go to the furthest page of a run."""
    return _on_run(lambda: running.furthest(running.opened()))


@blueprint.get("/registrations/<reference>/<page>")
@blueprint.get("/journeys/<slug>/<reference>/<page>")
@blueprint.get("/rounds/<slug>/<variant>/<reference>/<page>")
def show(reference: str, page: str, slug: str = "", variant: str = "") -> Response:
    """A page of a run."""
    return _on_run(lambda: running.show(running.opened(), page.replace("-", "_")))


@blueprint.post("/registrations/<reference>/<page>")
@blueprint.post("/journeys/<slug>/<reference>/<page>")
@blueprint.post("/rounds/<slug>/<variant>/<reference>/<page>")
def submit(reference: str, page: str, slug: str = "", variant: str = "") -> Response:
    """An answer, or the button that sends them all."""
    return _on_run(lambda: running.submit(running.opened(), page.replace("-", "_")))


@blueprint.get("/registrations/<reference>/confirmation")
@blueprint.get("/journeys/<slug>/<reference>/confirmation")
@blueprint.get("/rounds/<slug>/<variant>/<reference>/confirmation")
def confirmation(reference: str, slug: str = "", variant: str = "") -> Response:
    """What was sent."""
    if g.run_row.status == "open":
        return resume(reference, slug, variant)
    return _on_run(lambda: running.confirmed(g.run_row, again=False))


@blueprint.get("/registrations/<reference>/delete")
def ask_to_delete(reference: str) -> Response:
    """Ask before deleting an unfinished registration."""
    return _on_run(_delete_page)


@blueprint.post("/registrations/<reference>/delete")
def delete(reference: str) -> Response:
    """Delete an unfinished registration."""
    return _on_run(_delete)


@blueprint.get("/rounds")
def rounds() -> Response:
    """Every round of every journey."""
    listed = running.parts().library.rounds()
    links = tuple(Link(f"{j.title}: {j.variant}", f"/rounds/{j.slug}/{j.variant}") for j in listed)
    return render("journeys/rounds.html", RoundsPage("Rounds as they were tested", links))


@blueprint.get("/rounds/<slug>/<variant>")
def about_round(slug: str, variant: str) -> Response:
    """What a round asks, and the button that starts it."""
    journey = _round(slug, variant)
    notes = tuple(each.reason for each in journey.exceptions)
    title = f"{journey.title}, {journey.variant}"
    return render("journeys/round.html", RoundPage(title, "/rounds", journey.about, notes))


@blueprint.post("/rounds/<slug>/<variant>")
def start_round(slug: str, variant: str) -> Response:
    """Begin a round, at the first of the person’s schools."""
    if not g.person.schools:
        abort(403)
    return _started(_round(slug, variant), g.person.schools[0].id)


def _round(slug: str, variant: str) -> Journey:
    journey = running.parts().library.get(slug, variant)
    if journey is None or journey.is_live:
        abort(404)
    return journey


def _started(journey: Journey, school_id: str, record: str | None = None) -> Response:
    now, keys = clock.now(), running.parts().keys
    reference = runs.start(journey, school_id, g.person.id, now, keys, record)
    row = runs.find(reference, (school_id,))
    assert row is not None
    return redirect(f"{running.where(row).base}/", 303)


def _on_run(answer: running.Answering) -> Response:
    """Answer for a run that is open; one that was sent or is over says so. Its address must be its own."""
    row = g.run_row
    if not request.path.startswith(f"{running.where(row).base}/"):
        abort(404)
    try:
        return answer()
    except runs.Over:
        return _ended(row)


def _ended(row: runs.RunDetails) -> Response:
    if row.status != "finished":
        return running.over(row)
    if request.method == "POST":
        return redirect(running.where(row).page("confirmation"), 303)
    try:
        return running.confirmed(row, again=True)
    except runs.Over:
        return running.over(row)


def _delete_page(*notices: Notice) -> Response:
    run = running.opened()
    back = f"/schools/{run.row.school_urn}/ects"
    who = runs.name_of(run.answers) or "this teacher"
    page = DeletePage(
        f"Are you sure you want to delete the registration for {who}?", back, run.row.version, who
    )
    return render("journeys/delete.html", page)


def _delete() -> Response:
    run = running.opened()
    if running.version() != run.row.version:
        return _delete_page(CHANGED_MEANWHILE)
    runs.delete(run.row, g.person.id, clock.now())
    return redirect(f"/schools/{run.row.school_urn}/ects?notice=deleted", 303)
