"""Terms that change and pay-outs that come by themselves, as a partner meets them in the chat."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import commissions, enrolments, notices, program_terms
from tests.domain.builders import PRESETS, TEXTS
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
    assert "Version 1 applies." in shown["text"]
    assert "You have accepted them." in shown["text"]
    await ann.sends("/calc")
    shown = await ann.sees("Calculator")
    assert "after each quarter, on day 5 of the next month" in shown["text"]


PRESET = (PRESETS / "saas-tiers.toml").read_text("utf-8")


def second_version() -> str:
    """Return the preset as a vendor would change it: other rates and rules, to be accepted."""
    # The product reads the real clock here; a day more for a midnight in between.
    coming = datetime.now(UTC).date() + timedelta(days=15)
    text = PRESET.replace(
        "version = 1\nversion_date = 2026-01-01", f"version = 2\nversion_date = {coming}", 1
    )
    text = text.replace('acceptance = "notice"', 'acceptance = "again"', 1)
    text = text.replace('{ tier = "pro", rate = "30%" }', '{ tier = "pro", rate = "35%" }', 1)
    return text.replace("30% from the 21st", "35% from the 21st", 1)


async def test_a_preset_goes_from_version_1_to_2_told_and_accepted_in_the_chat(
    tmp_path: Path,
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(PRESET, "utf-8")
    async with start_world(tmp_path, programs=(str(file),)) as world:
        ann = await world.partner("Ann")
        await world.earns(ann, "100.00")
        file.write_text(second_version(), "utf-8")
        await world.restart()
        assert await world.product.use_cases.announce_terms() in (0, 1)
        told = (await ann.sees("The rules of “Referral program” change"))["text"]
        assert "Pro: 30% → 35%" in told
        assert "The text of the rules" in told
        await ann.presses("📜 Read and accept")
        shown = await ann.sees("35% from the 21st")
        assert "Version 1 applies since" in shown["text"]
        await ann.presses("✅ I accept version 2")
        await ann.sees("You accepted version 2")
        await world.notices_are_sent()

        terms = program_terms.c
        assert await world.committed(select(terms.version).order_by(terms.version)) == [
            (1,),
            (2,),
        ]
        assert await world.committed(select(enrolments.c.terms_version)) == [(2,)]
        assert await world.committed(select(commissions.c.minor, commissions.c.rate)) != []
        assert await world.count(notices, notices.c.kind == "terms_changed") == 1
        # Nobody is told twice, and nothing earned has moved.
        await world.restart()
        await world.product.use_cases.announce_terms()
        assert await world.count(notices, notices.c.kind == "terms_changed") == 1
        await ann.sends("/balance")
        await ann.sees("10.00 USD")
        await world.books_balance()
