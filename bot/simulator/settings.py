"""The home of the simulator's knobs: windows, limits and the leniency."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.simulator.clock import Clock, system_clock

_MEGABYTE = 1024 * 1024
_HOUR_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a web address answered."""

    content: bytes
    content_type: str
    file_name: str


Resolve = Callable[[str], Awaitable[str | None]]
"""Finds the IP address of a host; ``None`` means that it has none."""


async def system_resolve(host: str) -> str | None:
    """Ask this machine for the IPv4 address of a host."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, family=socket.AF_INET)
    except OSError:
        return None
    return str(found[0][4][0])


Fetch = Callable[[str], Awaitable[Fetched | None]]
"""Reads a web address; ``None`` means that it could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every number that a test may want smaller; the defaults are Telegram's."""

    clock: Clock = system_clock
    flood_limits: bool = False
    allow_local_webhook: bool = True
    privacy_mode: bool = True

    callback_window_seconds: float = 15.0
    callback_update_seconds: float = 150.0
    inline_update_seconds: float = 30.0
    update_retention_seconds: float = 24 * _HOUR_SECONDS
    delete_window_seconds: float = 48 * _HOUR_SECONDS
    file_link_seconds: float = _HOUR_SECONDS
    close_pause_seconds: float = 600.0

    repeat_poll_seconds: float = 3.0
    repeat_poll_burst_seconds: float = 0.5
    conflict_delay_seconds: float = 3.0

    webhook_change_seconds: float = 1.0
    webhook_backoff_unit_seconds: float = 1.0
    webhook_backoff_max_seconds: float = 60.0
    webhook_retry_after_max_seconds: float = _HOUR_SECONDS
    webhook_gone_seconds: float = 23 * _HOUR_SECONDS
    webhook_timeout_seconds: float = 60.0

    upload_max_bytes: int = 50 * _MEGABYTE
    photo_max_bytes: int = 10 * _MEGABYTE
    download_max_bytes: int = 20 * _MEGABYTE
    photo_url_max_bytes: int = 5 * _MEGABYTE
    document_url_max_bytes: int = 20 * _MEGABYTE

    fetch: Fetch | None = None
    """How files are read by URL; without it every address fails, as nothing here goes online."""
    resolve: Resolve = system_resolve

    overall_per_second: int = 30
    chat_burst: int = 5
    group_per_minute: int = 20
