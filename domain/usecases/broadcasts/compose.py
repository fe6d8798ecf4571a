"""The home of composing a broadcast: a draft that anybody with the right edits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.access import require_staff
from domain.entities.broadcast import OPEN, Broadcast, BroadcastStatus, Segment
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import LANGUAGES
from domain.rules.broadcasts import BroadcastNotOpen, with_text
from domain.surroundings import Surroundings

DRAFT_HOURS = 24
"""An unfinished draft is taken up again within this time."""


class ComposeBroadcast:
    """Write a message to many people, step by step (A55).

    - A draft is kept, so that a restart loses nothing; its author finds it again for a day.
    - A change of a draft that waits for a second person takes the question back.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def start(self, caller: Caller, *, afresh: bool = False) -> Broadcast:
        """Return the caller's unfinished draft, or a new one.

        Raises:
            NotAllowed: the caller may not do this here.
        """
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            await require_staff(work, caller, "broadcast.compose", self._around.owners)
            since = now - timedelta(hours=DRAFT_HOURS)
            draft = await work.broadcasts.draft_of(caller.person.id, since=since)
            if draft is None or afresh:
                draft = Broadcast(
                    id=self._around.new_id(), created_by=caller.person.id, created_at=now
                )
                await work.broadcasts.add(draft)
            await work.commit()
        return draft

    async def choose(self, caller: Caller, broadcast_id: int, **change: object) -> Broadcast:
        """Change one part of the segment; a change of program or audience frees the tier.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such broadcast.
            BroadcastNotOpen: it is no draft any more.
        """

        def changed(draft: Broadcast) -> Broadcast:
            freed = {} if set(change) == {"language"} or "tier" in change else {"tier": None}
            segment: Segment = replace(draft.segment, **(freed | change))  # type: ignore[arg-type]
            return replace(draft, segment=segment)

        return await self._edit(caller, broadcast_id, changed)

    async def write(
        self, caller: Caller, broadcast_id: int, language: str, html: str
    ) -> Broadcast:
        """Keep the text in a language.

        Args:
            caller: Who writes.
            broadcast_id: The draft.
            language: One of the four.
            html: Finished mark-up that the surface made of what was typed.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such broadcast, or no such language.
            BroadcastNotOpen: it is no draft any more.
        """
        if language not in LANGUAGES:
            raise NotFound(language=language)
        return await self._edit(
            caller, broadcast_id, lambda draft: with_text(draft, language, html)
        )

    async def drop(self, caller: Caller, broadcast_id: int) -> Broadcast:
        """Throw a draft away; the same Raises as ``choose``."""
        return await self._edit(
            caller, broadcast_id, lambda draft: replace(draft, status=BroadcastStatus.DROPPED)
        )

    async def _edit(
        self, caller: Caller, broadcast_id: int, change: Callable[[Broadcast], Broadcast]
    ) -> Broadcast:
        async with self._around.open_work(books=False) as work:
            await require_staff(work, caller, "broadcast.compose", self._around.owners)
            draft = await work.broadcasts.get(broadcast_id)
            if draft is None:
                raise NotFound(broadcast=broadcast_id)
            edited = change(replace(draft, status=BroadcastStatus.DRAFT, asked_by=None))
            if not await work.broadcasts.move(edited, was=OPEN):
                raise BroadcastNotOpen(status=draft.status)
            await work.commit()
        return edited
