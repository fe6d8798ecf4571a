"""The home of logging: lines for people or JSON for machines, and no secret in any of them."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Final

from handlers.reference import REFERENCE

TEXT, JSON = "text", "json"
_SECRETS: Final = (
    # Bot tokens are part of every Bot API address.
    (re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{10,}"), "TOKEN"),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=_-]+"), "SECRET"),
    (re.compile(r"(?i)\b(bearer) [\w.~+/=-]+"), r"\1 TOKEN"),
    (re.compile(r"(://[^\s:/@]+):[^\s@]+@"), r"\1:PASSWORD@"),
)
_NOISY: Final = ("aiogram.event", "apscheduler", "aiosqlite", "aiohttp.access", "alembic")


def without_secrets(line: str) -> str:
    """Return a line in which no token, secret or password stands."""
    for pattern, instead in _SECRETS:
        line = pattern.sub(instead, line)
    return line


class _Lines(logging.Formatter):
    """Lines for people; the reference number stands at the end of the first."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s%(reference)s")

    def format(self, record: logging.LogRecord) -> str:
        reference = REFERENCE.get()
        record.reference = f" [{reference}]" if reference else ""
        return without_secrets(super().format(record))


class _Objects(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if reference := REFERENCE.get():
            line["reference"] = reference
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return without_secrets(json.dumps(line, ensure_ascii=False))


def set_up_logging(level: int = logging.INFO, form: str = TEXT) -> None:
    """Log to the standard error; called again, it changes level and form."""
    formatter = _Objects() if form == JSON else _Lines()
    root = logging.getLogger()
    ours = [h for h in root.handlers if isinstance(h.formatter, _Lines | _Objects)]
    for handler in ours:
        handler.setFormatter(formatter)
        root.setLevel(level)
    if not ours:
        handler = logging.StreamHandler()
        handler.setFormatter(formatter)
        logging.basicConfig(level=level, handlers=[handler])
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
