"""Banners above a school’s list of ECTs: who needs training again, and what lead providers have done of late.

(Words, table 8.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.cohorts import years
from app.domain.partnerships import State
from app.services.your_partnerships import News, PartnershipDetails
from app.web.filters import counted
from app.web.render import Link, Notice
from app.web.school.wording import day_of, pair_of

SENTENCES_IN_BANNER = 5
IF_RIGHT = "If it is right now, do nothing."


def notices_of(urn: str, news: News) -> tuple[Notice, ...]:
    """Every banner, those that ask for something first."""
    partnerships = f"/schools/{urn}/partnerships"
    told = (Notice("", text, (Link(link, partnerships),)) for text, link in _told(news))
    return (*banner(urn, news.without_training), *told)


def _told(news: News) -> Iterator[tuple[str, str]]:
    """What lead providers have done, and the words of the link to the page where a school can answer."""
    for waiting, named in news.named:
        provider, theirs = waiting.lead_provider_name, named.delivery_partner_name
        asked = f"You told us {waiting.delivery_partner_name}. Is that right?"
        link = f"Tell us if {theirs} is right, on your Partnerships page"
        yield f"{provider} says your delivery partner is {theirs}. {asked}", link
    for each, before in news.changed:
        provider, now = each.lead_provider_name, each.delivery_partner_name
        link = f"If {now} is wrong, tell us on your Partnerships page"
        yield (
            f"{provider} changed your delivery partner from {before.name} to {now} on {day_of(before.at)}.",
            link,
        )
    for each in news.again:
        provider, partner = each.lead_provider_name, each.delivery_partner_name
        told = f"{provider} has told us again that it works with your school through {partner}."
        link = f"If {pair_of(each)} is still wrong, tell us again on your Partnerships page"
        yield f"{told} You said on {day_of(each.challenged_at)} that this was wrong. {IF_RIGHT}", link


def banner(urn: str, partnerships: Sequence[tuple[PartnershipDetails, int]]) -> tuple[Notice, ...]:
    """One banner about everyone who needs training again; none when nobody does."""
    sentences = [_sentence(*each) for each in partnerships[:SENTENCES_IN_BANNER]]
    if not sentences:
        return ()
    links = (Link("See why on your Partnerships page", f"/schools/{urn}/partnerships"),)
    if len(sentences) == 1:
        return (Notice("", sentences[0], links),)
    ects = counted(sum(ects for _, ects in partnerships), "ECT")
    return (Notice(f"Action required for {ects}", " ".join(sentences), links),)


def _sentence(partnership: PartnershipDetails, number: int) -> str:
    provider = partnership.lead_provider_name
    if partnership.status == State.DECLINED:
        return f"{provider} said no to training {number:,} of your ECTs. Choose again."
    year = years(partnership.cohort)
    ects = counted(number, "ECT")
    if partnership.status == State.CHALLENGED:
        return f"You told us that {pair_of(partnership)} is wrong for {year}. Choose training for {ects}."
    return f"You no longer asked {provider} to confirm training in {year}. Choose training for {ects}."
