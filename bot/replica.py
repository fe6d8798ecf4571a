"""The home of what a process is among its equals: a number, and for one of them the lead."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.nursery import Nursery
from storage.engine import Engines
from storage.replicas import Place, a_place

log = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
REJOIN_SECONDS = 1.0
HANDOVER_SECONDS = 1.0
"""A new leader waits so long, so that one whose connection was cut off has noticed."""
ALONE = 1
"""Number of a process that has its database for itself."""
NO_NUMBER = -1


class Replica:
    """One of the processes that serve a database.

    On PostgreSQL each keeps a connection of its own. While it lasts, the replica has its number,
    and one of them leads: it alone polls Telegram and sends notices. Whoever loses the
    connection has neither, at once, and comes back with another number. On SQLite there is one
    process, which always leads.
    """

    def __init__(self, engines: Engines) -> None:
        """Be one of those that serve this database."""
        self._engines = engines
        self.is_shared = engines.is_postgresql
        self.number = NO_NUMBER if self.is_shared else ALONE
        self._place: Place | None = None
        self._has_resigned = False
        self._joined = asyncio.Event()
        self._leads = asyncio.Event()
        self._follows = asyncio.Event()
        self._set_lead(leads=not self.is_shared)
        if not self.is_shared:
            self._joined.set()

    @property
    def leads(self) -> bool:
        """Test if this is the one that polls and sends notices."""
        return self._leads.is_set()

    @property
    def is_in(self) -> bool:
        """Test if it has a number."""
        return self._joined.is_set()

    async def joined(self) -> None:
        """Wait until it has a number."""
        await self._joined.wait()

    async def run(self) -> None:
        """Keep the connection until cancelled; a lost one is made anew."""
        while self.is_shared:
            try:
                async with a_place(self._engines) as place:
                    self._begin(place)
                    await self._stay(place)
                log.warning("the connection that makes this a replica was lost")
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("this is no replica for now: %s", type(error).__name__)
            finally:
                self._end()
            await asyncio.sleep(REJOIN_SECONDS)

    def _begin(self, place: Place) -> None:
        self.number, self._place = place.number, place
        self._joined.set()
        log.info("this is replica %s", place.number)

    def _end(self) -> None:
        self.number, self._place = NO_NUMBER, None
        self._joined.clear()
        self._set_lead(leads=False)

    def _set_lead(self, *, leads: bool) -> None:
        has, has_not = self._leads, self._follows
        if not leads:
            has, has_not = has_not, has
        has_not.clear()
        has.set()

    async def _stay(self, place: Place) -> None:
        is_first = await place.is_alone()
        while not place.lost.is_set():
            if self.leads or self._has_resigned or not await place.lead():
                await place.beat()
            else:
                await _unless(place.lost, 0 if is_first else HANDOVER_SECONDS)
                await place.beat()
                self._set_lead(leads=not self._has_resigned)
                log.info("replica %s leads: it polls and sends notices", place.number)
            is_first = False
            await _unless(place.lost, BEAT_SECONDS)

    async def resign(self) -> None:
        """Let another lead, because this one stops."""
        self._has_resigned = True
        if not self.is_shared or not self.leads or self._place is None:
            return
        self._set_lead(leads=False)
        with suppress(SQLAlchemyError, OSError, TimeoutError):
            await self._place.resign()

    async def while_leading(
        self, name: str, duty: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """Do what only the leader does, for as long as this is it, again and again."""
        while True:
            await self._leads.wait()
            nursery = Nursery()
            nursery.start(duty(), name)
            try:
                await self._follows.wait()
            finally:
                await nursery.close(patience_seconds=0)


async def _unless(lost: asyncio.Event, seconds: float) -> None:
    """Wait so long, but not after the connection was lost."""
    with suppress(TimeoutError):
        await asyncio.wait_for(lost.wait(), seconds)
