"""The home of delivering notices: claim with a lease, then tell what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.people import Person
from domain.period import zone_of
from domain.rules.masking import mask_params
from domain.rules.notifying import Treatment, treatment
from domain.surroundings import Surroundings

LEASE_SECONDS = 60
BATCH_SIZE = 50
RETRIES_MAX = 12
"""How often a message that failed is tried again before it is given up."""
BACK_OFF_SECONDS_MAX = 3_600


class ClaimNotices:
    """Lease due notices, the first of each recipient, so that order within one chat holds.

    - Whatever is told to a person about a client names it masked where the config says so: every
      notice passes here, so none can forget it (A18).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> Sequence[Notice]:
        """Return what is to be sent now."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            notices = await work.notices.claim(
                now=now, lease_until=now + timedelta(seconds=LEASE_SECONDS), limit=BATCH_SIZE
            )
            if notices:
                await work.commit()
        return [self._shown(notice) for notice in notices]

    def _shown(self, notice: Notice) -> Notice:
        if notice.recipient == STAFF_CHAT or not self._around.mask_clients:
            return notice
        return replace(notice, params=mask_params(notice.params))


class SettleNotice:
    """Keep what came of sending a notice."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def sent(self, notice: Notice, *, card: tuple[str, int, int] | None = None) -> None:
        """Keep that it was delivered; ``card`` is key, chat and message of a card."""
        async with self._around.open_work(books=False) as work:
            await work.notices.sent(notice.id, at=self._around.clock())
            if card is not None:
                await work.notices.keep_card(*card)
            await work.commit()

    async def failed(
        self, notice: Notice, error: str, *, retry_after: float | None = None
    ) -> None:
        """Try again later, with growing pauses, and give up after the last one.

        Waiting that was asked for (``retry_after``) is no failed attempt, however often it is.
        """
        now = self._around.clock()
        is_asked = retry_after is not None
        async with self._around.open_work(books=False) as work:
            if notice.attempts >= RETRIES_MAX and not is_asked:
                await work.notices.dead(notice.id, at=now, error=error)
            else:
                pause = retry_after or min(2**notice.attempts, BACK_OFF_SECONDS_MAX)
                until: datetime = now + timedelta(seconds=pause)
                attempts = notice.attempts if is_asked else notice.attempts + 1
                await work.notices.postpone(notice.id, until=until, error=error, attempts=attempts)
            await work.commit()

    async def asleep(self, notice: Notice, until: datetime) -> None:
        """Hold it through the reader's quiet hours; nothing is lost, and order is kept."""
        async with self._around.open_work(books=False) as work:
            await work.notices.sleep(notice.id, until=until)
            await work.commit()

    async def dead(self, notice: Notice, error: str) -> None:
        """Give up at once: the chat cannot be reached."""
        async with self._around.open_work(books=False) as work:
            await work.notices.dead(notice.id, at=self._around.clock(), error=error)
            await work.commit()


class ReadRecipient:
    """Tell who reads a notice, in which language and when, and where an object's card is."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def person(self, person_id: int) -> Person | None:
        """Return the person with its current language."""
        async with self._around.open_work.read() as work:
            return await work.people.get(person_id)

    async def treatment(self, notice: Notice) -> Treatment:
        """Return whether the reader wants the notice, and whether it waits for the morning."""
        async with self._around.open_work.read() as work:
            chosen = await work.preferences.get(notice.recipient)
        return treatment(
            notice.kind,
            notice.params,
            chosen,
            now=self._around.clock(),
            zone=zone_of(chosen.zone or "") or self._around.zone,
        )

    async def card(self, key: str) -> tuple[int, int] | None:
        """Return chat and message of an object's card in the admin chat."""
        async with self._around.open_work.read() as work:
            return await work.notices.card(key)
