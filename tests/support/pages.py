"""What the inspector knows of a response besides its HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

SERVICE = "Register early career teachers"
NONCE = re.compile(r"'nonce-([^']+)'")
# Own details may be filled in by the browser; a teacher’s may not (Pages, rule 3).
OWN_DETAILS = ("/sign-in", "/account")
# For people at lead providers: those who write clients, and those who read pages in the same words, with the same ids.
PROVIDERS = ("/api/", "/provider/")
# Read by people at DfE, who quote ids to lead providers and speak of statements as the API does.
FINANCE = "/finance/"
# Statements quote the law and may use its words.
STATEMENTS = ("/accessibility", "/cookies", "/privacy")


@dataclass(frozen=True, slots=True)
class Visit:
    """One response. `data` are texts from people and registers, exempt from the rules for our copy."""

    path: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    brand: str = "plain"
    service: str = SERVICE
    data: frozenset[str] = frozenset()

    @property
    def nonce(self) -> str:
        """The nonce that the response’s Content-Security-Policy allows."""
        found = NONCE.search(self.headers.get("content-security-policy", ""))
        return found.group(1) if found else ""

    @property
    def is_round(self) -> bool:
        """A record of what was tested: its words and flaws stay."""
        return self.path.startswith("/rounds/")

    @property
    def is_question(self) -> bool:
        """A page of a live run."""
        return self.path.startswith(("/registrations/", "/journeys/"))

    @property
    def is_own_details(self) -> bool:
        """The page asks the user about themselves."""
        return self.path.startswith(OWN_DETAILS)

    @property
    def is_statement(self) -> bool:
        """A legal page, which may use words that a school’s page may not."""
        return self.path.startswith(STATEMENTS)

    @property
    def is_for_providers(self) -> bool:
        """Documentation of the API, which speaks of records as the API does."""
        return f"{self.path}/".startswith(PROVIDERS)

    @property
    def is_for_finance(self) -> bool:
        """A page for finance, in its own words."""
        return f"{self.path}/".startswith(FINANCE)

    @property
    def is_static(self) -> bool:
        """A file that may be kept by browsers."""
        return self.path.startswith("/static/")
