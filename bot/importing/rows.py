"""The home of turning a row of cells into the event that billing would have sent."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.importing.csv_file import CsvFile
from bot.importing.kinds import ImportKind
from domain.events.fields import read_instant
from domain.usecases.events.record import ReportedEvent
from handlers.ui.tables import safe_text

ID_LENGTH_MAX = 128
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class BadRow(Exception):
    """The row cannot become an event; the message says why."""


def read_back(cell: str) -> str:
    """Return a cell as it was before it was made safe for spreadsheets, without outer spaces."""
    text = cell.strip()
    return ";".join(map(_undone, text.split(";"))) if "'" in text else text


def _undone(part: str) -> str:
    rest = part.removeprefix("'")
    is_safe = rest != part and not rest.startswith("'") and is_formula(rest)
    return rest if is_safe else part


def is_formula(text: str) -> bool:
    """Test if a spreadsheet takes the text for a formula."""
    return not text.startswith("'") and safe_text(text).startswith("'")


def row_data(file: CsvFile, cells: Sequence[str]) -> dict[str, object]:
    """Return the fields of a row; an empty cell is an absent field.

    Raises:
        BadRow: more or fewer cells than columns, or a cell that is no JSON where it must be.
    """
    width = len(file.columns)
    if any(cell.strip() for cell in cells[width:]):
        raise BadRow(f"the row has {len(cells)} cells, the header has {width}")
    if len(cells) < width:
        raise BadRow(f"the row has {len(cells)} cells, the header has {width}")
    data: dict[str, object] = {}
    for name, title, cell in zip(file.columns, file.header, cells, strict=False):
        text = read_back(cell)
        if text and not title.strip():
            raise BadRow(f"{text[:40]!r} stands under no column name")
        if not text or not name:
            continue
        whole, _, part = name.partition(".")
        if part:
            inner = data.setdefault(whole, {})
            if not isinstance(inner, dict):
                raise BadRow(f"{whole} is given twice: as a whole and as {name}")
            inner[part] = text
        elif whole in data:
            raise BadRow(f"{whole} is given twice: as a whole and in parts")
        else:
            data[whole] = _value(file.kind, whole, text)
    return data


def _value(kind: ImportKind, name: str, text: str) -> object:
    shape = kind.fields[name]["type"]
    if shape == "integer" and text.isascii() and text.isdigit():
        return int(text) if len(text) <= 18 else text  # noqa: PLR2004 - digits of 64 bits
    if shape in {"array", "object"}:
        example = '[{"category": "...", "amount": "1.00"}]' if shape == "array" else "{...}"
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise BadRow(f"{name} must be JSON such as {example}") from None
    return text


def time_of(kind: ImportKind, data: dict[str, object]) -> int | None:
    """Return the fact's own time in microseconds since 1970, ``None`` where it is no time."""
    at = read_instant(data.get(kind.time_field))
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def event_of(kind: ImportKind, data: dict[str, object]) -> ReportedEvent:
    """Return the event of a row; the same row always makes the same event.

    The id holds the fact and what is said of it: a row that was mended after a rejection is
    another event about the same fact, and is judged as one.
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    fact = str(data.get(kind.fact_field, ""))
    return ReportedEvent(
        id=f"import-{kind.name}-{digest}-{fact}"[:ID_LENGTH_MAX], kind=kind.event, data=data
    )
