"""A handler that raises: the person has a reference number, the update its tries, staff a card."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from bot import outages
from bot.intake import ATTEMPTS_MAX
from domain.usecases.calculator.forecast import ForecastEarnings
from storage.tables import inbox
from tests.journeys.world import JourneyWorld

ASKED = re.compile(r"(\d) paying client")


class Broken:
    """A use case that fails so many times, then works.

    Attributes:
        calls: How often it was asked.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
        self.calls = 0
        works = ForecastEarnings.__call__

        def call(use_case: ForecastEarnings, *asked: Any) -> object:  # noqa: ANN401
            self.calls += 1
            if self.calls <= failures:
                raise RuntimeError("a defect")
            return works(use_case, *asked)

        monkeypatch.setattr(ForecastEarnings, "__call__", call)
        monkeypatch.setattr(outages, "FIRST_PAUSE_SECONDS", 0.001)
        monkeypatch.setattr(outages, "PAUSE_SECONDS_MAX", 0.002)


async def _kept(world: JourneyWorld, person_id: int) -> list[tuple[int, bool]]:
    """Return of each update its failed tries, and whether it was parked."""
    columns = select(inbox.c.attempts, inbox.c.parked_at)
    rows = await world.committed(
        columns.where(inbox.c.speaker == str(person_id)).order_by(inbox.c.update_id)
    )
    return [(attempts, parked_at is not None) for attempts, parked_at in rows]


async def test_what_fails_twice_is_answered_in_order_after_one_apology(
    world: JourneyWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    Broken(monkeypatch, failures=2)
    ann = await world.sim.person("Ann", language_code="en")
    for number in (1, 2, 3):
        await ann.sends(f"/calc {number} 1000")
    await ann.sees("3 paying client")
    shown = [one["text"] for one in await ann.messages() if one["from"]["is_bot"]]
    assert "Reference: " in shown[0]
    assert [found[1] for text in shown[1:] if (found := ASKED.search(text))] == ["1", "2", "3"]
    assert await _kept(world, ann.id) == [(2, False), (0, False), (0, False)]


async def test_what_always_fails_is_parked_and_shown_to_staff_and_holds_up_nothing(
    world: JourneyWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Broken(monkeypatch, failures=1_000)
    ann = await world.sim.person("Ann", language_code="en")
    await ann.sends("/calc 1 1000")
    await ann.sends("/help")
    told = (await ann.sees("Reference: "))["text"]
    await ann.sees("/menu")
    reference = told.split("Reference: ")[1].split()[0]
    await world.owner.sees(reference, chat=world.staff)
    assert broken.calls == ATTEMPTS_MAX
    assert await _kept(world, ann.id) == [(ATTEMPTS_MAX, True), (0, False)]
    said = [one["text"] for one in await ann.messages() if one["from"]["is_bot"]]
    assert sum("Reference: " in text for text in said) == 1
