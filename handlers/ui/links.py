"""The home of addresses that people share."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from domain.programs.model import Program


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses of codes.

    Attributes:
        public_url: Where this product answers, without a slash at the end.
        landing_url: The vendor's landing page from the config; empty where there is none.
        logo: Picture in the middle of QR codes, or ``None``.
    """

    public_url: str
    landing_url: str
    logo: Path | None = None

    def web(self, program: Program, code: str) -> str | None:
        """Return the web link, ``None`` for a vendor without landing page."""
        has_landing = program.landing_url or self.landing_url
        return f"{self.public_url}/r/{code}" if has_landing else None

    def shared(self, program: Program, code: str, username: str) -> str:
        """Return the link that a partner shares first: the web link where there is one."""
        return self.web(program, code) or telegram_link(username, f"r_{code}")


def telegram_link(username: str, payload: str) -> str:
    """Return a deep link into the bot."""
    return f"https://t.me/{username}?start={payload}"


def share_link(url: str, text: str) -> str:
    """Return an address that opens Telegram's share dialog."""
    return f"https://t.me/share/url?url={quote(url, safe='')}&text={quote(text, safe='')}"
