"""The home of the HTTP server: Bot API, file downloads, control API and the page."""

from dataclasses import replace
from pathlib import Path

from aiohttp import web

from bot.simulator.api.service import BotApi, refusal
from bot.simulator.api.transport import decode, read_limited
from bot.simulator.control.routes import Control
from bot.simulator.errors import ApiError, ConnectionCut
from bot.simulator.settings import Settings
from bot.simulator.state.people import BotProfile
from bot.simulator.state.world import World

PAGE = Path(__file__).parent / "page"
_NO_STORE = {"Cache-Control": "no-store"}


class Simulator:
    """A Telegram of one bot, which can be embedded in a test or run alone."""

    def __init__(
        self,
        *,
        token: str = "123456:TEST",  # noqa: S107 - the simulator's own, worth nothing elsewhere
        username: str = "SamplePartnerBot",
        name: str = "Partner Bot",
        settings: Settings | None = None,
        flood_limits: bool | None = None,
        allow_local_webhook: bool | None = None,
    ) -> None:
        """Make an empty world with one bot in it.

        Args:
            token: The bot's token; its number is the bot's id.
            username: The bot's username without ``@``.
            name: The bot's name.
            settings: Windows and limits; the defaults are Telegram's.
            flood_limits: Overrides the setting: answer 429 to floods.
            allow_local_webhook: Overrides the setting: take webhooks on this machine.
        """
        chosen = settings or Settings()
        local = allow_local_webhook
        number = int(token.split(":", maxsplit=1)[0])
        bot = BotProfile(id=number, token=token, username=username, name=name)
        merged = replace(
            chosen,
            flood_limits=chosen.flood_limits if flood_limits is None else flood_limits,
            allow_local_webhook=chosen.allow_local_webhook if local is None else local,
        )
        self.world = World(settings=merged, bot=bot)
        self.api = BotApi(self.world)
        self.url = ""
        self._control = Control(self.world, simulated=self.api.simulated_methods)
        self._runner: web.AppRunner | None = None

    async def start(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one, which ``url`` then tells."""
        runner = web.AppRunner(self._app(), handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        self._runner = runner
        bound = runner.addresses[0][1]
        self.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Stop listening and delivering."""
        self._control.stop()
        await self.api.sender.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=self.world.settings.upload_max_bytes * 2)
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        self._control.add_to(app)
        app.router.add_get("/", self._page)
        app.router.add_get(r"/{path:[\w./-]+}", self._page)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        answer = self.api.check_token(request.match_info["token"])
        if answer is None:
            try:
                most = self.world.settings.upload_max_bytes
                body = await read_limited(request.content.iter_any(), most=most)
                arguments = await decode(body, request.headers, request.query_string)
            except ApiError as error:
                answer = refusal(error)
            else:
                try:
                    answer = await self.api.execute(request.match_info["method"], arguments)
                except ConnectionCut:
                    return _cut(request)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    async def _download(self, request: web.Request) -> web.Response:
        answer = self.api.check_token(request.match_info["token"])
        file = self.world.files.behind_link(request.match_info["path"], now=self.world.now())
        if answer is None and file is None:
            answer = refusal(ApiError(404, "Not Found"))
        if answer is not None or file is None:
            body = answer.body if answer else {}
            return web.json_response(body, status=answer.status if answer else 404)
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        """Serve the page's own files and nothing else."""
        wanted = (PAGE / (request.match_info.get("path") or "index.html")).resolve()
        if not wanted.is_relative_to(PAGE.resolve()) or not wanted.is_file():
            return web.json_response(
                {"ok": False, "error_code": 404, "description": "Not Found"}, status=404
            )
        return web.FileResponse(wanted, headers=_NO_STORE)


def _cut(request: web.Request) -> web.Response:
    """Break the connection; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
