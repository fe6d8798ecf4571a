"""The home of delivering updates to a webhook, queue by queue."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.simulator.api.arguments import Arguments, leading_integer
from bot.simulator.api.transport import decode
from bot.simulator.errors import ApiError, ConnectionCut
from bot.simulator.state.updates import Pending, QueueKey
from bot.simulator.state.webhook import WebhookState
from bot.simulator.state.world import World

Execute = Callable[[str, Arguments], Awaitable[object]]
_GONE = 410
_SUCCESS = range(200, 300)
_NEVER_EXECUTED = frozenset({"setwebhook", "deletewebhook", "logout", "close"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """How one delivery ended."""

    is_taken: bool
    retry_after_seconds: float = 0.0


class WebhookSender:
    """Delivers each queue strictly in order, and different queues side by side."""

    def __init__(self, world: World, execute: Execute) -> None:
        """Watch the queue of a world; ``execute`` runs a method from a webhook's answer."""
        self._world = world
        self._execute = execute
        self._workers: dict[QueueKey, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(1)
        self._session: ClientSession | None = None
        # Not for secrets: the spread of the longest pause between two attempts.
        self._random = random.Random(7)  # noqa: S311
        world.updates.listen(self._pump)

    async def restart(self) -> None:
        """Begin anew after the webhook changed."""
        await self._cancel_workers()
        self._slots = asyncio.Semaphore(self._world.webhook.max_connections)
        self._pump()

    async def stop(self) -> None:
        """End all deliveries."""
        await self._cancel_workers()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _cancel_workers(self) -> None:
        current = asyncio.current_task()
        # A method in a webhook's answer runs inside a worker, which must not wait for itself.
        workers = [worker for worker in self._workers.values() if worker is not current]
        self._workers.clear()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    def _pump(self) -> None:
        """Give every queue that has something a worker."""
        if not self._world.webhook.is_active:
            return
        for update in self._world.updates.alive():
            if update.key not in self._workers:
                self._workers[update.key] = asyncio.create_task(self._work(update.key))

    async def _work(self, key: QueueKey) -> None:
        try:
            await self._deliver_all(key)
        finally:
            if self._workers.get(key) is asyncio.current_task():
                del self._workers[key]

    async def _deliver_all(self, key: QueueKey) -> None:
        """Deliver a queue until nothing is left of it or the webhook changes."""
        current: Pending | None = None
        failures = 0
        webhook = self._world.webhook
        while (head := self._head(key)) is not None and self._world.webhook is webhook:
            failures = failures if head is current else 0
            current = head
            async with self._slots:
                attempt = await self._send(webhook, head)
            if attempt.is_taken:
                self._world.updates.taken(head)
                continue
            pause = attempt.retry_after_seconds or self._pause(failures)
            failures += 1
            if self._world.now() + pause > head.expires_at:
                self._world.updates.drop(head)
                continue
            await asyncio.sleep(pause)

    def _head(self, key: QueueKey) -> Pending | None:
        return self._world.updates.head(key)

    def _pause(self, failures: int) -> float:
        """Again at once, then 2, 4, 8 … units, up to a spread maximum."""
        if failures == 0:
            return 0.0
        settings = self._world.settings
        longest = settings.webhook_backoff_max_seconds
        grown: float = settings.webhook_backoff_unit_seconds * 2.0**failures
        return min(grown, self._random.uniform(longest, 2 * longest))

    async def _send(self, webhook: WebhookState, update: Pending) -> Attempt:
        headers = {}
        if webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        if self._session is None:
            self._session = ClientSession(
                timeout=ClientTimeout(total=self._world.settings.webhook_timeout_seconds)
            )
        update.is_delivered = True
        try:
            async with self._session.post(
                webhook.url, json=update.body, headers=headers, allow_redirects=False
            ) as response:
                return await self._judge(webhook, response)
        except TimeoutError:
            self._note(webhook, "Read timeout expired")
        except ClientError:
            self._note(webhook, "Connection refused")
        return Attempt(is_taken=False)

    async def _judge(self, webhook: WebhookState, response: ClientResponse) -> Attempt:
        if response.status in _SUCCESS:
            webhook.gone_since = None
            await self._run_reply(await response.read(), response)
            return Attempt(is_taken=True)
        self._note(
            webhook,
            f"Wrong response from the webhook: {response.status} {response.reason or ''}".strip(),
        )
        self._note_gone(webhook, response.status)
        wanted = leading_integer(response.headers.get("Retry-After", "0"))
        most = self._world.settings.webhook_retry_after_max_seconds
        return Attempt(is_taken=False, retry_after_seconds=min(max(wanted, 0), most))

    def _note(self, webhook: WebhookState, message: str) -> None:
        webhook.last_error_date = self._world.date()
        webhook.last_error_message = message

    def _note_gone(self, webhook: WebhookState, status: int) -> None:
        """Remove a webhook that has said "gone" for 23 hours."""
        if status != _GONE:
            webhook.gone_since = None
            return
        now = self._world.now()
        webhook.gone_since = now if webhook.gone_since is None else webhook.gone_since
        if now - webhook.gone_since >= self._world.settings.webhook_gone_seconds:
            self._world.webhook = WebhookState()

    async def _run_reply(self, body: bytes, response: ClientResponse) -> None:
        """Call the method that the webhook's answer asks for; nobody hears the result."""
        try:
            arguments = await decode(body, response.headers)
        except ApiError:
            return
        method = arguments.values.pop("method", "")
        lowered = method.lower()
        if method and not lowered.startswith("get") and lowered not in _NEVER_EXECUTED:
            with suppress(ConnectionCut):
                await self._execute(method, arguments)
