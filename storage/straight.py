"""The home of the straight way: statements of sets that go to the driver without a detour.

SQLAlchemy plans, binds and unpacks each statement anew, in some tenths of a millisecond, and for
an asynchronous driver in a greenlet of its own; a set of events needs twenty statements, each of
them with the same words every time. Here the words, the way of each value and of each column are
worked out once per database with SQLAlchemy's own compiler and types. Transaction, connection and
the names of errors stay SQLAlchemy's.
"""

import asyncio
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeAlias, TypeVar

from sqlalchemy import Dialect, Select, Table
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from storage.sqlite_driver import BriefConnection

R = TypeVar("R")
Way: TypeAlias = Callable[[Any], Any] | None
"""What a value is put through, ``None`` where it stays as it is."""
Values: TypeAlias = Sequence[Mapping[str, Any]]


def driver_of(connection: AsyncConnection) -> Any | None:  # noqa: ANN401 - of two libraries
    """Return the driver's own connection, ``None`` before the transaction has begun on it.

    On PostgreSQL SQLAlchemy begins it with the first statement that it sends itself.
    """
    sync = connection.sync_connection
    if sync is None or not sync.in_transaction():
        return None
    adapter: Any = sync.connection.dbapi_connection
    driver = adapter.driver_connection
    if isinstance(driver, BriefConnection):
        return driver
    return driver if adapter._transaction is not None else None  # noqa: SLF001 - nobody else knows


def _in(kind: TypeEngine[Any], dialect: Dialect) -> Way:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _out(kind: TypeEngine[Any], dialect: Dialect) -> Way:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


_Words: TypeAlias = tuple[str, list[tuple[str, Way, object]], list[tuple[int, Way]]]
"""SQL; name, way and fixed value of each parameter; ways of the columns that have one."""


class Question:
    """A SELECT that is asked again and again with other parameters, given by name."""

    def __init__(self, statement: Select[Any]) -> None:
        """Ask this."""
        self._statement = statement
        columns = list(statement.selected_columns)
        self._names = tuple(column.name for column in columns)
        self._types = [column.type for column in columns]
        self._row: Any = namedtuple("Row", self._names)  # type: ignore[misc]  # noqa: PYI024
        self._known: dict[str, _Words] = {}

    async def rows(self, connection: AsyncConnection, **given: object) -> Sequence[Any]:
        """Return the rows; a column is an attribute."""
        found = await self._ask(connection, given)
        if found is None:
            detoured: Sequence[Any] = (await connection.execute(self._statement, given)).all()
            return detoured
        return [self._row._make(row) for row in found]

    async def records(
        self, kind: type[R], connection: AsyncConnection, **given: object
    ) -> list[R]:
        """Return the rows as records: a field is named like its column."""
        names = self._names
        found = await self._ask(connection, given)
        if found is None:
            found = [list(row) for row in await connection.execute(self._statement, given)]
        return [kind(**dict(zip(names, row, strict=True))) for row in found]

    async def _ask(
        self, connection: AsyncConnection, given: Mapping[str, object]
    ) -> list[list[Any]] | None:
        driver = driver_of(connection)
        if driver is None:
            return None
        sql, ways, back = self._words(connection.dialect)
        values = [
            way(given.get(name, fixed)) if way else given.get(name, fixed)
            for name, way, fixed in ways
        ]
        try:
            found = await driver.fetch(*_call(driver, sql, values))
        except BaseException as error:  # noqa: BLE001 - it is raised again
            await failed(connection, sql, error)
        rows = [list(row) for row in found]
        for row in rows:
            for position, way in back:
                if way is not None:
                    row[position] = way(row[position])
        return rows

    def words(self, dialect: Dialect) -> str:
        """Return the statement as the database hears it."""
        return self._words(dialect)[0]

    def _words(self, dialect: Dialect) -> _Words:
        words = self._known.get(dialect.name)
        if words is None:
            compiled: Any = self._statement.compile(dialect=dialect)
            binds = compiled.binds
            ways = [
                (name, _in(binds[name].type, dialect), binds[name].value)
                for name in compiled.positiontup
            ]
            outs = [(i, _out(kind, dialect)) for i, kind in enumerate(self._types)]
            words = str(compiled), ways, [pair for pair in outs if pair[1] is not None]
            self._known[dialect.name] = words
        return words


def _call(driver: object, sql: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Return how each driver wants its parameters."""
    return (sql, values) if isinstance(driver, BriefConnection) else (sql, *values)


_Change: TypeAlias = tuple[str, list[tuple[str, Way]]]
_changes: dict[tuple[object, ...], _Change] = {}


async def insert(
    connection: AsyncConnection, table: Table, rows: Values, *, unless: str = ""
) -> bool:
    """Insert all rows with one statement; ``False`` where there is no straight way yet.

    Args:
        connection: With a transaction.
        table: Where to.
        rows: At least one; every row names the same columns.
        unless: An ``ON CONFLICT`` clause.
    """
    return await _change(connection, ("insert", table, unless), table, tuple(rows[0]), rows)


async def update(connection: AsyncConnection, table: Table, rows: Values, key: str) -> bool:
    """Update all rows by key with one statement; ``False`` where there is no straight way yet."""
    names = (*(name for name in rows[0] if name != key), key)
    if len({row[key] for row in rows}) < len(rows):
        # One statement for all rows leaves open which of two changes of a row wins.
        return False
    return await _change(connection, ("update", table, key), table, names, rows)


async def _change(
    connection: AsyncConnection,
    what: tuple[str, Table, str],
    table: Table,
    names: tuple[str, ...],
    rows: Values,
) -> bool:
    driver = driver_of(connection)
    if driver is None:
        return False
    dialect = connection.dialect
    known = (*what, names, dialect.name)
    if known not in _changes:
        words = _insert_words if what[0] == "insert" else _update_words
        ways = [(name, _in(table.c[name].type, dialect)) for name in names]
        _changes[known] = words(table, names, what[2], dialect), ways
    sql, ways = _changes[known]
    columns = [
        [way(row[name]) for row in rows] if way else [row[name] for row in rows]
        for name, way in ways
    ]
    try:
        if isinstance(driver, BriefConnection):
            await driver.many(sql, list(zip(*columns, strict=True)))
        else:
            await driver.execute(sql, *columns)
    except BaseException as error:  # noqa: BLE001 - it is raised again
        await failed(connection, sql, error)
    return True


def _insert_words(table: Table, names: Sequence[str], unless: str, dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    listed = ", ".join(map(quote, names))
    if dialect.name == "postgresql":
        source = f"SELECT * FROM {_unnest(table, names, dialect)}"  # noqa: S608 - our own names
    else:
        source = f"VALUES ({', '.join('?' * len(names))})"
    return f"INSERT INTO {table.name} ({listed}) {source} {unless}"


def _update_words(table: Table, names: Sequence[str], key: str, dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    own, changed = quote(key), [quote(name) for name in names if name != key]
    if dialect.name == "postgresql":
        sets = ", ".join(f"{name} = d.{name}" for name in changed)
        listed = ", ".join(map(quote, names))
        source = f"{_unnest(table, names, dialect)} AS d({listed})"
        return f"UPDATE {table.name} SET {sets} FROM {source} WHERE {table.name}.{own} = d.{own}"  # noqa: S608
    sets = ", ".join(f"{name} = ?" for name in changed)
    return f"UPDATE {table.name} SET {sets} WHERE {own} = ?"  # noqa: S608 - our own names


def _unnest(table: Table, names: Sequence[str], dialect: Dialect) -> str:
    """Return rows made of one array per column: any number of them is one statement."""
    arrays = (
        f"${number}::{table.c[name].type.compile(dialect=dialect)}[]"
        for number, name in enumerate(names, start=1)
    )
    return f"unnest({', '.join(arrays)})"


async def failed(connection: AsyncConnection, sql: str, error: BaseException) -> NoReturn:
    """Raise what SQLAlchemy would have raised, and let it judge whether the connection is lost."""
    sync: Any = connection.sync_connection
    if not isinstance(error, Exception) or isinstance(error, asyncio.CancelledError):
        # Given up in the middle: nobody may use this connection any more.
        sync.invalidate(error)
        raise error

    def name_it(_: object) -> None:
        try:
            sync.connection.dbapi_connection._handle_exception(error)  # noqa: SLF001
        except Exception as named:  # noqa: BLE001 - it is raised again, under its name
            sync._handle_dbapi_exception(named, sql, None, None, None)  # noqa: SLF001

    await connection.run_sync(name_it)
    raise error
