"""Dead ends of registering an ECT: each says why, leads on, and stores nothing. (Words, table 4.)"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from app.data.models import Event, RegistrationClosure, School
from tests.support import acceptance as fixture
from tests.support import shown
from tests.support.client import InspectingClient
from tests.support.dead_ends import FIND, HOME, KEPT_UNTIL, OF_THE_RECORD, DeadEnd, check
from tests.support.registering import Registering, day
from tests.support.stored import Stored

pytestmark = pytest.mark.usefixtures("acceptance")


@pytest.mark.parametrize("end", OF_THE_RECORD, ids=lambda end: end.trn)
def test_what_the_teacher_record_says_ends_the_registration(
    client: InspectingClient, stored: Stored, end: DeadEnd
) -> None:
    counts = stored.counts()
    going = Registering(client)
    going.to(end.page, trn=end.trn)
    check(going, end)
    assert stored.counts() == counts
    going.see("check_answers")
    check(going, end)
    going.see("email")
    check(going, end)


def test_try_again_keeps_the_trn_and_asks_for_the_date_of_birth_again(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("records_not_answering", trn="3007012")
    page = client.see(going.page.link("Try again"))
    typed = {each.get("name"): each.get("value", "") for each in page.all("input", within=page.form())}
    assert typed["trn"] == "3007012"
    assert {typed[f"date_of_birth-{part}"] for part in ("day", "month", "year")} == {""}
    going.answer(**going.born(trn=fixture.AOIFE_TRN))
    assert going.at == "check_details"


def test_a_number_that_does_not_match_either_ends_the_registration_without_a_name(
    client: InspectingClient, stored: Stored
) -> None:
    counts = stored.counts()
    going = Registering(client)
    page = going.to("national_insurance_number", trn="3007011")
    assert "Freya" not in page.text
    going.answer(national_insurance_number="QQ 00 70 11 C")
    check(
        going,
        DeadEnd(
            "3007011",
            "details_do_not_match",
            "We cannot match these details",
            "TRN 3007011 does not go with the date of birth and National Insurance number you entered. Check all 3 "
            "with the teacher. If they are right, the teacher record may be wrong and the teacher will need to "
            "have it corrected.",
            (("Try again", FIND),),
            button=True,
        ),
    )
    assert "Freya" not in going.page.html
    assert stored.counts() == counts


def test_a_number_that_matches_finds_the_teacher_after_all(client: InspectingClient) -> None:
    going = Registering(client)
    going.to("national_insurance_number", trn="3007010")
    going.answer(national_insurance_number="qq007010c")
    assert going.page.h1 == "Is Kwame Asante the teacher you want to register?"


def test_a_merged_record_is_registered_under_the_trn_that_has_it_now(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers", trn="3007007")
    assert shown.rows(going.page)["TRN"] == "3007008"
    assert shown.rows(going.page)["Name"] == "Parveen Akhtar"


def test_missing_qualified_teacher_status_is_no_dead_end(client: InspectingClient) -> None:
    going = Registering(client)
    page = going.to("check_details", trn="3007001")
    assert (
        "The record does not show that Maya Okonkwo-Hill has qualified teacher status (QTS) yet. You can register "
        "them, but induction cannot start until they have it."
    ) in shown.notices(page)[0]
    going.to("check_answers")
    assert "waits until their record shows qualified teacher status (QTS)" in shown.notices(going.page)[0]
    going.send()
    assert going.page.h1 == "Maya Okonkwo-Hill is registered"


def test_a_school_that_registered_somebody_before_is_shown_them(
    client: InspectingClient, stored: Stored
) -> None:
    Registering(client).confirm()
    counts = stored.counts()
    going = Registering(client)
    going.to("already_here")
    (registered,) = stored.all(Event, Event.kind == "ect.registered")
    check(
        going,
        DeadEnd(
            fixture.AOIFE_TRN,
            "already_here",
            "Your school has already registered Aoife O'Brien",
            "You do not need to register them again.",
            (
                ("See Aoife O'Brien’s details", f"{HOME}/{registered.record_id}"),
                ("Register a different teacher", FIND),
            ),
            button=True,
        ),
    )
    assert stored.counts() == counts
    client.see(going.page.link("Register a different teacher"))
    going.answer(**going.born(trn=fixture.ZOE_TRN))
    assert going.at == "check_details"


def test_a_year_that_is_not_open_keeps_the_answers(client: InspectingClient, stored: Stored) -> None:
    counts = stored.counts()
    going = Registering(client)
    going.to("start_date")
    going.answer(**day(1, 6, 2026))
    end = DeadEnd(
        fixture.AOIFE_TRN,
        "cannot_register_yet",
        "You cannot register Aoife O'Brien yet",
        f"They start on 1 June 2026, and registration for 2026 to 2027 is not open. {KEPT_UNTIL}",
        (("Back to your ECTs", HOME), ("Change the start date", "start_date")),
        button=True,
    )
    check(going, end)
    assert stored.counts() == counts
    client.see(going.page.link("Change the start date"))
    going.answer(**day(31, 5, 2026))
    assert going.at == "working_pattern"


def test_having_no_appropriate_body_is_a_page_beside_the_question(
    client: InspectingClient, stored: Stored
) -> None:
    counts = stored.counts()
    going = Registering(client)
    page = going.to("appropriate_body")
    client.see(page.link("Our appropriate body is not in the list, or we do not have one"))
    end = DeadEnd(
        fixture.AOIFE_TRN,
        "no_appropriate_body",
        "Sort out the appropriate body first",
        "Aoife O'Brien cannot start induction without one. Ask your headteacher or trust which one your school uses. "
        "State-funded schools use a teaching school hub. Local authorities do not take new ECTs. If yours should be "
        f"in the list, tell us: {help_of(client)}. {KEPT_UNTIL}",
        (("Back to your ECTs", HOME), ("Look at the list again", "appropriate_body")),
        button=True,
    )
    check(going, end)
    assert stored.counts() == counts
    client.see(going.page.link("Look at the list again"))
    assert going.at == "appropriate_body"


def test_not_knowing_the_lead_provider_ends_it_with_answers_kept(
    client: InspectingClient, stored: Stored
) -> None:
    counts = stored.counts()
    going = Registering(client)
    going.to("lead_provider")
    going.answer(lead_provider="unknown")
    end = DeadEnd(
        fixture.AOIFE_TRN,
        "find_your_lead_provider",
        "Find out your lead provider, then come back",
        "Look at whose name is on the training materials or the log-in page. Or ask your delivery partner: it always "
        "works for a lead provider. If your lead provider is not in the list, it may not take ECTs who start "
        f"in 2025 to 2026. {KEPT_UNTIL}",
        (
            ("Back to your ECTs", HOME),
            ("Choose a lead provider", "lead_provider"),
            ("Change to school-led", "programme"),
        ),
        button=True,
    )
    check(going, end)
    assert stored.counts() == counts
    client.see(going.page.link("Change to school-led"))
    going.answer(programme="school_led")
    assert going.at == "check_answers"


def test_a_school_that_cannot_get_dfe_training_is_told_so_at_once(
    client: InspectingClient, stored: Stored
) -> None:
    stored.change(
        lambda session: session.connection().execute(
            update(School).where(School.id == fixture.ELM_COURT).values(section_41_approved=False)
        )
    )
    counts = stored.counts()
    going = Registering(client, tutor=fixture.ELM_COURT_TUTOR, urn=fixture.ELM_COURT_URN)
    end = DeadEnd(
        "",
        "school_cannot_register",
        "Your school cannot register ECTs here",
        "DfE pays for this training at state-funded schools and some special schools. Our records say Elm Court is "
        f"not one of them. You still need an appropriate body for each ECT. If the record is wrong: {help_of(client)}.",
        (("Who does what", "/guidance/who-does-what"),),
    )
    check(going, end)
    going.see("check_answers")
    check(going, end)
    assert stored.counts() == counts


def test_while_registration_is_closed_for_all_nothing_goes_on_and_nothing_is_lost(
    client: InspectingClient, stored: Stored
) -> None:
    going = Registering(client)
    going.to("check_answers")
    kept, counts = stored.answers(going.reference), stored.counts()
    closure = RegistrationClosure(
        id="00000009-0000-7000-8000-000000000002",
        starts_at=datetime(2025, 9, 14, 23, tzinfo=UTC),
        ends_at=datetime(2025, 9, 21, 23, tzinfo=UTC),
    )
    stored.store(closure)
    going.send()
    end = DeadEnd(
        "",
        "registration_closed",
        "You cannot register anyone until 22 September 2025",
        "We close for a short time each year to set up 2025 to 2026. Your ECTs, and anything you have not finished, "
        "are still here.",
        (("Back to your ECTs", HOME),),
    )
    check(going, end)
    assert (stored.counts(), stored.answers(going.reference)) == (counts, kept)


def help_of(client: InspectingClient) -> str:
    """The service’s help address."""
    return str(client.application.config["SETTINGS"].support_email)
