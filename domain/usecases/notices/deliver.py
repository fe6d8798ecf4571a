"""The home of delivering notices: claim with a lease, then tell what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.people import Person
from domain.entities.preferences import Preferences
from domain.period import zone_of
from domain.rules.masking import mask_params
from domain.rules.notifying import Treatment, treatment
from domain.rules.retrying import pause_after
from domain.surroundings import Surroundings

LEASE_SECONDS = 60
BATCH_SIZE = 50
BACK_OFF_FIRST = timedelta(seconds=1)
BACK_OFF_MOST = timedelta(minutes=10)
"""An outage of any length is waited for; when it ends, nobody waits longer than this."""
REFUSALS_MAX = 24
"""How often in a row a message that Telegram refuses is tried again: for about half a day."""
REFUSED_PAUSE_MOST = timedelta(hours=1)
REFUSED = "refused: "


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
        """Try again later, with growing pauses, for as long as it takes.

        Waiting that was asked for (``retry_after``) is no failed attempt, however often it is.
        """
        attempts = notice.attempts if retry_after is not None else notice.attempts + 1
        pause = pause_after(notice.attempts + 1, first=BACK_OFF_FIRST, most=BACK_OFF_MOST)
        if retry_after is not None:
            pause = timedelta(seconds=retry_after)
        await self._postpone(notice, pause, error, attempts)

    async def refused(self, notice: Notice, error: str) -> None:
        """Try again later what somebody may mend; after so many refusals in a row give up.

        Such a message holds back those behind it, so it cannot be tried for ever.
        """
        is_again = (notice.error or "").startswith(REFUSED)
        refusals = notice.attempts + 1 if is_again else 1
        if refusals > REFUSALS_MAX:
            await self.dead(notice, REFUSED + error)
            return
        pause = pause_after(refusals, first=BACK_OFF_FIRST, most=REFUSED_PAUSE_MOST)
        await self._postpone(notice, pause, REFUSED + error, refusals)

    async def _postpone(self, notice: Notice, pause: timedelta, error: str, attempts: int) -> None:
        until = self._around.clock() + pause
        async with self._around.open_work(books=False) as work:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads a notice.

    Attributes:
        person: With its current language, ``None`` where it is not known any more.
        chosen: Which notices it wants, and when.
    """

    person: Person | None = None
    chosen: Preferences = field(default_factory=Preferences)


class ReadRecipient:
    """Tell who reads a notice, in which language and when, and where an object's card is."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def readers(self, notices: Sequence[Notice]) -> Mapping[int, Reader]:
        """Return who reads these notices, all of them with one look."""
        ids = {notice.recipient for notice in notices} - {STAFF_CHAT}
        if not ids:
            return {}
        async with self._around.open_work.read() as work:
            people = {person.id: person for person in await work.people.by_ids(ids)}
            chosen = await work.preferences.of(ids)
        return {
            key: Reader(person=people.get(key), chosen=chosen.get(key) or Preferences())
            for key in ids
        }

    def treatment(self, notice: Notice, chosen: Preferences) -> Treatment:
        """Return whether the reader wants the notice, and whether it waits for the morning."""
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
