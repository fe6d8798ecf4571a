"""The home of the HTTP server: the doors of handlers/http and Telegram's webhook."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.intake import UpdateIntake
from handlers.http.routes import HttpDoors, build_app

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


def make_app(
    doors: HttpDoors, intake: UpdateIntake, webhook_secrets: Sequence[str]
) -> web.Application:
    """Return the application; the webhook exists only where it has a secret, or several."""
    app = build_app(doors)
    if webhook_secrets:
        known = [secret.encode() for secret in webhook_secrets]
        app.router.add_post(WEBHOOK_PATH, _webhook(intake, known))
    return app


def _webhook(
    intake: UpdateIntake, known: Sequence[bytes]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def receive(request: web.Request) -> web.Response:
        """Store an update, then acknowledge it."""
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        # A list, so that each is compared whichever fits.
        if not any([hmac.compare_digest(given, secret) for secret in known]):  # noqa: C419
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
            int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        try:
            await intake.accept([update])
        except Exception:
            log.exception("an update could not be stored")
            return web.Response(status=503, headers={"Retry-After": "2"})
        return web.Response()

    return receive


async def serve(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Start the server; return what stops it, and the port it has."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner, runner.addresses[0][1]
