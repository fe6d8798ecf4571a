"""The home of reading the audit trail: pages of it, and all of it for a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.access import require_staff
from domain.entities.audit import AuditFilter, AuditGroup, AuditRow
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.ports.work import Work
from domain.rights import StaffRole, may
from domain.surroundings import Surroundings

PAGE_SIZE = 8
EXPORT_MAX = 20_000
"""Rows of one file; the newest come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """A page of the trail.

    Attributes:
        rows: Newest first.
        following: The id after which the next page begins, ``None`` on the last.
        wanted: What was asked for, narrowed to what the reader may see.
        about: Name of the person or object that was asked for, ``None`` for all.
    """

    rows: Sequence[AuditRow]
    following: int | None
    wanted: AuditFilter
    about: str | None = None


class ReadAudit:
    """Show staff who did what (A60).

    - Owners and managers see everything, finance what concerns money.
    - Reading changes nothing and leaves no row; taking it out as a file does.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, wanted: AuditFilter, before: int | None = None
    ) -> AuditPage:
        """Return the page after the row ``before``.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            wanted = await self._narrowed(work, caller, wanted)
            rows = await work.trail.page(wanted, before=before, limit=PAGE_SIZE + 1)
        following = rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None
        return AuditPage(rows=rows[:PAGE_SIZE], following=following, wanted=wanted)

    async def about(self, caller: Caller, word: str) -> AuditFilter:
        """Return the filter that a typed word means: a person, a partner's code, a client.

        Raises:
            NotAllowed: the caller may not see the trail here.
            NotFound: the word means nobody and nothing.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "audit.read", self._around.owners)
            if word in {group.value for group in AuditGroup}:
                return AuditFilter(group=AuditGroup(word))
            partner_id = await work.trail.partner(word)
            if partner_id is not None:
                return AuditFilter(partner_id=partner_id)
            person_id = await work.trail.person(word)
            if person_id is not None:
                return AuditFilter(actor=person_id)
            client_id = await work.trail.client(word)
        if client_id is None:
            raise NotFound(audit=word)
        return AuditFilter(client_id=client_id)

    async def export(self, caller: Caller, wanted: AuditFilter) -> Sequence[AuditRow]:
        """Return every row for a file; that it was taken out is written down.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work(books=False) as work:
            wanted = await self._narrowed(work, caller, wanted)
            rows = await work.trail.page(wanted, before=None, limit=EXPORT_MAX)
            role = await require_staff(work, caller, "audit.read", self._around.owners)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role=role.value,
                action="audit_exported",
                subject="audit",
                details={"rows": len(rows)},
            )
            await work.commit()
        return rows

    async def _narrowed(self, work: Work, caller: Caller, wanted: AuditFilter) -> AuditFilter:
        role: StaffRole = await require_staff(work, caller, "audit.read", self._around.owners)
        return replace(wanted, money_only=not may(role, "audit.read_all"))
