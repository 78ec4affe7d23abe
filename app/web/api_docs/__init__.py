"""The documentation of the lead provider API, for the people who write clients: pages under /api."""

from app.web.api_docs.views import blueprint

__all__ = ["blueprint"]
