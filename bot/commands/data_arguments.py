"""The home of the arguments of the commands for data; light, since every command reads it."""

import argparse
from collections.abc import Callable
from pathlib import Path

IMPORT_KINDS = ("clicks", "clients", "payments")
EXPORT_KINDS = (
    "clicks",
    "clients",
    "commissions",
    "events",
    "partners",
    "payments",
    "payouts",
    "postings",
    "referrals",
    "refunds",
)
DATA_COMMANDS = ("import", "export", "backup", "restore")

IMPORT_HELP = """\
Apply the rows of a CSV file as events. Columns have the names of the event's fields
(docs/data.md); their order does not matter. Good rows are applied, bad rows go to
FILE.rejected.csv with the reason; mend them there and import that file.

Run the same command again after an interruption: it goes on where it stopped. A row that was
imported before changes nothing.

The whole file is sorted first. Facts apply by their own time, then by their position in the file,
however long the file is; it is applied in sets of 1000, each durable at once, and what else
arrives in the meantime stands between two sets. Import clients before their payments: a payment
of an unknown client waits for it."""

EXPORT_HELP = """\
Write all rows of a kind into a file: CSV, or XLSX where the name ends so. Rows come by id, page
by page, while the bot runs. The file appears under its name when it is complete; run the command
again after an interruption."""

BACKUP_HELP = """\
Copy an SQLite database while the bot runs, then check the copy: its pages, its tables and its
books. The key that opens pay-out accounts is NOT in the copy: keep it elsewhere. For PostgreSQL
the command names the tool to use."""

RESTORE_HELP = """\
Put a copy made by `backup` in the place of the SQLite database. The database that stands there is
kept aside. A running bot, or rows that the copy does not have, are refused without --force."""

NewCommand = Callable[[str, str], argparse.ArgumentParser]


def add_data_commands(add: NewCommand) -> None:
    """Add the commands with their arguments."""
    _add_import(_described(add("import", "apply the rows of a CSV file"), IMPORT_HELP))
    export = _described(add("export", "write rows into a CSV or XLSX file"), EXPORT_HELP)
    export.add_argument("kind", choices=EXPORT_KINDS, help="what to write", metavar="KIND")
    export.epilog = f"kinds: {', '.join(EXPORT_KINDS)}"
    export.add_argument("--out", type=Path, required=True, help="a name ending in .csv or .xlsx")
    backup = _described(add("backup", "copy the SQLite database while it is used"), BACKUP_HELP)
    backup.add_argument("file", type=Path, help="where the copy goes")
    backup.add_argument("--force", action="store_true", help="replace an older copy")
    restore = _described(add("restore", "put a copy in the database's place"), RESTORE_HELP)
    restore.add_argument("file", type=Path, help="the copy")
    restore.add_argument(
        "--force", action="store_true", help="even if the bot runs or newer rows would be lost"
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the CSV file")
    parser.add_argument("--kind", choices=IMPORT_KINDS, required=True, help="what the rows are")
    parser.add_argument("--encoding", help="how the text is written (default: UTF-8, or its BOM)")
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="say what would happen and store nothing; each set of 1000 is judged on the database "
        "as it is now",
    )
    parser.add_argument(
        "--notify",
        action="store_true",
        help="tell partners and staff of every row (default: history is no news)",
    )


def _described(parser: argparse.ArgumentParser, text: str) -> argparse.ArgumentParser:
    parser.description = text
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    return parser
