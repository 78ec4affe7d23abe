"""The lead provider API, version 3: JSON under /api/v3 (Provider API).

A view reads what is wanted, calls one query or service, and answers:

```python
@blueprint.get("/partnerships/ecf")
def partnerships_list() -> Response:
    return listed(partnerships.listed(provider(), wanted("cohort", "updated_since", ordered=True)), item)
```

Who asks, how often, and at what time is settled before the view runs: its route stands in the policy table with
`Guard.API`. What it raises is answered in the one shape of errors.
"""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask

from app.config import Config
from app.services import providers

blueprint = Blueprint("api_v3", __name__, url_prefix="/api/v3")
VIEWS = ("partnership_views", "participant_views", "declaration_views")
"""The modules with views, by their names in this package."""
CONFLICTS: tuple[type[Exception], ...] = (providers.Overtaken,)
"""What services raise when a record changed between reading it and changing it: 409."""


def install(app: Flask, config: Config) -> None:
    """Set the API up in an application, with its views."""
    from app.web.api_v3 import limits, request_log, server_clock

    for name in VIEWS:
        import_module(f"{__name__}.{name}")
    limits.install(app, config)
    request_log.install(app, config)
    server_clock.install(app)
    serve(app, blueprint)


def serve(app: Flask, views: Blueprint) -> None:
    """Serve a blueprint of the API: errors in the one shape; no form tokens, since it looks at no cookie."""
    from app.web.api_v3 import errors

    if not views.error_handler_spec[None]:  # once for every application in this process
        errors.install(views, CONFLICTS)
    app.extensions["csrf"].exempt(views)
    app.register_blueprint(views)
