"""The home of the shelf: rows by key as loaded, and what was added or changed since."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """Rows of one kind while a set of events is decided."""

    def __init__(self, group: Callable[[V], Hashable] | None = None) -> None:
        """Start empty; ``group`` lets rows be found by a trait without walking all of them."""
        self._rows: dict[K, V] = {}
        self._stored: list[Mapping[K, V]] = []
        self._group = group
        self._keys: dict[Hashable, dict[K, None]] = defaultdict(dict)
        self._added: set[K] = set()
        self._changed: set[K] = set()

    def load(self, key: K, row: V) -> None:
        """Put a stored row on the shelf; what was changed here since stays."""
        if key not in self._rows:
            self._set(key, row)

    def load_from(self, stored: Mapping[K, V]) -> None:
        """Let stored rows be found that are made when they are asked for.

        Until then they are not among ``values``, nor found by a trait.
        """
        self._stored.append(stored)

    def add(self, key: K, row: V) -> None:
        """Put a new row on the shelf."""
        self._set(key, row)
        self._added.add(key)

    def put(self, key: K, row: V) -> None:
        """Replace a row by its next state."""
        self._set(key, row)
        if key not in self._added:
            self._changed.add(key)

    def _set(self, key: K, row: V) -> None:
        self._rows[key] = row
        if self._group is not None:
            self._keys[self._group(row)][key] = None

    def of(self, group: Hashable) -> list[V]:
        """Return the rows that have the trait now."""
        if self._group is None:
            raise TypeError("this shelf has no groups")
        rows = [self._rows[key] for key in self._keys.get(group, ())]
        return [row for row in rows if self._group(row) == group]

    def get(self, key: K) -> V | None:
        """Return the row as it stands now."""
        row = self._rows.get(key)
        return self._fetched(key) if row is None and self._stored else row

    def __getitem__(self, key: K) -> V:
        """Return a row that must be here; its absence is a bug of loading."""
        row = self._rows.get(key)
        if row is None:
            row = self._fetched(key)
        if row is None:
            raise KeyError(key)
        return row

    def _fetched(self, key: K) -> V | None:
        for stored in self._stored:
            row = stored.get(key)
            if row is not None:
                self._set(key, row)
                return row
        return None

    def values(self) -> list[V]:
        """Return all rows as they stand now."""
        return list(self._rows.values())

    @property
    def added(self) -> list[V]:
        """New rows."""
        return [row for key, row in self._rows.items() if key in self._added]

    @property
    def changed(self) -> list[V]:
        """Stored rows with a new state."""
        return [row for key, row in self._rows.items() if key in self._changed]
