"""The home of single values of the configuration: each reader returns it or says what is wrong."""

import re
from collections.abc import Callable
from decimal import Decimal
from email.utils import parseaddr
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.config_model import Network
from domain.programs.values import Unfit, WrongType, guess, integer, kind_of, text, web_address

TELEGRAM_ID_MAX = 2**52

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?", re.ASCII)
_DATABASES = "sqlite+aiosqlite:///path/to/file.db or postgresql+asyncpg://user:password@host/name"
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+", re.ASCII)


def optional(read: Callable[[object], str]) -> Callable[[object], str]:
    """Return a reader that also takes an empty text."""
    return lambda value: "" if value == "" else read(value)


def service_url(value: object) -> str:
    """Read the base address of a service, without a slash at the end."""
    url = web_address(value)
    if "?" in url or "#" in url:
        raise Unfit("must not have a query or a fragment")
    return url.rstrip("/")


def public_url(value: object) -> str:
    """Read the address of our own server: scheme, host and port only."""
    url = service_url(value)
    parts = urlsplit(url)
    if parts.path:
        raise Unfit("must not have a path: scheme, host and port only, https://bot.example.com")
    return url


def is_loopback(url: str) -> bool:
    """Return whether the host of the address is this very machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def listen_host(value: object) -> str:
    """Read the address to listen on."""
    host = text()(value)
    try:
        ip_address(host)
    except ValueError:
        if not _HOST.fullmatch(host):
            raise Unfit(
                "an IP address or a host name is needed, such as 127.0.0.1, 0.0.0.0 or ::"
            ) from None
    return host


def network(value: object) -> Network:
    """Read an IP address or a network in CIDR form."""
    written = text()(value)
    try:
        return ip_network(written)
    except ValueError:
        pass
    try:
        meant = f"; did you mean {ip_network(written, strict=False)}?"
    except ValueError:
        meant = ""
    raise Unfit(f"{written[:60]!r} is no IP address or network such as 10.0.0.0/8{meant}")


def chat_id(value: object) -> int | None:
    """Read the id of the admin chat; 0 or nothing means that it is not known yet."""
    if value == "":
        return None
    number = integer(-TELEGRAM_ID_MAX, TELEGRAM_ID_MAX)(value)
    if number == 0:
        return None
    if number > 0:
        raise Unfit(
            f"{number} is the id of a person: a group has a negative one; "
            "leave it out and send /here in the group"
        )
    return number


def amount(value: object) -> Decimal | None:
    """Read an amount of money without currency; nothing means that there is no limit."""
    if isinstance(value, int | float) or not isinstance(value, str):
        raise WrongType(f'an amount in quotes is needed, such as "500.00", not {kind_of(value)}')
    if not value.strip():
        return None
    if not _AMOUNT.fullmatch(value.strip()):
        raise Unfit('an amount such as "500.00" is needed, or "" for never')
    return Decimal(value.strip())


def smtp_url(value: object) -> str:
    """Read the address of the mail server; it holds a password and is never repeated."""
    url = text(blank=True)(value)
    if not url:
        return url
    try:
        parts = urlsplit(url)
        good = _is_smtp(parts)
    except ValueError:
        good = False
    if not good:
        raise Unfit(
            "must be smtp://user:password@host:587 or smtps://user:password@host:465, "
            "special characters of the password as %XX"
        )
    return url


def _is_smtp(parts: SplitResult) -> bool:
    extra = parts.path.strip("/") or parts.query or parts.fragment
    return (
        parts.scheme in {"smtp", "smtps"}
        and bool(parts.hostname)
        and parts.port != 0
        and not extra
    )


def mail_sender(value: object) -> str:
    """Read the sender of e-mails: an address, or ``Name <address>``."""
    sender = text(most=320, blank=True)(value)
    if sender and not _MAIL.fullmatch(parseaddr(sender)[1]):
        raise Unfit('an e-mail address is needed, or "Name <address>"')
    return sender


def time_zone(value: object) -> ZoneInfo:
    """Read the name of a time zone."""
    name = text(most=64)(value)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        question = guess(name, sorted(available_timezones()))
        raise Unfit(
            f"unknown time zone {name!r}; {question}allowed: names such as Europe/Sofia or UTC"
        ) from None


def database_url(value: object) -> str:
    """Read the address of the database; it may hold a password and is never repeated."""
    url = text()(value)
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        raise Unfit(f"is no database address: {_DATABASES}") from None
    if parts.drivername not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
        raise Unfit(f"unknown kind of database {parts.drivername[:40]!r}: {_DATABASES}")
    if parts.drivername.startswith("sqlite") and parts.host:
        raise Unfit("three slashes before a relative path, four before an absolute one")
    if not parts.database or parts.database == ":memory:":
        raise Unfit(f"names no database that lasts: {_DATABASES}")
    return url
