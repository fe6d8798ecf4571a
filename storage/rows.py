"""The home of moving records into rows and back: a column is named like its field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Row,
    Table,
    Text,
    TextClause,
    bindparam,
    delete,
    literal,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage import straight
from storage.types import Keys

R = TypeVar("R")
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row of any columns."""


def values_of(record: Any, *, but: Sequence[str] = ()) -> dict[str, Any]:  # noqa: ANN401
    """Return the fields of a record as column values."""
    key = (type(record), tuple(but))
    if key not in _readings:
        names = tuple(f.name for f in fields(record) if f.name not in but)
        _readings[key] = names, attrgetter(*names) if len(names) > 1 else _only(names[0])
    names, read = _readings[key]
    return dict(zip(names, read(record), strict=True))


_readings: dict[tuple[type, tuple[str, ...]], tuple[tuple[str, ...], Callable[[Any], Any]]] = {}
"""The names of a record's fields, and what reads all of them at once."""


def _only(name: str) -> Callable[[Any], tuple[Any]]:
    return lambda record: (getattr(record, name),)


def record_of(kind: type[R], row: AnyRow) -> R:
    """Return the record that a row holds."""
    return kind(**row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name


def records_of(kind: type[R], rows: Iterable[AnyRow]) -> list[R]:
    """Return the records that rows hold."""
    return [record_of(kind, row) for row in rows]


async def insert_all(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert all rows with one statement; every row names the same columns."""
    if rows and not await straight.insert(connection, table, rows):
        await connection.execute(table.insert(), list(rows))


async def update_all(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    key: str = "id",
) -> None:
    """Update all rows by key with one statement; every row names the same columns."""
    if not rows or await straight.update(connection, table, rows, key):
        return
    names = [name for name in rows[0] if name != key]
    statement = (
        update(table)
        .where(table.c[key] == bindparam("key_"))
        .values({name: bindparam(f"{name}_") for name in names})
    )
    await connection.execute(
        statement,
        [{"key_": row[key], **{f"{name}_": row[name] for name in names}} for row in rows],
    )


def in_order(table: Table, *conditions: ColumnElement[bool] | TextClause) -> ColumnElement[bool]:
    """Return the condition that a row is among those that meet others, locked by key.

    For changes of many rows outside of the books' lock: two replicas that lock the same rows in
    different orders wait for each other, and PostgreSQL ends one of them.
    """
    [key] = table.primary_key.columns
    meant = select(key).where(*conditions).order_by(key).with_for_update().correlate(None)
    return key.in_(meant)


async def delete_some(
    connection: AsyncConnection, key: Column[Any], *conditions: ColumnElement[bool], limit: int
) -> list[Any]:
    """Delete some rows of the key's table, first keys first; return the keys of those that went.

    What was kept for years goes in portions: one statement would hold up every writer of SQLite,
    and leave PostgreSQL with all of it to clean up at once.
    """
    chosen = select(key).where(*conditions).order_by(key).limit(limit).with_for_update()
    keys = list(await connection.scalars(chosen))
    if keys:
        await connection.execute(delete(key.table).where(among(key, keys)))
    return keys


def upsert(connection: AsyncConnection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Return an INSERT of this database that can say ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


class _Among(FunctionElement[bool]):
    """Column and keys."""

    name = "among"
    type = Boolean()
    inherit_cache = True
    # Otherwise SQLAlchemy writes `... = 1` for SQLite, which then reads the whole table.
    _is_implicitly_boolean = True


@compiles(_Among, "postgresql")
def _among_in_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({keys})"


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    column, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608 - column and parameter


def among(column: Column[Any], keys: Iterable[str] | Iterable[int]) -> _Among:
    """Return the condition that a column has one of the keys.

    All keys are one parameter: there may be any number of them (a plain IN ends at 32 767), and
    the statement is the same for each number, so that the database plans it once.
    """
    is_text = isinstance(column.type, Text)
    return _Among(column, literal(list(keys), Keys(is_text)))


def any_of(column: Column[Any], name: str = "keys") -> _Among:
    """Return the same condition with keys that are given later, as a list under this name."""
    is_text = isinstance(column.type, Text)
    return _Among(column, bindparam(name, type_=Keys(is_text)))
