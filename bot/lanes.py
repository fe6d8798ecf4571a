"""The home of lanes: whose updates this process handles, so that one does at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.replica import ALONE, NO_NUMBER, Replica
from storage.repositories.inbox import StoredUpdate
from storage.work import SqlOpenWork, SqlWork

TAKE_OVER_LIMIT = 1_000
FORGOTTEN_SECONDS = 30
"""Open updates without a lane are that old before somebody takes them up."""


class NoReplica(ConnectionError):
    """This process has lost its place among the replicas, and may store no update for now."""


class Lanes:
    """Lanes of people's updates, shared by all replicas on PostgreSQL.

    Storing an update takes its person's lane, or notes in it that more is waiting, in the same
    transaction. Settling the last known one gives the lane up, or goes on with what others have
    stored meanwhile. On SQLite the one process has every lane, and nothing is written.
    """

    def __init__(self, replica: Replica, clock: Callable[[], datetime]) -> None:
        """Take lanes for this replica."""
        self._replica = replica
        self._clock = clock

    @property
    def number(self) -> int:
        """Return under which number lanes are held; another number holds none of them."""
        return self._replica.number

    async def begin(self, work: SqlWork, rows: Sequence[StoredUpdate], number: int) -> set[str]:
        """Return of whom this process handles what is being stored.

        Raises:
            NoReplica: nothing may be stored now.
        """
        speakers = {row.speaker for row in rows}
        if number == ALONE or not speakers:
            return speakers
        if number == NO_NUMBER:
            raise NoReplica
        return await work.lanes.begin(sorted(speakers), holder=number)

    async def settled(
        self, work: SqlWork, held: Mapping[str, int]
    ) -> dict[str, list[StoredUpdate]]:
        """Give up lanes whose known updates are settled; return what others stored for them.

        Args:
            work: The transaction that settles them.
            held: Under which number each person's lane is held.
        """
        more: dict[str, list[StoredUpdate]] = {}
        shared = {speaker: number for speaker, number in held.items() if number != ALONE}
        left = await work.lanes.leave(shared) if shared else set()
        for speaker in sorted(shared.keys() - left):
            if await work.lanes.go_on(speaker, holder=shared[speaker]):
                more[speaker] = await work.inbox.open_of([speaker])
        # What was noted as waiting may be known already: a lane that is kept for nothing would
        # hold up all that comes later.
        nothing = {speaker: shared[speaker] for speaker, rows in more.items() if not rows}
        if nothing:
            await work.lanes.leave(nothing)
        return more

    async def left_behind(
        self, open_work: SqlOpenWork, number: int, *, older_than_seconds: float, busy: set[str]
    ) -> list[StoredUpdate]:
        """Return what was stored and is in nobody's hands; it is in this process's now.

        Args:
            open_work: Opens work.
            number: Of this replica.
            older_than_seconds: On SQLite, where no lane tells whose they are.
            busy: Whose updates are being handled here, under whichever number.
        """
        if number == NO_NUMBER:
            return []
        if number == ALONE:
            before = self._clock() - timedelta(seconds=older_than_seconds)
            async with open_work.read() as work:
                return await work.inbox.open_ones(received_before=before, limit=TAKE_OVER_LIMIT)
        before = self._clock() - timedelta(seconds=FORGOTTEN_SECONDS)
        async with open_work(books=False) as work:
            # In this order: the second waits for nobody, so nobody can wait for both.
            taken = await work.lanes.take_forgotten(
                holder=number, received_before=before, limit=TAKE_OVER_LIMIT, but=busy
            )
            taken |= await work.lanes.take_over(holder=number, limit=TAKE_OVER_LIMIT, but=busy)
            rows = await work.inbox.open_of(taken) if taken else []
            empty = taken - {row.speaker for row in rows}
            if empty:
                await work.lanes.leave(dict.fromkeys(empty, number))
            await work.commit()
        return rows

    async def hand_back(self, open_work: SqlOpenWork) -> None:
        """Let other replicas have what this one has begun to hold and does not handle."""
        if not self._replica.is_shared or not self._replica.is_in:
            return
        async with open_work(books=False) as work:
            await work.lanes.hand_back(holder=self.number)
            await work.commit()
