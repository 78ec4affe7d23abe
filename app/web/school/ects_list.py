"""Your ECTs: cards, registrations not finished, and the banner about ECTs who need training again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.data.queries.runs import RunDetails
from app.domain.days import in_words
from app.services import runs
from app.services.your_ects import Card, Page, status_of
from app.services.your_partnerships import News
from app.web.filters import moment
from app.web.journeys import running
from app.web.journeys.page import SummaryRow
from app.web.render import Notice
from app.web.school.listing import Asked, listed
from app.web.school.news import notices_of
from app.web.school.pages import BeginView, EctCard, EctsPage, NamedLink, Trail, UnfinishedView
from app.web.school.said import news_of
from app.web.school.telling_apart import apart
from app.web.school.wording import card_tag, day_of, training_rows

DELETED = Notice("", "You have deleted the registration. Nothing you entered was kept.", kind="success")


def ects_page(
    urn: str,
    asked: Asked,
    found: Page[Card],
    unfinished: Page[RunDetails] | None,
    news: News,
    today: date,
    *,
    deleted: bool,
    trail: Trail = (),
) -> EctsPage:
    """The page. `unfinished` is None on pages that don’t list them."""
    base = f"/schools/{urn}/ects"
    return EctsPage(
        title="Your ECTs",
        register=BeginView(f"/schools/{urn}/register-ect", running.begins("register-ect")),
        cards=ect_cards(base, found.rows, today),
        listed=listed(base, asked.search, found.total, found.number, found.per_page),
        unfinished=unfinished_views(unfinished.rows) if unfinished else (),
        more_unfinished=unfinished.total - len(unfinished.rows) if unfinished else 0,
        notices=((DELETED,) if deleted else ()) + notices_of(urn, news),
        trail=trail,
    )


def ect_cards(base: str, cards: Sequence[Card], today: date) -> tuple[EctCard, ...]:
    """A card for each ECT, whose links can be told apart."""
    hidden = apart([card.name for card in cards], [f", TRN {card.trn}" for card in cards])
    return tuple(_card(base, card, extra, today) for card, extra in zip(cards, hidden, strict=True))


def _card(base: str, card: Card, hidden: str, today: date) -> EctCard:
    rows = (
        SummaryRow("TRN", card.trn),
        SummaryRow("Start date", in_words(card.started_on)),
        SummaryRow("Mentor", card.mentor or "No mentor yet"),
        SummaryRow("Appropriate body", card.appropriate_body_name),
        *training_rows(card.training),
        *news_of(card, today),
    )
    return EctCard(
        NamedLink(card.name, f"{base}/{card.id}", hidden), card_tag(status_of(card), card.name), rows
    )


def unfinished_views(rows: Sequence[RunDetails]) -> tuple[UnfinishedView, ...]:
    """Registrations that can be continued, each with Continue and Delete."""
    keys = running.parts().keys
    names = [runs.named(row, keys, runs.name_of) or "" for row in rows]
    told = apart(
        [name or "someone with no name yet" for name in names],
        [f", started {moment(row.started_at)} by {row.person_name}" for row in rows],
    )
    return tuple(_unfinished(*each) for each in zip(rows, names, told, strict=True))


def _unfinished(row: RunDetails, name: str, told: str) -> UnfinishedView:
    whose = (name or "someone with no name yet") + told
    base = running.where(row).base
    return UnfinishedView(
        name or "No name yet",
        f"Started {day_of(row.started_at)} by {row.person_name}",
        f"Kept until {day_of(row.kept_until)}",
        (
            NamedLink("Continue", f"{base}/", f" registering {whose}"),
            NamedLink("Delete", f"{base}/delete", f" the registration of {whose}"),
        ),
    )
