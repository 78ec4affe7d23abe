"""What people are told apart by: reference numbers, names, email addresses, dates of birth.

Each `read_…` normalises first and judges after, so that a space, a hyphen or a capital never costs anybody
an error. Codes of refusals are named on each; their words are with the question (school journey, “Words”,
table 2).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.domain.days import read_date
from app.domain.matching import HYPHENS, fold
from app.domain.refusals import Refused

TRN_DIGITS = 7
TRN_FEWEST_DIGITS = 5
NAME_LIMIT = 70
EMAIL_LIMIT = 254
YOUNGEST = 18
OLDEST = 100

_DIGITS = frozenset("0123456789")
# Explicit letters: ignoring case would let the long s and the Kelvin sign through.
_NATIONAL_INSURANCE = re.compile(r"[A-Za-z]{2}[0-9]{6}[A-Da-d]")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(
    rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?=[A-Za-z])(?=[^.]{{2,}}\Z){_LABEL}"
)
# Control characters, invisible formatting (which can turn a name round on the page), half characters.
_NOT_WRITTEN = frozenset({"Cc", "Cf", "Cs"})


def read_trn(text: str) -> str:
    """A teacher reference number: 7 digits as text, leading zeros kept.

    Everything but digits is dropped (“RP30/01234”); 5 or 6 digits are padded from the left. Raises Refused:
    `blank`, `no_digits`, `too_short` (under 5), `too_long` (over 7).
    """
    if not text.strip():
        raise Refused("blank")
    digits = "".join(char for char in text if char in _DIGITS)
    if not digits:
        raise Refused("no_digits")
    if len(digits) < TRN_FEWEST_DIGITS:
        raise Refused("too_short")
    if len(digits) > TRN_DIGITS:
        raise Refused("too_long")
    return digits.zfill(TRN_DIGITS)


def read_national_insurance_number(text: str) -> str:
    """A National Insurance number in capitals without spaces: QQ123456C. Raises Refused: `blank`,
    `wrong_shape`.

    The shape is exactly what the message says: 2 letters, 6 numbers, A to D. Prefixes that are never issued
    are let through: no message could explain them without a list, and the look-up finds nobody for them.
    """
    if not text.strip():
        raise Refused("blank")
    dropped = HYPHENS + "/."
    bare = "".join(char for char in written(text) if not char.isspace() and char not in dropped)
    if not _NATIONAL_INSURANCE.fullmatch(bare):
        raise Refused("wrong_shape")
    return bare.upper()


def read_birth_date(day: str, month: str, year: str, today: date) -> date:
    """A teacher’s date of birth.

    Raises Refused as `read_date` does, and `not_past` (today or later) and `unlikely_age` with `n`, the age
    in years that it makes (under 18 or over 100); both with `parts`.
    """
    born = read_date(day, month, year)
    if born >= today:
        raise Refused("not_past", parts=("day", "month", "year"))
    age = age_on(born, today)
    if not YOUNGEST <= age <= OLDEST:
        raise Refused("unlikely_age", parts=("year",), n=age)
    return born


def age_on(born: date, today: date) -> int:
    """Full years lived by `today`; somebody born on 29 February is a year older on 1 March of other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def read_name(text: str, limit: int = NAME_LIMIT) -> str:
    """A person’s name as they write it, tidied: trimmed, single spaces, composed letters (NFC).

    Apostrophes of both shapes, hyphens and accents stay; control and invisible characters are dropped. Raises
    Refused: `blank`, `too_long` with `limit`, in characters.
    """
    name = unicodedata.normalize("NFC", " ".join(written(text).split()))
    if not name:
        raise Refused("blank")
    if len(name) > limit:
        raise Refused("too_long", limit=limit)
    return name


def read_email(text: str) -> str:
    """An email address as typed, trimmed. Raises Refused: `blank`, `too_long` with `limit`, `wrong_shape`."""
    address = written(text).strip()
    if not address:
        raise Refused("blank")
    if len(address) > EMAIL_LIMIT:
        raise Refused("too_long", limit=EMAIL_LIMIT)
    if not _EMAIL.fullmatch(address):
        raise Refused("wrong_shape")
    return address


def email_key(email: str) -> str:
    """What makes two addresses the same: case doesn’t count, and neither do spaces round them."""
    return email.strip().casefold()


def possessive(name: str) -> str:
    """“James’s”: always ’s, after an s too."""
    return f"{name}’s"


def same_person_words(old: str, new: str) -> bool:
    """Whether two names can be one person’s without asking: the first words or the last words are alike.

    School journey, “Change name”: when both differ, the school is asked if it is really the same person. A
    hyphen parts words, so Mary Smith and Maria Smith-Jones need asking and Jones and Smith-Jones don’t.
    """
    before, after = fold(old).split(), fold(new).split()
    if not before or not after:
        return False
    return before[0] == after[0] or before[-1] == after[-1]


def written(text: str) -> str:
    """The text without characters nobody writes by hand; spaces, tabs and line ends stay."""
    return "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _NOT_WRITTEN)
