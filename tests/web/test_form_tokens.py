"""The token in every form: ours to sign, Flask-WTF’s to check."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from app.web.form_tokens import form_token


@pytest.fixture
def visiting() -> Iterator[None]:
    app = Flask("tokens")
    app.secret_key = "a key for this test"
    with app.test_request_context("/"):
        yield


def test_a_token_starts_in_the_session_and_is_the_same_throughout_a_request(visiting: None) -> None:
    first = form_token()
    assert session["csrf_token"]
    assert form_token() == generate_csrf() == first


def test_flask_wtf_takes_the_token_of_a_session_that_has_one(visiting: None) -> None:
    session["csrf_token"] = "0123456789abcdef" * 2
    token = form_token()
    validate_csrf(token)
    assert generate_csrf() == token


def test_the_token_of_another_session_or_with_a_changed_letter_is_refused(visiting: None) -> None:
    session["csrf_token"] = "0" * 40
    token = form_token()
    with pytest.raises(ValidationError):
        validate_csrf(token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1])
    session["csrf_token"] = "1" * 40
    g.pop("csrf_token")
    with pytest.raises(ValidationError):
        validate_csrf(token)
