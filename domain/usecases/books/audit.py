"""The home of auditing the books from the admin chat."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from domain.access import require_staff
from domain.entities.people import Caller
from domain.surroundings import Surroundings


class Finding(Protocol):
    """A difference that the audit found: which check, whose, what should be and what is."""

    @property
    def check(self) -> str:
        """Name of the check."""
        ...

    @property
    def subject(self) -> str:
        """What differs."""
        ...

    @property
    def expected(self) -> str:
        """What it should be."""
        ...

    @property
    def found(self) -> str:
        """What it is."""
        ...


class AuditBooks:
    """Recompute every total by the second path and show staff the differences."""

    def __init__(
        self, around: Surroundings, audit: Callable[[], Awaitable[Sequence[Finding]]]
    ) -> None:
        """Work in these surroundings; ``audit`` recomputes the books from the tables."""
        self._around = around
        self._audit = audit

    async def __call__(self, caller: Caller) -> Sequence[Finding]:
        """Return the differences; an empty list is what one wants to see.

        Raises:
            NotAllowed: the caller may not do this here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "books.audit", self._around.owners)
        return await self._audit()
