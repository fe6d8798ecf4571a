"""The home of delivering notices: claim, render in the reader's language, send, settle."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)

from domain.entities.broadcast import NEWS
from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.people import Person
from domain.programs.model import Programs
from domain.usecases.notices.deliver import ClaimNotices, Reader, ReadRecipient, SettleNotice
from domain.usecases.people.mark_blocked import MarkBlocked
from domain.usecases.staff.admin_chat import AdminChat
from handlers.jobs.cards import CARD_KINDS, FIRST_KINDS, Cards
from handlers.jobs.news import SendNews
from handlers.jobs.pace import Pace
from handlers.jobs.payout_papers import PAPERS, SendPayoutPapers
from handlers.jobs.telegram_refusals import REFUSALS, is_gone
from handlers.jobs.turned import Turned
from handlers.ui.html import lines
from handlers.ui.language import Language, Languages
from handlers.ui.notices import notice_screen
from handlers.ui.queues import TOPIC_OF_NOTICE
from handlers.ui.screen import Screen, send
from handlers.ui.topics import Topics

log = logging.getLogger(__name__)

UNDER_WAY_FEW = 25
"""More is claimed as soon as fewer than these are being sent."""
CLAIM_PAUSE_SECONDS = 0.2
"""Between claims while something is under way: a claim is a write, dearer than a message."""
LOOK_AGAIN_SECONDS = 0.2
NO_ADMIN_CHAT_RETRY_SECONDS = 30.0
NOBODY = Reader()
NO_WORDS = "no words for this kind"


class _NoWords(Exception):
    """This version has no words for a kind of notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Whom the delivery asks.

    Attributes:
        bot: Sends.
        claim: Leases what is due.
        settle: Keeps what came of it.
        recipient: Tells language and cards.
        cards: Makes the cards of objects.
        admin_chat: Tells where the staff are.
        mark_blocked: Keeps that a person cannot be reached.
        languages: Words.
        programs: Names of programs and tiers.
        owners: Reached in private when the admin chat is lost.
        pace: The bot's sending allowance.
        news: Sends messages of broadcasts, which come at most once.
        topics: Sends to the topics of the admin chat.
        papers: Sends the documents of a scheduled pay-out as files, before their notice.
        turned: Tells which cards people have turned since.
    """

    bot: Bot
    claim: ClaimNotices
    settle: SettleNotice
    recipient: ReadRecipient
    cards: Cards
    admin_chat: AdminChat
    mark_blocked: MarkBlocked
    languages: Languages
    programs: Programs
    owners: tuple[int, ...]
    pace: Pace
    news: SendNews
    topics: Topics
    papers: SendPayoutPapers
    turned: Turned


class DeliverNotices:
    """Sends what is owed; a message may come twice after a crash, an effect never does.

    A chat that hangs holds up nobody else: more is claimed while the last ones are under way.
    An outage of any length loses nothing; what is refused for good ends with its reason.
    """

    def __init__(self, delivery: Delivery) -> None:
        """Ask these."""
        self._to = delivery
        self.is_open = True

    async def __call__(self, leads: Callable[[], bool] = lambda: True) -> int:
        """Deliver everything that is due; return how many notices were tried.

        Args:
            leads: Tells if this process still is the one that sends: the allowance is the bot's.
        """
        tried = 0
        under_way: set[asyncio.Task[None]] = set()
        now = asyncio.get_running_loop().time
        claim_at = 0.0
        async with asyncio.TaskGroup() as group:
            while True:
                has_room = leads() and len(under_way) < UNDER_WAY_FEW
                is_due = has_room and (not under_way or now() >= claim_at)
                claimed = await self._claim() if is_due else ()
                claim_at = now() + CLAIM_PAUSE_SECONDS if is_due else claim_at
                tried += len(claimed)
                under_way |= {group.create_task(self._deliver(*one)) for one in claimed}
                if not under_way:
                    return tried
                _, under_way = await asyncio.wait(
                    under_way, timeout=LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )

    def close(self) -> None:
        """Begin nothing new; what is under way ends, so that it is not sent again later."""
        self.is_open = False

    async def _claim(self) -> Sequence[tuple[Notice, Reader]]:
        if not self.is_open:
            return ()
        try:
            notices = await self._to.claim()
            readers = await self._to.recipient.readers(notices)
            return [(notice, readers.get(notice.recipient, NOBODY)) for notice in notices]
        except Exception:
            log.exception("the outbox could not be read; it is tried again")
            return ()

    async def _deliver(self, notice: Notice, reader: Reader) -> None:
        try:
            await self._try(notice, reader)
        except Exception:
            # A mistake of ours, or the database is away: then the lease ends by itself.
            log.exception("notice %s: it is tried again later", notice.id)
            with suppress(Exception):
                await self._to.settle.refused(notice, "internal error, see the log")

    async def _try(self, notice: Notice, reader: Reader) -> None:
        try:
            if await self._is_held_back(notice, reader):
                return
            if not await self._has_turn(notice):
                return
            if notice.kind == NEWS:
                if await self._to.news(notice) is not None:
                    self._to.pace.pause(1)
            elif notice.recipient == STAFF_CHAT:
                await self._to_staff(notice)
            else:
                await self._to_person(notice, reader.person)
        except TelegramRetryAfter as flood:
            self._to.pace.pause(1)
            await self._to.settle.failed(notice, "flood", retry_after=flood.retry_after)
        except REFUSALS as refusal:
            await self._to.settle.refused(notice, refusal.message)
        except (AiogramError, OSError, TimeoutError) as error:
            await self._to.settle.failed(notice, type(error).__name__)

    async def _has_turn(self, notice: Notice) -> bool:
        """Wait for one's turn in the chat and in all; a long wait is kept in the outbox."""
        if notice.recipient == STAFF_CHAT:
            wait = self._to.pace.in_group(notice.recipient)
            if wait:
                await self._to.settle.failed(notice, "the group's pace", retry_after=wait)
                return False
        else:
            await asyncio.sleep(self._to.pace.in_chat(notice.recipient))
        await self._to.pace()
        return True

    async def _is_held_back(self, notice: Notice, reader: Reader) -> bool:
        """Test if the reader wants no such notice, or none before the morning."""
        if notice.recipient == STAFF_CHAT:
            return False
        told = self._to.recipient.treatment(notice, reader.chosen)
        if told.is_muted:
            await self._to.settle.dead(notice, "switched off")
        elif told.waits_until is not None:
            await self._to.settle.asleep(notice, told.waits_until)
        return told.is_muted or told.waits_until is not None

    async def _to_person(self, notice: Notice, person: Person | None) -> None:
        language = self._to.languages.of(
            person.language if person else "", person.zone if person else None
        )
        screen = self._screen(language, notice)
        if screen is None:
            # A newer replica may have owed it, and knows the words.
            await self._to.settle.refused(notice, NO_WORDS)
            return
        try:
            if notice.kind == PAPERS:
                await self._to.papers(notice, language)
            await send(self._to.bot, notice.recipient, screen)
        except TelegramForbiddenError:
            await self._to.mark_blocked(notice.recipient, blocked=True)
            await self._to.settle.dead(notice, "blocked")
        except TelegramBadRequest as refusal:
            if not is_gone(refusal):
                raise
            await self._to.settle.dead(notice, "chat is gone")
        else:
            await self._to.settle.sent(notice)

    def _screen(self, language: Language, notice: Notice) -> Screen | None:
        program = self._to.programs.get(str(notice.params.get("program")))
        screen = notice_screen(language, notice.kind, notice.params, program)
        if screen is None or program is None or len(self._to.programs) == 1:
            return screen
        where = language.say("📁 {program}", program=program.text(language.code).title)
        return replace(screen, text=lines(where, screen.text))

    async def _to_staff(self, notice: Notice) -> None:
        chat_id = await self._to.admin_chat()
        if chat_id is None:
            await self._to.settle.failed(
                notice, "no admin chat", retry_after=NO_ADMIN_CHAT_RETRY_SECONDS
            )
            return
        language = self._to.languages.of(self._to.languages.default)
        try:
            card = await self._put(notice, language, chat_id)
        except TelegramMigrateToChat as moved:
            await self._to.admin_chat.move(chat_id, moved.migrate_to_chat_id)
            await self._to.settle.failed(notice, "admin chat moved", retry_after=0.1)
        except TelegramForbiddenError:
            await self._to_owners(notice, language)
        except TelegramBadRequest as refusal:
            if not is_gone(refusal):
                raise
            await self._to_owners(notice, language)
        except _NoWords:
            await self._to.settle.refused(notice, NO_WORDS)
        else:
            await self._to.settle.sent(notice, card=card)

    async def _put(
        self, notice: Notice, language: Language, chat_id: int
    ) -> tuple[str, int, int] | None:
        """Send or edit the staff's message; return the card that it is, if it is one."""
        if notice.kind not in CARD_KINDS:
            screen = self._screen(language, notice)
            if screen is None:
                raise _NoWords
            await self._to.topics.send(chat_id, TOPIC_OF_NOTICE.get(notice.kind), screen)
            return None
        found = await self._to.cards(notice, language)
        if found is None:
            return None
        key, screen = found
        standing = await self._to.recipient.card(key)
        if standing is not None and await self._to.turned.mend(
            self._to.bot, screen, standing, changed_at=notice.created_at
        ):
            return None
        if standing is None and notice.kind not in FIRST_KINDS:
            return None
        topic = TOPIC_OF_NOTICE.get(notice.kind)
        message = await self._to.topics.send(chat_id, topic, screen)
        return key, chat_id, message.message_id

    async def _to_owners(self, notice: Notice, language: Language) -> None:
        """Reach the owners in private when the bot was removed from the admin chat."""
        screen = self._screen(language, notice)
        alarm = language.say(
            "🚨 I cannot write to the admin chat any more, so requests may be waiting unseen."
        )
        for owner in self._to.owners:
            try:
                await send(self._to.bot, owner, Screen(alarm))
                if screen is not None:
                    await send(self._to.bot, owner, Screen(screen.text))
            except AiogramError:
                continue
            break
        await self._to.settle.failed(notice, "removed from admin chat", retry_after=300)
