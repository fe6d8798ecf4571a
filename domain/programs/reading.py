"""The home of reading: takes typed values out of a parsed TOML table and reports all mistakes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from domain.programs.problems import Path, Report
from domain.programs.values import Read, Unfit, WrongType, hint, kind_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A value from the environment, where text needs no quotes.

    Attributes:
        raw: As it was given.
        parsed: Read as TOML; the same text where it is none.
    """

    raw: str
    parsed: object


@dataclass(slots=True)
class Table:
    """A table of the file; the keys that were asked for are the keys that it may have.

    Attributes:
        data: What is written.
        path: Where the table stands.
        report: Takes the problems.
    """

    data: Mapping[str, object]
    path: Path
    report: Report
    _known: dict[str, None]

    @classmethod
    def over(cls, data: Mapping[str, object], report: Report, path: Path = ()) -> "Table":
        """Return a table that was not asked for anything yet."""
        return cls(data, path, report, {})

    def has(self, key: str) -> bool:
        """Return whether the key is written."""
        self._known[key] = None
        return key in self.data

    def take(self, key: str, read: Read[T], default: T) -> T:
        """Return the value of an optional key; the default also where the value is wrong."""
        if not self.has(key):
            return default
        return self._read((*self.path, key), self.data[key], read, default)

    def need(self, key: str, read: Read[T], fallback: T, *, what: str) -> T:
        """Return the value of a required key; the fallback where it is missing or wrong.

        Args:
            key: Its name.
            read: Reads it.
            fallback: Stands in for it, so that reading can go on.
            what: Says what is needed.
        """
        if not self.has(key):
            self.report.add((*self.path, key), f"is missing: {what}")
            return fallback
        return self.take(key, read, fallback)

    def take_list(self, key: str, read: Read[T]) -> tuple[T, ...]:
        """Return the good items of an optional list; each bad one is reported at its position."""
        items: list[T] = []
        for position, value in enumerate(self._list(key)):
            path = (*self.path, key, position)
            nothing: tuple[T, ...] = ()
            items += self._read(path, value, lambda item: (read(item),), nothing)
        return tuple(items)

    def table(self, key: str, *, required: bool = False) -> "Table":
        """Return the table under the key, empty where there is none."""
        path = (*self.path, key)
        value: object = self.data[key] if self.has(key) else {}
        if required and key not in self.data:
            self.report.add(path, "the section is missing")
        return self._table(path, value)

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of an optional list of tables."""
        return [
            self._table((*self.path, key, position), value)
            for position, value in enumerate(self._list(key))
        ]

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.data:
            if key not in self._known:
                path = (*self.path, key)
                self.report.add(path, f"unknown key; {hint(key, self._known)}")

    def _list(self, key: str) -> list[object]:
        value = self.data[key] if self.has(key) else []
        value = value.parsed if isinstance(value, Spoken) else value
        if not isinstance(value, list):
            self.report.add((*self.path, key), f"a list in [] is needed, this is {kind_of(value)}")
            return []
        return value

    def _table(self, path: Path, value: object) -> "Table":
        if not isinstance(value, Mapping):
            self.report.add(path, f"a table is needed, this is {kind_of(value)}")
            value = {}
        return Table.over(value, self.report, path)

    def _read(self, path: Path, value: object, read: Read[T], default: T) -> T:
        try:
            return _hear(value, read) if isinstance(value, Spoken) else read(value)
        except Unfit as wrong:
            self.report.add(path, str(wrong))
            return default


def _hear(value: Spoken, read: Read[T]) -> T:
    """Read a value of the environment as TOML, else as the text that it is."""
    try:
        return read(value.parsed)
    except WrongType as first:
        try:
            return read(value.raw)
        except WrongType:
            raise first from None
