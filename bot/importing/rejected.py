"""The home of FILE.rejected.csv: the rows that could not be applied, each with its reason."""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from bot.importing.csv_file import CsvFile
from bot.importing.kinds import REASON_COLUMN
from bot.importing.rows import is_formula


class Rejected:
    """Writes rejected rows with the columns of their file, to be mended and imported again."""

    def __init__(self, file: CsvFile, *, keep_bytes: int = 0) -> None:
        """Begin a file, or go on behind the bytes that are known to be whole.

        Cells that a spreadsheet would take for a formula are made safe; the import reads them
        back.
        """
        self.path = Path(f"{file.path}.rejected.csv")
        self._header = [
            *(title for title in file.header if title.strip().lower() != REASON_COLUMN),
            REASON_COLUMN,
        ]
        self._kept = [title.strip().lower() != REASON_COLUMN for title in file.header]
        self._delimiter = file.delimiter
        self._buffer: list[list[str]] = []
        self.size = keep_bytes
        if keep_bytes and self.path.exists():
            os.truncate(self.path, keep_bytes)
        else:
            self.size = 0
            self.path.unlink(missing_ok=True)

    def add(self, cells: Sequence[str], reason: str) -> None:
        """Keep a row until the next ``flush``."""
        width = len(self._kept)
        row = [cell for cell, kept in zip(cells, self._kept, strict=False) if kept]
        row += [""] * (len(self._header) - 1 - len(row))
        # What is too much stands behind the reason, so that the reason has its own column.
        whole = [*row, reason, *cells[width:]]
        self._buffer.append([_safe(cell) for cell in whole])

    def flush(self) -> None:
        """Write what was kept, so that it outlives this process."""
        if not self._buffer:
            return
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self._delimiter)
        if self.size == 0:
            text.write("\ufeff")
            writer.writerow(self._header)
        writer.writerows(self._buffer)
        with self.path.open("ab") as file:
            self.size += file.write(text.getvalue().encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        self._buffer.clear()


def _safe(cell: str) -> str:
    return f"'{cell}" if is_formula(cell) else cell
