"""The home of long polling: updates are confirmed only after they are stored."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import aiohttp

from bot.intake import UpdateIntake

log = logging.getLogger(__name__)

POLL_SECONDS = 25
PAUSE_SECONDS_MAX = 30
ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member")


class PollingRefused(Exception):
    """Telegram answered getUpdates with an error."""

    def __init__(self, code: int, description: str, retry_after: float | None) -> None:
        """Keep what it said."""
        super().__init__(f"{code} {description}")
        self.code = code
        self.retry_after = retry_after


class Polling:
    """Asks for updates, stores them, and only then asks for the next ones.

    Raw JSON is kept as it came: an update that this version cannot read is parked by itself and
    never blocks its batch.

    The offset is forgotten with the first empty answer, by which all before it is confirmed:
    Telegram numbers updates anew, from anywhere, after a week without any, and a kept offset
    would confirm lower numbers that nobody has seen.
    """

    def __init__(self, api_base_url: str, token: str, intake: UpdateIntake) -> None:
        """Poll this bot."""
        self._url = f"{api_base_url.rstrip('/')}/bot{token}/getUpdates"
        self._intake = intake
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled; outages are waited out with growing pauses."""
        pause, self._offset = 1.0, None
        timeout = aiohttp.ClientTimeout(total=POLL_SECONDS + 15)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                try:
                    updates = await self._ask(session)
                    if updates:
                        await self._intake.accept(updates)
                    self._offset = _after(updates)
                    pause = 1.0
                except PollingRefused as refusal:
                    log.warning("getUpdates was refused: %s", refusal)
                    await asyncio.sleep(refusal.retry_after or pause)
                    pause = min(pause * 2, PAUSE_SECONDS_MAX)
                except Exception as error:  # noqa: BLE001 - no outage may end the polling
                    log.warning("polling failed: %s", type(error).__name__)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, PAUSE_SECONDS_MAX)

    async def _ask(self, session: aiohttp.ClientSession) -> Sequence[dict[str, Any]]:
        body: dict[str, Any] = {
            "timeout": POLL_SECONDS,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            body["offset"] = self._offset
        async with session.post(self._url, json=body) as response:
            answer = await response.json(content_type=None)
        if not answer.get("ok"):
            raise PollingRefused(
                int(answer.get("error_code", response.status)),
                str(answer.get("description", "")),
                (answer.get("parameters") or {}).get("retry_after"),
            )
        return list(answer["result"])


def _after(updates: Sequence[dict[str, Any]]) -> int | None:
    """Return what confirms these updates, ``None`` where there is nothing to confirm."""
    return max(update["update_id"] for update in updates) + 1 if updates else None
