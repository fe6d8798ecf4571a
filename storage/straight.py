"""The home of the straight way: statements of sets that go to the driver without a detour.

SQLAlchemy plans, binds and unpacks each statement anew, in some tenths of a millisecond, and for
an asynchronous driver in a greenlet of its own; a set of events needs twenty statements, each of
them with the same words every time. Here the words, the way of each value and of each column are
worked out once per database with SQLAlchemy's own compiler and types. Transaction, connection and
the names of errors stay SQLAlchemy's.
"""

import asyncio
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar

from sqlalchemy import Dialect, Select, Table
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from storage.changing import insert_words, update_words
from storage.generated import RecordMaker, RowMaker, Way, record_maker, row_maker
from storage.sqlite_driver import BriefConnection

R = TypeVar("R")
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


def way_in(kind: TypeEngine[Any], dialect: Dialect) -> Way:
    """Return what becomes of a value of this type on its way to the driver."""
    direct: Way = getattr(kind, "into", None)
    return direct or kind.dialect_impl(dialect).bind_processor(dialect)


def way_out(kind: TypeEngine[Any], dialect: Dialect) -> Way:
    """Return what becomes of a value of this type when it comes back."""
    direct: Way = getattr(kind, "out", None)
    return direct or kind.dialect_impl(dialect).result_processor(dialect, None)


_Words: TypeAlias = tuple[str, list[tuple[str, Way, object]], list[Way]]
"""SQL; name, way and fixed value of each parameter; ways of the columns."""


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
        self._makers: dict[tuple[object, str], RecordMaker] = {}

    async def rows(self, connection: AsyncConnection, **given: object) -> Sequence[Any]:
        """Return the rows; a column is an attribute."""
        found = await self._ask(connection, given)
        if found is None:
            detoured: Sequence[Any] = (await connection.execute(self._statement, given)).all()
            return detoured
        return self._maker(self._row, connection.dialect)(found)

    async def records(
        self, kind: type[R], connection: AsyncConnection, **given: object
    ) -> list[R]:
        """Return the rows as records: a field is named like its column."""
        found = await self._ask(connection, given)
        if found is None:
            names = self._names
            rows = await connection.execute(self._statement, given)
            return [kind(**dict(zip(names, row, strict=True))) for row in rows]
        return self._maker(kind, connection.dialect)(found)

    async def records_by(
        self, kind: type[R], key: tuple[str, ...], connection: AsyncConnection, **given: object
    ) -> Mapping[tuple[Any, ...], R]:
        """Return the same by some columns, each record made when it is asked for.

        Where many rows may be needed and few are. The key is what the driver gives: a word of an
        enumeration equals its text.
        """
        found = await self._ask(connection, given)
        if found is None:
            records = await self.records(kind, connection, **given)
            return {tuple(getattr(row, name) for name in key): row for row in records}
        places = [self._names.index(name) for name in key]
        rows = {tuple(row[place] for place in places): row for row in found}
        return _Later(rows, self._maker(kind, connection.dialect))

    async def _ask(
        self, connection: AsyncConnection, given: Mapping[str, object]
    ) -> Sequence[Any] | None:
        """Return the rows as the driver has them, ``None`` where there is no straight way."""
        driver = driver_of(connection)
        if driver is None:
            return None
        sql, ways, _ = self._words(connection.dialect)
        values = [
            way(given.get(name, fixed)) if way else given.get(name, fixed)
            for name, way, fixed in ways
        ]
        try:
            found: Sequence[Any] = await driver.fetch(*_call(driver, sql, values))
        except BaseException as error:  # noqa: BLE001 - it is raised again
            await failed(connection, sql, error)
        return found

    def _maker(self, kind: Any, dialect: Dialect) -> RecordMaker:  # noqa: ANN401 - any record
        maker = self._makers.get((kind, dialect.name))
        if maker is None:
            ways = self._words(dialect)[2]
            maker = record_maker(kind, self._names, ways)
            self._makers[kind, dialect.name] = maker
        return maker

    def words(self, dialect: Dialect) -> str:
        """Return the statement as the database hears it."""
        return self._words(dialect)[0]

    def _words(self, dialect: Dialect) -> _Words:
        words = self._known.get(dialect.name)
        if words is None:
            compiled: Any = self._statement.compile(dialect=dialect)
            binds = compiled.binds
            ways = [
                (name, way_in(binds[name].type, dialect), binds[name].value)
                for name in compiled.positiontup
            ]
            words = str(compiled), ways, [way_out(kind, dialect) for kind in self._types]
            self._known[dialect.name] = words
        return words


class _Later(Mapping[tuple[Any, ...], R], Generic[R]):
    """Records by key that are made when they are asked for."""

    def __init__(self, rows: Mapping[tuple[Any, ...], Any], make: RecordMaker) -> None:
        self._rows = rows
        self._make = make

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __getitem__(self, key: tuple[Any, ...]) -> R:
        [record] = self._make((self._rows[key],))
        made: R = record
        return made

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _call(driver: object, sql: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Return how each driver wants its parameters."""
    return (sql, values) if isinstance(driver, BriefConnection) else (sql, *values)


_Change: TypeAlias = tuple[str, RowMaker]
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
    names = tuple(rows[0])
    known = ("insert", table, unless, names, connection.dialect.name)
    if known not in _changes:
        sql = insert_words(table, names, unless, connection.dialect)
        _changes[known] = sql, _maker_of(table, names, connection.dialect)
    return await _change(connection, _changes[known], rows)


async def update(connection: AsyncConnection, table: Table, rows: Values, key: str) -> bool:
    """Update all rows by key with one statement; ``False`` where there is no straight way yet."""
    if len({row[key] for row in rows}) < len(rows):
        # One statement for all rows leaves open which of two changes of a row wins.
        return False
    names = (*(name for name in rows[0] if name != key), key)
    known = ("update", table, key, names, connection.dialect.name)
    if known not in _changes:
        sql = update_words(table, names, key, connection.dialect)
        _changes[known] = sql, _maker_of(table, names, connection.dialect)
    return await _change(connection, _changes[known], rows)


def _maker_of(table: Table, names: Sequence[str], dialect: Dialect) -> RowMaker:
    ways = {name: way_in(table.c[name].type, dialect) for name in names}
    return row_maker(ways, {name: itemgetter(name) for name in names})


async def _change(connection: AsyncConnection, change: _Change, rows: Values) -> bool:
    driver = driver_of(connection)
    if driver is None:
        return False
    sql, make = change
    await write(connection, driver, sql, make(rows))
    return True


async def write(
    connection: AsyncConnection,
    driver: Any,  # noqa: ANN401 - of two libraries
    sql: str,
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Let the driver run a change with all of these rows at once."""
    try:
        if isinstance(driver, BriefConnection):
            await driver.many(sql, rows)
        else:
            await driver.execute(sql, *zip(*rows, strict=True))
    except BaseException as error:  # noqa: BLE001 - it is raised again
        await failed(connection, sql, error)


async def copy(
    connection: AsyncConnection,
    driver: Any,  # noqa: ANN401 - asyncpg's, which has no types
    into: tuple[str, Sequence[str]],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Let PostgreSQL copy rows into the columns of a table."""
    table, names = into
    try:
        await driver.copy_records_to_table(table, records=rows, columns=names)
    except BaseException as error:  # noqa: BLE001 - it is raised again
        await failed(connection, f"COPY {table}", error)


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
