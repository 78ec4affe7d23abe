"""What lead providers do, many at once: each thing is done once, whoever comes second meets the rules (Trust, 2)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from app.data import models
from app.data.ids import new_id
from app.domain.refusals import Refused, RefusedTogether
from app.services import partnerships, providers
from app.services.asked import Asked, by_lead_provider
from tests.data import records
from tests.data.queries.api import worlds
from tests.support.amounts import amount
from tests.web.api_v3.playing import Stage, set_up

CROWD, ROUNDS = 6, amount(2, 20)


@pytest.fixture
def stage(app: Flask) -> Stage:
    return set_up(app)


def asked(provider: str) -> Asked:
    return by_lead_provider(provider, records.NOW, new_id())


def at_once(stage: Stage, works: list[Callable[[], Any]]) -> Counter[str]:
    """How each of these ended, begun in the same moment: “done”, or what refused it."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> str:
        with stage.api.app_context():
            gate.wait(10)
            try:
                work()
            except RefusedTogether as together:
                return together.refusals[0].reason
            except Refused as refused:
                return refused.reason
            except (providers.Overtaken, providers.NotFound) as error:
                return type(error).__name__
            return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return Counter(pool.map(run, works))


def test_one_partnership_reported_by_many_requests_at_once_is_made_once(stage: Stage) -> None:
    for _ in range(ROUNDS):
        school = records.school()
        school_id = school.id
        stage.do(lambda school=school: worlds.save(school))
        sent = {"cohort": 2025, "school_id": school_id, "delivery_partner_id": stage.at.alder}

        def report(sent: dict[str, Any] = sent) -> None:
            providers.report_partnership(stage.at.northstar, sent, asked(stage.at.northstar))

        ended = at_once(stage, [report] * CROWD)
        assert ended["done"] == 1
        assert set(ended) <= {"done", "already_active", "Overtaken"}
        (row,) = stage.all(models.Partnership, school_id=school_id)
        assert stage.kinds(row.id) == ["partnership.reported"]
        assert len(stage.all(models.PartnershipDeliveryPartner, partnership_id=row.id)) == 1


def test_confirming_and_declining_at_once_does_one_of_the_two(stage: Stage) -> None:
    provider = stage.at.northstar
    for _ in range(ROUNDS):
        school = records.school()
        school_id = school.id
        stage.do(lambda school=school: worlds.save(school))
        row = stage.partnership(school_id=school_id, status="proposed", ever_active=False)

        def confirm(row_id: str = row.id) -> None:
            providers.confirm_proposal(provider, row_id, {}, asked(provider))

        def decline(row_id: str = row.id) -> None:
            providers.decline_proposal(provider, row_id, {"reason": "other"}, asked(provider))

        ended = at_once(stage, [confirm, decline] * 2)
        assert ended["done"] == 1 and set(ended) <= {"done", "not_proposed", "Overtaken"}
        (after,) = stage.all(models.Partnership, id=row.id)
        kind = {"active": "partnership.confirmed", "declined": "partnership.declined"}[after.status]
        assert stage.kinds(row.id) == [kind]


def test_one_point_declared_by_two_providers_at_once_is_live_once(stage: Stage) -> None:
    """Both have the person: where she left, and where she came."""
    left = stage.partnership(lead_provider_id=stage.at.teach_forward)
    came = stage.partnership(school_id=stage.at.harrow.id)
    for _ in range(ROUNDS):
        who = stage.ect(left, finished_on=records.TODAY)
        stage.store(worlds.ect, came, teacher_id=who.teacher, started_on=records.TODAY.replace(day=16))
        sent = {
            "participant_id": who.teacher,
            "declaration_type": "started",
            "declaration_date": "2025-09-10T09:00:00Z",
            "course_identifier": "ecf-induction",
        }
        both = [
            lambda provider=provider, sent=sent: providers.declare(provider, sent, asked(provider))
            for provider in (stage.at.northstar, stage.at.teach_forward)
        ]
        ended = at_once(stage, both * 3)
        rows = stage.all(models.Declaration, teacher_id=who.teacher)
        states = Counter(row.state for row in rows)
        assert states["eligible"] == 1
        assert ended["done"] == len(rows)
        assert set(ended) <= {"done", "already_declared", "Overtaken"}
        other = {row.ineligible_reason for row in rows if row.state == "ineligible"}
        assert other <= {"duplicate_declaration"}
        assert len(stage.all(models.StatementLine, declaration_id=_live(rows).id)) == 1


def _live(rows: list[models.Declaration]) -> models.Declaration:
    (row,) = (row for row in rows if row.state == "eligible")
    return row


def test_a_declaration_voided_by_many_at_once_is_voided_once(stage: Stage) -> None:
    who, provider = stage.ect(stage.partnership()), stage.at.northstar
    row = stage.store(lambda _at: worlds.declaration(who, provider, state="submitted"))
    ended = at_once(stage, [lambda: providers.void(provider, row.id, asked(provider))] * CROWD)
    assert ended["done"] == 1 and set(ended) <= {"done", "wrong_state", "Overtaken"}
    assert stage.kinds(row.id) == ["declaration.voided"]


def test_whoever_is_overtaken_is_tried_once_more(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def conflict(*_all: Any) -> str:
        tries.append("again")
        if len(tries) % 3:
            raise partnerships.Conflict
        return "made"

    monkeypatch.setattr(partnerships, "report", conflict)

    def report() -> str:
        return providers.report_partnership(stage.at.northstar, {}, asked(stage.at.northstar))

    with stage.api.app_context():
        with pytest.raises(providers.Overtaken):
            report()
        assert report() == "made"
    assert len(tries) == 3


@pytest.mark.parametrize("which", ["abc", "", "0197a0c4-3c00-7000-8000-00000000ffff"])
def test_what_is_not_there_is_not_found(stage: Stage, which: str) -> None:
    provider = stage.at.northstar
    with stage.api.app_context():
        for act in (providers.change_partner, providers.confirm_proposal, providers.decline_proposal):
            with pytest.raises(providers.NotFound):
                act(provider, which, {}, asked(provider))
        with pytest.raises(providers.NotFound):
            providers.void(provider, which, asked(provider))
