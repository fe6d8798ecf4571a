"""The database of a vendor, read and changed past the product."""

import asyncio
import sqlite3
from collections import namedtuple
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from storage.engine import BUSY_TIMEOUT_MS, Engines, open_engines


@dataclass(frozen=True)
class Database:
    """The database, read anew each time, past everything that the product remembers."""

    url: str
    engines: Engines | None = None

    @property
    def is_sqlite(self) -> bool:
        """Test which database it is."""
        return self.url.startswith("sqlite")

    @asynccontextmanager
    async def nobody_writes(self, table: str) -> AsyncIterator[None]:
        """Let whoever writes the table wait inside the block; SQLite has no such lock."""
        if self.is_sqlite:
            yield
            return
        engines = open_engines(self.url)
        try:
            async with engines.writes.begin() as connection:
                await connection.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))
                yield
        finally:
            await engines.close()

    async def rows(self, sql: str, **values: object) -> list[Any]:
        """Return what a query finds."""
        return await self._execute(sql, values)

    async def value(self, sql: str, **values: object) -> Any:  # noqa: ANN401
        """Return the only value that a query finds."""
        [(value,)] = await self._execute(sql, values)
        return value

    async def change(self, sql: str, **values: object) -> None:
        """Change rows as no part of the product would."""
        await self._execute(sql, values)

    @asynccontextmanager
    async def kept_open(self) -> AsyncIterator["Database"]:
        """Yield the same database, to which PostgreSQL's connections are kept inside the block."""
        engines = None if self.is_sqlite else open_engines(self.url)
        try:
            yield replace(self, engines=engines)
        finally:
            if engines is not None:
                await engines.close()

    async def _execute(self, sql: str, values: Mapping[str, object]) -> list[Any]:
        if self.is_sqlite:
            return await asyncio.to_thread(self._execute_on_sqlite, sql, values)
        engines = self.engines or open_engines(self.url)
        try:
            async with engines.writes.begin() as connection:
                result = await connection.execute(text(sql), dict(values))
                return list(result.all()) if result.returns_rows else []
        finally:
            if engines is not self.engines:
                await engines.close()

    def _execute_on_sqlite(self, sql: str, values: Mapping[str, object]) -> list[Any]:
        """Use the plain driver: an engine costs a hundred times what a query does."""
        path = self.url.partition("///")[2]
        opened = sqlite3.connect(path, timeout=BUSY_TIMEOUT_MS / 1_000)
        with closing(opened), opened:
            cursor = opened.execute(sql, dict(values))
            names = [column[0] for column in cursor.description or ()]
            row = namedtuple("row", names, rename=True)  # type: ignore[misc] # noqa: PYI024
            return [row(*found) for found in cursor]
