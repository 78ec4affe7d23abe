"""Settings: read from the environment, and refused when they aren’t safe (Trust, points 6 and 10)."""

from __future__ import annotations

import base64
import os

import pytest

from app.config import DEMO_RUN_KEYS, DEMO_SECRET, Config, RefusedToStart
from app.factory import create_app

KEYS = "first:" + base64.b64encode(os.urandom(32)).decode()
WELL_SET_UP = {
    "SECRET_KEY": "k" * 40,
    "RUN_KEYS": KEYS,
    "TRUSTED_HOSTS": "register.example",
    "TEACHER_RECORD_URL": "https://records.example",
    "TEACHER_RECORD_KEY": "key",
    "TEACHER_RECORD_VERSION": "20250627",
}
NO_SIGN_IN_YET = "sign-in through DfE Sign-in (OpenID Connect) is not built"


def test_nothing_set_means_production_which_refuses() -> None:
    with pytest.raises(RefusedToStart, match="OpenID Connect"):
        create_app(Config.from_env({}))


def test_production_set_up_well_refuses_only_for_want_of_sign_in() -> None:
    (only,) = Config.from_env(WELL_SET_UP).refusals()
    assert NO_SIGN_IN_YET in only


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is the published default"),
        ({"SECRET_KEY": DEMO_SECRET}, "SECRET_KEY is the published default"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be at least 32"),
        ({"RUN_KEYS": DEMO_RUN_KEYS}, "RUN_KEYS is the published default"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG is on"),
        ({"DEMO_SIGN_IN": "true"}, "DEMO_SIGN_IN is on"),
        ({"FROZEN_CLOCK": "2025-09-15T10:00:00+01:00"}, "FROZEN_CLOCK is set"),
        ({"HTTPS": "no"}, "HTTPS is off"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS is empty"),
        ({"TEACHER_RECORD_URL": ""}, "can’t use the demo register"),
    ],
)
def test_production_refuses_each_unsafe_setting_in_one_sentence(change: dict[str, str], said: str) -> None:
    reasons = Config.from_env({**WELL_SET_UP, **change}).refusals()
    assert len(reasons) == 2
    assert said in reasons[1]
    assert reasons[1].endswith(".")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT must be"),
        ({"BRAND": "other"}, "BRAND must be"),
        ({"RUN_KEYS": "a:short"}, "RUN_KEYS must be"),
        ({"RUN_KEYS": "a:not base64!"}, "RUN_KEYS must be"),
        ({"FROZEN_CLOCK": "2025-09-15T10:00:00"}, "with a time zone"),
        ({"FROZEN_CLOCK": "yesterday"}, "with a time zone"),
        ({"DEMO_SIGN_IN": "off"}, "no other way to sign in"),
        ({"SESSION_IDLE_MINUTES": "1"}, "SESSION_IDLE_MINUTES"),
        ({"TEACHER_RECORD_URL": "https://records.example"}, "TEACHER_RECORD_KEY and"),
    ],
)
def test_wrong_settings_are_refused_everywhere(change: dict[str, str], said: str) -> None:
    (reason,) = Config.from_env({"ENVIRONMENT": "demo", **change}).refusals()
    assert said in reason


@pytest.mark.parametrize(
    "env", [{"HTTPS": "perhaps"}, {"TRUSTED_PROXIES": "two"}, {"SESSION_IDLE_MINUTES": "-5"}]
)
def test_a_value_that_cannot_be_read_is_named(env: dict[str, str]) -> None:
    with pytest.raises(RefusedToStart, match=next(iter(env))):
        Config.from_env(env)


def test_a_demonstration_needs_nothing_set() -> None:
    config = Config.from_env({"ENVIRONMENT": "demo"})
    assert config.refusals() == ()
    assert config.demo_sign_in
    assert "localhost" in config.hosts


def test_the_cookie_is_named_for_the_host_over_https_and_always_in_production() -> None:
    assert Config(environment="demo").session_cookie == "session"
    assert Config(environment="demo", https=True).session_cookie == "__Host-session"
    assert Config(environment="production", https=False).session_cookie == "__Host-session"


def test_secrets_do_not_show_when_the_settings_are_printed() -> None:
    config = Config(secret_key="hidden-1", run_keys="hidden-2", teacher_record_key="hidden-3")
    assert "hidden" not in repr(config)
