"""The home of sorting a file of any size by the facts' own time, in little memory (R8)."""

import heapq
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

RUN_CHARACTERS_MAX = 3_000_000
"""How much is sorted in memory at once; with Python's own overhead some 15 MB."""
RUNS_MERGED_AT_ONCE = 32

Sorted = tuple[int, int, int, list[str]]
"""Own time in microseconds, position in the file, line in the file, cells."""


class Order:
    """Rows go in as they come and come out by own time, then position."""

    def __init__(self, folder: Path, run_characters_max: int = RUN_CHARACTERS_MAX) -> None:
        """Keep sorted parts in the folder, which must be empty before the first row."""
        self._folder = folder
        self._limit = run_characters_max
        self._rows: list[Sorted] = []
        self._characters = 0
        self._made = 0
        self._runs: list[Path] = []

    def put(self, row: Sorted) -> None:
        """Take a row."""
        self._rows.append(row)
        self._characters += 64 + sum(map(len, row[3]))
        if self._characters >= self._limit:
            self._spill()

    def close(self) -> list[str]:
        """Take no more rows; return the names of the sorted parts."""
        if self._rows:
            self._spill()
        while len(self._runs) > RUNS_MERGED_AT_ONCE:
            # Parts are merged in the order in which they were made, so that each stays small.
            first, self._runs = (
                self._runs[:RUNS_MERGED_AT_ONCE],
                self._runs[RUNS_MERGED_AT_ONCE:],
            )
            self._runs.append(self._write(merged(first)))
            for run in first:
                run.unlink()
        return [run.name for run in self._runs]

    def _spill(self) -> None:
        self._rows.sort()
        self._runs.append(self._write(self._rows))
        self._rows, self._characters = [], 0

    def _write(self, rows: Iterable[Sorted]) -> Path:
        self._made += 1
        path = self._folder / f"part-{self._made:05}"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return path


def merged(runs: Iterable[Path]) -> Iterator[Sorted]:
    """Yield the rows of sorted parts, sorted; positions differ, so nothing else is compared."""
    with ExitStack() as stack:
        files = [stack.enter_context(run.open(encoding="utf-8")) for run in runs]
        yield from heapq.merge(*(_rows_of(file) for file in files))


def _rows_of(lines: Iterable[str]) -> Iterator[Sorted]:
    for line in lines:
        at, position, number, cells = json.loads(line)
        yield at, position, number, cells
