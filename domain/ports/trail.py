"""The home of the port that reads the audit trail."""

from collections.abc import Sequence
from typing import Protocol

from domain.entities.audit import AuditFilter, AuditRow


class Trail(Protocol):
    """The audit trail as people read it."""

    async def page(
        self, wanted: AuditFilter, *, before: int | None, limit: int
    ) -> Sequence[AuditRow]:
        """Return rows, newest first, that are older than the one with the id ``before``."""
        ...

    async def person(self, name: str) -> int | None:
        """Return who has this user name, or this Telegram id."""
        ...

    async def partner(self, code: str) -> int | None:
        """Return whose link has this code."""
        ...

    async def client(self, shown_id: str) -> int | None:
        """Return who has this client id."""
        ...
