"""Contracts: the list of places, and the versions of one contract."""

from __future__ import annotations

from collections.abc import Mapping

from app.data.queries import finance as queries
from app.data.queries.contracts import ContractDetails
from app.data.queries.finance import Choices, Place
from app.data.queries.paging import Page
from app.domain.payments import Band, Contract
from app.domain.pounds import in_pounds
from app.web.filters import counted
from app.web.finance.pages import ContractPage, ListPage, VersionView
from app.web.finance.refusing import contract_address
from app.web.journeys.page import SummaryRow
from app.web.offices.lists import select
from app.web.offices.pages import Cell, Table
from app.web.offices.wording import yes_or_no
from app.web.render import Link, Notice
from app.web.school.listing import listed
from app.web.school.pages import NamedLink
from app.web.school.wording import day_of

BASE = "/finance/contracts"
BANDS = ("Band", "Participants", "Price for each", "For declarations", "For months")


def contracts_page(found: Page[Place], said: Mapping[str, str]) -> ListPage:
    """The list: every place of a lead provider in a cohort, with or without a contract."""
    choices: Choices = queries.choices()
    providers = {each.id: each.name for each in choices.lead_providers}
    cohorts = {str(each): str(each) for each in choices.cohorts}
    head = ("Lead provider", "Cohort", "Latest version", "Set up on")
    rows = tuple(map(_row, found.rows))
    return ListPage(
        title="Contracts",
        action=BASE,
        filters=(
            select("provider", "Lead provider", "All lead providers", providers, said),
            select("cohort", "Cohort", "All cohorts", cohorts, said),
        ),
        heading=counted(found.total, "contract") if found.total else "No contracts found",
        sentences=(),
        table=Table("Contracts", head, rows, size="") if rows else None,
        listed=listed(BASE, "", found.total, found.number, found.per_page, said),
        empty="No lead provider has a place in a cohort like that.",
        way_on=None if rows else Link("Show all contracts", BASE),
        tab="contracts",
    )


def contract_page(
    place: Place, versions: tuple[ContractDetails, ...], names: Mapping[str, str], notices: tuple[Notice, ...]
) -> ContractPage:
    """Every version, the newest first."""
    name = f"Contract with {place.lead_provider_name}, {place.cohort} cohort"
    here = contract_address(place.lead_provider_id, place.cohort)
    return ContractPage(
        title=name,
        trail=(Link("Contracts", BASE), Link(name, "")),
        add=Link(f"Set up version {(place.version or 0) + 1}", f"{here}/new"),
        versions=tuple(_version(each, names) for each in versions),
        notices=notices,
    )


def terms_rows(terms: Contract) -> tuple[SummaryRow, ...]:
    """What a contract says beside its bands."""
    monthly, mentor = terms.monthly_service_fee_pence, terms.mentor_price_pence
    rows = [
        SummaryRow("Recruitment target", counted(terms.recruitment_target, "participant")),
        SummaryRow("Set-up fee", in_pounds(terms.set_up_fee_pence)),
        SummaryRow(
            "Monthly service fee", "Worked out from the bands" if monthly is None else in_pounds(monthly)
        ),
        SummaryRow("Uplift for each participant", in_pounds(terms.uplift_pence)),
        SummaryRow("Charges VAT", yes_or_no(terms.vat)),
    ]
    if mentor is not None:
        rows.append(SummaryRow("Price of each mentor", in_pounds(mentor)))
    return tuple(rows)


def bands_table(bands: tuple[Band, ...], caption: str) -> Table:
    """The bands of a contract."""
    return Table(caption, BANDS, tuple(map(_band, bands)), frozenset({2, 3, 4}), size="s")


def _row(place: Place) -> tuple[Cell, ...]:
    href = contract_address(place.lead_provider_id, place.cohort)
    link = NamedLink(place.lead_provider_name, href, f", {place.cohort} cohort")
    version = "None yet" if place.version is None else f"Version {place.version}"
    return (link, str(place.cohort), version, day_of(place.created_at) or "Not set up")


def _version(contract: ContractDetails, names: Mapping[str, str]) -> VersionView:
    by = names.get(contract.created_by or "", "an import")
    rows = (SummaryRow("Set up", f"{day_of(contract.created_at)} by {by}"), *terms_rows(contract.terms))
    caption = f"Bands of version {contract.version}"
    return VersionView(f"Version {contract.version}", rows, bands_table(contract.terms.bands, caption))


def _band(band: Band) -> tuple[str, ...]:
    return (
        band.letter,
        f"{max(1, band.min):,} to {band.max:,}",
        in_pounds(band.price_pence),
        f"{band.output_percent}%",
        f"{band.service_percent}%",
    )
