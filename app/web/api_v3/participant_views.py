"""Participants, what is done with their training, transfers and unfunded mentors. (Provider API, Endpoints.)"""

from __future__ import annotations

from flask import Response

from app.data import clock
from app.data.queries.api import participants, transfers, unfunded_mentors
from app.domain import training
from app.domain.training import Action
from app.services import providers
from app.web.api_v3 import blueprint
from app.web.api_v3.auth import asked, provider
from app.web.api_v3.bodies import attributes
from app.web.api_v3.errors import refuses_in
from app.web.api_v3.parameters import wanted
from app.web.api_v3.responses import listed, one
from app.web.api_v3.shapes import participants as participant_shapes
from app.web.api_v3.shapes import transfers as transfer_shapes
from app.web.api_v3.shapes import unfunded_mentors as mentor_shapes


@blueprint.get("/participants/ecf")
def participants_list() -> Response:
    """The people who train with the caller."""
    asks = wanted("cohort", "updated_since", "training_status", "from_participant_id", ordered=True)
    return listed(participants.listed(provider(), asks, clock.today()), participant_shapes.item)


@blueprint.get("/participants/ecf/<id>")
def participant_show(id: str) -> Response:
    """One of them."""
    return one(participants.one(provider(), id, clock.today()), participant_shapes.item)


@blueprint.put("/participants/ecf/<id>/defer")
@refuses_in(training.MESSAGES)
def participant_defer(id: str) -> Response:
    """Their training pauses."""
    return _change(id, Action.DEFER)


@blueprint.put("/participants/ecf/<id>/resume")
@refuses_in(training.MESSAGES)
def participant_resume(id: str) -> Response:
    """Their training goes on."""
    return _change(id, Action.RESUME)


@blueprint.put("/participants/ecf/<id>/withdraw")
@refuses_in(training.MESSAGES)
def participant_withdraw(id: str) -> Response:
    """Their training with the caller ends."""
    return _change(id, Action.WITHDRAW)


@blueprint.put("/participants/ecf/<id>/change-schedule")
@refuses_in(training.MESSAGES)
def participant_change_schedule(id: str) -> Response:
    """They move to another schedule."""
    return _change(id, Action.CHANGE_SCHEDULE)


def _change(id: str, action: Action) -> Response:
    providers.change_training(provider(), id, action, attributes(), asked())
    return participant_show(id)


@blueprint.get("/participants/ecf/transfers")
def participant_transfers_list() -> Response:
    """People who change school, to the caller or away."""
    found = transfers.listed(provider(), wanted("updated_since"), clock.today())
    return listed(found, transfer_shapes.item)


@blueprint.get("/participants/ecf/<id>/transfers")
def participant_transfers_show(id: str) -> Response:
    """The moves of one person."""
    return one(transfers.one(provider(), id, clock.today()), transfer_shapes.item)


@blueprint.get("/unfunded-mentors/ecf")
def unfunded_mentors_list() -> Response:
    """Mentors of the caller’s ECTs who have no training with it."""
    found = unfunded_mentors.listed(provider(), wanted("updated_since", ordered=True))
    return listed(found, mentor_shapes.item)


@blueprint.get("/unfunded-mentors/ecf/<id>")
def unfunded_mentor_show(id: str) -> Response:
    """One of them."""
    return one(unfunded_mentors.one(provider(), id), mentor_shapes.item)
