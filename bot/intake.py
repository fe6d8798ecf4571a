"""The home of the intake of updates: stored first, then handled, one person's in order."""

import asyncio
import json
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import Update
from pydantic import ValidationError

from bot.apology import apologise
from bot.conversations import HANDLED_UPDATE
from bot.lanes import Lanes
from bot.nursery import Nursery
from bot.outages import (
    FIRST_PAUSE_SECONDS,
    OUTAGE_TRIES_MAX,
    OUTAGES,
    PAUSE_SECONDS_MAX,
    pause_after,
)
from bot.settling import Settling
from bot.update_parts import reference_of, stored_update
from domain.entities.notice import STAFF_CHAT, Notice
from handlers.jobs.turned import HANDLING_SINCE
from handlers.reference import REFERENCE
from handlers.ui.language import Languages
from storage.repositories.inbox import StoredUpdate
from storage.work import SqlOpenWork, SqlWork

log = logging.getLogger(__name__)

ATTEMPTS_MAX = 5
HANDLED_AT_ONCE_MAX = 64
TAKE_OVER_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDoors:
    """What the intake works with.

    Attributes:
        lanes: Tell whose updates are handled here, and not by another replica.
        observe: Told how each update ended, and after how many seconds.
    """

    dispatcher: Dispatcher
    bot: Bot
    open_work: SqlOpenWork
    clock: Callable[[], datetime]
    new_id: Callable[[], int]
    languages: Languages
    nursery: Nursery
    lanes: Lanes
    observe: Callable[[str, float], None]


class UpdateIntake:
    """Keeps updates before they are acknowledged, and handles each until it succeeded.

    - An update is stored once by its id; a second delivery of it has no effect.
    - Updates of one person are handled one after another, different people's side by side;
      with several replicas each person has one that does it.
    - A handler that raises is tried again with growing pauses; the person gets a reference
      number. After the last try the update is parked and the staff are told. An outage of
      Telegram is waited out.
    """

    def __init__(self, doors: IntakeDoors) -> None:
        """Work with these."""
        self._doors = doors
        self._lanes: dict[str, deque[StoredUpdate]] = defaultdict(deque)
        self._running: set[str] = set()
        self._held: dict[str, int] = {}
        self._known: dict[int, float] = {}
        self._taken_over: set[int] = set()
        self._room = asyncio.Semaphore(HANDLED_AT_ONCE_MAX)
        self._waiting: list[tuple[StoredUpdate, asyncio.Future[bool]]] = []
        self._turn = asyncio.Lock()
        self._settling = Settling(doors.open_work, doors.clock, self._more, self._ended)
        self._closing = asyncio.Event()

    async def accept(self, raw_updates: Sequence[Mapping[str, Any]]) -> None:
        """Store updates durably, then let them be handled; afterwards they may be acknowledged."""
        rows = [stored_update(raw) for raw in raw_updates]
        loop = asyncio.get_running_loop()
        futures = [loop.create_future() for _ in rows]
        self._waiting.extend(zip(rows, futures, strict=True))
        async with self._turn:
            # Whoever gets the turn stores what all who wait have brought, with one commit.
            waiting, self._waiting = self._waiting, []
            if waiting:
                await self._store(waiting)
        await asyncio.gather(*futures)

    async def _store(self, waiting: list[tuple[StoredUpdate, "asyncio.Future[bool]"]]) -> None:
        number = self._doors.lanes.number
        try:
            async with self._doors.open_work(books=False) as work:
                work.owes_nothing = True
                fresh = await work.inbox.add([row for row, _ in waiting], at=self._doors.clock())
                new = [row for row, _ in waiting if row.update_id in fresh]
                begun = await self._doors.lanes.begin(work, new, number)
                await work.commit()
        except BaseException as error:
            for _, future in waiting:
                future.set_exception(error)
            if not isinstance(error, Exception):
                raise
            return
        seen: set[int] = set()
        for row, future in waiting:
            future.set_result(True)
            if row.update_id in fresh and row.update_id not in seen:
                seen.add(row.update_id)
                if row.speaker in begun:
                    self._enqueue(row, number)

    async def take_over(self, *, older_than_seconds: float = TAKE_OVER_SECONDS) -> int:
        """Take up what was stored and never finished: after a crash, here or of a replica."""
        known, number = set(self._known), self._doors.lanes.number
        rows = await self._doors.lanes.left_behind(
            self._doors.open_work,
            number,
            older_than_seconds=older_than_seconds,
            busy=set(self._running),
        )
        # What was known before the look may be handled by now, though the rows say otherwise.
        left = [row for row in rows if row.update_id not in known | set(self._known)]
        for row in left:
            self._taken_over.add(row.update_id)
            self._enqueue(row, number)
        return len(left)

    def _enqueue(self, row: StoredUpdate, number: int) -> None:
        if self._held.get(row.speaker, number) != number:
            self._forget(row.speaker)
        self._known[row.update_id] = monotonic()
        self._held[row.speaker] = number
        self._lanes[row.speaker].append(row)
        if row.speaker not in self._running and not self._closing.is_set():
            self._running.add(row.speaker)
            self._doors.nursery.start(self._run_lane(row.speaker), f"lane {row.speaker}")

    def _forget(self, speaker: str) -> None:
        """Leave what is not begun to the replica that has the person's lane now."""
        lane = self._lanes[speaker]
        while lane:
            row = lane.popleft()
            self._known.pop(row.update_id, None)
            self._taken_over.discard(row.update_id)

    def _goes_on(self, speaker: str) -> bool:
        """Test if the person's updates are handled here, still."""
        return not self._closing.is_set() and self._held[speaker] == self._doors.lanes.number

    async def _run_lane(self, speaker: str) -> None:
        try:
            lane = self._lanes[speaker]
            while lane and self._goes_on(speaker):
                row = lane.popleft()
                await self._settle(row)
                self._known.pop(row.update_id, None)
                self._taken_over.discard(row.update_id)
        finally:
            self._running.discard(speaker)
            if not self._closing.is_set():
                self._forget(speaker)
                del self._lanes[speaker], self._held[speaker]

    async def _settle(self, row: StoredUpdate) -> None:
        """Handle an update; while the database is away, the person's later ones wait behind it."""
        pause = FIRST_PAUSE_SECONDS
        while self._goes_on(row.speaker):
            try:
                await self._handle(row)
            except Exception:
                log.exception("update %s could not be settled", row.update_id)
                self._taken_over.add(row.update_id)
                await self._pause(pause)
                pause = min(pause * 2, PAUSE_SECONDS_MAX)
            else:
                return

    async def _pause(self, seconds: float) -> None:
        """Wait, unless the process is to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    def _is_repeat(self, row: StoredUpdate, attempt: int) -> bool:
        """Test if the update may have been handled in part before, here or by another process."""
        return attempt > 0 or row.update_id in self._taken_over

    async def _handle(self, row: StoredUpdate) -> None:
        """Try until it is handled; what Telegram cannot take now is no failure of the update."""
        failures, outages = row.attempts, 0
        while failures < ATTEMPTS_MAX:
            tries = failures - row.attempts + outages
            async with self._room:
                error = await self._try(row, is_repeat=self._is_repeat(row, failures + outages))
            if error is None:
                return
            if isinstance(error, ValidationError):
                break
            if not tries and not isinstance(error, TelegramRetryAfter):
                await apologise(self._doors.bot, self._doors.languages, row)
            if isinstance(error, OUTAGES) and outages < OUTAGE_TRIES_MAX:
                outages += 1
            else:
                failures += 1
            if failures < ATTEMPTS_MAX:
                await self._pause(pause_after(error, tries))
            if not self._goes_on(row.speaker):
                return
        await self._park(row)

    async def _rewind(self, row: StoredUpdate) -> None:
        """Put the forms that an earlier try has moved back to where they stood before it."""
        async with self._doors.open_work(books=False) as work:
            await work.conversations.rewind(row.update_id)
            await work.commit()

    async def _try(self, row: StoredUpdate, *, is_repeat: bool) -> Exception | None:
        """Handle the update once; return what went wrong, if anything did."""
        doors = self._doors
        HANDLED_UPDATE.set(row.update_id)
        HANDLING_SINCE.set(doors.clock())
        REFERENCE.set(reference_of(row))
        try:
            if is_repeat:
                await self._rewind(row)
            update = Update.model_validate(json.loads(row.body), context={"bot": doors.bot})
            await doors.dispatcher.feed_update(doors.bot, update)
        except TelegramForbiddenError:
            log.info("update %s: the person blocked the bot", row.update_id)
        except Exception as error:
            log.exception("update %s failed, reference %s", row.update_id, reference_of(row))
            async with doors.open_work(books=False) as work:
                counts = not isinstance(error, OUTAGES)
                await work.inbox.failed(row.update_id, type(error).__name__, counts=counts)
                await work.commit()
            return error
        await self._settling.note(row)
        return None

    async def _more(
        self, work: SqlWork, rows: Sequence[StoredUpdate]
    ) -> Mapping[str, list[StoredUpdate]]:
        """Give up the lanes of which these were the last updates; return what came meanwhile."""
        held = {row.speaker: self._held[row.speaker] for row in rows}
        ended = {speaker: held[speaker] for speaker in held if not self._lanes[speaker]}
        return await self._doors.lanes.settled(work, ended)

    def _ended(
        self, row: StoredUpdate, more: Sequence[StoredUpdate], how: str = "handled"
    ) -> None:
        began = self._known.get(row.update_id, monotonic())
        self._doors.observe(how, monotonic() - began)
        for next_row in more:
            self._enqueue(next_row, self._held[row.speaker])

    async def _park(self, row: StoredUpdate) -> None:
        doors = self._doors
        now = doors.clock()
        notice = Notice(
            id=doors.new_id(),
            recipient=STAFF_CHAT,
            kind="update_parked",
            params={"reference": reference_of(row)},
            created_at=now,
        )
        async with doors.open_work(books=False) as work:
            await work.inbox.parked(row.update_id, "gave up", at=now)
            await work.notices.add([notice])
            more = await self._more(work, [row])
            await work.commit()
        self._ended(row, more.get(row.speaker, []), "parked")

    @property
    def idle(self) -> bool:
        """Test if nothing is being handled."""
        return not self._running

    def close(self) -> None:
        """Begin nothing new; what is stored is taken up by another replica or the next start."""
        self._closing.set()

    async def hand_back(self) -> None:
        """Let other replicas have what was not begun, once all that was begun has ended."""
        await self._doors.lanes.hand_back(self._doors.open_work)
