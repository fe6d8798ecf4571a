"""Telegram fails in every way, while billing reports and people press."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from tests.faults.ground import SQLITE, Ground
from tests.faults.row import Row
from tests.faults.scene import Scene, set_scene

EVENTS, CLIENTS, PARTNERS = 50, 4, 2
STRIKES_FEW, STRIKES_MANY = 4, 60
SEND, EDIT, ANSWER = "sendMessage", "editMessageText", "answerCallbackQuery"
GONE = "Bad Request: message to edit not found"
OUTAGE_SECONDS, MANY = 0.3, 10_000
Strike = Callable[[Scene], Awaitable[None]]
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def banned_chat(ground: Ground) -> Row:
    """F21: 429 for one chat after another."""

    async def strike(scene: Scene) -> None:
        human = scene.chance.choice(scene.humans)
        sim = scene.vendor.sim
        await sim.faults(SEND, error_code=429, retry_after=4, times=1, chat_id=human.id)

    return await _play(ground, "429, one chat", strike)


async def banned_bot(ground: Ground) -> Row:
    """F22: 429 for all calls."""

    async def strike(scene: Scene) -> None:
        await scene.vendor.sim.faults(error_code=429, retry_after=1, times=8)

    return await _play(ground, "429, all chats", strike)


async def errors(ground: Ground) -> Row:
    """F31: 500, 502, and what a proxy says."""

    async def strike(scene: Scene) -> None:
        for code in (500, 502, 504):
            await scene.vendor.sim.faults(error_code=code, times=MANY)
            await asyncio.sleep(OUTAGE_SECONDS)
            await scene.vendor.sim.clear_faults()

    return await _play(ground, "5xx", strike)


async def refusals(ground: Ground) -> Row:
    """F37: the message to edit is gone, the press is too old to be answered."""

    async def strike(scene: Scene) -> None:
        for method, said in ((EDIT, GONE), (ANSWER, OLD)):
            await scene.vendor.sim.faults(method, error_code=400, description=said, times=2)

    return await _play(ground, "400, its variants", strike)


async def hangs(ground: Ground) -> Row:
    """Calls take seconds, before or after they are done."""

    async def strike(scene: Scene) -> None:
        for kind in ("hang", "late"):
            await scene.vendor.sim.misbehaves(kind, seconds=1.5, times=3)

    return await _play(ground, "hangs", strike)


async def cuts(ground: Ground) -> Row:
    """F30: the connection breaks before a call is done, or after."""

    async def strike(scene: Scene) -> None:
        for kind in ("cut_before", "cut_after"):
            await scene.vendor.sim.misbehaves(kind, times=MANY)
            await asyncio.sleep(OUTAGE_SECONDS)
            await scene.vendor.sim.clear_faults()

    return await _play(ground, "cut before and after", strike)


async def misdelivered(ground: Ground, database: str) -> Row:
    """F24, F25, F40, F41: updates and events come three times and in any order."""

    async def strike(scene: Scene) -> None:
        seed = scene.chance.randrange(10**6)
        await scene.vendor.sim.deliveries(repeats=2, shuffle=True, seed=seed)

    return await _play(ground, "duplicates, any order", strike, database=database, repeats=3)


async def admin_chat_upgraded(ground: Ground) -> Row:
    """F35: the admin chat becomes a supergroup in the middle."""

    async def strike(scene: Scene) -> None:
        await scene.vendor.staff.upgrades()

    return await _play(ground, "admin chat upgraded", strike, once=True)


async def admin_chat_lost(ground: Ground) -> Row:
    """F36: the bot is thrown out of the admin chat, and comes back."""

    async def lose(scene: Scene) -> None:
        await scene.vendor.staff.changes(kick_bot=True)

    async def come_back(scene: Scene) -> None:
        await scene.vendor.staff.changes(bot_rights=[])

    return await _play(ground, "admin chat lost", lose, come_back, once=True)


async def _play(
    ground: Ground,
    name: str,
    *strikes: Strike,
    database: str = SQLITE,
    repeats: int = 1,
    once: bool = False,
) -> Row:
    """Strike in turn at random moments; everything ends as if nothing had happened."""
    row = ground.row(name, database)
    chance = ground.chance(row)
    rounds = 1 if once else min(ground.strikes, STRIKES_MANY) or STRIKES_FEW
    row.strikes = rounds * len(strikes)
    # The longer the run, the more happens in it.
    events = EVENTS + 10 * row.strikes
    async with ground.vendor(database) as vendor:
        scene = await set_scene(vendor, chance, events=events, clients=CLIENTS, partners=PARTNERS)
        steps = [partial(strike, scene) for strike in strikes] * rounds
        await scene.play(steps, repeats=repeats)
        await vendor.sim.clear_faults()
        await scene.find(row)
        row.note = scene.notes()
    return row
