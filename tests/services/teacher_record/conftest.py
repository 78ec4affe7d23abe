"""A register to ask, and the check that nothing personal is written down on any path of any test here."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from app.services.teacher_record.trs import TeachingRecordSystem
from tests.support.teacher_record_server import KEY, VERSION, TeacherRecordServer

TODAY = date(2025, 9, 15)

Open = Callable[..., TeachingRecordSystem]


@pytest.fixture
def server() -> Iterator[TeacherRecordServer]:
    """A running register with nobody in it."""
    with TeacherRecordServer() as running:
        yield running


@pytest.fixture
def open_trs(server: TeacherRecordServer) -> Iterator[Open]:
    """Makes clients of that register; closed afterwards."""
    opened: list[TeachingRecordSystem] = []

    def make(**settings: object) -> TeachingRecordSystem:
        given = {"base": server.base, "key": KEY, "version": VERSION, "today": lambda: TODAY} | settings
        opened.append(TeachingRecordSystem(**given))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    server.let_go.set()
    for one in opened:
        one.close()


@pytest.fixture
def trs(open_trs: Open) -> TeachingRecordSystem:
    """A client of that register."""
    return open_trs()


@pytest.fixture(autouse=True)
def nothing_personal_is_logged(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Everything is captured, at the finest level; afterwards none of it may tell of anybody."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
        caplog.set_level(logging.DEBUG, logger=name)
    yield
    if "logs_on_purpose" in request.fixturenames:
        return
    said = "\n".join(map(caplog.handler.format, caplog.get_records("setup") + caplog.get_records("call")))
    for secret in ("2001-03", "QQ", "Aoife", "O'Brien", "dateOf", "national", "/v3/", KEY):
        assert secret not in said
    assert not re.search(r"[0-9]{7}", said)


@pytest.fixture
def logs_on_purpose() -> None:
    """For the one test that shows what would be logged otherwise."""
