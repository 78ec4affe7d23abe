"""Health: is the process alive, and can it do its work? (Trust, point 10)"""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from app.services import readiness

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> ResponseReturnValue:
    """200 as long as the process answers; asks nothing else of it."""
    return jsonify(status="live")


@blueprint.get("/ready")
def ready() -> ResponseReturnValue:
    """200 when the database answers and its migrations are at head, else 503 and which is wrong."""
    state = readiness.check()
    body = jsonify(
        status="ready" if state.ready else "not ready", database=state.database, migrations=state.migrations
    )
    return body, 200 if state.ready else 503
