"""Asked to stop, the product stops soon, with exit code 0, and drops nothing that it has begun."""

import asyncio
import signal
import time
from collections import Counter

from tests.faults.figures import say
from tests.faults.people import Human, join, new_human
from tests.faults.process import GUARD_SECONDS, STOP_SECONDS, Process, until
from tests.faults.story import Story
from tests.faults.wire import Fault, Wire
from tests.faults.world import OK, Json, Vendor

PARTNERS = 3
PAYMENTS_EACH = 20
VISITORS = 12
SENDERS = 4
LOAD_SECONDS = 0.6


async def test_stopped_under_load_it_loses_and_repeats_nothing(vendor: Vendor, wire: Wire) -> None:
    process = vendor.start(fresh=True)
    url = await process.ready()
    partners, story = await _partners_with_payments(vendor)
    visitors = [await new_human(vendor.sim, vendor.simulator, "Sam") for _ in range(VISITORS)]
    # Each message takes a while, so that some are under way at any moment.
    wire.add(Fault.LATE, method="sendMessage")
    acknowledged: list[str] = []
    left = list(story.events.values())
    async with asyncio.TaskGroup() as group:
        for _ in range(SENDERS):
            group.create_task(_report(vendor, url, left, acknowledged))
        group.create_task(_stop_after(process, LOAD_SECONDS))
        for visitor in visitors:
            await visitor.says("/help")
            await asyncio.sleep(LOAD_SECONDS / VISITORS)
    assert left, "all was done before the signal: there was no load"
    stored = {row.id for row in await vendor.database.rows("SELECT id FROM events")}
    assert set(acknowledged) <= stored

    wire.clear()
    await vendor.end_leases()
    url = await vendor.start().ready()
    await _report(vendor, url, list(story.events.values()), acknowledged)
    await _settled(vendor)
    assert [len(visitor.messages()) for visitor in visitors] == [1] * VISITORS
    repeats = Counter[int]()
    for partner in partners:
        notices = Counter(text for text in partner.texts() if text.startswith(("👤", "💰 You")))
        repeats.update(notices.values())
    assert repeats == {1: PARTNERS * (PAYMENTS_EACH + 1)}
    await vendor.books_balance()


async def test_neither_a_pause_nor_a_slow_client_holds_it_up(vendor: Vendor, wire: Wire) -> None:
    process = vendor.start()
    url = await process.ready()
    visitor = await new_human(vendor.sim, vendor.simulator, "Sam")
    broken = wire.add(Fault.BROKEN, method="sendMessage", chat_id=visitor.id)
    await visitor.says("/help")

    async def was_tried_often() -> bool:
        # The first try, the apology, two more tries.
        return broken.struck == 4

    # After the third failure the next try is 8 seconds away.
    await until(was_tried_often, within_seconds=GUARD_SECONDS)
    host, _, port = url.removeprefix("http://").partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    head = "POST /api/v1/events HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n"
    proof = "webhook-id: 1\r\nwebhook-timestamp: {:.0f}\r\nwebhook-signature: v1,AAAA\r\n\r\n{{"
    writer.write((head + proof.format(time.time())).encode())
    await writer.drain()
    await asyncio.sleep(0.2)
    began = time.monotonic()
    assert await process.stop() == 0
    say(f"stopped in {time.monotonic() - began:.1f} s")
    writer.close()
    wire.clear()
    await vendor.start().ready()
    await visitor.is_answered()
    await _settled(vendor)


async def _partners_with_payments(vendor: Vendor) -> tuple[list[Human], Story]:
    """Return partners, and payments of different sums by a client of each."""
    partners = [await new_human(vendor.sim, vendor.simulator, "Sam") for _ in range(PARTNERS)]
    story = Story()
    for code in await asyncio.gather(*(join(human, vendor.database) for human in partners)):
        story.first_payment(code, 1)
        for number in range(2, PAYMENTS_EACH + 1):
            story.next_payment(code, number)
    return partners, story


async def _report(vendor: Vendor, url: str, left: list[Json], acknowledged: list[str]) -> None:
    """Report what is left, one by one, until the product does not answer any more."""
    while left:
        event = left.pop(0)
        if (await vendor.billing.send(url, event)).status != OK:
            left.append(event)
            return
        acknowledged.append(event["id"])
        await asyncio.sleep(0.05)


async def _stop_after(process: Process, seconds: float) -> None:
    await asyncio.sleep(seconds)
    began = time.monotonic()
    process.sends(signal.SIGTERM)
    assert await process.ended(within_seconds=STOP_SECONDS) == 0
    say(f"stopped under load in {time.monotonic() - began:.1f} s")


async def _settled(vendor: Vendor) -> None:
    """Wait until no update and no notice is open."""

    async def is_settled() -> bool:
        return not vendor.updates_waiting() and not await vendor.database.value(
            "SELECT (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"
            " + (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL)"
        )

    await until(is_settled, within_seconds=GUARD_SECONDS)
