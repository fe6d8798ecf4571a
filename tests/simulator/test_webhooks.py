"""Webhooks: what is accepted, how updates are delivered, again and in order."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.simulator import MovableClock
from bot.simulator.actors import PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from tests.simulator.support import Raw, Updates, eventually


@pytest.fixture
def settings() -> Json:
    return {
        "webhook_backoff_unit_seconds": 0.02,
        "webhook_backoff_max_seconds": 0.05,
    }


class Hook:
    """A bot's own server, which answers what the test tells it to."""

    def __init__(self) -> None:
        self.got = []
        self.secrets = []
        self.answers = []
        self.delay = {}
        self.url = ""
        self.news = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        kind = next(iter(set(update) - {"update_id"}))
        await asyncio.sleep(self.delay.get(kind, 0))
        self.got.append(update)
        self.news.set()
        return self.answers.pop(0)() if self.answers else web.Response()

    async def waits_for(self, count: int) -> list[Json]:
        async with asyncio.timeout(3):
            while len(self.got) < count:
                self.news.clear()
                await self.news.wait()
        return self.got


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/", made.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield made
    await runner.cleanup()


async def test_delivery_with_the_secret(
    raw: Raw, ann: PersonActor, hook: Hook, updates: Updates
) -> None:
    await updates()
    await ann.sends("waited")
    answer = await raw("setWebhook", url=hook.url, secret_token="s-1_A")
    assert answer.body == {"ok": True, "result": True, "description": "Webhook was set"}
    await ann.sends("fresh")
    got = await hook.waits_for(2)
    assert [update["message"]["text"] for update in got] == ["waited", "fresh"]
    assert hook.secrets == ["s-1_A", "s-1_A"]

    async def is_told() -> bool:
        info = (await raw("getWebhookInfo")).result
        assert (info["url"], info["max_connections"]) == (hook.url, 40)
        return info["pending_update_count"] == 0

    await eventually(is_told)


async def test_drop_pending_updates(
    raw: Raw, ann: PersonActor, hook: Hook, updates: Updates
) -> None:
    await ann.sends("lost")
    await raw("setWebhook", url=hook.url, drop_pending_updates=True)
    await ann.sends("kept")
    assert [update["message"]["text"] for update in await hook.waits_for(1)] == ["kept"]
    await raw("deleteWebhook")
    await ann.sends("lost too")
    await raw("deleteWebhook", drop_pending_updates=True)
    assert (await raw("getUpdates")).result == []


async def test_failures_are_tried_again_and_noted(
    raw: Raw, ann: PersonActor, hook: Hook, updates: Updates
) -> None:
    await updates()
    hook.answers = [lambda: web.Response(status=500)] * 3
    await raw("setWebhook", url=hook.url)
    await ann.sends("hello")
    got = await hook.waits_for(4)
    assert len({update["update_id"] for update in got}) == 1
    info = (await raw("getWebhookInfo")).result
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert info["last_error_date"]


async def test_nobody_listens(raw: Raw, ann: PersonActor, updates: Updates) -> None:
    await updates()
    await raw("setWebhook", url="http://127.0.0.1:9/")
    await ann.sends("hello")

    async def noted() -> bool:
        info = (await raw("getWebhookInfo")).result
        assert info["pending_update_count"] == 1
        return info.get("last_error_message") == "Connection refused"

    await eventually(noted)


async def test_retry_after_is_obeyed(
    raw: Raw, ann: PersonActor, hook: Hook, updates: Updates
) -> None:
    await updates()
    hook.answers = [lambda: web.Response(status=503, headers={"Retry-After": "1"})]
    await raw("setWebhook", url=hook.url)
    begin = asyncio.get_running_loop().time()
    await ann.sends("hello")
    await hook.waits_for(2)
    assert asyncio.get_running_loop().time() - begin > 0.9


async def test_an_update_that_would_expire_is_dropped(
    raw: Raw, ann: PersonActor, hook: Hook, clock: MovableClock, updates: Updates
) -> None:
    await updates()
    hook.answers = [lambda: web.Response(status=503, headers={"Retry-After": "3600"})] * 9
    await raw("setWebhook", url=hook.url)
    await ann.sends("an hour is too long for this one")
    await raw("deleteWebhook")
    clock.advance(23.5 * 3600)
    hook.got.clear()
    await raw("setWebhook", url=hook.url)
    await hook.waits_for(1)

    async def is_dropped() -> bool:
        return (await raw("getWebhookInfo")).result["pending_update_count"] == 0

    await eventually(is_dropped)


async def test_gone_for_23_hours_removes_the_webhook(
    raw: Raw, ann: PersonActor, hook: Hook, clock: MovableClock, updates: Updates
) -> None:
    await updates()
    hook.answers = [lambda: web.Response(status=410)] * 50
    await raw("setWebhook", url=hook.url)
    await ann.sends("hello")
    await hook.waits_for(1)
    assert (await raw("getWebhookInfo")).result["url"] == hook.url
    clock.advance(23 * 3600)

    async def is_removed() -> bool:
        return (await raw("getWebhookInfo")).result["url"] == ""

    await eventually(is_removed)


async def test_order_holds_inside_a_queue_only(
    raw: Raw, ann: PersonActor, hook: Hook, updates: Updates
) -> None:
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=keys)
    await updates()
    hook.delay = {"message": 0.05}
    await raw("setWebhook", url=hook.url)
    await ann.sends("one")
    await ann.sends("two")
    await ann.presses("a")
    got = await hook.waits_for(3)
    order = [u.get("callback_query", {}).get("data") or u["message"]["text"] for u in got]
    assert order == ["a", "one", "two"]


async def test_max_connections_limits_the_queues(
    raw: Raw, ann: PersonActor, client: SimulatorClient, hook: Hook, updates: Updates
) -> None:
    await updates()
    hook.delay = {"message": 0.03}
    cid = await client.person("Cid")
    await raw("setWebhook", url=hook.url, max_connections=1)
    begin = asyncio.get_running_loop().time()
    await asyncio.gather(ann.sends("one"), cid.sends("two"))
    await hook.waits_for(2)
    assert asyncio.get_running_loop().time() - begin >= 0.06


async def test_a_method_in_the_answer_is_executed(
    raw: Raw, ann: PersonActor, hook: Hook, updates: Updates
) -> None:
    await updates()
    call = {"method": "sendMessage", "chat_id": ann.id, "text": "from the body"}
    never = {"method": "getMe"}
    hook.answers = [lambda: web.json_response(call), lambda: web.json_response(never)]
    await raw("setWebhook", url=hook.url)
    await ann.sends("hello")
    await ann.sees("from the body")
    await ann.sends("again")
    await hook.waits_for(2)

    async def is_taken() -> bool:
        return (await raw("getWebhookInfo")).result["pending_update_count"] == 0

    await eventually(is_taken)


async def test_the_journal_shows_what_a_body_called(
    raw: Raw, ann: PersonActor, client: SimulatorClient, hook: Hook, updates: Updates
) -> None:
    await updates()
    calls = [
        {"method": "getMe"},
        {"method": "deleteWebhook"},
        {"method": "sendMessage", "chat_id": 5, "text": "lost"},
    ]
    hook.answers = [lambda c=call: web.json_response(c) for call in calls]
    await raw("setWebhook", url=hook.url)
    for number in range(3):
        await ann.sends(str(number))
    await hook.waits_for(3)
    seen: list[tuple[str, bool]] = []

    async def has_called() -> bool:
        seen[:] = [(entry["method"], entry["ok"]) for entry in await client.journal()]
        return ("sendMessage", False) in seen

    await eventually(has_called)
    assert not {"getMe", "deleteWebhook"} & {method for method, _ in seen}


async def test_a_webhook_gets_an_update_again(
    raw: Raw, ann: PersonActor, hook: Hook, updates: Updates, client: SimulatorClient
) -> None:
    await updates()
    await raw("setWebhook", url=hook.url)
    await client.deliveries(repeats=1)
    await ann.sends("twice")
    got = await hook.waits_for(2)
    assert [update["message"]["text"] for update in got] == ["twice", "twice"]
    assert len({update["update_id"] for update in got}) == 1
    assert (await raw("getWebhookInfo")).result["pending_update_count"] == 0
