"""The commands for data as an operator runs them, and the database that they work on."""

import csv
import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.cli import _parser
from bot.commands.data import run_data
from bot.config_model import Config, DatabaseConfig, TelegramConfig
from storage.books import audit
from tests.usecases.app import App

KEY = hashlib.sha256(b"key of the tests").digest()
ENVIRON = {"PARTNER_BOT_DOCUMENTS_KEY": b64encode(KEY).decode()}


@dataclass
class Office:
    """An operator at the shell.

    Attributes:
        app: The product on the same database.
        url: The database.
        code: The partner's code.
        said: What the last command said.
    """

    app: App
    url: str
    code: str
    said: list[str] = field(default_factory=list)

    @property
    def config(self) -> Config:
        """The configuration of the commands."""
        return Config(
            telegram=TelegramConfig(token="1:token"), database=DatabaseConfig(url=self.url)
        )

    async def runs(self, *arguments: str | Path) -> int:
        """Run a command as it is typed; keep what it says."""
        self.said = []
        options = _parser().parse_args([str(argument) for argument in arguments])
        return await run_data(options, self.config, ENVIRON, say=self.said.append)

    async def imports(self, file: Path, kind: str, *more: str) -> str:
        """Import a file that is fit; return what was said."""
        assert await self.runs("import", file, "--kind", kind, *more) == 0, self.said
        return "\n".join(self.said)

    async def rows(self, table: str, /, **wanted: object) -> list[Mapping[str, Any]]:
        """Return rows as they are committed."""
        return await self.app.rows(table, **wanted)

    async def books_are_right(self) -> bool:
        """Test if the second path finds nothing."""
        return await audit(self.app.engines) == []


def write_csv(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> Path:
    """Write rows under the columns of the first one."""
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def clients(code: str, count: int = 3) -> list[dict[str, object]]:
    """Return clients of a partner, on days of January 2026."""
    return [
        {
            "client_id": f"c{n}",
            "name": f"Sample {n}",
            "registered_at": f"2026-01-{n:02}T10:00:00Z",
            "referral_code": code,
        }
        for n in range(1, count + 1)
    ]


def payment(number: int, client: str = "c1", **changes: object) -> dict[str, object]:
    """Return a payment of 100 USD, one a minute."""
    return {
        "payment_id": f"p{number}",
        "client_id": client,
        "amount": "100.00",
        "currency": "USD",
        "paid_at": f"2026-02-01T{number // 60:02}:{number % 60:02}:00Z",
    } | changes


def rejected_rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of FILE.rejected.csv."""
    with Path(f"{file}.rejected.csv").open(newline="", encoding="utf-8-sig") as text:
        return list(csv.DictReader(text))


def rejected_file(file: Path) -> Path:
    """Return where the rejected rows of a file go."""
    return Path(f"{file}.rejected.csv")


def leaves_nothing(file: Path) -> bool:
    """Test if an import has left no work behind."""
    return not Path(f"{file}.importing").exists()


def mend(file: Path, wrong: str, right: str) -> None:
    """Replace a text in a file."""
    text = file.read_text(encoding="utf-8")
    assert wrong in text
    file.write_text(text.replace(wrong, right), encoding="utf-8")
