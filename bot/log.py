"""The home of logging: lines for people or JSON for machines; neither tells secrets or rows."""

import json
import logging
from copy import copy
from datetime import UTC, datetime
from typing import Any, Final

from bot.log_hiding import without_secrets
from handlers.reference import REFERENCE

TEXT, JSON = "text", "json"
_NOISY: Final = ("aiogram.event", "apscheduler", "aiosqlite", "aiohttp.access", "alembic")


def _cleaned(record: logging.LogRecord) -> logging.LogRecord:
    """Return the same record without what it may not tell; others' handlers keep theirs."""
    cleaned = copy(record)
    cleaned.msg, cleaned.args = without_secrets(record.getMessage()), None
    # What another handler has made of the exception is not taken over.
    cleaned.exc_text = None
    return cleaned


class _Lines(logging.Formatter):
    """Lines for people; the reference number stands at the end of the first."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s%(reference)s")

    def format(self, record: logging.LogRecord) -> str:
        cleaned, reference = _cleaned(record), REFERENCE.get()
        cleaned.reference = f" [{reference}]" if reference else ""
        return super().format(cleaned)

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - the library's own
        return without_secrets(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - the library's own
        return without_secrets(stack_info)


class _Objects(logging.Formatter):
    """One JSON object a line; what is hidden is hidden before it is quoted."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            "process": record.process,
        }
        if reference := REFERENCE.get():
            line["reference"] = reference
        if record.exc_info:
            line["exception"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


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
