"""The fictional people of the demo register. None of them exists.

Two rules, so that anybody trying the service can type what it asks for:

- the date of birth to type is 27 3 2001, for everybody;
- the National Insurance number to type is QQ, the last six digits of the TRN, then C: QQ 00 12 34 C for TRN
  3001234 (a merged TRN has the number of the TRN that now has its record). Numbers that begin with QQ are
  never issued.

`born` and `national_insurance_number` are what to type. Where the record has something else, because that
is the case to try, `birth_date_on_record` and `number_on_record` differ from them.

TRNs from 3008000 to 3008999 belong to nobody and never will; so does every TRN not listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.eligibility import InductionStatus

BORN = date(2001, 3, 27)
BORN_ON_RECORD_INSTEAD = date(2001, 3, 28)
NUMBER_ON_RECORD_INSTEAD = "QQ999999D"
ORDINARY = "Ordinary"


class Standing(StrEnum):
    """How the register answers about a TRN."""

    ON_RECORD = "on_record"
    NO_RECORD = "no_record"
    DEACTIVATED = "deactivated"
    MERGED = "merged"
    UNAVAILABLE = "unavailable"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class DemoTeacher:
    """A fictional teacher, or a TRN that stands for a special case (then `name` is empty).

    `case` says in a few words what happens, for the page that lists them. `merged_into` is the TRN that now
    has the record.
    """

    trn: str
    name: str
    case: str = ORDINARY
    standing: Standing = Standing.ON_RECORD
    merged_into: str = ""
    qts_awarded: bool = True
    induction_status: InductionStatus = InductionStatus.REQUIRED_TO_COMPLETE
    induction_completed_on: date | None = None
    prohibited: bool = False
    birth_date_on_record: date = BORN
    number_differs: bool = False

    @property
    def born(self) -> date:
        """The date of birth to type."""
        return BORN

    @property
    def national_insurance_number(self) -> str:
        """The National Insurance number to type, in capitals without spaces."""
        return f"QQ{(self.merged_into or self.trn)[-6:]}C"

    @property
    def number_on_record(self) -> str:
        """The National Insurance number that the record has."""
        return NUMBER_ON_RECORD_INSTEAD if self.number_differs else self.national_insurance_number


FIXTURE = (
    DemoTeacher("3001234", "Aoife O'Brien"),
    DemoTeacher("0123456", "Zoë D'Arcy-N'Diaye", "Ordinary, with a TRN that begins with 0"),
    DemoTeacher(
        "3005678",
        "Sam Lee",
        "Passed induction; can be a mentor, and has completed mentor training",
        induction_status=InductionStatus.PASSED,
        induction_completed_on=date(2019, 7, 19),
    ),
    DemoTeacher(
        "3009999",
        "Ravi Patel",
        "Registered at another school, where there is one in the demonstration",
        induction_status=InductionStatus.IN_PROGRESS,
    ),
)
"""The people of the acceptance cases."""

SPECIAL = (
    DemoTeacher("3007001", "Maya Okonkwo-Hill", "No qualified teacher status yet", qts_awarded=False),
    DemoTeacher("3007002", "Tobias Grenfell", "Prohibited from teaching", prohibited=True),
    DemoTeacher(
        "3007003",
        "Imogen Castellanos",
        "Passed induction",
        induction_status=InductionStatus.PASSED,
        induction_completed_on=date(2023, 7, 21),
    ),
    DemoTeacher(
        "3007004",
        "Declan Ashworth",
        "Failed induction",
        induction_status=InductionStatus.FAILED,
        induction_completed_on=date(2023, 12, 15),
    ),
    DemoTeacher(
        "3007005",
        "Carys Llewellyn",
        "Failed induction in Wales",
        induction_status=InductionStatus.FAILED_IN_WALES,
        induction_completed_on=date(2024, 3, 28),
    ),
    DemoTeacher(
        "3007006", "Henrik Sørensen", "Exempt from induction", induction_status=InductionStatus.EXEMPT
    ),
    DemoTeacher(
        "3007007",
        "",
        "Merged: the record is now under TRN 3007008",
        standing=Standing.MERGED,
        merged_into="3007008",
    ),
    DemoTeacher("3007008", "Parveen Akhtar", "Ordinary; TRN 3007007 was merged into this one"),
    DemoTeacher("3007009", "", "Deactivated: not found", standing=Standing.DEACTIVATED),
    DemoTeacher(
        "3007010",
        "Kwame Asante",
        "The date of birth differs, the National Insurance number matches",
        birth_date_on_record=BORN_ON_RECORD_INSTEAD,
    ),
    DemoTeacher(
        "3007011",
        "Freya Lindqvist",
        "The date of birth and the National Insurance number both differ",
        birth_date_on_record=BORN_ON_RECORD_INSTEAD,
        number_differs=True,
    ),
    DemoTeacher("3007012", "", "The register does not answer", standing=Standing.UNAVAILABLE),
    DemoTeacher("3007013", "Bethan Rhys-Morgan", "The register takes 4 seconds", standing=Standing.SLOW),
    DemoTeacher(
        "3007014",
        "Leopold Nakamura",
        "Passed induction, but no date is on the record",
        induction_status=InductionStatus.PASSED,
    ),
    DemoTeacher(
        "3007015",
        "Ottoline Featherstonehaugh",
        "No induction on the record",
        induction_status=InductionStatus.NONE,
    ),
    DemoTeacher("3008000", "", "Not found", standing=Standing.NO_RECORD),
)
"""A reserved TRN for each special case."""

_ORDINARY_NAMES = (
    "Amelia Hartley",
    "Mohammed Rahman",
    "Siobhán Ní Dhomhnaill",
    "James Williams",
    "Chloë Mac Giolla Phádraig",
    "José Luis Fernández-Ibáñez",
    "Nguyễn Thị Minh Khai",
    "Nirmala",
    "Madhavi",
    "Olúwaṣeun Adébáyọ̀",
    "Björn Ó Súilleabháin",
    "Anne-Marie Saint-Clair",
    "Li Na",
    "Bo Xu",
    "D’Angelo O’Connor",
    "Marie-Thérèse L'Estrange-Fitzgerald",
    "Persephone Alexandrina Bartholomew-Featherington Montague-Smythe-Larks",
    "Łukasz Wiśniewski",
    "Şebnem Öztürk",
    "Jiří Dvořák",
    "Ingibjörg Þórðardóttir",
    "Élodie Lefèvre",
    "Ka Wai Chan",
    "Harpreet Kaur Gill",
    "Tariq al-Hassan",
    "Ludwig van der Merwe",
    "Grace Adeyemi",
    "Iñaki Etxeberria",
    "Kaya ten Broek",
    "Alastair MacKenzie",
    "Noor Hussain",
    "Poppy St John",
    "Francesca De'Ath",
    "Rhys ap Gwilym",
    "Ewan McDonald",
    "Priya Raghunathan",
)

PEOPLE = tuple(DemoTeacher(f"30020{number:02}", name) for number, name in enumerate(_ORDINARY_NAMES, start=1))
"""Ordinary people, TRN 3002001 onwards: nothing stands in the way of registering them."""

DEMO_TEACHERS = FIXTURE + SPECIAL + PEOPLE
"""Everybody in the demo register, the acceptance fixture first."""
