"""Everybody whose training one partnership was, and who has none now: the school’s one answer counts for all of them.

Words, table 8. Somebody who has other training meanwhile, or stopped, or left, isn’t one of them any more; the answer
given for the others says so before it is sent, and leaves them alone.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from app.data.queries.participants import Card
from app.domain.cohorts import CohortPlace
from app.domain.days import in_words
from app.domain.registrations import Programme
from app.engine.walk import Heard
from app.engine.wording import listed
from app.services.supply import ects
from app.services.supply.reads import Reads

if TYPE_CHECKING:
    from app.services.supply.remarks import Kept
    from app.services.supply.view import View

SEVERAL = "these ECTs"
"""What stands where one person’s name would."""

HOW = "how_trained"
TOLD = "what_happened_to_all"


def ects_of(reads: Reads) -> tuple[Card, ...]:
    """Those that the run is about, as things stand now, by name; nobody in a run about something else."""
    ended = reads.ended()
    return () if ended is None else ects_under(ended.id, reads.without_training(), reads.today)


def ects_under(partnership_id: str, cards: tuple[Card, ...], today: date) -> tuple[Card, ...]:
    """Those of some ECTs whose training was this partnership’s and ended for all of them."""
    return tuple(
        each
        for each in cards
        if each.training is not None
        and each.training.partnership_id == partnership_id
        and ects.ended_together(each, today)
    )


def subject(reads: Reads) -> str:
    """The partnership, where it stands, and everybody whose training it was: their time at the school, its record."""
    ended = reads.ended()
    if ended is None:
        return ""
    whose = (f"{each.id}:{each.training.id}" for each in ects_of(reads) if each.training)
    return "|".join((ended.id, ended.status, *whose))


def _ids_in(told: str) -> tuple[str, ...]:
    """The times at the school in such a subject."""
    return tuple(each.partition(":")[0] for each in told.split("|")[2:])


def _ids(view: View) -> tuple[str, ...]:
    """Those whom the school was told of; before that, those of now."""
    answer = view.heard.answer(TOLD)
    return _ids_in(answer.subject) if answer else tuple(each.id for each in ects_of(view.reads))


def is_several(view: View) -> bool:
    """More than one ECT."""
    return len(_ids(view)) > 1


def names(view: View) -> str:
    """“Ada Park and Ben Rowe”; those of one name with their TRN."""
    return _names(view.reads, _ids(view))


def _names(reads: Reads, ect_ids: tuple[str, ...]) -> str:
    found = reads.names_of(ect_ids) if ect_ids else ()
    times = Counter(name for name, _ in found)
    return listed([name if times[name] == 1 else f"{name} (TRN {trn})" for name, trn in found])


def whom(view: View) -> str:
    """The name of the only one, “these ECTs” for several."""
    return SEVERAL if is_several(view) else names(view)


def how_many(view: View) -> str:
    """“2 ECTs”."""
    number = len(_ids(view))
    return f"{number:,} ECT{'' if number == 1 else 's'}"


def left_alone(view: View, kept: Kept) -> str:
    """The names of those whom the school was told of and who aren’t among them any more."""
    told = kept.get(TOLD)
    if told is None or view.reads.ended() is None:
        return ""
    now = {each.id for each in ects_of(view.reads)}
    return _names(view.reads, tuple(each for each in _ids_in(told.subject) if each not in now))


def begins(view: View) -> str:
    """When their new training begins: one day, or each day with the names of those whose it is. “” for other runs."""
    days: dict[date, list[str]] = {}
    for each in ects_of(view.reads):
        if (day := ects.card_begins_on(each, view.reads.today)) is not None:
            days.setdefault(day, []).append(each.id)
    if len(days) < 2:
        return "".join(map(in_words, days))
    return listed([f"{in_words(day)} ({_names(view.reads, tuple(of))})" for day, of in sorted(days.items())])


# ---------------------------------------------------------------------------------------------- what was chosen


def place(view: View) -> CohortPlace | None:
    """The cohort they go on in: that of the partnership they had, so the same for all. The schedule is the first’s."""
    cards, told = ects_of(view.reads), _ids(view)
    if cards:
        return ects.place_of(view.reads, cards[0])
    # Once it is sent they have training; the confirmation speaks of the same year.
    found = view.reads.ect_of(told[0]) if told else None
    return ects.place_of(view.reads, found.card) if found else None


def body_id(reads: Reads) -> str | None:
    """Their appropriate body; None when they have several."""
    found = {each.appropriate_body_id for each in ects_of(reads)}
    return found.pop() if len(found) == 1 else None


def programme(heard: Heard) -> str | None:
    """provider_led or school_led, as the answer for all of them says; None before it."""
    said = heard.value(HOW)
    if said is None:
        return None
    return Programme.SCHOOL_LED if said == "school_led" else Programme.PROVIDER_LED


def lead_provider_kept(view: View) -> str | None:
    """The lead provider they had, where the answer keeps it."""
    ended = view.reads.ended()
    return (
        ended.lead_provider_id if ended and view.heard.value(HOW) in ("as_before", "other_partner") else None
    )


def lead_provider_left(view: View) -> str | None:
    """The lead provider they had, where the answer turns from it."""
    ended = view.reads.ended()
    return ended.lead_provider_id if ended and view.heard.value(HOW) == "other_provider" else None


def partner_kept(view: View) -> str | None:
    """The delivery partner they had, where the answer keeps it."""
    ended = view.reads.ended()
    return ended.delivery_partner_id if ended and view.heard.value(HOW) == "as_before" else None


def partner_left(view: View) -> str | None:
    """The delivery partner they had, where the answer keeps the lead provider and turns from that one."""
    ended = view.reads.ended()
    return ended.delivery_partner_id if ended and view.heard.value(HOW) == "other_partner" else None
