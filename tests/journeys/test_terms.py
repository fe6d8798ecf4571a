"""Terms that change and pay-outs that come by themselves, as a partner meets them in the chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.domain.builders import TEXTS
from tests.journeys.world import JourneyWorld, start_world

QUARTERLY = (
    """\
[program]
key = "acme"
currency = "USD"
[commission]
rates = [
    { payment = "first", amount = "20.00" },
    { rate = "10%" },
]
[payout]
minimum = "200.00"
schedule = "quarterly"
day = 5
"""
    + TEXTS
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    file = tmp_path / "acme.toml"
    file.write_text(QUARTERLY)
    async with start_world(tmp_path, programs=(str(file),)) as started:
        yield started


async def test_a_scheduled_program_says_when_it_pays_and_asks_where_to(
    world: JourneyWorld,
) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.sends("/join")
    await ann.presses("Activate")
    await ann.sees("own account ID")
    await ann.sends("crm-ann")
    await ann.sees("👍")
    await ann.sends("/tier")
    shown = await ann.sees("My rate")
    assert "first payment of a client — 20.00 USD" in shown["text"]
    await ann.sends("/withdraw")
    shown = await ann.sees("This program pays out by itself")
    assert "Pay-outs start at 200.00 USD" in shown["text"]
    await ann.presses("Name the account")
    await ann.sees("Where should your pay-outs go?")
    await ann.sends("x")
    await ann.sees("cannot be an account")
    await ann.sends("DE02 1203 0000 0000 2020 51, Ann")
    await ann.sees("Your next pay-out goes to … Ann")
    await ann.sends("/terms")
    shown = await ann.sees("Rules of")
    assert "Version 1 holds." in shown["text"]
    assert "You have accepted them." in shown["text"]
    await ann.sends("/calc")
    shown = await ann.sees("Calculator")
    assert "after each quarter, on day 5 of the next month" in shown["text"]
