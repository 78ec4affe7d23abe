"""The page inspector: what must hold of every response that any test receives.

`problems_of` is the whole of it; the test client calls `inspect` on each response and fails the test. Rules
are small functions in three modules; `tests/house/test_inspector.py` shows each of them a page that breaks
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from tests.support import rules_copy, rules_forms, rules_structure
from tests.support.document import Document
from tests.support.pages import SERVICE, Visit

Rule = Callable[[Document, Visit], Iterator[str]]
PAGE_RULES: tuple[Rule, ...] = (*rules_structure.RULES, *rules_forms.RULES, *rules_copy.RULES)
POLICY = (
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
)
LOOSE = ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:")
SESSION_COOKIES = ("session", "__Host-session")
CHANGING = re.compile(r'(nonce|value|name)="[A-Za-z0-9_.\-]{22,}"')
NEW_EACH_TIME = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/registrations/)[A-Za-z0-9_\-]{8,}|ECT-\w{4}-\w{4}"
)


class BadPage(AssertionError):
    """A response breaks rules of the house; the message names each."""


def inspect(
    path: str,
    status: int,
    headers: Iterable[tuple[str, str]],
    body: str,
    *,
    brand: str = "plain",
    service: str = SERVICE,
    data: frozenset[str] = frozenset(),
) -> None:
    """Raise BadPage when this response breaks a rule. `data` are texts exempt from the rules for our copy."""
    pairs = [(name.lower(), value) for name, value in headers]
    visit = Visit(path, status, dict(pairs), brand, service, data)
    cookies = [value for name, value in pairs if name == "set-cookie"]
    found = [*header_problems(visit), *cookie_problems(cookies)]
    if is_page(visit):
        found += _page_problems(_masked(body, visit), _masked_visit(visit))
    if found:
        raise BadPage("\n  ".join([f"{path} ({status}):", *found]))


def is_page(visit: Visit) -> bool:
    """Whether a person reads this response: HTML that isn’t a redirect."""
    return visit.headers.get("content-type", "").startswith("text/html") and not 300 <= visit.status < 400


def problems_of(body: str, visit: Visit) -> tuple[str, ...]:
    """What is wrong with this HTML, each line starting with the rule’s name."""
    page = Document(body)
    found = tuple(f"{rule.__name__}: {problem}" for rule in PAGE_RULES for problem in rule(page, visit))
    if not page.errors and not page.same_as(Document(body, strict=False)):
        return (*found, "reading: leaves out end tags, so that tests would read it otherwise than a browser")
    return found


def header_problems(visit: Visit) -> Iterator[str]:
    """Trust, point 7: the headers that every response carries, errors and redirects too."""
    headers: Mapping[str, str] = visit.headers
    policy = headers.get("content-security-policy", "")
    yield from (f"content-security-policy lacks {part}" for part in POLICY if part not in policy)
    if not visit.nonce:
        yield "content-security-policy has no nonce"
    yield from (
        f"content-security-policy has {part}" for part in LOOSE if part in policy.replace(";", "").split()
    )
    if "max-age=31536000" not in headers.get("strict-transport-security", ""):
        yield "strict-transport-security is not one year"
    for name, value in (
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-robots-tag", "noindex"),
    ):
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)!r}, not {value}"
    if not visit.is_static and "no-store" not in headers.get("cache-control", ""):
        yield "cache-control is not no-store"


def cookie_problems(cookies: Iterable[str]) -> Iterator[str]:
    """Trust, point 6: one cookie, for the session, that scripts and other sites can’t use."""
    for cookie in cookies:
        name = cookie.partition("=")[0]
        if name not in SESSION_COOKIES:
            yield f"sets a cookie {name}"
        yield from (
            f"{name} lacks {part}" for part in ("HttpOnly", "SameSite=Lax", "Path=/") if part not in cookie
        )
        if name.startswith("__Host-") and "Secure" not in cookie:
            yield f"{name} lacks Secure"


@lru_cache(maxsize=2048)
def _cached(body: str, visit: tuple[str, int, str, str, frozenset[str]]) -> tuple[str, ...]:
    path, status, brand, service, data = visit
    headers = {"content-security-policy": "script-src 'nonce-masked'"}
    return problems_of(body, Visit(path, status, headers, brand, service, data))


def _page_problems(body: str, visit: Visit) -> tuple[str, ...]:
    return _cached(body, (visit.path, visit.status, visit.brand, visit.service, visit.data))


def _masked(body: str, visit: Visit) -> str:
    """The page without its nonce and other long random values, so that a page seen before is known.

    Ids stay different from each other.
    """
    known = body.replace(f'nonce="{visit.nonce}"', 'nonce="masked"') if visit.nonce else body
    met: dict[str, str] = {}
    known = NEW_EACH_TIME.sub(lambda found: met.setdefault(found[0], f"masked-{len(met)}"), known)
    return CHANGING.sub(r'\1="random-random-random"', known)


def _masked_visit(visit: Visit) -> Visit:
    """Only the first part of the address matters to the rules."""
    first = visit.path.split("/")[1] if "/" in visit.path else ""
    return Visit(f"/{first}/", visit.status, {}, visit.brand, visit.service, visit.data)
