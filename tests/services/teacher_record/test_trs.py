"""The Teaching Record System adapter: what it asks, and what it makes of answers that are not a person."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from app.services.teacher_record import asking
from app.services.teacher_record.faults import FaultKind
from app.services.teacher_record.port import Finding, Outcome
from app.services.teacher_record.trs import TeachingRecordSystem
from tests.support.teacher_record_server import KEY, VERSION, Person, TeacherRecordServer

TRN = "3001234"
SURVIVOR = "3004321"
BORN = date(2001, 3, 27)
NUMBER = "QQ001234C"
UNAVAILABLE = Finding(Outcome.UNAVAILABLE)

Open = Callable[..., TeachingRecordSystem]


def kinds(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The kinds of fault logged, in order."""
    return [record.kind for record in caplog.records if hasattr(record, "kind")]


def test_it_asks_one_question_with_the_key_the_version_and_one_detail(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.add(Person(TRN))
    assert trs.find_by_birth_date(TRN, BORN).outcome is Outcome.MATCHED
    assert trs.find_by_national_insurance_number(TRN, NUMBER).outcome is Outcome.MATCHED
    by_date, by_number = server.asked
    assert by_date.path == by_number.path == f"/v3/persons/{TRN}"
    assert by_date.query == {"dateOfBirth": "2001-03-27", "include": "Induction,Alerts"}
    assert by_number.query == {"nationalInsuranceNumber": NUMBER, "include": "Induction,Alerts"}
    assert by_date.headers["Authorization"] == f"Bearer {KEY}"
    assert by_date.headers["X-Api-Version"] == VERSION


def test_a_404_is_told_apart_by_a_second_question_without_the_detail(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.add(Person(TRN))
    assert trs.find_by_birth_date(TRN, date(2000, 1, 1)).outcome is Outcome.BIRTH_DATE_DIFFERS
    assert trs.find_by_national_insurance_number(TRN, "QQ000000A").outcome is Outcome.NUMBER_DIFFERS
    assert trs.find_by_birth_date("3000001", BORN).outcome is Outcome.NOT_FOUND
    assert [sorted(asked.query) for asked in server.asked[1::2]] == [[], [], []]


def test_the_body_of_the_second_question_is_never_read(
    trs: TeachingRecordSystem, server: TeacherRecordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add(Person(TRN))
    read: list[object] = []
    monkeypatch.setattr(asking, "_capped", lambda response: read.append(response) or b"")
    assert trs.find_by_birth_date(TRN, date(2000, 1, 1)).outcome is Outcome.BIRTH_DATE_DIFFERS
    assert read == []


def test_a_register_that_ignores_the_date_of_birth_is_not_believed(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.add(Person(TRN, overrides={"dateOfBirth": "1980-01-01"}))
    assert trs.find_by_birth_date(TRN, BORN) == Finding(Outcome.BIRTH_DATE_DIFFERS)


def test_somebody_elses_record_is_not_believed(
    trs: TeachingRecordSystem, server: TeacherRecordServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.add(Person(TRN, overrides={"trn": "3009998"}))
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert kinds(caplog) == [FaultKind.UNEXPECTED_SHAPE]


def test_a_deactivated_record_is_not_found(trs: TeachingRecordSystem, server: TeacherRecordServer) -> None:
    server.add(Person(TRN, deactivated=True))
    assert trs.find_by_birth_date(TRN, BORN) == Finding(Outcome.NOT_FOUND)
    assert len(server.asked) == 1


def test_a_merge_is_followed_with_the_detail_and_the_key(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.add(Person(TRN, merged_into=SURVIVOR), Person(SURVIVOR))
    record = trs.find_by_birth_date(TRN, BORN).record
    assert record is not None
    assert record.trn == SURVIVOR
    first, second = server.asked
    assert second.path == f"/v3/persons/{SURVIVOR}"
    assert second.query == first.query
    assert second.headers["Authorization"] == first.headers["Authorization"]


def test_a_merge_does_not_get_round_the_date_of_birth(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.add(Person(TRN, merged_into=SURVIVOR), Person(SURVIVOR))
    assert trs.find_by_birth_date(TRN, date(2000, 1, 1)) == Finding(Outcome.BIRTH_DATE_DIFFERS)
    assert trs.find_by_national_insurance_number(TRN, "QQ000000A") == Finding(Outcome.NUMBER_DIFFERS)


def test_a_merge_into_a_deactivated_record_is_not_found(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.add(Person(TRN, merged_into=SURVIVOR), Person(SURVIVOR, deactivated=True))
    assert trs.find_by_birth_date(TRN, BORN) == Finding(Outcome.NOT_FOUND)


def test_only_one_merge_is_followed(
    trs: TeachingRecordSystem, server: TeacherRecordServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.add(Person(TRN, merged_into=SURVIVOR), Person(SURVIVOR, merged_into="3001111"), Person("3001111"))
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert kinds(caplog) == [FaultKind.UNEXPECTED_REDIRECT]
    assert len(server.asked) == 2


def test_a_merge_is_followed_by_a_full_address_too(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    server.add(Person(TRN, merged_into=SURVIVOR), Person(SURVIVOR))
    server.location = f"{server.base}/v3/persons/{SURVIVOR}"
    assert trs.find_by_birth_date(TRN, BORN).outcome is Outcome.MATCHED


@pytest.mark.parametrize(
    "location",
    [
        f"https://127.0.0.1:1/v3/persons/{SURVIVOR}",
        f"http://example.org/v3/persons/{SURVIVOR}",
        f"//example.org/v3/persons/{SURVIVOR}",
        f"/v3/persons/{TRN}",
        f"/v2/persons/{SURVIVOR}",
        f"/v3/persons/{SURVIVOR}/alerts",
        "/v3/persons/300432",
        f"/v3/persons/{SURVIVOR}%2f..",
        "/v3/persons/\uff13\uff10\uff10\uff14\uff13\uff12\uff11",
        "http://[",
        "",
    ],
)
def test_a_redirect_to_anywhere_else_is_not_followed(
    trs: TeachingRecordSystem,
    server: TeacherRecordServer,
    caplog: pytest.LogCaptureFixture,
    location: str,
) -> None:
    server.add(Person(TRN, merged_into=SURVIVOR), Person(SURVIVOR))
    server.location = location.encode().decode("latin-1") or " "
    assert trs.find_by_birth_date(TRN, BORN) == UNAVAILABLE
    assert kinds(caplog) == [FaultKind.UNEXPECTED_REDIRECT]
    assert len(server.asked) == 1


def test_questions_asked_at_the_same_time_get_their_own_answers(
    trs: TeachingRecordSystem, server: TeacherRecordServer
) -> None:
    people = [Person(f"30040{number:02}", first_name=f"Teacher {number}") for number in range(20)]
    server.add(*people)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda person: trs.find_by_birth_date(person.trn, BORN).record, people))
    told = [(record.trn, record.name) for record in found if record is not None]
    assert told == [(person.trn, f"{person.first_name} O'Brien") for person in people]


def test_an_address_with_a_path_is_kept(open_trs: Open, server: TeacherRecordServer) -> None:
    trs = open_trs(base=f"{server.base}/register/")
    assert trs.find_by_birth_date(TRN, BORN) == Finding(Outcome.NOT_FOUND)
    assert server.asked[0].path == f"/register/v3/persons/{TRN}"


@pytest.mark.parametrize(
    ("setting", "value", "why"),
    [
        ("base", "http://teacher-record.example", "https"),
        ("base", "ftp://localhost", "https"),
        ("base", "https://user:word@teacher-record.example", "password"),
        ("base", "https://teacher-record.example?a=1", "query"),
        ("base", "https://", "host"),
        ("base", "https://localhost:port", "not an address"),
        ("version", "20240101", "20250203"),
        ("version", "", "20250203"),
        ("version", "Next", "20250203"),
        ("key", "", "printable"),
        ("key", "with\nline", "printable"),
    ],
)
def test_unsafe_settings_are_refused(open_trs: Open, setting: str, value: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        open_trs(**{setting: value})


def test_the_http_library_would_log_the_question_if_it_were_let(
    trs: TeachingRecordSystem,
    server: TeacherRecordServer,
    caplog: pytest.LogCaptureFixture,
    logs_on_purpose: None,
) -> None:
    server.add(Person(TRN))
    loggers = [logging.getLogger(name) for name in asking.HTTP_LOGGERS]
    for logger in loggers:
        logger.removeFilter(asking._nothing)
    trs.find_by_birth_date(TRN, BORN)
    assert f"{TRN}?dateOfBirth=2001-03-27" in caplog.text
    caplog.clear()
    asking.close_http_loggers()
    trs.find_by_birth_date(TRN, BORN)
    assert caplog.text == ""
