"""The home of letting a broadcast go, and of stopping it."""

from dataclasses import asdict, replace

from domain.access import require_staff, staff_role
from domain.entities.broadcast import OPEN, Broadcast, BroadcastStatus
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.ports.work import Work
from domain.rights import StaffRole, may
from domain.rules.broadcasts import (
    BroadcastNotOpen,
    SecondPersonMustConfirm,
    check_complete,
    let_go,
    query_of,
)
from domain.surroundings import Surroundings

Card = tuple[int, int]
"""Chat and message of the card that is kept up to date."""


class SendBroadcast:
    """Let a broadcast go (A55).

    - Whom it addresses is decided now and kept: each person once, so that neither a second press
      nor a restart sends it again.
    - What a manager asks for another person with the right must confirm; an owner sends alone.
    - Who asked and lost the right in the meantime asked for nothing.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, broadcast_id: int, card: Card) -> Broadcast:
        """Return the broadcast: on its way, or waiting for a second person.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such broadcast.
            BroadcastNotOpen: it is no draft any more.
            BroadcastIncomplete: a text or readers are missing.
            SecondPersonMustConfirm: the caller asked for it, so another must confirm.
        """
        now, by = self._around.clock(), caller.person.id
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "broadcast.compose", self._around.owners)
            broadcast = await work.broadcasts.get(broadcast_id)
            if broadcast is None:
                raise NotFound(broadcast=broadcast_id)
            if broadcast.status not in OPEN:
                raise BroadcastNotOpen(status=broadcast.status)
            today = now.astimezone(self._around.zone).date()
            query = query_of(broadcast.segment, self._around.programs, today)
            parts = await work.broadcasts.audience(query)
            check_complete(broadcast, sum(part.people for part in parts))
            await work.notices.keep_card(f"broadcast:{broadcast_id}", *card)
            if may(role, "broadcast.send_alone") or await self._is_second(work, broadcast, by):
                total = await work.broadcasts.address(broadcast_id, query)
                following = let_go(broadcast, by=by, at=now, total=total)
            else:
                following = replace(broadcast, status=BroadcastStatus.ASKED, asked_by=by)
            if not await work.broadcasts.move(following, was=OPEN):
                raise BroadcastNotOpen(status=broadcast.status)
            await work.audit.add(
                at=now,
                actor=by,
                role=role.value,
                action=(
                    "broadcast_sent"
                    if following.status is BroadcastStatus.SENDING
                    else "broadcast_asked"
                ),
                subject=f"broadcast:{broadcast_id}",
                details={
                    "segment": {k: v for k, v in asdict(broadcast.segment).items() if v},
                    "texts": dict(broadcast.texts),
                    "total": following.total,
                },
            )
            await work.commit()
        return following

    async def _is_second(self, work: Work, broadcast: Broadcast, by: int) -> bool:
        """Test if somebody else asked who still may; who asked cannot confirm."""
        asked_by = broadcast.asked_by
        if asked_by is None:
            return False
        if asked_by == by:
            raise SecondPersonMustConfirm
        role: StaffRole | None = await staff_role(work, asked_by, self._around.owners)
        return may(role, "broadcast.compose")


class StopBroadcast:
    """Stop a broadcast: nobody else gets it; the few that are under way end by themselves."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, broadcast_id: int) -> Broadcast:
        """Return the broadcast stopped.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such broadcast.
            BroadcastNotOpen: it is not being sent.
        """
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            role = await require_staff(work, caller, "broadcast.compose", self._around.owners)
            broadcast = await work.broadcasts.get(broadcast_id)
            if broadcast is None:
                raise NotFound(broadcast=broadcast_id)
            stopped = replace(
                broadcast, status=BroadcastStatus.STOPPED, stopped_by=caller.person.id
            )
            if not await work.broadcasts.move(stopped, was=(BroadcastStatus.SENDING,)):
                raise BroadcastNotOpen(status=broadcast.status)
            await work.broadcasts.give_up_waiting(broadcast_id)
            figures = await work.broadcasts.figures(broadcast_id)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=role.value,
                action="broadcast_stopped",
                subject=f"broadcast:{broadcast_id}",
                details={"stopped": figures.stopped, "total": broadcast.total},
            )
            await work.commit()
        return stopped
