"""The home of logging: plain lines, and no secret in any of them."""

import logging
import re

_TOKEN = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{10,}")


class _Redact(logging.Filter):
    """Hides bot tokens: they are part of every Bot API address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace a token in the finished message."""
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = _TOKEN.sub("TOKEN", message), ()
        return True


def set_up_logging(level: int = logging.INFO) -> None:
    """Log to the standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_Redact())
    logging.basicConfig(level=level, handlers=[handler])
    for noisy in ("aiogram.event", "apscheduler", "aiosqlite", "aiohttp.access", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
