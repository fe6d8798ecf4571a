"""The home of lanes: which replica handles a person's updates. PostgreSQL only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.replicas import REPLICA_LOCKS
from storage.rows import in_order
from storage.tables import lanes
from storage.types import Instant

NOBODY = 0
"""Holder of a lane that was handed back."""

_BEGIN = text(
    "INSERT INTO lanes (speaker, holder, waiting)"
    " SELECT speaker, :holder, false FROM unnest(CAST(:speakers AS text[])) AS speaker"
    # Everybody locks in this order, so that no two replicas wait for each other.
    " ORDER BY speaker"
    " ON CONFLICT (speaker) DO UPDATE SET waiting = true RETURNING speaker, holder, waiting"
)
_TAKE_UP = text(
    "INSERT INTO lanes (speaker, holder, waiting)"
    " SELECT speaker, :holder, false FROM unnest(CAST(:speakers AS text[])) AS speaker"
    " ORDER BY speaker"
    # All that is open in an own lane is read after this, so nothing waits in it any more.
    " ON CONFLICT (speaker) DO UPDATE SET waiting = lanes.holder <> excluded.holder"
    " RETURNING speaker, holder"
)
_LEAVE = text(
    # Those in which something waits are locked in the same order: they are changed next.
    "WITH held AS (SELECT lanes.speaker, lanes.waiting FROM lanes"
    " JOIN unnest(CAST(:speakers AS text[]), CAST(:holders AS bigint[])) AS mine (speaker, holder)"
    " ON lanes.speaker = mine.speaker AND lanes.holder = mine.holder"
    " ORDER BY lanes.speaker FOR UPDATE OF lanes)"
    " DELETE FROM lanes WHERE speaker IN (SELECT speaker FROM held WHERE NOT waiting)"
    " RETURNING speaker"
)
_DEAD = text(
    "SELECT DISTINCT holder FROM lanes WHERE holder NOT IN ("
    " SELECT CAST(objid AS bigint) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND classid = :locks AND objsubid = 2"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)
_TAKE = text(
    "UPDATE lanes SET holder = :holder, waiting = false WHERE speaker IN ("
    " SELECT speaker FROM lanes WHERE holder = ANY(CAST(:dead AS bigint[]))"
    " AND speaker <> ALL(CAST(:but AS text[]))"
    " ORDER BY speaker LIMIT :limit FOR UPDATE SKIP LOCKED) RETURNING speaker"
)
_FORGOTTEN = text(
    "SELECT DISTINCT speaker FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL"
    " AND received_at <= :before AND speaker <> ALL(CAST(:but AS text[]))"
    " AND NOT EXISTS (SELECT 1 FROM lanes"
    " WHERE lanes.speaker = inbox.speaker AND lanes.holder <> :holder) LIMIT :limit"
).bindparams(bindparam("before", type_=Instant()))


class LaneRepository:
    """Lanes on one connection.

    A person has a lane while an update of it is open. One replica holds it and handles them one
    after another, whoever has stored them. The number of a replica is never used again, so one
    that was taken for dead can do nothing to a lane that another holds now.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def begin(self, speakers: Sequence[str], *, holder: int) -> set[str]:
        """Take the lanes that nobody has, and note in the others that more is waiting.

        Together with storing the updates: the holder of a lane cannot leave it between.
        """
        rows = await self._connection.execute(
            _BEGIN, {"speakers": list(speakers), "holder": holder}
        )
        return {row.speaker for row in rows if not row.waiting}

    async def leave(self, held: Mapping[str, int]) -> set[str]:
        """Give up the lanes in which nothing waits; return whose they are.

        Args:
            held: Under which number each person's lane is held.
        """
        values = {"speakers": list(held), "holders": list(held.values())}
        return set(await self._connection.scalars(_LEAVE, values))

    async def go_on(self, speaker: str, *, holder: int) -> bool:
        """Note that what waits is read now; ``False`` when the lane is another's."""
        kept = await self._connection.execute(
            update(lanes)
            .where(lanes.c.speaker == speaker, lanes.c.holder == holder)
            .values(waiting=False)
        )
        return kept.rowcount > 0

    async def take_over(self, *, holder: int, limit: int, but: Iterable[str] = ()) -> set[str]:
        """Take lanes of replicas that are no more, and those that were handed back.

        Args:
            holder: Takes them.
            limit: Most of them.
            but: Whose lanes are left for now.
        """
        # In a statement of its own, so that nobody who came meanwhile is taken for dead.
        dead = list(await self._connection.scalars(_DEAD, {"locks": REPLICA_LOCKS}))
        if not dead:
            return set()
        values = {"holder": holder, "dead": dead, "limit": limit, "but": list(but)}
        return set(await self._connection.scalars(_TAKE, values))

    async def take_forgotten(
        self, *, holder: int, received_before: datetime, limit: int, but: Iterable[str] = ()
    ) -> set[str]:
        """Take the lanes of old open updates that no other replica has.

        They may have been stored by a version that knew no lanes, or by a commit of which this
        replica never heard that it succeeded.

        Args:
            holder: Takes them.
            received_before: How old they are at least.
            limit: Most people.
            but: Whose updates are in this replica's hands already.
        """
        values = {
            "holder": holder,
            "before": received_before,
            "but": list(but),
            "limit": limit,
        }
        found = list(await self._connection.scalars(_FORGOTTEN, values))
        if not found:
            return set()
        rows = await self._connection.execute(_TAKE_UP, {"speakers": found, "holder": holder})
        return {row.speaker for row in rows if row.holder == holder}

    async def hand_back(self, *, holder: int) -> None:
        """Let others have all lanes of a replica that stops."""
        await self._connection.execute(
            update(lanes).where(in_order(lanes, lanes.c.holder == holder)).values(holder=NOBODY)
        )
