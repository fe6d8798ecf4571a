"""The home of how to copy a PostgreSQL database: with its own tools."""

import shlex
from pathlib import Path

from sqlalchemy.engine import make_url


def dump_advice(url: str, file: Path) -> list[str]:
    """Return how to make a copy."""
    return [
        "error: this database is PostgreSQL, which has its own tool for copies. Run:",
        f"  pg_dump --format=custom --no-owner --file={shlex.quote(str(file))} {_address(url)}",
        *_PASSWORD,
        "A running bot is no hindrance: the dump is of one moment. Check a copy by restoring it.",
    ]


def restore_advice(url: str, file: Path) -> list[str]:
    """Return how to put a copy back."""
    options = "--clean --if-exists --no-owner --exit-on-error"
    return [
        "error: this database is PostgreSQL, which has its own tool for copies.",
        "Stop the bot and run:",
        f"  pg_restore {options} {_address(url)} {shlex.quote(str(file))}",
        *_PASSWORD,
        "Then `python -m bot migrate`, `python -m bot books`, and start the bot.",
    ]


_PASSWORD = [
    "The password is asked for, or read from ~/.pgpass or $PGPASSWORD.",
    "The key $PARTNER_BOT_DOCUMENTS_KEY is not in the database: keep it in another place.",
]


def _address(url: str) -> str:
    """Return where the database is, as its tools take it, without the password."""
    told = make_url(url)
    host = told.host or told.query.get("host")
    parts = {
        "--host": host if isinstance(host, str) else None,
        "--port": told.port,
        "--username": told.username,
        "--dbname": told.database,
    }
    return " ".join(f"{name}={shlex.quote(str(value))}" for name, value in parts.items() if value)
