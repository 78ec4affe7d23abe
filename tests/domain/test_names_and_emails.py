from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.people import (
    email_key,
    possessive,
    read_email,
    read_name,
    same_person_words,
)
from app.domain.refusals import Refused

TODAY = date(2025, 9, 15)
WIDE = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


@pytest.mark.parametrize(
    "name",
    [
        "Aoife O'Brien",
        "Aoife O’Brien",
        "Zoë D'Arcy-N'Diaye",
        "<script>alert(1)</script>",
        "=SUM(A1)",
        "李小龍",
    ],
)
def test_a_name_is_kept_as_its_owner_writes_it(name: str) -> None:
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Aoife   O'Brien ", "Aoife O'Brien"),
        ("Aoife\nO'Brien\t", "Aoife O'Brien"),
        ("Aoife\u00a0O'Brien", "Aoife O'Brien"),
        ("Zoe\u0308", "Zoë"),
        ("Ao\x00ife", "Aoife"),
        ("Aoife \u202eO'Brien", "Aoife O'Brien"),
        ("Aoife \u200b O'Brien", "Aoife O'Brien"),
        ("Aoife\ud800", "Aoife"),
    ],
)
def test_a_name_is_tidied_before_it_is_judged(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "\u200b\u200d", " \n "])
def test_a_name_with_nothing_to_read_is_blank(typed: str) -> None:
    with pytest.raises(Refused, match=r"^blank$"):
        read_name(typed)


def test_a_name_has_70_characters_at_most_counted_as_people_see_them() -> None:
    assert read_name("  " + "e\u0301" * 70 + " ") == "é" * 70
    with pytest.raises(Refused) as refused:
        read_name("a" * 71)
    assert (refused.value.reason, dict(refused.value.detail)) == ("too_long", {"limit": 70})


def test_the_limit_of_a_name_can_be_another() -> None:
    assert read_name("a" * 160, limit=160) == "a" * 160
    with pytest.raises(Refused) as refused:
        read_name("abc", limit=2)
    assert refused.value.detail["limit"] == 2


@given(st.text(st.characters() | st.sampled_from("é'’- \u200b\u0301"), max_size=60))
@example("\u0958 \u2000\u2126")
def test_reading_a_name_twice_changes_nothing(text: str) -> None:
    try:
        name = read_name(text, limit=1000)
    except Refused:
        return
    assert read_name(name, limit=1000) == name
    assert name == name.strip()
    assert unicodedata.is_normalized("NFC", name)
    assert name.encode().decode() == name


LONG = "a" * 60 + "@" + ".".join(["b" * 60] * 3) + ".school.sch"


@pytest.mark.parametrize(
    "email",
    [
        "name@school.sch.uk",
        "a@b.co",
        "o'brien+ect@alder-hub.org.uk",
        "first.last_2@sub.school.example",
        "n@x1.xn--p1ai",
        LONG + "x" * (254 - len(LONG)),
    ],
)
def test_an_email_address_is_kept_as_typed(email: str) -> None:
    assert read_email(email) == email


def test_an_email_address_is_trimmed_but_keeps_its_capitals() -> None:
    assert read_email("  Name@School.sch.uk\u200b\n") == "Name@School.sch.uk"


@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_no_email_address_is_blank(typed: str) -> None:
    with pytest.raises(Refused, match=r"^blank$"):
        read_email(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "name",
        "name@",
        "@school.sch.uk",
        "name@school",
        "name@school.u",
        "name@school.1",
        "name@school.12",
        "name@school..uk",
        "name@.school.uk",
        "name@-school.uk",
        "name@school-.uk",
        "name@school.uk.",
        ".name@school.uk",
        "name.@school.uk",
        "na..me@school.uk",
        "na me@school.uk",
        "name@sch ool.uk",
        "name@@school.uk",
        "a@b@school.uk",
        "a" * 65 + "@school.uk",
        "name@" + "b" * 64 + ".uk",
        "zoë@school.uk",
        "name@schoöl.uk",
        "Name <name@school.uk>",
        "name@school.uk,other@school.uk",
        "name@school.uk\nBcc: other@school.uk",
    ],
)
def test_what_cannot_be_an_email_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match=r"^wrong_shape$"):
        read_email(typed)


def test_an_email_address_has_254_characters_at_most() -> None:
    with pytest.raises(Refused) as refused:
        read_email(LONG + "x" * (255 - len(LONG)))
    assert (refused.value.reason, dict(refused.value.detail)) == ("too_long", {"limit": 254})


@given(st.emails())
def test_two_addresses_that_differ_in_case_are_one(email: str) -> None:
    assert email_key(email.upper()) == email_key(f" {email.lower()} ")


def test_two_addresses_that_differ_in_a_letter_are_two() -> None:
    assert email_key("name@school.uk") != email_key("nam@school.uk")


@pytest.mark.parametrize(
    ("name", "whose"), [("James", "James’s"), ("Zoë", "Zoë’s"), ("O’Brien", "O’Brien’s")]
)
def test_a_possessive_is_always_apostrophe_s(name: str, whose: str) -> None:
    assert possessive(name) == whose


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Aoife O'Brien", "Aoife Murphy", True),
        ("Aoife O'Brien", "Eefa O’BRIEN", True),
        ("Aoife Mary O'Brien", "Aoife O'Brien", True),
        ("Mary Smith", "Maria Smith-Jones", False),
        ("Mary Jones", "Maria Smith-Jones", True),
        ("Aoife O'Brien", "Ravi Patel", False),
        ("Aoife O'Brien", "O'Brien Aoife", False),
        ("Aoife", "Aoife O'Brien", True),
        ("Aoife O'Brien", "’", False),
    ],
)
def test_a_name_with_other_first_and_last_words_needs_asking(old: str, new: str, same: bool) -> None:
    assert same_person_words(old, new) is same
    assert same_person_words(new, old) is same
