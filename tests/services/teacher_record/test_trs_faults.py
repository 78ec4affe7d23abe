"""Every way in which the Teaching Record System gives no answer: unavailable, soon, and logged by kind."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from datetime import date

import pytest

from app.services.teacher_record import asking
from app.services.teacher_record.faults import FaultKind
from app.services.teacher_record.port import Finding, Outcome
from app.services.teacher_record.resting import Rest
from app.services.teacher_record.trs import TeachingRecordSystem
from tests.support.teacher_record_server import Behaviour, Person, TeacherRecordServer

TRN = "3001234"
BORN = date(2001, 3, 27)
UNAVAILABLE = Finding(Outcome.UNAVAILABLE)

Open = Callable[..., TeachingRecordSystem]


def kinds(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The kinds of fault logged, in order."""
    return [record.kind for record in caplog.records if hasattr(record, "kind")]


@pytest.mark.parametrize(
    ("behaviour", "kind", "level"),
    [
        (Behaviour.BUSY, FaultKind.BUSY, logging.WARNING),
        (Behaviour.BUSY_WITHOUT_A_TIME, FaultKind.BUSY, logging.WARNING),
        (Behaviour.BROKEN, FaultKind.BROKEN, logging.WARNING),
        (Behaviour.RESTARTING, FaultKind.BROKEN, logging.WARNING),
        (Behaviour.KEY_REFUSED, FaultKind.KEY_REFUSED, logging.ERROR),
        (Behaviour.NOT_ALLOWED, FaultKind.KEY_REFUSED, logging.ERROR),
        (Behaviour.QUESTION_REFUSED, FaultKind.QUESTION_REFUSED, logging.ERROR),
        (Behaviour.TEAPOT, FaultKind.UNEXPECTED_STATUS, logging.WARNING),
        (Behaviour.FOUND_ELSEWHERE, FaultKind.UNEXPECTED_STATUS, logging.WARNING),
        (Behaviour.GARBAGE, FaultKind.NOT_JSON, logging.WARNING),
        (Behaviour.HALF, FaultKind.NOT_JSON, logging.WARNING),
        (Behaviour.EMPTY, FaultKind.NOT_JSON, logging.WARNING),
        (Behaviour.DEEP, FaultKind.NOT_JSON, logging.WARNING),
        (Behaviour.LIST, FaultKind.UNEXPECTED_SHAPE, logging.WARNING),
        (Behaviour.DROPPED, FaultKind.UNREACHABLE, logging.WARNING),
        (Behaviour.CUT, FaultKind.UNREACHABLE, logging.WARNING),
        (Behaviour.NOT_HTTP, FaultKind.UNREACHABLE, logging.WARNING),
        (Behaviour.HUGE, FaultKind.TOO_LARGE, logging.WARNING),
    ],
)
def test_every_fault_is_unavailable_and_logged_by_its_kind(
    trs: TeachingRecordSystem,
    server: TeacherRecordServer,
    caplog: pytest.LogCaptureFixture,
    behaviour: Behaviour,
    kind: FaultKind,
    level: int,
) -> None:
    server.add(Person(TRN))
    server.everywhere = behaviour
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    said = [record for record in caplog.records if hasattr(record, "kind")]
    assert [(record.kind, record.levelno) for record in said] == [(kind, level)]
    assert said[0].getMessage() == f"teacher record not answering: {kind}"
    assert said[0].exc_info is None


def test_a_fault_on_the_second_question_is_unavailable_and_not_a_guess(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.after_the_first = Behaviour.BROKEN
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert len(server.asked) == 2


def test_a_wrong_key_is_a_fault_of_the_settings(
    open_trs: Open, server: TeacherRecordServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.add(Person(TRN))
    assert open_trs(key="another").find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert kinds(caplog) == [FaultKind.KEY_REFUSED]


def test_a_register_that_is_not_there_is_unavailable(
    open_trs: Open, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        trs = open_trs(base=f"http://127.0.0.1:{taken.getsockname()[1]}")
        assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert kinds(caplog) == [FaultKind.UNREACHABLE]


@pytest.mark.parametrize("behaviour", [Behaviour.HANG, Behaviour.DRIP])
def test_no_answer_takes_longer_than_the_time_allowed(
    open_trs: Open, server: TeacherRecordServer, caplog: pytest.LogCaptureFixture, behaviour: Behaviour
) -> None:
    server.add(Person(TRN))
    server.everywhere = behaviour
    trs = open_trs(answer_seconds=0.3)
    began = time.monotonic()
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert time.monotonic() - began < 2
    assert kinds(caplog) == [FaultKind.SLOW]


def test_a_read_that_stalls_is_given_up(
    open_trs: Open,
    server: TeacherRecordServer,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "READ_SECONDS", 0.2)
    server.everywhere = Behaviour.HANG
    began = time.monotonic()
    assert open_trs().find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert time.monotonic() - began < 2
    assert kinds(caplog) == [FaultKind.SLOW]


def test_the_times_allowed_are_two_five_and_eight_seconds(trs: TeachingRecordSystem) -> None:
    assert trs._client.timeout.connect == 2
    assert trs._client.timeout.read == 5
    assert trs._answer_seconds == 8


def test_a_slow_answer_is_still_an_answer(trs: TeachingRecordSystem, server: TeacherRecordServer) -> None:
    server.add(Person(TRN))
    server.everywhere = Behaviour.SLOW
    assert trs.find_by_birth_date(TRN, BORN).outcome is Outcome.MATCHED


def test_a_busy_register_is_left_alone_for_as_long_as_it_asks(
    open_trs: Open, server: TeacherRecordServer, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = [100.0]
    server.add(Person(TRN))
    server.everywhere = Behaviour.BUSY
    trs = open_trs(rest=Rest(lambda: seconds[0]))
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    server.everywhere = None
    seconds[0] = 106.9
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert len(server.asked) == 1
    seconds[0] = 107.1
    assert trs.find_by_birth_date(TRN, BORN).outcome is Outcome.MATCHED
    assert kinds(caplog) == [FaultKind.BUSY, FaultKind.RESTING]


def test_a_failing_register_is_left_alone_after_three_failures(
    open_trs: Open, server: TeacherRecordServer
) -> None:
    seconds = [100.0]
    server.add(Person(TRN))
    server.everywhere = Behaviour.BROKEN
    trs = open_trs(rest=Rest(lambda: seconds[0]))
    for _ in range(5):
        assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert len(server.asked) == 3
    server.everywhere = None
    seconds[0] = 111.0
    assert trs.find_by_birth_date(TRN, BORN).outcome is Outcome.MATCHED


def test_faults_of_the_settings_do_not_make_it_rest(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.everywhere = Behaviour.KEY_REFUSED
    for _ in range(5):
        trs.find_by_birth_date(TRN, BORN)
    assert len(server.asked) == 5


def test_a_redirect_that_cannot_be_read_is_unavailable(
    trs: TeachingRecordSystem, server: TeacherRecordServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.add(Person(TRN, merged_into="3004321"), Person("3004321"))
    server.location = "http://127.0.0.1:port/v3/persons/3004321"
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert len(kinds(caplog)) == len(server.asked) == 1
