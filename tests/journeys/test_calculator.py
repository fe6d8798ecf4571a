"""Anyone counts what it would earn: by buttons, by typing, and finds it again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.world import JourneyWorld, start_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    async with start_world(tmp_path) as started:
        yield started


async def test_a_stranger_calculates_and_finds_it_again(world: JourneyWorld) -> None:
    nina = await world.sim.person("Nina", language_code="en")
    await nina.opens()
    await nina.presses("🧮")
    shown = await nina.sees("10 paying clients, 100.00")
    assert "Tier: Plus" in shown["text"]
    assert "200.00 USD a month" in plain(shown["text"])
    assert "2,400.00 USD a year" in plain(shown["text"])
    assert "▶️ Plus: from 6 clients — 20%, from 120.00 USD a month" in plain(shown["text"])
    await nina.presses("🏆 Pro")
    await nina.sees("21 paying clients")
    await nina.presses("👥 −1")
    await nina.sees("20 paying clients")
    await nina.presses("🧾 +25")
    await nina.sees("125.00 USD each")
    await nina.sends("25 x 80,50")
    shown = await nina.sees("25 paying clients, 80.50")
    assert "603.75 USD a month" in plain(shown["text"])
    await nina.sends("lots")
    await nina.sees("is not a number of clients")
    await nina.sends("25 money")
    await nina.sees("is not an amount")
    await nina.sends("/menu")
    await nina.sees("Want to earn?")
    await world.restart()
    await nina.sends("/calc")
    await nina.sees("25 paying clients, 80.50")
    await nina.sends("/calc 3 1000")
    await nina.sees("3 paying clients, 1,000.00")
    await nina.sends("/cancel")
    await nina.sees("Cancelled.")
    await nina.sends("/calc")
    await nina.sees("3 paying clients, 1,000.00")


async def test_a_partner_finds_it_in_the_menu(world: JourneyWorld) -> None:
    anna = await world.partner("Anna")
    await anna.sends("/menu")
    await anna.sees("Menu")
    await anna.presses("📣")
    await anna.presses("🧮")
    shown = await anna.sees("Calculator")
    buttons = [button["text"] for row in shown["inline_keyboard"] for button in row]
    assert "🔗 My link" in buttons
    assert "🤝 Become a partner" not in buttons
    assert all(len(row) <= 4 for row in shown["inline_keyboard"])


async def test_it_opens_in_the_program_that_one_works_in(tmp_path: Path) -> None:
    async with start_world(tmp_path, programs=("saas-tiers", "hosting-matrix")) as world:
        omar = await world.sim.person("Omar", language_code="uk")
        await omar.opens()
        await omar.sends("/calc")
        shown = plain((await omar.sees("USD"))["text"])
        assert "від 1 клієнта" in shown
        await omar.sends("/cancel")
        rita = await world.sim.person("Rita", language_code="en")
        await rita.opens()
        await rita.sees("Rita")
        await world.product.use_cases.accept_rules(await world.caller(rita), "hosting-matrix")
        await rita.sends("/calc")
        await rita.sees("EUR")


def plain(text: str) -> str:
    """Return the text with every kind of space as a plain one."""
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("<b>", "").replace("</b>", "")
