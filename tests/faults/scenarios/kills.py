"""Killed at any moment, or cut off from its database, under load of both kinds."""

from functools import partial

from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.row import Row
from tests.faults.scene import Scene, set_scene

KILLS_FEW = 30
EVENTS_FEW = 600
EVENTS_A_KILL = 30
CLIENTS_FEW = 24
"""Each writes about ten times to the bot."""
CUTS_FEW = 6
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def kill(ground: Ground, database: str) -> Row:
    """F01, F03: kill -9 at random moments, a quarter of them while it is starting."""
    row = ground.row("kill -9", database)
    chance = ground.chance(row)
    kills = ground.strikes or KILLS_FEW
    events, clients = max(EVENTS_FEW, EVENTS_A_KILL * kills), max(CLIENTS_FEW, kills)
    async with ground.vendor(database) as vendor:
        scene = await set_scene(vendor, chance, events=events, clients=clients)
        in_start = kills // 4
        more = [0] * (kills - in_start)
        for _ in range(in_start):
            more[chance.randrange(len(more))] += 1
        await scene.play([partial(scene.serving.kill_and_start, more=number) for number in more])
        row.strikes = scene.serving.kills
        await _find(scene, row)
    row.note += f", {row.strikes / scene.load.seconds * 60:.0f} kills a minute"
    return row


async def cut_connections(ground: Ground) -> Row:
    """F16: every connection to the database breaks, again and again."""
    row = ground.row("connections cut", POSTGRESQL)
    chance = ground.chance(row)
    row.strikes = min(ground.strikes, 100) or CUTS_FEW
    events = max(200, 20 * row.strikes)
    async with ground.vendor(POSTGRESQL) as vendor:
        scene = await set_scene(vendor, chance, events=events, clients=8)

        async def cut() -> None:
            await vendor.database.rows(CUT)

        await scene.play([cut] * row.strikes)
        await _find(scene, row)
    return row


async def _find(scene: Scene, row: Row) -> None:
    if not scene.load.figures.met:
        row.wrong = "no strike met a request: there was no load"
    await scene.find(row)
    row.note = scene.notes()
