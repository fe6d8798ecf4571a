"""Taps, members and deliveries at once, for one balance (F24, F34)."""

from collections.abc import Awaitable, Callable
from functools import partial

from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.races import confirm_often, confirm_together, deliver_often
from tests.faults.replicas import Replicas, start_replicas
from tests.faults.row import Row

ROUNDS_FEW, ROUNDS_MANY, AT_ONCE = 1, 20, 50
REPEATS_FEW, REPEATS_MANY = 200, 1_000
"""Many rounds of two at once are the races of ``contests``."""
Race = Callable[[Replicas], Awaitable[int]]


async def taps(ground: Ground, database: str) -> Row:
    """Run each race for many rounds, on PostgreSQL against two processes."""
    row = ground.row("taps at once", database)
    rounds = min(ground.strikes, ROUNDS_MANY) or ROUNDS_FEW
    repeats = REPEATS_MANY if ground.strikes else REPEATS_FEW
    races: list[Race] = [
        partial(confirm_often, rounds=rounds, at_once=AT_ONCE),
        partial(confirm_together, rounds=rounds, at_once=AT_ONCE),
        partial(deliver_often, repeats=repeats, at_once=AT_ONCE),
    ]
    for race in races:
        async with ground.vendor(database, mode="webhook") as vendor:
            replicas = await start_replicas(vendor, 2 if database == POSTGRESQL else 1)
            # What is found wrong ends the race and stands in the row.
            done = await race(replicas)
            row.sent += done
            row.acknowledged += done
            await vendor.audit(row)
    row.strikes = 2 * rounds + 1
    row.note = f"{rounds} rounds of {AT_ONCE}"
    return row
