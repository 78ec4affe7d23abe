"""People who sign in for the first schools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from app.data import models
from app.services.demo.national.dice import Dice
from app.services.demo.national.persons import School
from app.services.demo.national.storing import Rows
from app.services.demo.national.world import World

SEATS = 6


def add_seats(schools: Sequence[School], world: World, rows: Rows, dice: Dice) -> None:
    """An induction tutor for each of the first few schools."""
    at = datetime.combine(world.founded, time(9), UTC)
    for school in [each for each in schools if each.fundable][:SEATS]:
        person = dice.new_id(at)
        name = f"Induction tutor at school {school.urn} (fictional)"
        email = f"induction.tutor.{school.urn}@schools.example"
        rows.add(models.Person, person, name, email, "school", True, at, dice.stamp(at))
        rows.add(models.SchoolMembership, person, school.id)
