"""Telegram is away for long: nothing that a person did is given up."""

import pytest
from sqlalchemy import select

from bot import outages
from storage.tables import inbox
from tests.journeys.world import JourneyWorld

LONG = 9
"""More failing calls than an update has tries."""


@pytest.mark.parametrize("code", [401, 502])
async def test_an_outage_parks_no_update(
    code: int, world: JourneyWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outages, "FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr(outages, "PAUSE_SECONDS_MAX", 0.002)
    ann = await world.sim.person("Ann", language_code="en")
    await world.sim.faults("sendMessage", error_code=code, times=LONG)
    await ann.opens()
    await ann.sees("")
    rows = await world.committed(
        select(inbox.c.attempts, inbox.c.parked_at).where(inbox.c.speaker == str(ann.id))
    )
    assert rows == [(0, None)]
