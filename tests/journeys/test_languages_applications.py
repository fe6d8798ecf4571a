"""Joining by application in every language: nothing is left in English."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from storage.tables import links
from tests.journeys.applying import ACCOUNT, BIK, PERSON_INN, rows
from tests.journeys.languages import Heard, left_in_english, say, shown_to_anybody
from tests.journeys.world import JourneyWorld, start_world
from tests.simulator.support import png

ANSWERS = (
    ("x", "Петренко Анна"),
    ("1", "Коваль Інна"),
    ("1", "Бухгалтер"),
    ("0", PERSON_INN),
    ("304500116000150", "304500116000157"),
    ("1", ACCOUNT),
    ("044525226", BIK),
    ("12", "+79123456789"),
    ("x", "ann@example.com"),
    ("1", "101000, Київ, вулиця Зразкова 1"),
)
"""What is wrong and what is right, in the order in which it is asked."""


async def _presses(person: PersonActor, *labels: str, **more: object) -> None:
    for label in labels:
        await person.presses(label, **more)  # type: ignore[arg-type]
        await person.sees("", **more)  # type: ignore[arg-type]


def _label(shown: Json, row: int) -> str:
    return str(shown["inline_keyboard"][row][0]["text"])


async def _fills_in(world: JourneyWorld, language: str) -> PersonActor:
    """Come to the form of a sole proprietor and fill it in as an employee, with every mistake."""
    anna = await world.sim.person("Anna", language_code=language)
    for command in ("/documents", "/join"):
        await say(anna, command)
    await _presses(anna, "📝")
    forms = await anna.last()
    for row in (0, 1):
        await anna.presses(_label(forms, row), message_id=forms["message_id"])
        await anna.sees("")
        if row == 0:
            await anna.sees("▱▱▱")
            await _presses(anna, "👤", "⬅️", "🏦", "⬅️", "➕", "⬅️", "📄 ", "⬅️", "🔁")
    await _presses(anna, "🧑‍💼")
    await anna.sees("▱▱▱")
    await anna.presses("▶️")
    for wrong, right in ANSWERS:
        await anna.sends(wrong)
        await anna.sees("⚠️")
        await anna.sends(right)
        await anna.sees("✅")
    await anna.attaches(b"nothing", "Anna.pdf")
    await anna.sees("HEIC")
    for color in ("red", "green", "blue", "white"):
        await anna.attaches(png(color=color), "Anna.png")
        await anna.sees("✅")
        await _presses(anna, "▶️")
    await _presses(anna, "📨")
    await anna.presses("✅")
    await anna.sees("🟡")
    return anna


async def _judges(world: JourneyWorld, anna: PersonActor, language: str) -> None:
    """Walk what staff see of it: look, ask, refuse, reject, send back."""
    owner, staff, product = world.owner, world.staff, world.product
    await say(owner, "/applications", staff)
    person = replace((await world.caller(owner)).person, language=language)
    async with product.open_work(books=False) as work:
        await work.people.keep(person, at=product.clock())
        await work.commit()
    await owner.opens()
    await _presses(owner, "🟡", chat=staff)
    await owner.sees("📝", chat=staff)
    await _presses(owner, "🔎", "⬅️", chat=staff)
    await _presses(owner, "🔴", "⬅️", chat=staff)
    await _presses(owner, _label(await owner.last(chat=staff), 1), chat=staff)
    await owner.presses("🔗", chat=staff)
    await owner.sees("/papers/")
    await _presses(owner, "🔴", chat=staff)
    reasons = await owner.last(chat=staff)
    await _presses(owner, _label(reasons, 0), "⏭", "💬", chat=staff)
    question = await owner.sees("Olena,", chat=staff)
    await owner.replies(question, "Anna?", chat=staff)
    await anna.sees("💬")
    await _presses(anna, "✏️")
    await say(anna, "Anna!")
    await owner.sees("💬", chat=staff)
    await _presses(owner, "📂", "❌", "⬅️", "↩️", chat=staff)
    await anna.sees("🟠")
    await _presses(anna, "▶️")


async def test_no_word_of_an_application_is_left_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.UPDATES_MAX", 100_000)
    heard = Heard(monkeypatch)
    async with start_world(tmp_path, language="ru", programs=("cloud-referral",)) as world:
        await world.owner.changes(language_code="ru")
        anna = await _fills_in(world, "ru")
        await _judges(world, anna, "ru")
        assert await rows(world, links.c.code) == []
        shown = await shown_to_anybody(world)
        assert len(shown) > 60
        assert sorted(left_in_english(shown, set())) == []
    assert heard.left_in_english_elsewhere(set(), at_least=100) == []
