"""Partnerships and participants on a lead provider’s pages: what its API says of them, with names."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.data import models
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.document import Document
from tests.web.finance.rows import facts, table
from tests.web.provider.conftest import Office

PARTNERSHIPS, PEOPLE = "/provider/partnerships", "/provider/participants"


def names(page: Document) -> list[str]:
    return [row[0].partition(",")[0] for row in table(page, "Participants")]


def test_partnerships_say_what_the_school_challenged_and_when(office: Office) -> None:
    active = office.stage.partnership()
    told = {"challenged_reason": "no_ects", "challenged_at": records.NOW}
    wrong = office.stage.partnership(
        status="challenged",
        school_id=office.stage.at.harrow.id,
        **told,
        delivery_partner_id=office.stage.at.bramble,
    )
    office.stage.partnership(cohort=2024)
    office.theirs()
    page = office.kim.see(PARTNERSHIPS)
    rows = table(page, "Partnerships")
    assert [(row[0].partition(",")[0], *row[2:]) for row in rows] == [
        (
            "Harrow Lane",
            "2025",
            "Bramble Trust Training",
            "Challenged",
            "It has no ECTs in 2025 to 2026, on 15 September 2025",
        ),
        ("Oakfield Primary", "2025", "Alder Teaching School Hub", "Active", "Nothing"),
        ("Oakfield Primary", "2024", "Alder Teaching School Hub", "Active", "Nothing"),
    ]
    for query, many in (
        ("cohort=2024", 1),
        ("status=challenged", 1),
        ("status=active", 2),
        (f"partner={office.stage.at.bramble}", 1),
        ("search=oakfield&cohort=2025", 1),
    ):
        assert len(table(office.kim.see(f"{PARTNERSHIPS}?{query}"), "Partnerships")) == many, query
    assert office.kim.see(f"{PARTNERSHIPS}?search=zz").link("Show all partnerships") == PARTNERSHIPS
    shown = facts(office.kim.see(f"{PARTNERSHIPS}/{wrong.id}"))
    assert (shown["What the school said"], shown["Challenged on"]) == (
        "It has no ECTs in 2025 to 2026",
        "15 September 2025 at 10am",
    )
    assert "What the school said" not in facts(office.kim.see(f"{PARTNERSHIPS}/{active.id}"))


def test_people_are_found_by_name_trn_cohort_and_status(office: Office) -> None:
    stage, under = office.stage, office.stage.partnership()
    late = stage.partnership(cohort=2024)
    aoife = stage.ect(under, name="Aoife O’Brien")
    stage.ect(late, name="Zoë D’Arcy", cohort=2024, training_status="deferred", deferred_at=records.NOW)
    sam = stage.mentor(under, name="Sam Lee")
    both = stage.ect(late, name="Bo Both", cohort=2024)
    stage.mentor(under, teacher_id=both.teacher, name="Bo Both")
    stage.ect(office.theirs(), name="Theirs Alone")
    assert names(office.kim.see(PEOPLE)) == ["Aoife O’Brien", "Bo Both", "Sam Lee", "Zoë D’Arcy"]
    (row,) = [row for row in table(office.kim.page, "Participants") if row[0].startswith("Bo")]
    assert row[2:] == ["ECT; Mentor", "Oakfield Primary", "2024; 2025", "Active", "Active"]
    (teacher,) = stage.all(models.Teacher, id=sam.teacher)
    for query, found in (
        ("search=o'brien", ["Aoife O’Brien"]),
        ("search=ZOE", ["Zoë D’Arcy"]),
        (f"search=RP{teacher.trn[:2]}/{teacher.trn[2:]}", ["Sam Lee"]),
        ("cohort=2024", ["Bo Both", "Zoë D’Arcy"]),
        ("status=deferred", ["Zoë D’Arcy"]),
        ("status=deferred&cohort=2025", []),
        ("search=%25", []),
        ("status=other&cohort=x&size=3&page=-1", ["Aoife O’Brien", "Bo Both", "Sam Lee", "Zoë D’Arcy"]),
    ):
        office.kim.allow("o'brien")
        assert names(office.kim.see(f"{PEOPLE}?{query}")) == found, query
    assert names(office.other().see(PEOPLE)) == ["Theirs Alone"]
    assert aoife.teacher in office.kim.see(PEOPLE).link("Aoife")


def test_more_people_cost_no_more_selects(office: Office, count_queries: Any) -> None:
    under = office.stage.partnership()

    def queries() -> int:
        with count_queries() as sent:
            office.kim.get(PEOPLE)
        return len(sent)

    office.stage.ect(under)
    office.kim.get(PEOPLE)
    before = queries()
    for at in range(5):
        office.stage.ect(under, name=f"Ect {at}")
    assert queries() == before <= 8


def furnished(office: Office) -> worlds.Trained:
    """An ECT with a mentor who stopped, moved, and was declared for by both lead providers."""
    stage, under = office.stage, office.stage.partnership()
    withdrawn = {
        "training_status": "withdrawn",
        "withdrawn_at": records.NOW,
        "withdrawal_reason": "moved-school",
    }
    who: worlds.Trained = stage.ect(under, name="Aoife O’Brien", finished_on=date(2025, 9, 30), **withdrawn)
    mentor = stage.mentor(None, name="Sam Lee")
    stage.store(lambda _at: worlds.mentoring(mentor, who))
    there = office.theirs(school_id=stage.at.harrow.id)
    stage.ect(there, teacher_id=who.teacher, started_on=date(2025, 10, 1))
    (statement, *_) = stage.all(
        models.Statement, lead_provider_id=stage.at.northstar, cohort=2025, output=True
    )
    own = stage.store(lambda at: worlds.declaration(who, at.northstar))
    line = {"statement_id": statement.id, "declaration_id": own.id, "added_at": records.NOW}
    stage.do(lambda: worlds.save(models.StatementLine(id=own.id, kind="payment", state="eligible", **line)))
    for kind, state, provider in (
        ("retained-1", "ineligible", stage.at.northstar),
        ("retained-2", "submitted", stage.at.teach_forward),
        ("retained-3", "voided", stage.at.teach_forward),
    ):
        why = {"ineligible_reason": "duplicate_declaration"} if state == "ineligible" else {}
        stage.store(
            lambda _at, kind=kind, state=state, provider=provider, why=why: worlds.declaration(
                who, provider, declaration_type=kind, state=state, **why
            )
        )
    return who


def test_one_participant_has_both_statuses_in_words_moves_and_declarations(office: Office) -> None:
    who = furnished(office)
    page = office.kim.see(f"{PEOPLE}/{who.teacher}")
    assert page.h1 == "Aoife O’Brien"
    shown = facts(page)
    assert shown["Your status"] == (
        "Withdrawn: you have ended their trainingSince 15 September 2025: moved school"
    )
    assert shown["The school’s status"].startswith("Leaving: the school has said")
    assert (shown["Mentor"], shown["Delivery partner"], shown["Funding"]) == (
        "Sam Lee",
        "Alder Teaching School Hub",
        "Can be funded",
    )
    assert shown["Schedule"] == "ecf-standard-september"
    (move,) = table(page, "Moves between schools")
    assert move[0] == "The lead provider"
    assert move[2:] == [
        "Oakfield Primary with Northstar, last day 30 September 2025",
        "Harrow Lane with Teach Forward, first day 1 October 2025",
    ]
    declared = table(page, "Declarations")
    assert [(row[0], row[3], row[4]) for row in declared] == [
        ("Started", "Northstar", "Eligible"),
        ("Retained 1", "Northstar", "Ineligible: another lead provider has declared the same"),
        ("Retained 2", "Teach Forward", "Submitted"),
    ]
    assert [row[5].startswith("None") for row in declared] == [False, True, True]
    assert page.all("form", within=page.main) == ()


def test_somebody_nothing_is_declared_for_has_a_page_too(office: Office) -> None:
    long = "Zoë <O'Brien> " + "W" * 70
    who = office.stage.ect(office.stage.partnership(), name=long, funded=None)
    office.kim.allow(long)
    page = office.kim.see(f"{PEOPLE}/{who.teacher}")
    assert page.h1 == long
    assert "Nothing has been declared about this person." in page.text
    assert facts(page)["Funding"] == "Not decided yet"
    assert "Teach Forward" not in page.text
