"""Pages that inform: the start page, who does what, and the statements in the footer."""

from app.web.guidance.views import blueprint

__all__ = ["blueprint"]
