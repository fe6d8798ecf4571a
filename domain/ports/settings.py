"""The home of small kept facts: the admin chat that was learned, the audit trail."""

from datetime import datetime
from typing import Protocol


class Settings(Protocol):
    """Named texts."""

    async def get(self, name: str) -> str | None:
        """Return the text kept under the name."""
        ...

    async def put(self, name: str, value: str) -> None:
        """Keep a text under the name."""
        ...

    async def put_once(self, name: str, value: str) -> str:
        """Keep a text under a new name and return what is kept there."""
        ...


class Audit(Protocol):
    """Who did what, in the transaction of the effect."""

    async def add(
        self,
        *,
        at: datetime,
        actor: int | None,
        role: str,
        action: str,
        subject: str,
        details: dict[str, object],
    ) -> None:
        """Add a row; nothing edits it."""
        ...


class Jobs(Protocol):
    """Which period of a job was done."""

    async def claim(self, job: str, period: str, *, at: datetime) -> bool:
        """Take a period of a job; ``False`` when somebody has it."""
        ...

    async def last(self, job: str) -> str | None:
        """Return the newest period that was taken, ``None`` before the first."""
        ...
