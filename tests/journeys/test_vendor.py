"""The vendor's side over real HTTP: webhooks arrive, staff see and mend what did not go well."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import utc_now
from bot.simulator.wire import Json
from domain.period import text_of
from domain.signatures import key_of, sign
from domain.usecases.events.record import ReportedEvent
from storage.tables import category_mappings
from tests.journeys.world import BILLING_SECRET, JourneyWorld, start_world

PRESET = Path("domain/programs/presets/saas-tiers.toml").read_text(encoding="utf-8")
OUTBOUND_SECRET = BILLING_SECRET[:-8] + "AAAAAAA="


@dataclass
class Vendor:
    url: str = ""
    status: int = 200
    got: list[tuple[str, Json]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        event_id, stamp = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        genuine = sign(key_of(OUTBOUND_SECRET), event_id, stamp, body)
        assert request.headers["webhook-signature"] == genuine
        if self.status == 200:
            self.got.append((event_id, json.loads(body)))
        return web.Response(status=self.status)

    async def gets(self, kind: str) -> dict[str, Any]:
        """Wait for a webhook of this type; return its data."""
        async with asyncio.timeout(20):
            while True:
                for _, body in self.got:
                    if body["type"] == kind:
                        return dict(body["data"])
                await asyncio.sleep(0.05)


@asynccontextmanager
async def vendor_listening() -> AsyncIterator[Vendor]:
    vendor = Vendor()
    app = web.Application()
    app.router.add_post("/hooks", vendor.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    vendor.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks"
    yield vendor
    await runner.cleanup()


async def test_the_vendor_is_told_and_staff_start_a_stopped_address_again(tmp_path: Path) -> None:
    async with vendor_listening() as vendor:
        config = f'outbound_url = "{vendor.url}"\noutbound_secret = "{OUTBOUND_SECRET}"'
        async with start_world(tmp_path, billing_config=config) as world:
            ann = await world.partner("Ann")
            client_id = await world.earns(ann, "600.00")
            registered = await vendor.gets("client.registered")
            assert (registered["client_id"], registered["name"]) == (client_id, "Carla")
            commission = await vendor.gets("commission.created")
            assert (commission["amount"], commission["client_id"]) == ("60.00", client_id)
            vendor.status = 410
            await world.owner.sends(f"/pay {client_id} 100 USD", chat=world.staff)
            await world.owner.sees("answered 410 Gone", chat=world.staff)
            await world.owner.presses("Show webhooks", chat=world.staff)
            await world.owner.sees("1 waits to be sent.", chat=world.staff)
            await world.restart()
            await world.owner.sends("/queue", chat=world.staff)
            vendor.status = 200
            await world.owner.presses("Webhooks have stopped · 1", chat=world.staff)
            await world.owner.presses("Send again", chat=world.staff)
            await world.owner.sees("✅ Nothing is stuck.", chat=world.staff)
            vendor.got.clear()
            await world.owner.sends(f"/pay {client_id} 200 USD", chat=world.staff)
            assert (await vendor.gets("commission.created"))["base"] in {"100.00", "200.00"}
            await world.books_balance()


def paid(name: str, client_id: str, **more: object) -> ReportedEvent:
    data = {
        "payment_id": name,
        "client_id": client_id,
        "amount": "100.00",
        "currency": "USD",
        "paid_at": "2026-11-21T10:00:00Z",
    }
    return ReportedEvent(id=name, kind="payment.succeeded", data=data | more)


async def reports(world: JourneyWorld, *events: ReportedEvent) -> None:
    await world.product.use_cases.record_events([events])


async def test_staff_open_run_and_drop_a_parked_event(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    _, client_id = await world.client_of(await world.code_of(ann), "Carla")
    owner, staff = world.owner, world.staff
    early = paid("early-1", "nobody-yet")
    wrong = paid("wrong-1", client_id, program="no-such")
    await reports(world, paid("uah-1", client_id, currency="UAH"), early, wrong)
    await owner.sees("An event waits for you", chat=staff)
    await owner.sends("/queue", chat=staff)
    await owner.sees("1 parked event", chat=staff)
    await owner.presses("Waiting events · 1", chat=staff)
    await owner.presses("payment.succeeded", chat=staff)
    shown = await owner.sees("Waits for: client:nobody-yet", chat=staff)
    assert "amount: 100.00" in shown["text"]
    await owner.sends("/event uah-1", chat=staff)
    shown = await owner.sees("Status: 🟡 parked", chat=staff)
    assert "currency: UAH" in shown["text"]
    assert "Field: data.exchange_rate" in shown["text"]
    pressed = await owner.presses("Run again", chat=staff)
    assert "exchange rate" in (await pressed.answer())["text"]
    await owner.presses("Drop it", chat=staff)
    await owner.sees("Drop event uah-1?", chat=staff)
    await owner.presses("Yes, drop it", chat=staff)
    await owner.sees("Event uah-1 was dropped", chat=staff)
    await owner.sends("/queue", chat=staff)
    await owner.presses("Rejected events · 2", chat=staff)
    await owner.sees("These are final", chat=staff)
    await owner.sends("/event no-such-event", chat=staff)
    await owner.sees("No event has the ID no-such-event", chat=staff)
    await owner.sends("/event", chat=staff)
    await owner.sees("evt_42", chat=staff)


async def test_a_category_is_mapped_once_and_for_all(tmp_path: Path) -> None:
    rates = 'rates = [{ category = "hosting", rate = "10%" }, { category = "mail", rate = "20%" }]'
    strict = re.sub(r"rates = \[.*?\n\]", rates, PRESET, flags=re.DOTALL)
    (tmp_path / "strict.toml").write_text(strict, encoding="utf-8")
    async with start_world(tmp_path, programs=("strict.toml",)) as world:
        ann = await world.partner("Ann")
        _, client_id = await world.client_of(await world.code_of(ann), "Carla")
        owner, staff = world.owner, world.staff
        await reports(
            world,
            *(
                paid(f"d-{n}", client_id, paid_at=text_of(utc_now()), category="domains")
                for n in range(2)
            ),
        )
        await owner.sees("An event waits for you", chat=staff)
        await owner.presses("Show the event", chat=staff)
        await owner.sees("category: domains", chat=staff)
        await owner.presses("Say what it counts as", chat=staff)
        await owner.sees("What does it count as?", chat=staff)
        await owner.presses("mail", chat=staff)
        await owner.sees("Payments for Domains (domains) will count as Mail (mail)", chat=staff)
        assert await world.count(category_mappings) == 0
        await owner.presses("Yes, it counts so", chat=staff)
        shown = await owner.sees("domains counts as mail from now on.", chat=staff)
        assert "2 parked payments were applied." in shown["text"]
        await ann.sees("You earned 20.00 USD")
        await world.books_balance()
