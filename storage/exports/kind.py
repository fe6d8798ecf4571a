"""The home of what an export is: columns with their readers, and pages by key."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Column, Label, Select, func, select

from domain.ids import encode
from domain.money import Money
from storage.engine import Engines
from storage.rows import AnyRow

PAGE_SIZE = 1_000
Value: TypeAlias = str | int | Decimal | datetime | None
Reader: TypeAlias = Callable[[AnyRow], Value]
Heading: TypeAlias = tuple[str, Reader]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportKind:
    """Rows of one kind.

    Attributes:
        name: As the command line says it.
        statement: All rows; a page adds its own order and limit.
        key: What the pages are cut by: unique, and growing with time where it is one of our ids.
        headings: Name and reader of each column; columns that an import knows have its names.
    """

    name: str
    statement: Select[Any]
    key: Column[Any]
    headings: tuple[Heading, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.headings)


def plain(name: str, column: str | None = None) -> Heading:
    """Return a column as it is stored."""
    return name, lambda row: getattr(row, column or name)


def encoded(name: str, column: str) -> Heading:
    """Return one of our ids as the HTTP API and the bot show it."""

    def read(row: AnyRow) -> Value:
        number = getattr(row, column)
        return None if number is None else encode(number)

    return name, read


def text(name: str, column: str | None = None) -> Heading:
    """Return a value as its own text, such as a rate."""

    def read(row: AnyRow) -> Value:
        value = getattr(row, column or name)
        return None if value is None else str(value)

    return name, read


def amount(name: str, column: str = "minor", currency: str = "currency") -> Heading:
    """Return minor units as an exact amount with the decimals of its currency."""

    def read(row: AnyRow) -> Value:
        minor, code = getattr(row, column), getattr(row, currency)
        return None if minor is None or code is None else Money(minor, code).decimal

    return name, read


def beside(column: Column[Any], name: str) -> Label[Any]:
    """Return a column of a joined table under a name of its own."""
    return column.label(name)


async def count_rows(engines: Engines, kind: ExportKind) -> int:
    """Return how many rows there are, for the bar of progress."""
    async with engines.reads.connect() as connection:
        found = await connection.execute(select(func.count()).select_from(kind.key.table))
        return int(found.scalar_one())


async def pages_of(
    engines: Engines, kind: ExportKind, size: int = PAGE_SIZE
) -> AsyncIterator[Sequence[tuple[Value, ...]]]:
    """Yield all rows in pages; each is a short read of its own, so nobody waits for an export."""
    readers = [reader for _, reader in kind.headings]
    after: Any = None
    while True:
        statement = kind.statement.add_columns(kind.key.label("page_key"))
        if after is not None:
            statement = statement.where(kind.key > after)
        async with engines.reads.connect() as connection:
            rows = (await connection.execute(statement.order_by(kind.key).limit(size))).all()
        if rows:
            yield [tuple(reader(row) for reader in readers) for row in rows]
            after = rows[-1].page_key
        if len(rows) < size:
            return
