"""The home of `python -m bot export`: rows out into CSV or XLSX, page by page."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from bot.commands.bars import bar
from bot.commands.offline import require_schema
from bot.config_model import Config
from domain.period import text_of
from handlers.ui.tables import Cell, open_table
from storage.engine import open_engines
from storage.exports import EXPORTS, count_rows, pages_of
from storage.exports.kind import Value


async def run_export(
    name: str, out: Path, config: Config, *, say: Callable[[str], None] = print
) -> int:
    """Write all rows of a kind; return the exit code."""
    is_csv = out.suffix.lower() == ".csv"
    part = out.with_name(f"{out.stem}.part{out.suffix}")
    kind = EXPORTS[name]
    engines = open_engines(config.database.url)
    rows = 0
    try:
        await require_schema(engines)
        try:
            table = open_table(part, kind.columns, sheet=name, zone=config.locale.timezone)
        except ValueError:
            say(f"error: {out.name}: a name that ends in .csv or .xlsx is needed")
            return 1
        whole = await count_rows(engines, kind)
        with bar(f"writing {name}, rows") as on_done:
            async for page in pages_of(engines, kind):
                table.add(_exact(page) if is_csv else page)
                rows += len(page)
                on_done(rows, max(rows, whole))
        table.close()
        _put_in_place(part, out)
    finally:
        await engines.close()
    say(f"{rows} {'row' if rows == 1 else 'rows'}: {out}")
    return 0


def _exact(rows: Iterable[Sequence[Value]]) -> Iterable[list[Cell]]:
    """Return rows for CSV, where an instant is written as an import and the HTTP API read it."""
    return [
        [text_of(cell) if isinstance(cell, datetime) else cell for cell in row] for row in rows
    ]


def _put_in_place(part: Path, out: Path) -> None:
    """Give the whole file its name at once: nobody ever finds half of one there."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(out)
