"""The home of small kept facts, the audit trail and job periods."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows import insert_all, upsert
from storage.tables import audit, jobs, settings


class SettingRepository:
    """Named texts on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def get(self, name: str) -> str | None:
        """Return the text kept under the name."""
        value: str | None = await self._connection.scalar(
            select(settings.c.value).where(settings.c.name == name)
        )
        return value

    async def put(self, name: str, value: str) -> None:
        """Keep a text under the name."""
        statement = upsert(self._connection, settings).values(name=name, value=value)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        )

    async def put_once(self, name: str, value: str) -> str:
        """Keep a text under a new name and return what is kept there."""
        statement = upsert(self._connection, settings).values(name=name, value=value)
        await self._connection.execute(statement.on_conflict_do_nothing())
        return await self.get(name) or value


class AuditRepository:
    """The audit trail on one connection."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._new_id = new_id

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
        row = {
            "id": self._new_id(),
            "at": at,
            "actor": actor,
            "role": role,
            "action": action,
            "subject": subject,
            "details": details,
        }
        await insert_all(self._connection, audit, [row])


class JobRepository:
    """Job periods on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def claim(self, job: str, period: str, *, at: datetime) -> bool:
        """Take a period of a job; ``False`` when somebody has it."""
        statement = upsert(self._connection, jobs).values(job=job, period=period, claimed_at=at)
        result = await self._connection.execute(statement.on_conflict_do_nothing())
        return bool(result.rowcount)

    async def last(self, job: str) -> str | None:
        """Return the newest period that was taken, ``None`` before the first."""
        period: str | None = await self._connection.scalar(
            select(func.max(jobs.c.period)).where(jobs.c.job == job)
        )
        return period
