"""A small ledger to test on: a lead provider in 2024, its statements, and declarations in any state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.data import models
from app.data.database import reading, release
from app.data.ids import new_id
from app.data.queries.events import Actor
from app.data.transaction import write
from app.domain.payments import Band, Contract
from app.services import contracts, statements
from app.services.asked import Asked
from tests.data import records

COHORT = 2024
JANUARY, APRIL, AUGUST = date(2025, 1, 25), date(2025, 4, 25), date(2025, 8, 25)
WINTER = datetime(2024, 12, 1, 9, tzinfo=UTC)
"""Before the deadline of January’s statement, which is 31 December."""

IN_JANUARY = datetime(2025, 1, 2, 9, tzinfo=UTC)
TERMS = Contract(
    bands=(
        Band("A", 0, 2, 400_00),
        Band("B", 3, 4, 300_00),
        Band("C", 5, 6, 200_00),
        Band("D", 7, 8, 100_00),
    ),
    recruitment_target=6000,
    set_up_fee_pence=149_651_00,
    monthly_service_fee_pence=0,
    uplift_pence=100_00,
    vat=True,
)
_numbers = count(1_000_000)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A provider of 2024 and two people at DfE, with the training record that declarations hang on."""

    provider: str
    training: str
    asker: str
    authoriser: str

    def by(self, person_id: str, now: datetime = IN_JANUARY) -> Asked:
        """Somebody at DfE asks."""
        return Asked(Actor("dfe", person_id), now, "request-1")


def by_clock(now: datetime) -> Asked:
    """The daily job asks."""
    return Asked(Actor("system"), now, "nightly")


def make_ledger(terms: Contract | None = TERMS) -> Ledger:
    """A provider with statements and a contract in 2024. No declarations."""
    world = records.world()
    teacher = records.teacher(str(next(_numbers)), "Sam Field")
    period = records.period(world, teacher)
    training = records.training(period, None)
    asker, authoriser = records.person(kind="dfe"), records.person(kind="dfe")
    records.save(teacher, period, training, asker, authoriser)
    records.save(
        models.Schedule(cohort=COHORT, identifier="ecf-standard-september"),
    )
    made = Ledger(world.northstar.id, training.id, asker.id, authoriser.id)
    write(lambda session: statements.plan(session, made.provider, COHORT, by_clock(WINTER)))
    if terms is not None:
        agree(made, terms)
    return made


def agree(ledger: Ledger, terms: Contract, cohort: int = COHORT) -> str:
    """A new version of the contract."""
    return write(lambda session: contracts.add(session, ledger.provider, cohort, terms, by_clock(WINTER)))


def on(pays_on: date) -> str:
    """The id of the statement paid that day."""
    return str(reading().execute(select(models.Statement.id).filter_by(pays_on=pays_on)).scalar_one())


def declaration_row(ledger: Ledger, **values: Any) -> dict[str, Any]:
    """A declaration by column: an ECT’s start, eligible, unless told otherwise."""
    plain = {
        "id": new_id(),
        "training_record_id": ledger.training,
        "lead_provider_id": ledger.provider,
        "course": "ecf-induction",
        "declaration_type": "started",
        "declared_at": WINTER,
        "state": "eligible",
        "cohort": COHORT,
        "schedule_identifier": "ecf-standard-september",
        "pupil_premium_uplift": False,
        "sparsity_uplift": False,
        "created_at": WINTER,
    }
    return plain | values


def declare(
    ledger: Ledger, statement_id: str | None, times: int = 1, kind: str = "payment", **values: Any
) -> list[str]:
    """Declarations of as many new teachers, each with a line in its own state on the statement, if there is one."""
    teachers, rows, lines = [], [], []
    for _ in range(times):
        number = str(next(_numbers))
        teacher = {"id": new_id(), "trn": number, "name": "Kit", "name_key": "kit", "record_name": "Kit"}
        stamps = {"qts_awarded": True, "checked_at": WINTER, "created_at": WINTER}
        teachers.append(teacher | stamps)
        row = declaration_row(ledger, teacher_id=teacher["id"], **values)
        rows.append(row)
        lines.append(_line(row["id"], statement_id, kind, row["state"]))

    def work(session: Session) -> None:
        session.execute(insert(models.Teacher), teachers)
        session.execute(insert(models.Declaration), rows)
        if statement_id is not None:
            session.execute(insert(models.StatementLine), lines)

    write(work)
    return [row["id"] for row in rows]


def _line(declaration_id: str, statement_id: str | None, kind: str, state: str) -> dict[str, Any]:
    line = {"id": new_id(), "statement_id": statement_id, "declaration_id": declaration_id, "kind": kind}
    return line | {"state": state, "added_at": WINTER}


def add_clawback(ledger: Ledger, declaration_id: str, statement_id: str) -> None:
    """A paid declaration is to be taken back on the statement."""

    def work(session: Session) -> None:
        moved = update(models.Declaration).where(models.Declaration.id == declaration_id)
        session.execute(moved.values(state="awaiting_clawback"))
        statements.claw_back(session, declaration_id, statement_id, WINTER)

    write(work)


def void(declaration_id: str) -> None:
    """Void a declaration that isn’t paid, by the conditional update that every void is, and its line."""

    def work(session: Session) -> None:
        unpaid = ("eligible", "payable")
        once = update(models.Declaration).where(
            models.Declaration.id == declaration_id, models.Declaration.state.in_(unpaid)
        )
        if session.connection().execute(once.values(state="voided")).rowcount != 1:
            raise statements.Conflict
        statements.void_line(session, declaration_id)

    write(work)


def pay(ledger: Ledger, statement_id: str, now: datetime = IN_JANUARY) -> Any:
    """Close, ask and authorise. Returns the amounts."""
    write(lambda session: statements.close(session, statement_id, by_clock(now)))
    write(lambda session: statements.request_payment(session, statement_id, ledger.by(ledger.asker, now)))
    return write(
        lambda session: statements.authorise(session, statement_id, ledger.by(ledger.authoriser, now))
    )


def states(model: Any = models.Declaration) -> dict[str, int]:
    """How many declarations, or lines, are in each state."""
    found: dict[str, int] = {}
    # What other threads stored meanwhile shows in a new transaction only.
    release()
    for state in reading().execute(select(model.state)).scalars():
        found[state] = found.get(state, 0) + 1
    return found


def events(kind: str) -> int:
    """How many events of a kind there are."""
    release()
    return len(reading().execute(select(models.Event.id).filter_by(kind=kind)).all())
