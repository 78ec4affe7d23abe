"""The Teaching Record System (TRS), DfE’s own: `GET /v3/persons/{trn}`.

What its 404 means, and how it is told apart. Asked for a TRN *with* a date of birth or National Insurance
number, TRS answers 404 both when no record has the TRN and when the detail is not the one on it. A second
question, the same address without the detail, tells them apart: 404 or 410 again means no such TRN. Of that
second reply only the status is read; its body, which would have the name, stays on the wire. (DfE’s own
service asks once, without the detail, and compares the date of birth itself; here TRS compares, so an
unmatched record is never in memory.)

Merged records (308, from API version 20260120; before it they are 404) name the surviving TRN in
`Location`, without the query. Only that TRN is taken from it, when the rest is the address we would have
made ourselves, and the question is asked again with the detail: once, never further. Deactivated records
(410) count as not found.

Faults: `faults.py` has the kinds. Every one is logged by kind, without an address, and answered
`unavailable`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import date

import httpx
import orjson

from app.services.teacher_record.asking import Reply, ask, open_client, within
from app.services.teacher_record.faults import OUR_SETTINGS, PASSING, Fault, FaultKind
from app.services.teacher_record.port import Finding, Outcome, seven_digits
from app.services.teacher_record.reading import read_birth_date, read_record
from app.services.teacher_record.resting import Rest

OLDEST_VERSION = "20250203"
"""The first API version that checks the National Insurance number; older ones ignore it and match anybody."""

ANSWER_SECONDS = 8.0
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
LOG = logging.getLogger(__name__)

_INCLUDE = "Induction,Alerts"
_BY_BIRTH_DATE = "dateOfBirth"
_BY_NUMBER = "nationalInsuranceNumber"
_PERSON_PATH = re.compile(r"/v3/persons/([0-9]{7})")


class TeachingRecordSystem:
    """Looks teachers up in TRS; keeps the promises of `port`. One instance serves all threads of a process.

    `base` is the address up to `/v3`, `version` an API version by date. `today` says which alerts have ended.
    Raises ValueError for a version older than OLDEST_VERSION, an address that isn’t https (http is accepted
    only for this machine, for tests), one with more in it than scheme, host, port and path, and an empty
    key.
    """

    def __init__(
        self,
        base: str,
        key: str,
        version: str,
        today: Callable[[], date],
        *,
        answer_seconds: float = ANSWER_SECONDS,
        rest: Rest | None = None,
    ) -> None:
        _refuse_settings(base, key, version)
        self._client = open_client(base, key, version)
        self._today = today
        self._answer_seconds = answer_seconds
        self._rest = rest or Rest()

    def find_by_birth_date(self, trn: str, born: date) -> Finding:
        """As the port says."""
        return self._find(trn, {_BY_BIRTH_DATE: born.isoformat()}, Outcome.BIRTH_DATE_DIFFERS)

    def find_by_national_insurance_number(self, trn: str, number: str) -> Finding:
        """As the port says. TRS also knows numbers from employers’ records, so a match is its word alone."""
        return self._find(trn, {_BY_NUMBER: number}, Outcome.NUMBER_DIFFERS)

    def read_again(self, trn: str) -> Finding:
        """As the port says."""
        return self._find(trn, {}, Outcome.NOT_FOUND)

    def close(self) -> None:
        """Close the pooled connections."""
        self._client.close()

    def _find(self, trn: str, detail: Mapping[str, str], differs: Outcome) -> Finding:
        seven_digits(trn)
        try:
            if self._rest.is_on():
                raise Fault(FaultKind.RESTING)
            finding = within(self._answer_seconds, lambda: self._look_up(trn, detail, differs))
        except Fault as fault:
            self._note(fault)
            return Finding(Outcome.UNAVAILABLE)
        self._rest.answered()
        return finding

    def _look_up(self, asked: str, detail: Mapping[str, str], differs: Outcome) -> Finding:
        query = {**detail, "include": _INCLUDE}
        trn, reply = asked, ask(self._client, _path(asked), query)
        if reply.status == 308:
            trn = self._surviving(reply, asked)
            reply = ask(self._client, _path(trn), query)
        if reply.status == 200:
            return self._matched(reply, trn, detail.get(_BY_BIRTH_DATE), merged=trn != asked)
        if reply.status == 308:
            raise Fault(FaultKind.UNEXPECTED_REDIRECT)
        known = bool(detail) and reply.status == 404 and self._is_known(trn)
        return Finding(differs if known else Outcome.NOT_FOUND)

    def _is_known(self, trn: str) -> bool:
        """Whether any record has this TRN, by the status alone."""
        reply = ask(self._client, _path(trn), {}, read_body=False)
        if reply.status == 308:
            raise Fault(FaultKind.UNEXPECTED_REDIRECT)
        return reply.status == 200

    def _matched(self, reply: Reply, trn: str, born: str | None, *, merged: bool) -> Finding:
        """The record, if its date of birth, where we asked by one, is the one we asked for."""
        try:
            person = orjson.loads(reply.body)
        except orjson.JSONDecodeError:
            raise Fault(FaultKind.NOT_JSON) from None
        if born is not None and read_birth_date(person).isoformat() != born:
            return Finding(Outcome.BIRTH_DATE_DIFFERS)
        return Finding(Outcome.MATCHED, read_record(person, trn, self._today(), merged=merged))

    def _surviving(self, reply: Reply, trn: str) -> str:
        """The TRN that a 308 names, when it leads to another person at the same address."""
        base = self._client.base_url
        try:
            target = base.join(reply.location)
        except httpx.InvalidURL:
            raise Fault(FaultKind.UNEXPECTED_REDIRECT) from None
        same_place = (target.scheme, target.host, target.port) == (base.scheme, base.host, base.port)
        path = target.path.removeprefix(base.path.rstrip("/"))
        found = _PERSON_PATH.fullmatch(path)
        if not reply.location or not same_place or found is None or found[1] == trn:
            raise Fault(FaultKind.UNEXPECTED_REDIRECT)
        return found[1]

    def _note(self, fault: Fault) -> None:
        """Log the kind, and leave the register alone for a while when it asked for that or keeps failing."""
        level = logging.ERROR if fault.kind in OUR_SETTINGS else logging.WARNING
        LOG.log(level, "teacher record not answering: %s", fault.kind.value, extra={"kind": fault.kind.value})
        if fault.rest_for:
            self._rest.begin(fault.rest_for)
        elif fault.kind in PASSING:
            self._rest.failed()


def _path(trn: str) -> str:
    return f"/v3/persons/{trn}"


def _refuse_settings(base: str, key: str, version: str) -> None:
    """Raise ValueError for settings that would send personal data where, or how, it must not go."""
    try:
        url = httpx.URL(base)
    except httpx.InvalidURL:
        raise ValueError("the teacher record address is not an address") from None
    if url.scheme != "https" and not (url.scheme == "http" and url.host in THIS_MACHINE):
        raise ValueError("the teacher record address must start with https://")
    if not url.host or url.userinfo or url.query or url.fragment:
        raise ValueError("the teacher record address must have a host, and no password, query or fragment")
    if not (key.isascii() and key.isprintable() and key.strip()):
        raise ValueError("the teacher record key must be printable characters")
    if not (version.isascii() and version.isdigit() and len(version) == 8 and version >= OLDEST_VERSION):
        raise ValueError(f"the teacher record API version must be a date like {OLDEST_VERSION}, or later")
