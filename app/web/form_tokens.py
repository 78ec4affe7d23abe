"""The token in every form (CSRF), made as Flask-WTF makes it and checked by Flask-WTF.

Its own `generate_csrf` sets a signer up anew for each page and tries to compress 40 letters: three times the work.
"""

from __future__ import annotations

from flask import current_app, g, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import Signer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

# Flask-WTF’s names: of its signature, and of the token in `session` (as it is) and in `g` (signed).
SALT = "wtf-csrf-token"
NAME = "csrf_token"
_SIGNER = "form token signer"


def form_token() -> str:
    """The token of this request: signed once, with the time. Starts a session where there is none yet."""
    kept: str | None = g.get(NAME)
    if kept is None:
        kept = _signed(session[NAME]) if NAME in session else generate_csrf()
        setattr(g, NAME, kept)
    return kept


def _signed(random: str) -> str:
    signer: Signer | None = current_app.extensions.get(_SIGNER)
    if signer is None:
        serializer = URLSafeTimedSerializer(current_app.secret_key or "", salt=SALT)
        signer = current_app.extensions[_SIGNER] = serializer.make_signer(SALT)
    return signer.sign(base64_encode(f'"{random}"')).decode()
