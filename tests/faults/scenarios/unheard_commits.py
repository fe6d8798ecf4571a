"""Between COMMIT and its answer the connection is lost (F16)."""

import asyncio
from functools import partial

from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.replicas import longest_waits
from tests.faults.row import Row
from tests.faults.scene import set_scene
from tests.faults.unheard import Unheard, open_unheard
from tests.faults.world import Vendor

KINDS = {
    "events": r"INSERT INTO events\b",
    "a client": r"INSERT INTO clients\b",
    "an update": r"INSERT INTO inbox\b",
    "the end of an update": r"UPDATE inbox\b.*\bhandled_at",
    "a form": r"INTO conversations\b",
    "a pay-out": r"INSERT INTO payouts\b",
    "a claim of notices": r"UPDATE notices\b.*\bdue_at",
    "the end of a notice": r"UPDATE notices\b.*\bsent_at",
}
"""What a transaction keeps, by a change that it makes."""
EACH_FEW, EACH_MANY = 1, 12
EVENTS_A_STRIKE = 20
PAUSE_SECONDS = 0.1


async def unheard(ground: Ground) -> Row:
    """F16: commits of every kind stand and are not heard of; each thing is done once."""
    row = ground.row("commits unheard", POSTGRESQL)
    chance = ground.chance(row)
    each = min(ground.strikes, EACH_MANY) or EACH_FEW
    planned = [*KINDS] * each
    chance.shuffle(planned)
    async with (
        open_unheard(ground.postgres.socket_folder) as wire,
        ground.vendor(POSTGRESQL) as vendor,
    ):
        _connect_over(vendor, wire)
        events = EVENTS_A_STRIKE * len(planned)
        clients = max(8, len(planned) // 2)
        scene = await set_scene(vendor, chance, events=events, clients=clients)

        async def strike(name: str) -> None:
            wire.arm(name, KINDS[name])
            await asyncio.sleep(PAUSE_SECONDS)

        async def heard() -> None:
            wire.disarm()

        await scene.play([partial(strike, name) for name in planned], then=heard)
        await scene.find(row)
        waits = await longest_waits(vendor)
    row.strikes = sum(wire.struck.values())
    missed = sorted(set(KINDS) - set(wire.struck))
    if missed:
        row.wrong = row.wrong or f"no commit was unheard of {', '.join(missed)}"
    row.note = ", ".join(f"{name} {number}" for name, number in sorted(wire.struck.items()))
    row.note += f"; {scene.notes()}, {waits}"
    return row


def _connect_over(vendor: Vendor, wire: Unheard) -> None:
    """Let the product reach the database over the wire, and the scenario past it."""
    content = vendor.config.read_text()
    url = vendor.database.url
    assert url in content
    name = url.partition("@/")[2].partition("?")[0]
    over = f"postgresql+asyncpg://postgres@127.0.0.1:{wire.port}/{name}"
    vendor.config.write_text(content.replace(url, over))
