"""The home of generated functions: records into rows of a table, and rows into records.

A set of a thousand events moves a hundred thousand values. A loop over the columns of each row,
with a call for every value, costs more than all else that is done with them; so the way of each
value is written out once as Python source, made of our own names only, and compiled.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

Way: TypeAlias = Callable[[Any], Any] | None
"""What a value that is there is put through, ``None`` where it stays as it is."""
RowMaker: TypeAlias = Callable[[Iterable[Any]], list[tuple[Any, ...]]]
RecordMaker: TypeAlias = Callable[[Iterable[Any]], list[Any]]


def row_maker(columns: Mapping[str, Way], made: Mapping[str, Callable[[Any], Any]]) -> RowMaker:
    """Return what makes a row of each record.

    Args:
        columns: The way of each column, by its name; a record's field is named like its column.
        made: What makes the value of a column that is no field.
    """
    scope: dict[str, Any] = {}
    parts = []
    for number, (name, way) in enumerate(columns.items()):
        source = f"record.{_checked(name)}"
        if name in made:
            scope[f"made{number}"] = made[name]
            source = f"made{number}(record)"
        if way is not None:
            scope[f"way{number}"] = way
            source = f"None if (value := {source}) is None else way{number}(value)"
        parts.append(f"({source})")
    return _compiled(f"lambda records: [({', '.join(parts)},) for record in records]", scope)


def record_maker(
    kind: Callable[..., Any], names: Sequence[str], ways: Sequence[Way]
) -> RecordMaker:
    """Return what makes a record of each row.

    Args:
        kind: Makes one.
        names: Of its fields, in the order of the columns.
        ways: Of each column.
    """
    scope: dict[str, Any] = {"kind": kind}
    values = []
    for number, (name, way) in enumerate(zip(names, ways, strict=True)):
        source = f"c{number}"
        if way is not None:
            scope[f"way{number}"] = way
            source = f"None if c{number} is None else way{number}(c{number})"
        values.append(f"{_checked(name)}=({source})")
    row = ", ".join(f"c{number}" for number in range(len(values)))
    return _compiled(f"lambda rows: [kind({', '.join(values)}) for ({row},) in rows]", scope)


def _checked(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(name)
    return name


def _compiled(source: str, scope: dict[str, Any]) -> Callable[[Iterable[Any]], list[Any]]:
    made: Callable[[Iterable[Any]], list[Any]] = eval(source, scope)  # noqa: S307 - our own names
    return made
