"""All faults together: three replicas, mixed load, and whatever breaks, side by side (F70)."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError

from tests.conftest import PostgresServer
from tests.faults.balancer import Balanced, Several
from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.replicas import longest_waits
from tests.faults.row import Row
from tests.faults.scenarios.contests import REPLICAS
from tests.faults.scene import set_scene

STRIKES_FEW = 16
EVENTS_A_STRIKE, EVENTS_FEW = 20, 200
STRIKES_A_CLIENT = 3
CLIENTS_FEW = 8
REPEATED_SHARE = 0.2
ASKED_ELSEWHERE_SECONDS = 3.0
"""After so long without an answer the balancer asks another replica."""
PAUSE_SECONDS_MAX = 0.5
DOWN_SECONDS_MAX = 0.5
FROZEN_SECONDS = 0.2, 3.0
LONG_FREEZE_SECONDS = 17.0, 21.0
"""Longer than a replica keeps its place."""
LONG_FREEZE_SHARE = 0.15
CUT_MOST = 3
CALLS_MOST = 6
CUT_SOME = (
    "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " ORDER BY random() LIMIT :most) AS some"
)
Strike = Callable[[], Awaitable[None]]


@dataclass
class Havoc:
    """Breaks things, each in a task of its own, until it is over.

    Attributes:
        several: The replicas.
        server: Their PostgreSQL.
        chance: Random choices.
        is_long: If replicas are frozen for longer than they keep their place, too.
        done: How often each kind of fault was begun.
    """

    several: Several
    server: PostgresServer
    chance: random.Random
    is_long: bool
    done: Counter[str] = field(default_factory=Counter)
    _at_server: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    def plan(self, number: int) -> list[Strike]:
        """Return so many faults, every kind about as often, in any order."""
        kinds = (
            self.kills,
            self.freezes,
            self.stops,
            self.cuts_backends,
            self.restarts_server,
            self.telegram_refuses,
            self.telegram_breaks,
            self.telegram_is_slow,
        )
        planned = [kinds[one % len(kinds)] for one in range(number)]
        self.chance.shuffle(planned)
        return [self._begun(kind) for kind in planned]

    def _begun(self, kind: Callable[[], Awaitable[None]]) -> Strike:
        async def begin() -> None:
            self.done[kind.__name__.replace("_", " ")] += 1
            self._tasks.append(asyncio.ensure_future(kind()))
            await asyncio.sleep(self.chance.uniform(0, PAUSE_SECONDS_MAX))

        return begin

    async def ends(self) -> None:
        """Wait until every fault is over, and let Telegram be well."""
        await asyncio.gather(*self._tasks)
        await self.several.replicas.vendor.sim.clear_faults()

    @property
    def _replicas(self) -> Balanced:
        return self.several.replicas

    def _any(self) -> int:
        return self.chance.randrange(REPLICAS)

    async def kills(self) -> None:
        down = self.chance.uniform(0, DOWN_SECONDS_MAX)
        await self._replicas.restart(self._any(), politely=False, down_seconds=down)

    async def stops(self) -> None:
        await self._replicas.restart(self._any(), politely=True)

    async def freezes(self) -> None:
        is_long = self.is_long and self.chance.random() < LONG_FREEZE_SHARE
        seconds = self.chance.uniform(*(LONG_FREEZE_SECONDS if is_long else FROZEN_SECONDS))
        await self._replicas.freeze(self._any(), seconds)

    async def cuts_backends(self) -> None:
        most = self.chance.randint(1, CUT_MOST)
        # The server may be down just now, which cuts more than was asked for.
        with suppress(DBAPIError, OSError):
            await self._replicas.vendor.database.rows(CUT_SOME, most=most)

    async def restarts_server(self) -> None:
        async with self._at_server:
            await asyncio.to_thread(self.server.restart)

    async def telegram_refuses(self) -> None:
        code = self.chance.choice([429, 500, 502, 504])
        pause = self.chance.randint(1, 4) if code == 429 else None
        times = self.chance.randint(1, CALLS_MOST)
        await self._replicas.vendor.sim.faults(error_code=code, times=times, retry_after=pause)

    async def telegram_breaks(self) -> None:
        kind = self.chance.choice(["cut_before", "cut_after"])
        times = self.chance.randint(1, CALLS_MOST)
        await self._replicas.vendor.sim.misbehaves(kind, times=times)

    async def telegram_is_slow(self) -> None:
        kind = self.chance.choice(["hang", "late"])
        seconds, times = self.chance.uniform(0.5, 3), self.chance.randint(1, CALLS_MOST)
        await self._replicas.vendor.sim.misbehaves(kind, seconds=seconds, times=times)


async def together(ground: Ground) -> Row:
    """F70: so many faults of all kinds; each thing is done once, and everybody is answered."""
    row = ground.row("all together", POSTGRESQL)
    chance = ground.chance(row)
    row.strikes = ground.strikes or STRIKES_FEW
    clients = max(CLIENTS_FEW, row.strikes // STRIKES_A_CLIENT)
    async with (
        ground.own_server() as alone,
        alone.vendor(POSTGRESQL, mode="webhook") as vendor,
    ):
        several = Several(vendor, chance, REPLICAS)
        scene = await set_scene(
            vendor,
            chance,
            events=max(EVENTS_FEW, EVENTS_A_STRIKE * row.strikes),
            clients=clients,
            serving=several,
        )
        several.replicas.patience_seconds = ASKED_ELSEWHERE_SECONDS
        several.replicas.repeated = REPEATED_SHARE
        scene.ends_leases = not ground.strikes
        havoc = Havoc(several, alone.postgres, chance, is_long=bool(ground.strikes))
        await scene.play(havoc.plan(row.strikes), repeats=2, then=havoc.ends)
        if several.replicas.codes:
            row.wrong = several.replicas.codes[0]
        if not scene.load.figures.met:
            row.wrong = "no strike met a request: there was no load"
        await scene.find(row)
        row.note = ", ".join(f"{kind} {number}" for kind, number in sorted(havoc.done.items()))
        row.note += f"; {several.replicas.repeats} updates repeated, {scene.notes()}"
        row.note += f", {await longest_waits(vendor)}"
    return row
