"""Invoices and the certificate in every language: nothing is left in English."""

import re
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.simulator.actors import PersonActor
from domain.entities.partner import LegalForm
from storage.tables import partners
from tests.domain.builders import PRESETS
from tests.journeys.languages import Heard, left_in_english, say, shown_to_anybody
from tests.journeys.test_invoices import ONLY_APPLIED
from tests.journeys.world import JourneyWorld, start_world

OURS = {"RUB", "crm", "Anna", "Carla", "Olena", "certificates", "test", "png"}
"""Words of this test, and a currency."""


async def _joins(world: JourneyWorld, language: str) -> PersonActor:
    anna = await world.sim.person("Anna", language_code=language)
    await anna.opens()
    await anna.presses("🤝")
    await anna.presses("✅")
    await anna.sees("r_")
    await say(anna, "crm-anna")
    await anna.sees("👍")
    async with world.product.engines.writes.begin() as connection:
        await connection.execute(update(partners).values(legal_form=LegalForm.INDIVIDUAL))
    return anna


async def _orders(anna: PersonActor, client: str, pay_by: str) -> None:
    await say(anna, "/invoices")
    await anna.presses("➕")
    await anna.sees("")
    await say(anna, "nobody")
    await say(anna, client)
    shown = await anna.sees("0")
    await anna.presses(shown["inline_keyboard"][0][0]["text"])
    await say(anna, "3")
    await anna.presses("➡️")
    await anna.presses(pay_by)
    await anna.sees("")
    await anna.presses("✅")
    await anna.sees("📨")


async def _desk(world: JourneyWorld, anna: PersonActor) -> None:
    """Let staff issue with a mistyped number, hear that it is paid, and record it."""
    owner, staff = world.owner, world.staff
    await say(owner, "/queue", staff)
    await say(owner, "/invoices", staff)
    await owner.presses("🔵", chat=staff)
    await owner.presses("✅", chat=staff)
    question = await owner.sees("Olena", chat=staff)
    await owner.replies(question, "7 2020-01-01", chat=staff)
    await owner.replies(question, "7", chat=staff)
    await owner.sees("🟡", chat=staff)
    await anna.sees("7")
    await anna.presses("💸")
    await anna.sees("?")
    await say(anna, "15")
    await owner.presses("📂", chat=staff)
    await owner.sees("15", chat=staff)
    await owner.presses("💰", chat=staff)
    await owner.sees("?", chat=staff)
    await owner.presses("✅", chat=staff)
    await owner.sees("🟢", chat=staff)
    await world.notices_are_sent()
    for command in ("invoices", "balance", "payments", "withdraw", "tier", "clients", "pin"):
        await say(anna, f"/{command}")
    await say(anna, "/payments")
    await anna.presses("❓")
    await anna.sees("7")


async def _refuses(world: JourneyWorld, anna: PersonActor) -> None:
    owner, staff = world.owner, world.staff
    await owner.presses("❌", chat=staff)
    question = await owner.sees("Olena", chat=staff)
    await owner.replies(question, "12345", chat=staff)
    await anna.sees("12345")


async def test_no_word_of_invoices_is_left_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    language, heard = "ru", Heard(monkeypatch)
    text = (PRESETS / "widget-reseller.toml").read_text("utf-8")
    path = tmp_path / "widgets.toml"
    path.write_text(ONLY_APPLIED.sub("", text), "utf-8")
    async with start_world(tmp_path, language=language, programs=(str(path),)) as world:
        await world.owner.changes(language_code=language)
        anna = await _joins(world, language)
        code = await world.code_of(anna)
        carla = await world.sim.person("Carla", language_code=language)
        await carla.opens(f"r_{code}")
        await carla.shares_contact()
        await carla.sees("✅")
        view = await world.product.use_cases.show_own_data(await world.caller(carla))
        assert view.client is not None
        client = view.client.client.shown_id
        await _orders(anna, client, "💳")
        await _desk(world, anna)
        await _orders(anna, client, "🏦")
        await owner_sees_request(world)
        await _refuses(world, anna)
        await say(anna, "/certificate")
        certificate = (await anna.last())["text"]
        numbers = set(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", certificate))
        assert numbers
        known = {code, client, *numbers, *OURS}
        assert sorted(await _left(world, known)) == []
    assert heard.left_in_english_elsewhere(known, at_least=100) == []


async def owner_sees_request(world: JourneyWorld) -> None:
    await world.notices_are_sent()
    await world.owner.sees("🔵", chat=world.staff)


async def _left(world: JourneyWorld, known: set[str]) -> set[str]:
    texts = await shown_to_anybody(world)
    assert len(texts) > 40
    short = {found for text in texts for found in re.findall(r"\b[2-9a-hjkmnp-z]{6}\b", text)}
    # A payment entered by hand is named after its invoice.
    texts = [re.sub(r"\binvoice-\w+", "", text) for text in texts]
    return left_in_english(texts, known | short)
