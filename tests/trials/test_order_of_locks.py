"""The order in which writes lock rows: nobody who has the clock of changes waits for anybody (`data.publishing`)."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.data import models
from app.data.transaction import write
from tests.support.databases import Store
from tests.support.tree import ROOT
from tests.trials.lives_stage import noting_deadlocks
from tests.web.api_v3.playing import set_up


def test_what_is_shown_with_a_change_is_waited_for_before_the_clock_is_taken(postgresql_only: Store) -> None:
    """A delivery partner gets another name while its partnership is being changed: who has the clock waits for none."""
    app, stage = postgresql_only.app, set_up(postgresql_only.app)
    under, held = stage.partnership(), threading.Event()

    def challenge(session: Session) -> None:
        row = update(models.Partnership).where(models.Partnership.id == under.id)
        session.connection().execute(row.values(status="challenged"))
        held.set()
        time.sleep(0.3)

    def rename(session: Session) -> None:
        held.wait(5)
        row = update(models.DeliveryPartner).where(models.DeliveryPartner.id == stage.at.alder)
        session.connection().execute(row.values(name="Alder Hub"))

    def alone(work: Callable[[Session], None]) -> None:
        with app.app_context():
            write(work)

    with noting_deadlocks(app) as deadlocks, ThreadPoolExecutor(2) as pool:
        list(pool.map(alone, (challenge, rename)))
    assert deadlocks == []
    assert stage.all(models.Partnership)[0].status == "challenged"


def test_nobody_locks_a_row_against_those_who_only_refer_to_it() -> None:
    """PostgreSQL looks again at what a record refers to when it is stamped, and then the clock is held."""
    full = re.compile(
        r"with_for_update\((?!key_share=True|read=True|of=\w+, key_share=True)|with_for_update=True"
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "app").rglob("*.py")
        for line in path.read_text().splitlines()
        if full.search(line) and "`with_for_update" not in line
    ]
    assert found == []
