"""Routes of a school’s own pages."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, g, redirect, request
from werkzeug.wrappers import Response

from app.data import clock
from app.services import runs, your_ects, your_mentors, your_partnerships
from app.web.render import render
from app.web.school.chooser import schools_page, trail_to
from app.web.school.ects_list import ects_page
from app.web.school.listing import asked
from app.web.school.mentors_list import mentors_page
from app.web.school.one_ect import ect_page
from app.web.school.partnership_list import partnerships_page

blueprint = Blueprint("school", __name__)


@blueprint.get("/schools")
def schools() -> Response:
    """Which school; straight on for somebody who has one."""
    own = g.person.schools
    if len(own) == 1:
        return redirect(f"/schools/{own[0].urn}/ects", 303)
    return render("school/schools.html", schools_page(own, asked(request.args), _help()))


@blueprint.get("/schools/<urn>/ects")
def ects(urn: str) -> Response:
    """Your ECTs."""
    school, wanted = g.school.id, asked(request.args)
    found = your_ects.cards(school, clock.today(), wanted.search, wanted.number)
    unfinished = runs.unfinished(school, clock.now()) if wanted.is_first else None
    news = your_partnerships.news(school, clock.now()) if wanted.is_first else your_partnerships.News()
    deleted, trail = request.args.get("notice") == "deleted", trail_to(g.person.schools, "Your ECTs")
    page = ects_page(
        g.school.urn, wanted, found, unfinished, news, clock.today(), deleted=deleted, trail=trail
    )
    return render("school/ects.html", page)


@blueprint.get("/schools/<urn>/ects/<ect_id>")
def ect(urn: str, ect_id: str) -> Response:
    """One ECT."""
    found = your_ects.ect(g.school.id, ect_id, clock.today())
    if found is None:
        abort(404)
    above = trail_to(g.person.schools, "")
    return render("school/ect.html", ect_page(g.school.urn, found, clock.today(), _help(), above))


@blueprint.get("/schools/<urn>/mentors")
def mentors(urn: str) -> Response:
    """Your mentors."""
    wanted, trail = asked(request.args), trail_to(g.person.schools, "Your mentors")
    found = your_mentors.mentors(g.school.id, wanted.search, wanted.number)
    page = mentors_page(g.school.urn, wanted, found, clock.today(), _help(), trail)
    return render("school/mentors.html", page)


@blueprint.get("/schools/<urn>/partnerships")
def partnerships(urn: str) -> Response:
    """The school’s partnerships."""
    found = your_partnerships.of_school(g.school.id, clock.today(), asked(request.args).number)
    trail = trail_to(g.person.schools, "Partnerships")
    return render("school/partnerships.html", partnerships_page(g.school.urn, found, trail))


def _help() -> str:
    return str(current_app.config["SETTINGS"].support_email)
