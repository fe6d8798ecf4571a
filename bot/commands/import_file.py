"""The home of `python -m bot import`: a CSV file in, with a bar of progress and a summary."""

import argparse
from collections.abc import Callable, Iterator, Mapping

from bot.commands.bars import bars
from bot.commands.offline import database_name, offline
from bot.config_model import Config
from bot.importing.csv_file import CsvFile, ImportRefused
from bot.importing.importer import Import, ImportDoors, Imported
from bot.importing.kinds import KINDS
from domain.usecases.events.look_up import LookUpEvent
from domain.usecases.events.record import RecordEvents


async def run_import(
    options: argparse.Namespace,
    config: Config,
    environ: Mapping[str, str],
    *,
    say: Callable[[str], None] = print,
) -> int:
    """Import a file; return 0 when it was worked through, 1 when it could not be."""
    try:
        file = CsvFile(options.file, KINDS[options.kind], options.encoding)
        async with offline(config, environ) as product:
            with bars("reading, bytes", "applying, rows") as (on_read, on_applied):
                doors = ImportDoors(
                    record=RecordEvents(product.around),
                    look_up=LookUpEvent(product.around),
                    database=database_name(config.database.url),
                    is_shared_file=not product.engines.is_postgresql,
                    on_read=on_read,
                    on_applied=on_applied,
                )
                run = Import(file, doors, dry_run=options.dry_run, tells=options.notify)
                imported = await run()
    except ImportRefused as refused:
        for problem in refused.problems:
            say(f"error: {problem}")
        say("Nothing was imported.")
        return 1
    for line in summary(imported, is_dry=options.dry_run):
        say(line)
    return 0


def summary(imported: Imported, *, is_dry: bool) -> Iterator[str]:
    """Yield what came of an import, a line each."""
    tally = imported.tally
    if imported.resumed_at:
        yield f"Went on behind the {imported.resumed_at} rows that were applied before."
    would = "would be " if is_dry else ""
    yield f"{imported.rows} {'row' if imported.rows == 1 else 'rows'}"
    for name, words in (
        ("applied", f"{would}applied"),
        ("duplicate", "known already, nothing changed"),
        ("parked", f"{would}accepted and wait for their cause or for staff"),
        ("rejected", f"{would}rejected"),
    ):
        if tally.get(name):
            yield f"  {tally[name]} {words}"
        for key, count in sorted(tally.items()):
            if key.startswith(f"{name}: "):
                yield f"    {count} of them: {key.partition(': ')[2]}"
    if imported.rejected_file is not None:
        yield f"The rejected rows, each with its reason: {imported.rejected_file}"
    if is_dry:
        yield "This was a dry run: nothing is stored."
