"""Whether a server process grows: its resident size after 2,000 requests to the lead provider API, and after 10,000.

`python -m tests.bench.api_memory` prints both, with the ratio. Reads of every kind, changes that are stored, and errors
take turns, on a database of a hundredth of the national size.
"""

from __future__ import annotations

import http.client
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from e2e.support.site import Site, serving
from tests.bench.api_world import NO_LIMIT, SMALLER, Side, application, filled, part_of_national, side
from tests.support.databases import Store
from tests.support.postgres import running_server

EARLY, LATE, GOAL = 2_000, 10_000, 1.05
Request = tuple[str, str, str]
Tell = Callable[[str], None]

_LISTS = (
    "/participants/ecf",
    "/participants/ecf?page[page]=2&sort=-updated_at",
    "/participant-declarations",
    "/participant-declarations?filter[cohort]=2024",
    "/partnerships/ecf",
    "/partnership-proposals",
    "/schools/ecf?filter[cohort]=2025",
    "/participants/ecf/transfers",
    "/unfunded-mentors/ecf",
    "/delivery-partners",
    "/statements",
)
_ERRORS = (
    ("GET", "/participants/ecf/nobody", ""),
    ("GET", "/schools/ecf", ""),
    ("GET", "/participants/ecf?page[page]=0", ""),
    ("POST", "/participant-declarations", "{"),
    ("POST", "/participant-declarations", '{"data":{"attributes":{}}}'),
    (
        "POST",
        "/partnerships/ecf",
        '{"data":{"attributes":{"cohort":"2025","school_id":"no","delivery_partner_id":"no"}}}',
    ),
)


def main() -> None:
    """Print the two sizes and the ratio."""
    print_growth(lambda line: print(line, flush=True))


def print_growth(tell: Tell = print) -> None:
    """Fill, serve, ask 10,000 times."""
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        url = filled(server, "memory", part_of_national(1 / SMALLER), tell)
        store = Store("postgresql", url, application(url), lambda: None, dict, lambda _rows: None)
        asks = side(url)
        store.let_go()
        with serving(store, Path(folder), clock=None, API_RATE_LIMIT=NO_LIMIT) as site:
            early, late, statuses = grown(site, asks)
    tell(f"Resident size of a server process after {EARLY:,} requests: {early / 1024:.1f} MB; after {LATE:,}: "
         f"{late / 1024:.1f} MB; ratio {late / early:.3f} (goal {GOAL})")  # fmt: skip
    tell(f"Answers: {', '.join(f'{count:,} × {status}' for status, count in sorted(statuses.items()))}")


def grown(site: Site, asks: Side) -> tuple[int, int, Counter[int]]:
    """Kilobytes after the first requests and after all; and how often each status was the answer."""
    line = http.client.HTTPConnection("127.0.0.1", int(site.address.rsplit(":", 1)[1]), timeout=30)
    headers = {"Authorization": f"Bearer {asks.token}", "Content-Type": "application/json"}

    def answered(method: str, path: str, body: str) -> tuple[int, bytes]:
        line.request(method, f"/api/v3{path}", body or None, headers)
        answer = line.getresponse()
        return answer.status, answer.read()

    people = json.loads(answered("GET", "/participants/ecf?filter[training_status]=active", "")[1])["data"]
    requests = cycle(_requests([person["id"] for person in people]))
    statuses: Counter[int] = Counter()
    early = 0
    for number in range(LATE):
        statuses[answered(*next(requests))[0]] += 1
        if number == EARLY - 1:
            early = resident(site.process.pid)
    return early, resident(site.process.pid), statuses


def _requests(people: list[str]) -> Iterator[Request]:
    """Each list, an error and a change in turns, so that changes can be made and taken back for ever."""
    for number, person in enumerate(people):
        for path in _LISTS:
            yield "GET", path, ""
        yield "GET", f"/participants/ecf/{person}", ""
        yield _ERRORS[number % len(_ERRORS)]
        course = {"course_identifier": "ecf-induction"}
        for action, more in (("defer", {"reason": "other"}), ("resume", {})):
            body = json.dumps({"data": {"attributes": {**course, **more}}})
            yield "PUT", f"/participants/ecf/{person}/{action}", body


def resident(server: int) -> int:
    """Kilobytes of memory in use by the worker of this server: the largest process that it has started."""
    started = (each for each in Path("/proc").glob("[0-9]*") if _group(each) == server)
    return max(_resident(each) for each in started if each.name != str(server))


def _group(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[2])
    except OSError:
        return 0  # it ended meanwhile


def _resident(process: Path) -> int:
    lines = (process / "status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    main()
