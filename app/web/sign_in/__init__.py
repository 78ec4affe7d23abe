"""Signing in: one port, one adapter for demonstrations; DfE Sign-in comes behind the same port."""

from app.web.sign_in.views import blueprint

__all__ = ["blueprint"]
