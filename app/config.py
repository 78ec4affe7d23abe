"""Settings, read once from the environment, and what production refuses to start with.

The refusals come from Trust, point 10: a service that is set up wrongly stops at the start and says why, in
one sentence each, instead of running unsafely.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

ENVIRONMENTS = ("production", "demo", "test")
BRANDS = ("plain", "govuk")
DEMO_SECRET = "only-for-demonstrations-on-this-machine"  # noqa: S105  (production refuses it)
DEMO_RUN_KEYS = "demo:" + base64.b64encode(b"only-for-demonstrations-not-safe").decode()
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
KIB = 1024


class RefusedToStart(RuntimeError):
    """The settings don't allow a start. The message has one sentence for each reason, a line each."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that differs between one installation and another.

    `run_keys` is “id:key,id:key”, each key 32 bytes in base64; the first seals new drafts, the others still
    open old ones. `frozen_clock` is an ISO date and time, or empty. `teacher_record_url` empty means the
    embedded demo register. `trusted_proxies` is the number of reverse proxies in front, whose forwarding
    headers count. Caps are bytes and fields; `api_rate_limit` is for each token, or “off”. `api_log_seconds` is how
    long lines of the API’s log gather. `session_hours` is the longest a sign-in lasts, however busy.
    """

    environment: str = "production"
    database_url: str = field(default="sqlite:///instance/school.db", repr=False)
    secret_key: str = field(default=DEMO_SECRET, repr=False)
    run_keys: str = field(default=DEMO_RUN_KEYS, repr=False)
    brand: str = "plain"
    trusted_hosts: tuple[str, ...] = ()
    support_email: str = "help@example.com"
    demo_sign_in: bool = False
    frozen_clock: str = ""
    https: bool = False
    debug: bool = False
    teacher_record_url: str = ""
    teacher_record_key: str = field(default="", repr=False)
    teacher_record_version: str = ""
    trusted_proxies: int = 0
    web_body_cap: int = 64 * KIB
    api_body_cap: int = 1024 * KIB
    form_fields_cap: int = 200
    api_rate_limit: str = "1000 per 5 minutes"
    api_log_seconds: float = 0.2
    session_idle_minutes: int = 120
    session_hours: int = 12

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Config:
        """Read the settings from environment variables named like the fields, in capitals.

        Raises RefusedToStart when a value can't be read.
        """
        environment = env.get("ENVIRONMENT", "production")
        outside = environment != "production"
        return cls(
            environment=environment,
            database_url=env.get("DATABASE_URL") or "sqlite:///instance/school.db",
            secret_key=env.get("SECRET_KEY") or DEMO_SECRET,
            run_keys=env.get("RUN_KEYS") or DEMO_RUN_KEYS,
            brand=env.get("BRAND") or "plain",
            trusted_hosts=_hosts(env.get("TRUSTED_HOSTS", "")),
            support_email=env.get("SUPPORT_EMAIL") or "help@example.com",
            demo_sign_in=_switch(env, "DEMO_SIGN_IN", default=outside),
            frozen_clock=env.get("FROZEN_CLOCK", ""),
            https=_switch(env, "HTTPS", default=not outside),
            debug=_switch(env, "FLASK_DEBUG", default=False),
            teacher_record_url=env.get("TEACHER_RECORD_URL", ""),
            teacher_record_key=env.get("TEACHER_RECORD_KEY", ""),
            teacher_record_version=env.get("TEACHER_RECORD_VERSION", ""),
            api_rate_limit=env.get("API_RATE_LIMIT") or "1000 per 5 minutes",
            api_log_seconds=_seconds(env, "API_LOG_SECONDS", 0.2),
            trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0),
            session_idle_minutes=_whole_number(env, "SESSION_IDLE_MINUTES", 120),
        )

    @property
    def production(self) -> bool:
        """Whether real people use this installation."""
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        """Over https, and always in production: browsers drop a `__Host-` cookie without Secure (Trust 6)."""
        return self.https or self.production

    @property
    def session_cookie(self) -> str:
        """The name of the one cookie this service sets."""
        return "__Host-session" if self.secure_cookies else "session"

    @property
    def limits_api(self) -> bool:
        """Whether tokens may only ask so often."""
        return self.api_rate_limit.strip().lower() != "off"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that requests may name."""
        return self.trusted_hosts or (() if self.production else LOCAL_HOSTS)

    def refusals(self) -> tuple[str, ...]:
        """Why the service can't start with these settings, one sentence each; empty when it can."""
        anywhere = tuple(sentence for wrong, sentence in _anywhere(self) if wrong)
        return anywhere + (tuple(s for wrong, s in _in_production(self) if wrong) if self.production else ())

    def refuse_if_unsafe(self) -> None:
        """Raise RefusedToStart when `refusals` has any."""
        if reasons := self.refusals():
            raise RefusedToStart("\n".join(reasons))


def _anywhere(config: Config) -> tuple[tuple[bool, str], ...]:
    return (
        (config.environment not in ENVIRONMENTS, "ENVIRONMENT must be production, demo or test."),
        (config.brand not in BRANDS, "BRAND must be plain or govuk."),
        (
            not _keys_are_readable(config.run_keys),
            "RUN_KEYS must be id:key pairs, each key 32 bytes in base64.",
        ),
        (not _is_moment(config.frozen_clock), "FROZEN_CLOCK must be a date and time with a time zone."),
        (
            not (config.production or config.demo_sign_in),
            "DEMO_SIGN_IN is off, and there is no other way to sign in yet.",
        ),
        (
            config.limits_api and not _is_rate(config.api_rate_limit),
            "API_RATE_LIMIT must be like “1000 per 5 minutes”, or off.",
        ),
        (config.session_idle_minutes < 2, "SESSION_IDLE_MINUTES must be 2 or more."),
        (
            bool(config.teacher_record_url)
            and not (config.teacher_record_key and config.teacher_record_version),
            "TEACHER_RECORD_KEY and TEACHER_RECORD_VERSION must be set when TEACHER_RECORD_URL is.",
        ),
    )


def _in_production(config: Config) -> tuple[tuple[bool, str], ...]:
    return (
        (
            True,
            (
                "Production can’t start yet, because sign-in through DfE Sign-in (OpenID Connect) is not "
                "built; set ENVIRONMENT=demo for a demonstration."
            ),
        ),
        (config.secret_key == DEMO_SECRET, "SECRET_KEY is the published default, so production can’t start."),
        (len(config.secret_key) < 32, "SECRET_KEY must be at least 32 characters long."),
        (config.run_keys == DEMO_RUN_KEYS, "RUN_KEYS is the published default, so production can’t start."),
        (config.debug, "FLASK_DEBUG is on, so production can’t start."),
        (config.demo_sign_in, "DEMO_SIGN_IN is on, so production can’t start."),
        (bool(config.frozen_clock), "FROZEN_CLOCK is set, so production can’t start."),
        (not config.https, "HTTPS is off, so production can’t start."),
        (not config.trusted_hosts, "TRUSTED_HOSTS is empty, so production can’t start."),
        (
            not config.teacher_record_url,
            "TEACHER_RECORD_URL is empty, and production can’t use the demo register.",
        ),
    )


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _switch(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if value == "" else value in ("1", "true", "yes", "on")
    raise RefusedToStart(f"{name} must be true or false.")


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit()):
        raise RefusedToStart(f"{name} must be a whole number.")
    return int(value) if value else default


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    value = env.get(name, "").strip()
    if value and not re.fullmatch(r"[0-9]{1,2}(\.[0-9]+)?", value):
        raise RefusedToStart(f"{name} must be a number of seconds, like 0.2.")
    return float(value) if value else default


def _keys_are_readable(run_keys: str) -> bool:
    pairs = [pair.partition(":") for pair in run_keys.split(",")]
    try:
        return all(
            key_id.strip() and len(base64.b64decode(key.strip(), validate=True)) == 32
            for key_id, _, key in pairs
        )
    except binascii.Error:
        return False


def _is_rate(text: str) -> bool:
    from limits import parse

    try:
        return parse(text).amount > 0
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    if not text:
        return True
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
