"""The home of getUpdates: one waiting poll at a time, confirmed only by larger offsets."""

import asyncio

from bot.simulator.api.arguments import Arguments, BadJsonError
from bot.simulator.api.call import Call, Result
from bot.simulator.errors import conflict
from bot.simulator.state.world import World

LIMIT_MAX = 100
TIMEOUT_MAX_SECONDS = 50
OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
BY_WEBHOOK = "terminated by setWebhook request"
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Polling:
    """The long polling side of the bot's updates."""

    def __init__(self, world: World) -> None:
        """Watch the queue of a world."""
        self._world = world
        self._waiting: asyncio.Future[str] | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0
        self._next_conflict_at = 0.0
        world.updates.listen(self._wake)

    async def get_updates(self, call: Call) -> Result:
        """Hand out updates, waiting for the first one if asked to.

        Raises:
            ApiError: 409, a webhook is set or a younger poll came.
        """
        arguments = call.arguments
        narrow_updates(self._world, arguments)
        if self._world.webhook.is_active:
            await self._refuse(_WEBHOOK_ACTIVE)
        offset = arguments.integer("offset")
        limit = arguments.integer("limit", default=LIMIT_MAX, low=1, high=LIMIT_MAX)
        timeout = float(arguments.integer("timeout", low=0, high=TIMEOUT_MAX_SECONDS))
        limit, timeout = self._slow_down(offset, limit, timeout)
        self.abort(OTHER_POLL)
        queue = self._world.updates
        queue.confirm(offset)
        batch = queue.batch(limit)
        if batch or timeout == 0:
            return batch
        return queue.batch(limit) if await self._wait(timeout) else []

    def abort(self, reason: str) -> None:
        """End the waiting poll, if there is one, with a conflict."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reason)

    def _slow_down(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """Hold a caller that asks the same again and again, as the real server does."""
        settings, now = self._world.settings, self._world.now()
        since = now - self._last_start
        if offset == self._last_offset:
            if since < settings.repeat_poll_seconds:
                timeout = max(timeout, settings.repeat_poll_seconds)
            if since < settings.repeat_poll_burst_seconds:
                limit = 1
        self._last_offset, self._last_start = offset, now
        return limit, timeout

    async def _wait(self, timeout_seconds: float) -> bool:
        waiting: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            async with asyncio.timeout(timeout_seconds):
                reason = await waiting
        except TimeoutError:
            return False
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if reason:
            await self._refuse(reason)
        return True

    async def _refuse(self, reason: str) -> None:
        """Answer with a conflict; a second one soon after the first comes late."""
        now = self._world.now()
        delay = self._world.settings.conflict_delay_seconds
        if now >= self._next_conflict_at:
            self._next_conflict_at = now + delay
        else:
            await asyncio.sleep(delay)
        raise conflict(reason)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result("")


def narrow_updates(world: World, arguments: Arguments) -> None:
    """Apply ``allowed_updates``: missing keeps the old choice, malformed JSON is ignored."""
    if not arguments.has("allowed_updates"):
        return
    try:
        raw = arguments.json("allowed_updates")
    except BadJsonError:
        return
    if isinstance(raw, list):
        world.updates.narrow(frozenset(str(kind) for kind in raw))
