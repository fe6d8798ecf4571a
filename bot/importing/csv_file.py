"""The home of reading a CSV file as people have it: any delimiter, BOM, encoding, quotes."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.importing.kinds import ImportKind
from domain.programs.values import guess

DELIMITERS = (",", ";", "\t", "|")
CELL_CHARACTERS_MAX = 131_072
SNIFF_BYTES = 65_536
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class ImportRefused(Exception):
    """The file as a whole cannot be imported; nothing of it was applied."""

    def __init__(self, *problems: str) -> None:
        """Keep every problem."""
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it stands in the file.

    Attributes:
        line: Where it begins, counted from 1.
        cells: Its texts.
    """

    line: int
    cells: list[str]


class CsvFile:
    """A CSV file whose header fits its kind.

    Attributes:
        path: The file.
        kind: What its rows are.
        encoding: How its text is written.
        delimiter: What stands between cells.
        header: The columns as they are written.
        columns: The field of each column; "" where there is none.
        bytes_read: How far the rows have been read.
    """

    def __init__(self, path: Path, kind: ImportKind, encoding: str | None = None) -> None:
        """Look at the beginning of the file.

        Raises:
            ImportRefused: it cannot be read, or columns are wrong; every one is named.
        """
        self.path = path
        self.kind = kind
        self.bytes_read = 0
        try:
            with path.open("rb") as file:
                head = file.read(SNIFF_BYTES)
            self.size = path.stat().st_size
        except OSError as error:
            raise ImportRefused(f"cannot read {path}: {error.strerror}") from None
        self.encoding = _encoding(head, encoding)
        self.delimiter = self._sniffed()
        reader = self._reader()
        first = next(reader, None)
        if first is None:
            raise ImportRefused(f"{path.name} is empty: its first line must name the columns")
        self.header = first.cells
        self.columns = self._checked(first.cells)

    def rows(self) -> Iterator[Row]:
        """Yield the rows behind the header; blank lines are passed over.

        Raises:
            ImportRefused: the text is damaged; nothing behind that place can be trusted.
        """
        reader = self._reader()
        next(reader, None)
        yield from reader

    def _reader(self) -> Iterator[Row]:
        csv.field_size_limit(CELL_CHARACTERS_MAX)
        line = 0
        try:
            with self.path.open("rb") as raw:
                text = io.TextIOWrapper(raw, self.encoding, newline="")
                line = _skip_declaration(text)
                skipped = line
                reader = csv.reader(text, delimiter=self.delimiter)
                for cells in reader:
                    self.bytes_read = raw.tell()
                    if any(cell.strip() for cell in cells):
                        yield Row(line=line + 1, cells=cells)
                    line = skipped + reader.line_num
        except UnicodeError:
            at = _undecodable_line(self.path, self.encoding)
            raise ImportRefused(
                f"line {at} is not {self.encoding.removesuffix('-sig').upper()} text: save the "
                "file as UTF-8, or name how it is written, such as --encoding windows-1251"
            ) from None
        except csv.Error as error:
            raise ImportRefused(
                f"line {line + 1}: {error}: is a quotation mark missing there?"
            ) from None
        except OSError as error:
            raise ImportRefused(f"cannot read {self.path}: {error.strerror}") from None

    def _sniffed(self) -> str:
        """Return the delimiter under which most columns of the header are known."""
        known = set(self.kind.columns)

        def fit(delimiter: str) -> tuple[int, int]:
            self.delimiter = delimiter
            row = next(self._reader(), None)
            cells = row.cells if row else []
            return sum(_plain(cell) in known for cell in cells), len(cells)

        return max(DELIMITERS, key=fit)

    def _checked(self, header: list[str]) -> list[str]:
        names = [_plain(cell) for cell in header]
        known = self.kind.columns
        problems = [
            f"column {number}, {cell.strip()!r}: unknown; {guess(name, known)}".rstrip("; ")
            for number, (cell, name) in enumerate(zip(header, names, strict=True), start=1)
            if name and name not in known and name not in self.kind.passed_over
        ]
        problems += [
            f"column {name!r} stands there twice"
            for name in dict.fromkeys(names)
            if name and names.count(name) > 1
        ]
        problems += [
            f"column {name!r} is missing" for name in self.kind.required if name not in names
        ]
        if problems:
            raise ImportRefused(
                *problems, f"columns of {self.kind.name}: {', '.join(self.kind.columns)}"
            )
        return ["" if name in self.kind.passed_over else name for name in names]


def _plain(cell: str) -> str:
    return cell.strip().lower().replace(" ", "_").replace("-", "_")


def _encoding(head: bytes, told: str | None) -> str:
    if told is None:
        return next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
    try:
        name = codecs.lookup(told).name
        "".encode(name)
    except LookupError:
        raise ImportRefused(f"there is no text encoding called {told!r}") from None
    return "utf-8-sig" if name == "utf-8" else name


def _skip_declaration(text: io.TextIOWrapper) -> int:
    """Pass over Excel's line ``sep=;``; return how many lines that were."""
    start = text.tell()
    if text.readline(16).strip().strip('"').lower().startswith("sep="):
        return 1
    text.seek(start)
    return 0


def _undecodable_line(path: Path, encoding: str) -> int:
    """Return the line, from 1, with the first byte that cannot be text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        number = 0
        for number, line in enumerate(file, start=1):
            try:
                decoder.decode(line)
            except UnicodeError:
                return number
    return number
