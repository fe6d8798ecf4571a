"""A partner looks at what it brought: statistics with a picture, links, lists, files, masking."""

import asyncio
import csv
import io
from pathlib import Path

import aiohttp
import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import func, select

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from storage.tables import clients, daily_stats, links
from tests.journeys.world import JourneyWorld, start_world

PATIENCE_SECONDS = 20


async def _sees_media(world: JourneyWorld, person: PersonActor, kind: str) -> tuple[Json, bytes]:
    """Wait for a picture or a file after the person's last action."""
    shown = await _until(person, lambda m: m.get(kind) is not None)
    return shown, await world.sim.file(shown[kind]["file_id"])


async def _until(person: PersonActor, wanted: object) -> Json:
    for _ in range(PATIENCE_SECONDS * 20):
        for shown in reversed(await person.messages()):
            if shown["from"]["is_bot"] and wanted(shown):  # type: ignore[operator]
                return shown
        await asyncio.sleep(0.05)
    raise AssertionError("it does not come")


async def _visits(world: JourneyWorld, code: str, many: int) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(many):
            url = f"{world.web_url}/r/{code}"
            async with session.get(url, allow_redirects=False) as answer:
                assert answer.status == 302


async def _counted_visits(world: JourneyWorld) -> int:
    (row,) = await world.committed(select(func.coalesce(func.sum(daily_stats.c.clicks), 0)))
    return int(row[0])


async def test_statistics_in_words_and_as_a_picture(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await _visits(world, await world.code_of(ann), 4)
    await world.earns(ann, "100.00", "50.00")
    # Visits are counted a moment later, many with one commit.
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await _counted_visits(world) != 4:  # noqa: ASYNC110 - another process of thought counts
            await asyncio.sleep(0.05)
    await ann.sends("/stats")
    text = (await ann.sees("Statistics ·"))["text"]
    assert "Visits: 4" in text
    assert "Registrations: 1" in text
    assert "Of them paying: 1" in text
    assert "Payments: 2" in text
    assert "Commissions: 15.00 USD" in text
    assert "Visits that registered: 20%" in text
    shown = await _until(ann, lambda m: (m.get("photo") or {}).get("width") == 1170)
    png = await world.sim.file(shown["photo"]["file_id"])
    assert Image.open(io.BytesIO(png)).width == 1170

    def knows_its_picture(message: Json) -> bool:
        rows = message.get("inline_keyboard") or []
        values = [b.get("data") or "" for row in rows for b in row]
        return "Statistics ·" in (message["text"] or "") and any(
            value.startswith("st:") and not value.endswith(":") for value in values
        )

    figures = await _until(ann, knows_its_picture)
    before = len(await ann.messages())
    await ann.presses("Last month", message_id=figures["message_id"])
    await _until(ann, lambda m: "Commissions: 0.00 USD" in (m["text"] or ""))
    await _until(
        ann,
        lambda m: (
            m["message_id"] == shown["message_id"]
            and m["photo"]["file_id"] != shown["photo"]["file_id"]
        ),
    )
    # The picture changed in its place; nothing was added to the chat.
    assert len(await ann.messages()) == before


async def test_any_period_is_typed_or_picked(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/stats 2025")
    await ann.sees("Jan 1 – Dec 31, 2025")
    await ann.sends("/stats nonsense")
    await ann.sees("is not a period")
    await ann.sends("/stats")
    await ann.sees("Statistics ·")
    await ann.presses("📅")
    await ann.sees("Press the first day")
    await world.restart()
    await ann.sends("01.01.2026–31.12.2020")
    await ann.sees("The first day comes after")
    await ann.sends("1.1.2026 5.1.2026")
    await ann.sees("Jan 1 – 5, 2026")
    await ann.presses("📅")
    await ann.presses("◀️")
    await ann.presses("12")
    await ann.sees("Press the last day")
    await ann.presses("10")
    await ann.sees("10 – 12")


async def test_links_are_made_named_and_put_away(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/link")
    await ann.sees("Your link")
    await ann.presses("All my links")
    await ann.sees("Main link")
    await ann.presses("➕")
    await ann.sends("x" * 41)
    await ann.sees("cannot be the name of a link")
    await ann.sends("My <b>blog</b>")
    await ann.sees("Press the button, and the code is made")
    await world.restart()
    await ann.sends("так")
    await ann.sees("cannot be a code")
    await ann.sends("Ann-Blog")
    await ann.sees("My <b>blog</b>")
    await world.client_of("ANN-blog", "Carla")
    await ann.sends("/links")
    await ann.sees("My links")
    await ann.presses("My <b>blog</b>")
    await ann.presses("QR")
    _, png = await _sees_media(world, ann, "photo")
    assert png.startswith(b"\x89PNG")
    await ann.presses("✏️")
    await ann.sends("Diary")
    await ann.sees("Renamed")
    await ann.presses("📊 Statistics")
    await _until(ann, lambda m: "Link: Diary" in (m["text"] or ""))


async def test_a_link_put_away_works_on(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.product.use_cases.add_link(await world.caller(ann), "Diary", "ann-diary")
    await ann.sends("/links")
    await ann.sees("Diary")
    await ann.presses("Diary")
    await ann.presses("🗄")
    await ann.sees("it still works")
    await ann.sends("/links")
    await ann.sees("My links")
    await ann.presses("🗄")
    await ann.sees("Links put away")
    assert await world.count(links, links.c.archived_at.is_not(None)) == 1
    await world.client_of("ann-diary", "Carla")
    assert await world.count(clients) == 1


async def test_lists_are_searched_and_a_referral_opens(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "100.00")
    await world.client_of(await world.code_of(ann), "Boris")
    await ann.sends("/referrals")
    await ann.sees("1. Boris")
    await ann.presses("🔍")
    await ann.sends("CARL")
    shown = await ann.sees("🔍 CARL")
    assert "Carla" in shown["text"]
    assert "Boris" not in shown["text"]
    await ann.presses("1", message_id=shown["message_id"])
    card = await _until(ann, lambda m: "Its next payment earns you 10%" in (m["text"] or ""))
    assert "rate 10%, tier Start" in card["text"]
    await ann.presses("⬅️")
    await _until(ann, lambda m: "🔍 CARL" in (m["text"] or ""))
    await ann.presses("🧾 Payments")
    await _until(ann, lambda m: "paid 100.00 USD" in (m["text"] or ""))
    await ann.presses("⚪️")
    await _until(ann, lambda m: "Nothing was found" in (m["text"] or ""))
    await ann.sends("/cancel")
    await ann.sends("/payments")
    await ann.sees("you earned 10.00 USD")


async def test_tables_are_taken_out_as_files(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "100.00", "60.00")
    await ann.sends("/export payments csv")
    await ann.sees("Table: Payments")
    await ann.presses("Make the file")
    shown, data = await _sees_media(world, ann, "document")
    assert shown["document"]["file_name"].startswith("Payments ")
    assert shown["document"]["file_name"].endswith(".csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert sorted(row["Commission"] for row in rows) == ["10.00", "6.00"]
    await ann.sees("2 rows are in the file")
    for press, text in (
        ("Another export", "Table: Payments"),
        ("Registrations", "Table: Registrations"),
        ("Excel", "File: Excel"),
        ("All time", "Period: All time"),
    ):
        await ann.presses(press)
        await ann.sees(text)
    await ann.presses("Make the file")
    shown = await _until(
        ann, lambda m: (m.get("document") or {}).get("file_name") == "Registrations All time.xlsx"
    )
    book = load_workbook(io.BytesIO(await world.sim.file(shown["document"]["file_id"])))
    assert [cell.value for cell in book.active["C"]] == ["Name", "Carla"]
    await ann.sends("/export payouts 2025")
    await ann.presses("Make the file")
    await ann.sees("There is nothing in this period")


async def test_clients_are_masked_where_the_config_says_so(tmp_path: Path) -> None:
    async with start_world(tmp_path, staff_config="[privacy]\nmask_clients = true") as world:
        ann = await world.partner("Ann")
        await world.earns(ann, "100.00")
        for command in ("/referrals", "/payments"):
            await ann.sends(command)
            await ann.sees("C***")
        await ann.sends("/export")
        await ann.presses("Make the file")
        _, data = await _sees_media(world, ann, "document")
        book = load_workbook(io.BytesIO(data))
        assert [cell.value for cell in book.active["C"]] == ["Name", "C***"]
        told = [m["text"] or "" for m in await ann.messages() if m["from"]["is_bot"]]
        assert any("New referral: C***" in text for text in told)
        assert not any("Carla" in text for text in told)


@pytest.mark.parametrize(
    "press", ["st:all::links:", "ls:p:all::1:zz:!!", "rf:!!:x::::", "exp:x:y:z:"]
)
async def test_a_forged_button_gets_an_answer(world: JourneyWorld, press: str) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/menu")
    menu = await ann.sees("Menu")
    answered = await world.sim.update(
        {
            "callback_query": {
                "id": "77",
                "from": {"id": ann.id, "is_bot": False, "first_name": "Ann"},
                "message": {
                    "message_id": menu["message_id"],
                    "date": 1,
                    "chat": {"id": ann.id, "type": "private"},
                    "text": "Menu",
                },
                "chat_instance": "1",
                "data": press,
            }
        }
    )
    assert answered
    await asyncio.sleep(0.3)
    assert not any("Something went wrong" in (m["text"] or "") for m in await ann.messages())
