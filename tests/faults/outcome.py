"""What an operation leaves in an SQLite file, to be compared with the same undisturbed."""

import sqlite3
from pathlib import Path
from typing import Any

from tests.faults.row import Row

NOT_COMPARED = ("alembic_version", "inbox", "jobs", "conversations", "sqlite_sequence", "openings")
"""Tables whose rows do not depend on the operation alone."""
Outcome = dict[str, Any]


def outcome_of(path: Path) -> Outcome:
    """Return what is stored: how many rows, how they stand, what is on each account."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = sorted({name for (name,) in names} - set(NOT_COMPARED))
        found: Outcome = {
            table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }
        for name, sql in (
            ("balances", "SELECT kind, SUM(balance) FROM ledger_accounts GROUP BY kind"),
            ("statuses", "SELECT status, COUNT(*) FROM payouts GROUP BY status"),
            ("told", "SELECT kind, COUNT(*) FROM notices WHERE sent_at IS NOT NULL GROUP BY kind"),
        ):
            found[name] = sorted(connection.execute(sql).fetchall())
    finally:
        connection.close()
    return found


def compare(row: Row, what: str, found: Outcome, expected: Outcome) -> None:
    """Note what is less or more than it must be."""
    for name, value in expected.items():
        if isinstance(value, int):
            row.expect(f"{what}: {name}", found[name], value)
        elif found[name] != value:
            row.lost.append(f"{what}: {name} are {found[name]}, not {value}")
