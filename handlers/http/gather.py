"""The home of gathering: requests that wait at the same time share one durable commit."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from domain.usecases.events.record import ReportedEvent, Result
from handlers.http.errors import Refused

SET_EVENTS_MAX = 2_000
WAITING_EVENTS_MAX = 50_000
BUSY_RETRY_SECONDS = 1
OUTAGES_IN_A_ROW_MAX = 2
GATHER_SECONDS_MAX = 0.01
QUIET_TURNS = 3
"""Turns of the event loop without a new request: reading one takes two."""

Batch = Sequence[ReportedEvent]


class Record(Protocol):
    """Applies the batches of several requests in one transaction."""

    async def __call__(self, batches: Sequence[Batch]) -> list[list[Result]]:
        """Return the answers of each request, in its order."""
        ...


class _Waiting:
    """One request: its events, and what it is told, or that it must lead the next set."""

    __slots__ = ("batch", "told")

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.told: asyncio.Future[list[Result] | None] = asyncio.get_running_loop().create_future()

    @property
    def is_to_lead(self) -> bool:
        """Test if the request was told to lead."""
        told = self.told
        was_told = told.done() and not told.cancelled() and told.exception() is None
        return was_told and told.result() is None


class Gather:
    """Lets requests share sets, without tasks of its own.

    - Whoever comes while nobody works leads: it takes all that wait, in the order of arrival,
      and applies them as one set. When it has its own answers, the oldest one waiting leads.
    - When a set fails, each request is tried alone, so that one bad event never spoils its
      neighbours; after two outages in a row the others are told to come again.
    - A leader that is cancelled gives back what it took.
    """

    def __init__(
        self,
        record: Record,
        *,
        outages: tuple[type[Exception], ...] = (),
        on_set: Callable[[int], None] = lambda _size: None,
    ) -> None:
        """Apply sets with ``record``; ``on_set`` is told how many events each had."""
        self._record = record
        self._outages = outages
        self._on_set = on_set
        self._waiting: deque[_Waiting] = deque()
        self._waiting_events = 0
        self._is_led = False

    async def __call__(self, batch: Batch) -> list[Result]:
        """Return the answers to the events of one request, in its order.

        Raises:
            Refused: 503, too many are waiting.
        """
        if self._waiting_events >= WAITING_EVENTS_MAX:
            raise Refused(
                503,
                "busy",
                "too many events are waiting; send the same again later",
                headers={"Retry-After": str(BUSY_RETRY_SECONDS)},
            )
        mine = _Waiting(batch)
        self._put(mine)
        if self._is_led:
            answers = await self._answers_of(mine)
            if answers is not None:
                return answers
        self._is_led = True
        return await self._lead(mine)

    async def _answers_of(self, mine: _Waiting) -> list[Result] | None:
        """Wait for the answers, ``None`` when this request is to lead."""
        try:
            return await mine.told
        except asyncio.CancelledError:
            if mine in self._waiting:
                self._remove(mine)
            if mine.is_to_lead:
                self._hand_over()
            raise

    async def _lead(self, mine: _Waiting) -> list[Result]:
        mine.told = asyncio.get_running_loop().create_future()
        try:
            await self._all_who_come()
            while not mine.told.done():
                await self._apply(self._take())
        finally:
            if mine in self._waiting:
                self._remove(mine)
            self._hand_over()
        return mine.told.result() or []

    async def _all_who_come(self) -> None:
        """Wait for as long as requests keep coming, but not long.

        Whoever was answered by the last set is often about to ask again. Its request is read and
        parsed in the time, which has to be done anyway; a set that is taken at once has half of
        them or a single one, and the other half pays the same again.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + GATHER_SECONDS_MAX
        quiet = 0
        while quiet < QUIET_TURNS and self._waiting_events < SET_EVENTS_MAX:
            before = self._waiting_events
            await asyncio.sleep(0)
            quiet = 0 if self._waiting_events > before else quiet + 1
            if loop.time() >= until:
                return

    def _hand_over(self) -> None:
        """Let the oldest one waiting lead, or nobody."""
        for waiting in self._waiting:
            if not waiting.told.done():
                waiting.told.set_result(None)
                return
        self._is_led = False

    async def _apply(self, taken: Sequence[_Waiting]) -> None:
        left = deque(taken)
        try:
            await self._work_off(left)
        except asyncio.CancelledError:
            for waiting in reversed(left):
                if not waiting.told.done():
                    self._put(waiting, first=True)
            raise

    async def _work_off(self, left: deque[_Waiting]) -> None:
        """Answer all of them; who is answered leaves ``left``."""
        try:
            answers = await self._record([waiting.batch for waiting in left])
        except Exception as error:  # noqa: BLE001 - each request is told, and its edge logs it
            if len(left) == 1:
                _tell(left.popleft(), error)
            else:
                await self._one_by_one(left)
            return
        self._on_set(sum(len(waiting.batch) for waiting in left))
        for own in answers:
            _tell(left.popleft(), own)

    async def _one_by_one(self, left: deque[_Waiting]) -> None:
        outages = 0
        while left:
            try:
                [own] = await self._record([left[0].batch])
            except Exception as error:  # noqa: BLE001 - as above
                _tell(left.popleft(), error)
                outages = outages + 1 if isinstance(error, self._outages) else 0
                if outages == OUTAGES_IN_A_ROW_MAX:
                    _tell_all(left, error)
            else:
                _tell(left.popleft(), own)
                outages = 0

    def _put(self, waiting: _Waiting, *, first: bool = False) -> None:
        if first:
            self._waiting.appendleft(waiting)
        else:
            self._waiting.append(waiting)
        self._waiting_events += len(waiting.batch)

    def _remove(self, waiting: _Waiting) -> None:
        self._waiting.remove(waiting)
        self._waiting_events -= len(waiting.batch)

    def _take(self) -> list[_Waiting]:
        """Take what waits, oldest first, up to the size of a set."""
        taken: list[_Waiting] = []
        size = 0
        while self._waiting and (
            not taken or size + len(self._waiting[0].batch) <= SET_EVENTS_MAX
        ):
            waiting = self._waiting.popleft()
            size += len(waiting.batch)
            taken.append(waiting)
        self._waiting_events -= size
        return taken


def _tell_all(left: deque[_Waiting], outcome: Exception) -> None:
    while left:
        _tell(left.popleft(), outcome)


def _tell(waiting: _Waiting, outcome: list[Result] | Exception) -> None:
    if waiting.told.done():
        return
    if isinstance(outcome, Exception):
        waiting.told.set_exception(outcome)
    else:
        waiting.told.set_result(outcome)
