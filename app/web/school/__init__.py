"""A school’s own pages: which school, its ECTs, one ECT, its mentors, its partnerships."""

from app.web.school.views import blueprint

__all__ = ["blueprint"]
