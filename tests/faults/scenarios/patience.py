"""What takes longer than the product waits for it, or asks it to wait."""

import asyncio
import re
import sqlite3
from collections import Counter
from contextlib import closing

from tests.faults.balancer import Balanced
from tests.faults.ground import POSTGRESQL, SQLITE, Ground
from tests.faults.people import join
from tests.faults.process import GUARD_SECONDS, until
from tests.faults.replicas import start_replicas
from tests.faults.row import Row
from tests.faults.scenarios.contests import REPLICAS
from tests.faults.scene import Scene, set_scene
from tests.faults.story import Story
from tests.faults.wire import Fault
from tests.faults.world import OK, Vendor

EVENTS, CLIENTS, PARTNERS = 120, 6, 3
LOCKED_SECONDS = 15.0
"""Longer than a writer waits for SQLite, whoever of those that queue has the turn."""
_GIVEN_UP = re.compile(r"update \d+ failed|events were not stored")
HANGING_SECONDS = 23.0
"""Longer than the product waits for an answer of Telegram."""
HANGING_CALLS = 2
BANNED_SECONDS = 5.0
"""Longer than a call waits out by itself."""
BANS_FEW, STRIKES_MANY = 2, 20
REFUSED_MOST = 5
"""So many calls for each person and ban: its answer, its notices; who asks on makes hundreds."""
READERS, PAYMENTS_EACH = 5, 8
UNITS = 100


async def sqlite_is_locked(ground: Ground) -> Row:
    """F09: another process holds the lock for writing, for longer than is waited."""
    row = ground.row("locked by another")
    row.strikes = min(ground.strikes // 10, STRIKES_MANY) or 1
    async with ground.vendor(SQLITE) as vendor:
        scene = await _scene(ground, row, vendor)
        path = vendor.folder / "partner.db"

        locks: list[asyncio.Task[None]] = []

        def given_up() -> int:
            logs = [log.read_text(errors="replace") for log in vendor.folder.glob("*.log")]
            return sum(len(_GIVEN_UP.findall(log)) for log in logs)

        async def lock(is_held: asyncio.Event) -> None:
            with closing(
                sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            ) as other:
                await asyncio.to_thread(_begin, other)
                is_held.set()
                await asyncio.sleep(LOCKED_SECONDS)
                # However slow the machine is, somebody must have waited in vain.
                before = len(locks) - 1
                await until(lambda: _true(given_up() > before), within_seconds=GUARD_SECONDS)
                other.execute("ROLLBACK")

        async def strike() -> None:
            is_held = asyncio.Event()
            locks.append(asyncio.ensure_future(lock(is_held)))
            # Billing and people go on while it is held.
            await is_held.wait()

        async def over() -> None:
            await asyncio.gather(*locks)

        await scene.play([strike] * row.strikes, then=over)
        await scene.find(row)
        row.note = f"{given_up()} writers gave up and tried again, {scene.notes()}"
    return row


async def _true(value: object) -> bool:
    return bool(value)


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA busy_timeout = 60000")
    connection.execute("BEGIN EXCLUSIVE")


async def hangs_for_long(ground: Ground) -> Row:
    """F30: an answer that comes after the product has given the call up, though it was done."""
    row = ground.row("hangs for long")
    row.strikes = min(ground.strikes // 10, STRIKES_MANY) or 1
    async with ground.vendor(SQLITE) as vendor:
        scene = await _scene(ground, row, vendor)

        async def hang() -> None:
            for kind in ("hang", "late"):
                await vendor.sim.misbehaves(
                    kind, "sendMessage", seconds=HANGING_SECONDS, times=HANGING_CALLS
                )

        await scene.play([hang] * row.strikes)
        await scene.find(row)
        row.note = f"{HANGING_SECONDS:.0f} s each, {scene.notes()}"
    return row


async def banned_for_long(ground: Ground) -> Row:
    """F22: the bot is banned for longer than a call waits; each asks again when it is over."""
    row = ground.row("429, for long")
    row.strikes = min(ground.strikes // 5, STRIKES_MANY) or BANS_FEW
    async with ground.wired(SQLITE) as (vendor, wire):
        scene = await _scene(ground, row, vendor)
        refused = 0

        async def ban() -> None:
            nonlocal refused
            methods = "sendMessage", "editMessageText", "answerCallbackQuery"
            rules = [
                wire.add(Fault.BANNED, method=method, seconds=BANNED_SECONDS) for method in methods
            ]
            await asyncio.sleep(BANNED_SECONDS)
            refused += sum(rule.struck for rule in rules)

        await scene.play([ban] * row.strikes)
        await scene.find(row)
    most = REFUSED_MOST * len(scene.humans) * row.strikes
    if not 0 < refused <= most:
        row.wrong = row.wrong or f"{refused} calls were refused, {most} at most were expected"
    row.note = f"{refused} calls refused in {row.strikes} bans of {BANNED_SECONDS:.0f} s"
    return row


async def _scene(ground: Ground, row: Row, vendor: Vendor) -> Scene:
    chance = ground.chance(row)
    events = EVENTS + 20 * row.strikes
    return await set_scene(vendor, chance, events=events, clients=CLIENTS, partners=PARTNERS)


async def limits(ground: Ground) -> Row:
    """F22: Telegram's limits hold, many are owed messages, and the leader is killed meanwhile."""
    row = ground.row("flood limits", POSTGRESQL)
    each = PAYMENTS_EACH * (5 if ground.strikes else 1)
    async with ground.vendor(POSTGRESQL, mode="webhook", flood_limits=True) as vendor:
        started = await start_replicas(vendor, REPLICAS)
        replicas = Balanced(vendor, started.processes, started.urls, chance=ground.chance(row))
        people = [await replicas.person(f"Partner {number}") for number in range(READERS)]
        story = Story()
        for human in people:
            code = await join(human, vendor.database)
            story.first_payment(code, UNITS)
            for number in range(1, each):
                story.next_payment(code, UNITS + number)
        events = list(story.events.values())
        answer = await vendor.billing.send_batch(replicas.urls[0], events)
        assert answer.status == OK, answer
        leader = await replicas.leader()
        await replicas.restart(leader, politely=False)
        row.strikes = 1
        await replicas.all_handled()
        row.sent = row.acknowledged = len(events)
        for human in people:
            told = Counter(text for text in human.texts() if text.startswith("💰 You earned"))
            row.expect(f"notices of payments to {human.id}", len(told), each)
        refused = [call for call in await vendor.sim.journal() if _was_refused(call)]
        for process in replicas.processes:
            row.wrong = row.wrong or ("" if await process.stop() == 0 else process.output)
        await vendor.audit(row)
    row.note = f"{READERS * each} notices to {READERS} people, {len(refused)} calls refused"
    return row


def _was_refused(call: object) -> bool:
    return bool(re.search(r"Too Many Requests", str(call)))
