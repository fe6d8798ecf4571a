"""What the product is measured against: servers that do the least of the same kind.

`python -m tests.benchmarks.bare KIND [BOT_API]` prints ``HTTP on 127.0.0.1:PORT`` and serves until
it is killed.

- ``redirect``: aiohttp answers 302, always the same.
- ``signed``: aiohttp checks a Standard Webhooks signature and reads the JSON.
- ``telegram``: aiogram's stock webhook; its handler makes one call of the Bot API.
- ``empty``: the same with a handler that does nothing.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import sys

from aiohttp import web

from tests.faults.world import BILLING_KEY, TOKEN, WEBHOOK_SECRET

LANDING = "https://example.com/signup?ref=sample&click_id=sample"


def redirect() -> web.Application:
    """Return the redirect."""

    async def follow(_request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": LANDING})

    app = web.Application()
    app.router.add_get("/r/{code}", follow)
    return app


def signed() -> web.Application:
    """Return the intake without a database."""

    async def receive(request: web.Request) -> web.Response:
        headers, body = request.headers, await request.read()
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        digest = base64.b64encode(hmac.new(BILLING_KEY, content, hashlib.sha256).digest())
        if not hmac.compare_digest(b"v1," + digest, headers["webhook-signature"].encode()):
            return web.Response(status=401)
        json.loads(body)
        return web.json_response({"id": headers["webhook-id"], "status": "applied", "error": None})

    app = web.Application(client_max_size=1 << 23)
    app.router.add_post("/api/v1/events", receive)
    return app


def telegram(bot_api: str, *, is_empty: bool) -> web.Application:
    """Return aiogram's own webhook."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler

    session = AiohttpSession(api=TelegramAPIServer.from_base(bot_api))
    bot, dispatcher = Bot(TOKEN, session=session), Dispatcher()

    @dispatcher.message()
    async def speak(message: Message) -> None:
        if not is_empty:
            await message.answer("The balance of your account is 123.45 USD.")

    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, bot, secret_token=WEBHOOK_SECRET, handle_in_background=not is_empty
    )
    handler.register(app, path="/telegram/webhook")
    return app


async def serve(app: web.Application) -> None:
    """Serve until the process is killed."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"HTTP on 127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    """Serve what the command line names."""
    kind, *rest = sys.argv[1:]
    if kind in {"telegram", "empty"}:
        app = telegram(rest[0], is_empty=kind == "empty")
    else:
        app = {"redirect": redirect, "signed": signed}[kind]()
    asyncio.run(serve(app))


if __name__ == "__main__":
    main()
