"""Where a registration ends: the pages that the teacher record leads to, and how any such page is checked."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.document import Document, text_of
from tests.support.registering import Registering

KEPT_UNTIL = "We have kept your answers until 15 October 2025."
HOME = "/schools/900101/ects"
FIND = "find_ect"
CHECK_A_RECORD = "https://www.gov.uk/guidance/check-a-teachers-record"


@dataclass(frozen=True)
class DeadEnd:
    """A TRN of the demo register and the page it leads to: heading, sentences, links in order.

    `links` are text and address; an address without a slash is a page of the run. `button` is the first of them.
    """

    trn: str
    page: str
    h1: str
    text: str
    links: tuple[tuple[str, str], ...]
    button: bool = False


OF_THE_RECORD = (
    DeadEnd(
        "3008000",
        "no_such_trn",
        "We cannot find TRN 3008000",
        "No teacher record has this number. Check it with the teacher or your school office, one number at a time. "
        "Teachers can look up their own TRN online.",
        (("Try again", FIND),),
        button=True,
    ),
    DeadEnd(
        "3007009",
        "no_such_trn",
        "We cannot find TRN 3007009",
        "No teacher record has this number.",
        (("Try again", FIND),),
        button=True,
    ),
    DeadEnd(
        "3007003",
        "passed_induction",
        "Imogen Castellanos has already passed induction",
        "Their record says they finished on 21 July 2023, so they are not an ECT any more. If that is wrong, contact "
        "the appropriate body that recorded it.",
        (("Back to your ECTs", HOME),),
    ),
    DeadEnd(
        "3007014",
        "passed_induction",
        "Leopold Nakamura has already passed induction",
        "Their record says they have finished, so they are not an ECT any more. If that is wrong, contact the "
        "appropriate body that recorded it.",
        (("Back to your ECTs", HOME),),
    ),
    DeadEnd(
        "3007004",
        "failed_induction",
        "You cannot register Declan Ashworth as an ECT",
        "Their record says they completed induction without meeting the standards, and a teacher cannot do induction "
        "twice. Speak to Declan Ashworth and your appropriate body before you agree any teaching work.",
        (("Back to your ECTs", HOME),),
    ),
    DeadEnd(
        "3007005",
        "failed_induction",
        "You cannot register Carys Llewellyn as an ECT",
        "a teacher cannot do induction twice.",
        (("Back to your ECTs", HOME),),
    ),
    DeadEnd(
        "3007006",
        "exempt_from_induction",
        "Henrik Sørensen does not need to do induction",
        "Their record says they are exempt, so there is no training to register. If that is wrong, ask Henrik "
        "Sørensen to check their teacher record.",
        (("Back to your ECTs", HOME),),
    ),
    DeadEnd(
        "3007002",
        "cannot_register_teacher",
        "You cannot register Tobias Grenfell",
        "There is a restriction on their teacher record. We cannot show it here. Before they do any teaching, your "
        "school must check the record as their employer.",
        (("How to check a teacher’s record", CHECK_A_RECORD), ("Back to your ECTs", HOME)),
    ),
    DeadEnd(
        "3007012",
        "records_not_answering",
        "We cannot check teacher records right now",
        "We have kept the TRN. We do not keep the date of birth, so you will need to enter it again. Try in a few "
        "minutes.",
        (("Try again", FIND), ("Back to your ECTs", HOME)),
        button=True,
    ),
)


def ways_out(page: Document) -> list[tuple[str, str]]:
    """Every link of the page’s main part, in order."""
    return [(text_of(each), each.get("href", "")) for each in page.all("a", within=page.main)]


def check(going: Registering, end: DeadEnd) -> None:
    """The page is the dead end: heading, text, ways out, and a button or none."""
    page = going.page
    assert (going.at, page.h1) == (end.page, end.h1)
    assert end.text in page.text
    expected = [(text, to if "/" in to else going.address(to)) for text, to in end.links]
    assert ways_out(page) == expected
    buttons = [text_of(each) for each in page.all("a", cls="govuk-button", within=page.main)]
    assert buttons == ([end.links[0][0]] if end.button else [])
    assert page.one("form", within=page.main) is None
