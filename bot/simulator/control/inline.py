"""The home of the control calls of inline mode: asking the bot in a chat, choosing a result."""

import asyncio

from aiohttp import web

from bot.simulator.acts.inline import ask, choose
from bot.simulator.control.reading import in_path, number, read_object, seconds, words
from bot.simulator.errors import ControlError
from bot.simulator.state.inline import InlineAsk
from bot.simulator.state.world import World
from bot.simulator.views.viewer import view

_WAIT_MAX_SECONDS = 60.0


class InlineRoutes:
    """What people do with the bot's name in a chat."""

    def __init__(self, world: World) -> None:
        """Work on a world."""
        self._world = world

    async def ask(self, request: web.Request) -> web.Response:
        """Type the bot's name and a query and, if asked, wait for the results."""
        fields = await read_object(request)
        asked = ask(
            self._world,
            self._known_chat(request),
            self._world.person(number(fields, "from")),
            words(fields, "query"),
            words(fields, "offset"),
        )
        await self._wait_for(asked, seconds(fields, "wait", most=_WAIT_MAX_SECONDS))
        return web.json_response(asked.view())

    async def choose(self, request: web.Request) -> web.Response:
        """Send a result into the chat."""
        fields = await read_object(request)
        asked = self._world.inline.find(words(fields, "inline_query_id"))
        if asked is None:
            raise ControlError("there was no such inline query", status=404)
        person = self._world.person(number(fields, "from"))
        message = choose(
            self._world, self._known_chat(request), person, asked, words(fields, "result_id")
        )
        return web.json_response(view(self._world, message))

    async def _wait_for(self, asked: InlineAsk, seconds: float) -> None:
        if seconds <= 0 or asked.answer is not None:
            return
        done = asyncio.Event()
        stop = self._world.events.listen(lambda _event: done.set() if asked.answer else None)
        try:
            async with asyncio.timeout(seconds):
                await done.wait()
        except TimeoutError:
            return
        finally:
            stop()

    def _known_chat(self, request: web.Request) -> int:
        chat_id = in_path(request, "chat_id")
        if chat_id not in self._world.people and chat_id not in self._world.groups:
            raise ControlError(f"there is no chat {chat_id}", status=404)
        return chat_id
