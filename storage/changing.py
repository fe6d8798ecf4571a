"""The home of the words of changes: one statement that adds or changes any number of rows."""

from collections.abc import Sequence

from sqlalchemy import Dialect, Table


def insert_words(table: Table, names: Sequence[str], unless: str, dialect: Dialect) -> str:
    """Return the INSERT of any number of rows."""
    quote = dialect.identifier_preparer.quote
    listed = ", ".join(map(quote, names))
    if dialect.name == "postgresql":
        source = f"SELECT * FROM {_unnest(table, names, dialect)}"  # noqa: S608 - our own names
    else:
        source = f"VALUES ({', '.join('?' * len(names))})"
    return f"INSERT INTO {table.name} ({listed}) {source} {unless}"


def update_words(table: Table, names: Sequence[str], key: str, dialect: Dialect) -> str:
    """Return the UPDATE of any number of rows."""
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
