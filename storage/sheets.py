"""The home of sheets: how records of one kind become rows of one table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Dialect, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.changing import insert_words, update_words
from storage.generated import RowMaker, row_maker
from storage.rows import insert_all, update_all
from storage.straight import copy, driver_of, way_in, write

R = TypeVar("R")
COPIED_FROM = 16
"""From so many rows on PostgreSQL is given them by COPY: a journey more, and a quarter of the
work of making arrays."""
_Change: TypeAlias = tuple[str, RowMaker]


class Sheet(Generic[R]):
    """Writes records of one kind into one table, any number with one statement.

    Columns are named like fields. Words and the way of each value are worked out once per
    database; where there is no straight way yet, the rows go the usual one.
    """

    def __init__(
        self,
        table: Table,
        kind: type[R],
        *,
        but: Sequence[str] = (),
        only: Sequence[str] = (),
        made: Mapping[str, Callable[[R], Any]] | None = None,
    ) -> None:
        """Write records of ``kind`` into ``table``.

        Args:
            table: Where to.
            kind: Of the records, a dataclass.
            but: Fields that are no columns.
            only: The columns that are written, where it is not all of them.
            made: What makes the value of each column that is no field.
        """
        own = [field.name for field in fields(kind) if field.name not in but]  # type: ignore[arg-type]
        self._table = table
        self._made = made or {}
        plain = [name for name in own if name not in self._made]
        self._names = tuple(only) or (*plain, *self._made)
        self._known: dict[tuple[str, str], _Change] = {}

    async def insert(self, connection: AsyncConnection, records: Sequence[R]) -> None:
        """Add the records."""
        if not records:
            return
        driver = driver_of(connection)
        if driver is None:
            await insert_all(connection, self._table, self._plain(records))
            return
        sql, make = self._change("", self._names, connection.dialect)
        if len(records) < COPIED_FROM or connection.dialect.name != "postgresql":
            await write(connection, driver, sql, make(records))
        else:
            await copy(connection, driver, (self._table.name, self._names), make(records))

    async def update(
        self, connection: AsyncConnection, records: Sequence[R], *, key: str = "id"
    ) -> None:
        """Keep the next state of the records, each found by its key."""
        if not records:
            return
        driver = driver_of(connection)
        if driver is None or len({getattr(record, key) for record in records}) < len(records):
            # One statement for all rows leaves open which of two changes of a row wins.
            await update_all(connection, self._table, self._plain(records), key=key)
            return
        names = (*(name for name in self._names if name != key), key)
        sql, make = self._change(key, names, connection.dialect)
        await write(connection, driver, sql, make(records))

    def _plain(self, records: Sequence[R]) -> list[dict[str, Any]]:
        made = self._made
        return [
            {
                name: made[name](record) if name in made else getattr(record, name)
                for name in self._names
            }
            for record in records
        ]

    def _change(self, key: str, names: Sequence[str], dialect: Dialect) -> _Change:
        change = self._known.get((key, dialect.name))
        if change is None:
            table = self._table
            ways = {name: way_in(table.c[name].type, dialect) for name in names}
            sql = (
                update_words(table, names, key, dialect)
                if key
                else insert_words(table, names, "", dialect)
            )
            change = self._known[key, dialect.name] = sql, row_maker(ways, self._made)
        return change
