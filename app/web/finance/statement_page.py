"""One statement: where its payment stands, and every figure with what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.data.queries.statements import AdjustmentDetails, RequestDetails
from app.domain.days import in_words
from app.domain.payments import UPLIFT_TARGET_PERCENT, Figures, Line, pence
from app.domain.pounds import in_pounds
from app.domain.statements import State, past_deadline
from app.services.finance import StatementView
from app.web.filters import counted, moment
from app.web.finance.pages import Payment, StatementPage
from app.web.finance.refusing import contract_address
from app.web.finance.statement_list import BASE
from app.web.finance.wording import statement_title
from app.web.journeys.page import SummaryRow
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import statement_tag, type_words
from app.web.render import Link, Notice
from app.web.school.pages import NamedLink
from app.web.school.telling_apart import apart
from app.web.school.wording import day_of

LINES = ("Declaration", "Band", "Fee for each", "Added", "Output fee", "Taken back", "Clawback")
MENTORS = ("Declaration", "Fee for each", "Added", "Output fee", "Taken back", "Clawback")


def statement_page(
    view: StatementView, person_id: str, today: date, notices: tuple[Notice, ...] = ()
) -> StatementPage:
    """The page, as this person sees it: who asked for a payment can’t authorise it."""
    found, figures = view.statement, view.figures
    here = address(view)
    name = statement_title(found)
    adjustable = found.state != State.PAID
    return StatementPage(
        title=name,
        trail=(Link("Statements", BASE), Link(name, "")),
        status=statement_tag(found.state, found.deadline_on, today),
        rows=tuple(_rows(view)),
        contract=Link("See the contract", contract_address(found.lead_provider_id, found.cohort)),
        payment=_payment(view, person_id, today),
        warnings=tuple(_warnings(view)),
        amounts=None if figures is None else _amounts(view, figures),
        tables=() if figures is None else _tables(figures),
        notes=() if figures is None else tuple(_notes(view)),
        adjustments=_adjustments(view, adjustable),
        add_adjustment=f"{here}/adjustments/add" if adjustable else "",
        lines=Link("See the declarations on this statement", f"{here}/declarations"),
        download=Link("Download them as a CSV file", f"{here}/declarations.csv"),
        notices=notices,
    )


def address(view: StatementView) -> str:
    """Where a statement’s page is."""
    return f"{BASE}/{view.statement.id}"


def _rows(view: StatementView) -> Iterator[SummaryRow]:
    found, contract = view.statement, view.contract
    kind = "Declarations and service fee" if found.output else "Service fee only"
    yield SummaryRow("Lead provider", found.lead_provider_name)
    yield SummaryRow("Cohort", str(found.cohort))
    yield SummaryRow("What it is for", kind)
    yield SummaryRow("Deadline", in_words(found.deadline_on))
    yield SummaryRow("Payment date", in_words(found.pays_on))
    kept = "" if found.contract_id else ", which can change until the deadline has passed"
    version = "None yet" if contract is None else f"Version {contract.version}{kept}"
    yield SummaryRow("Contract", version)


def _payment(view: StatementView, person_id: str, today: date) -> Payment:
    found, standing, here = view.statement, view.standing, address(view)
    if found.state == State.PAID:
        return Payment(_said(view) or (f"It was paid on {day_of(found.paid_at)}.",))
    if not past_deadline(found.deadline_on, today):
        return Payment(
            (f"You can ask for payment when the deadline, {in_words(found.deadline_on)}, has passed.",)
        )
    if standing is None:
        sentence = (
            "Nobody has asked for this payment yet. One person asks, and a different person authorises it."
        )
        return Payment((sentence,), Link("Ask for payment", f"{here}/request"))
    withdraw = (Link("Withdraw the request", f"{here}/withdraw"),)
    if standing.requested_by == person_id:
        return Payment((*_said(view), "A different person must authorise it."), None, withdraw)
    return Payment(_said(view), Link("Authorise for payment", f"{here}/authorise"), withdraw)


def _said(view: StatementView) -> tuple[str, ...]:
    """Who asked, and who authorised."""
    standing = view.standing
    return () if standing is None else tuple(_by(view, standing))


def _by(view: StatementView, request: RequestDetails) -> Iterator[str]:
    yield f"{_name(view, request.requested_by)} asked for this payment on {moment(request.requested_at)}."
    if request.authorised_by and request.authorised_at:
        yield f"{_name(view, request.authorised_by)} authorised it on {moment(request.authorised_at)}."


def _name(view: StatementView, person_id: str) -> str:
    return view.names.get(person_id, "Somebody")


def _warnings(view: StatementView) -> Iterator[str]:
    if view.figures is None:
        yield "There is no contract to work this statement out by. Set one up first."
        return
    for declaration_type, people in view.figures.unpaid.items():
        if people:
            words = type_words(declaration_type)
            verb = "is" if people == 1 else "are"
            yield f"{words}: {counted(people, 'person', 'people')} found no room in any band, and {verb} not paid for."


def _amounts(view: StatementView, figures: Figures) -> Table:
    """What adds up to the total. Each line is rounded by itself, so they can miss it by a penny."""
    amounts = figures.pence()
    uplifts = counted(view.started.uplifts, "declaration")
    rows = [
        ("Service fee", amounts.service_fee),
        ("Output fees", amounts.output_fee),
        ("Clawbacks", -amounts.clawbacks),
    ]
    if figures.mentor_lines:
        rows += [
            ("Output fees for mentors", amounts.mentor_output_fee),
            ("Clawbacks for mentors", -amounts.mentor_clawbacks),
        ]
    rows += [
        (f"Uplift for {uplifts}", amounts.uplift),
        ("Uplift taken back", -amounts.refunded_uplifts),
        ("Adjustments", amounts.adjustments),
        ("Total before VAT", amounts.total),
        ("VAT", amounts.vat),
    ]
    shown = tuple((label, in_pounds(amount)) for label, amount in rows)
    total = ("Total with VAT", in_pounds(amounts.total_with_vat))
    return Table("What it comes to", ("What for", "Amount"), shown, frozenset({1}), False, total)


def _tables(figures: Figures) -> tuple[Table, ...]:
    """The bands, and mentors paid flat. Bands without anybody in them are left out."""
    moved = [each for each in figures.lines if each.additions or each.subtractions]
    tables = []
    if moved:
        rows = tuple((type_words(each.declaration_type), each.band or "", *_line(each)) for each in moved)
        tables.append(Table("Declarations by band", LINES, rows, frozenset(range(2, 7))))
    if figures.mentor_lines:
        rows = tuple((type_words(each.declaration_type), *_line(each)) for each in figures.mentor_lines)
        tables.append(Table("Mentors", MENTORS, rows, frozenset(range(1, 6))))
    return tuple(tables)


def _line(each: Line) -> tuple[str, ...]:
    return (
        in_pounds(pence(each.fee)),
        f"{each.additions:,}",
        in_pounds(pence(each.output_fee)),
        f"{each.subtractions:,}",
        in_pounds(-pence(each.clawbacks)),
    )


def _notes(view: StatementView) -> Iterator[str]:
    started = view.started
    if started.now and view.contract is not None and view.contract.terms.uplift_pence:
        share = round(100 * started.uplifts / started.now)
        of = f"{started.uplifts:,} of {started.now:,} started declarations have an uplift ({share}%)."
        yield f"{of} The target is {UPLIFT_TARGET_PERCENT}%. It does not limit what is paid."


def _adjustments(view: StatementView, adjustable: bool) -> Table | None:
    rows = view.adjustments
    if not rows:
        return None
    extra = apart([each.name for each in rows], [f", {in_pounds(each.amount_pence)}" for each in rows])
    head = ("Name", "Added on", "Amount", *(("Change",) if adjustable else ()))
    shown = tuple(
        _adjustment(view, each, hidden, adjustable) for each, hidden in zip(rows, extra, strict=True)
    )
    return Table("Adjustments", head, shown, frozenset({2}), adjustable, unprinted=frozenset({3}))


def _adjustment(
    view: StatementView, each: AdjustmentDetails, hidden: str, adjustable: bool
) -> tuple[Cell, ...]:
    cells = (each.name, day_of(each.added_at), in_pounds(each.amount_pence))
    if not adjustable:
        return cells
    href = f"{address(view)}/adjustments/{each.id}/remove"
    return (*cells, NamedLink("Remove", href, f" {each.name}{hidden}"))
