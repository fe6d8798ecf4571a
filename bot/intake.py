"""The home of the intake of updates: stored first, then handled, one person's in order."""

import asyncio
import json
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import Update
from pydantic import ValidationError

from bot.conversations import HANDLED_UPDATE
from bot.nursery import Nursery
from domain.entities.notice import STAFF_CHAT, Notice
from domain.ids import encode
from handlers.ui.language import Languages
from storage.repositories.inbox import StoredUpdate
from storage.work import SqlOpenWork

log = logging.getLogger(__name__)

ATTEMPTS_MAX = 5
FIRST_PAUSE_SECONDS = 0.5
PAUSE_SECONDS_MAX = 30
HANDLED_AT_ONCE_MAX = 64
TAKE_OVER_SECONDS = 30
TAKE_OVER_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDoors:
    """What the intake works with."""

    dispatcher: Dispatcher
    bot: Bot
    open_work: SqlOpenWork
    clock: Callable[[], datetime]
    new_id: Callable[[], int]
    languages: Languages
    nursery: Nursery


class UpdateIntake:
    """Keeps updates before they are acknowledged, and handles each until it succeeded.

    - An update is stored once by its id; a second delivery of it has no effect.
    - Updates of one person are handled one after another, different people's side by side.
    - A handler that raises is tried again with growing pauses; the person gets a reference
      number. After the last try the update is parked and the staff are told.
    """

    def __init__(self, doors: IntakeDoors) -> None:
        """Work with these."""
        self._doors = doors
        self._lanes: dict[str, deque[StoredUpdate]] = defaultdict(deque)
        self._running: set[str] = set()
        self._known: set[int] = set()
        self._taken_over: set[int] = set()
        self._room = asyncio.Semaphore(HANDLED_AT_ONCE_MAX)
        self._waiting: list[tuple[StoredUpdate, asyncio.Future[bool]]] = []
        self._turn = asyncio.Lock()
        self._handled: list[int] = []
        self._settling = asyncio.Lock()
        self._closing = asyncio.Event()

    async def accept(self, raw_updates: Sequence[Mapping[str, Any]]) -> None:
        """Store updates durably, then let them be handled; afterwards they may be acknowledged."""
        rows = [_stored(raw) for raw in raw_updates]
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
        try:
            async with self._doors.open_work(books=False) as work:
                fresh = await work.inbox.add([row for row, _ in waiting], at=self._doors.clock())
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
                self._enqueue(row)

    async def take_over(self, *, older_than_seconds: float = TAKE_OVER_SECONDS) -> int:
        """Take up what was stored and never finished: after a crash, here or of a replica."""
        before = self._doors.clock() - timedelta(seconds=older_than_seconds)
        known = set(self._known)
        async with self._doors.open_work.read() as work:
            rows = await work.inbox.open_ones(received_before=before, limit=TAKE_OVER_LIMIT)
        # What was known before the look may be handled by now, though the rows say otherwise.
        left = [row for row in rows if row.update_id not in known | self._known]
        for row in left:
            self._taken_over.add(row.update_id)
            self._enqueue(row)
        return len(left)

    def _enqueue(self, row: StoredUpdate) -> None:
        self._known.add(row.update_id)
        self._lanes[row.speaker].append(row)
        if row.speaker not in self._running and not self._closing.is_set():
            self._running.add(row.speaker)
            self._doors.nursery.start(self._run_lane(row.speaker), f"lane {row.speaker}")

    async def _run_lane(self, speaker: str) -> None:
        try:
            lane = self._lanes[speaker]
            while lane and not self._closing.is_set():
                row = lane.popleft()
                await self._settle(row)
                self._known.discard(row.update_id)
                self._taken_over.discard(row.update_id)
        finally:
            self._running.discard(speaker)
            if not self._lanes[speaker]:
                del self._lanes[speaker]

    async def _settle(self, row: StoredUpdate) -> None:
        """Handle an update; while the database is away, the person's later ones wait behind it."""
        pause = FIRST_PAUSE_SECONDS
        while not self._closing.is_set():
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
        for attempt in range(row.attempts, ATTEMPTS_MAX):
            async with self._room:
                error = await self._try(row, is_repeat=self._is_repeat(row, attempt))
            if error is None:
                return
            if isinstance(error, ValidationError):
                break
            pause = FIRST_PAUSE_SECONDS * 4**attempt
            if isinstance(error, TelegramRetryAfter):
                pause = max(pause, error.retry_after)
            elif attempt == row.attempts:
                await self._apologise(row)
            if attempt + 1 < ATTEMPTS_MAX:
                await self._pause(pause)
            if self._closing.is_set():
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
                await work.inbox.failed(row.update_id, type(error).__name__)
                await work.commit()
            return error
        await self._note_handled(row.update_id)
        return None

    async def _note_handled(self, update_id: int) -> None:
        """Keep that an update was handled; those that end at the same time share one commit."""
        self._handled.append(update_id)
        async with self._settling:
            handled, self._handled = self._handled, []
            if not handled:
                return
            try:
                async with self._doors.open_work(books=False) as work:
                    await work.inbox.handled(handled, at=self._doors.clock())
                    await work.commit()
            except BaseException:
                self._handled += handled
                raise

    async def _apologise(self, row: StoredUpdate) -> None:
        """Tell the person that it takes longer, with the number that the log has too."""
        chat_id, code = _where(json.loads(row.body))
        if chat_id is None:
            return
        language = self._doors.languages.of(code)
        text = language.say(
            "Something went wrong on our side; we are trying again. Nothing you sent is lost. "
            "Reference: {reference}",
            reference=reference_of(row),
        )
        try:
            await self._doors.bot.send_message(chat_id, text)
        except (AiogramError, OSError, TimeoutError):
            log.info("update %s: no apology could be sent", row.update_id)

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
            await work.commit()

    @property
    def idle(self) -> bool:
        """Test if nothing is being handled."""
        return not self._running

    def close(self) -> None:
        """Begin nothing new; what is stored is taken up at the next start."""
        self._closing.set()


def reference_of(row: StoredUpdate) -> str:
    """Return the number under which the log speaks of an update."""
    return encode(row.update_id)


def _stored(raw: Mapping[str, Any]) -> StoredUpdate:
    return StoredUpdate(
        update_id=int(raw["update_id"]),
        speaker=_speaker(raw),
        body=json.dumps(raw, ensure_ascii=False),
    )


def _content(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the part of an update that says who did what."""
    for name, value in raw.items():
        if name != "update_id" and isinstance(value, Mapping):
            return value
    return {}


def _speaker(raw: Mapping[str, Any]) -> str:
    """Return whose order an update belongs to: the person, else the chat, else the update."""
    content = _content(raw)
    for name in ("from", "chat"):
        source = content.get(name)
        if isinstance(source, Mapping) and "id" in source:
            return str(source["id"])
    return f"update {raw['update_id']}"


def _where(raw: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return the chat to answer in and the language of the person's app."""
    content = _content(raw)
    message = content.get("message", content)
    chat = message.get("chat") if isinstance(message, Mapping) else None
    person = content.get("from")
    code = str(person.get("language_code", "")) if isinstance(person, Mapping) else ""
    return (chat.get("id") if isinstance(chat, Mapping) else None), code.partition("-")[0]
