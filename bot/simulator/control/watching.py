"""The home of watching the world and bending it: events, journal, faults, raw updates."""

import asyncio
import json

from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError

from bot.simulator.control.reading import in_query, number, optional_number, read_object, words
from bot.simulator.errors import ControlError
from bot.simulator.state.callbacks import CallbackPress
from bot.simulator.state.faults import Fault, FaultKind
from bot.simulator.state.updates import QueueKey
from bot.simulator.state.world import World
from bot.simulator.wire import Json

_HEARTBEAT_SECONDS = 15.0
_ERRORS = range(400, 600)


class WatchRoutes:
    """Everything that is not done by a person of the world."""

    def __init__(self, world: World, *, simulated: frozenset[str]) -> None:
        """Work on a world."""
        self._world = world
        self._simulated = sorted(simulated)
        self._streams: set[asyncio.Queue[Json | None]] = set()

    async def state(self, _request: web.Request) -> web.Response:
        """Show the bot, the people, the groups and the command lists."""
        world = self._world
        bot = {"id": world.bot.id, "username": world.bot.username, "name": world.bot.name}
        return web.json_response(
            {
                "bot": bot,
                "people": [person.view() for person in world.people.values()],
                "groups": [group.view() for group in world.groups.values()],
                "commands": world.commands.everything(),
                "simulated_methods": self._simulated,
                "last_seq": world.events.last_seq,
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream events; first those after a number, if one is given."""
        resumed = request.headers.get("Last-Event-ID") or request.query.get("after")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        stream: asyncio.Queue[Json | None] = asyncio.Queue()
        stop = self._world.events.listen(stream.put_nowait)
        self._streams.add(stream)
        try:
            if resumed is not None:
                for event in self._world.events.after(number({"after": resumed}, "after")):
                    await _write(response, event)
            await _pour(stream, response)
        except ConnectionResetError:
            return response
        finally:
            stop()
            self._streams.discard(stream)
        return response

    def stop(self) -> None:
        """End every stream."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def journal(self, request: web.Request) -> web.Response:
        """List the Bot API calls that came in."""
        entries = self._world.journal.read(
            method=request.query.get("method") or None,
            chat_id=request.query.get("chat_id") or None,
            after=in_query(request, "after"),
        )
        return web.json_response({"items": entries})

    async def add_fault(self, request: web.Request) -> web.Response:
        """Ask for errors, silence or broken connections."""
        fields = await read_object(request)
        self._world.faults.add(_fault(fields))
        return web.json_response({"ok": True})

    async def change_deliveries(self, request: web.Request) -> web.Response:
        """Let updates come more than once, or in any order."""
        fields = await read_object(request)
        repeats = number(fields, "repeats", default=0)
        if repeats < 0:
            raise ControlError("“repeats” must not be negative")
        self._world.updates.misdeliver(
            repeats=repeats,
            shuffle=bool(fields.get("shuffle")),
            seed=number(fields, "seed", default=0),
        )
        return web.json_response({"ok": True})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Forget the faults that have not happened."""
        self._world.faults.clear()
        return web.json_response({"ok": True})

    async def add_update(self, request: web.Request) -> web.Response:
        """Put a raw update into the queue."""
        body = await read_object(request)
        try:
            update = Update.model_validate({"update_id": 1, **body})
        except ValidationError as error:
            raise ControlError(f"this is no Update: {error}") from error
        world = self._world
        now = world.now()
        for query in (update.callback_query, update.inline_query):
            if query is not None:
                window = world.settings.callback_window_seconds
                world.presses.keep(
                    CallbackPress(
                        id=query.id,
                        chat_id=None,
                        person_id=query.from_user.id,
                        expires_at=now + window,
                    )
                )
        expires_at = now + _lifetime(world, update)
        update_id = world.updates.add_raw(body, key=_key(update), expires_at=expires_at)
        return web.json_response({"update_id": update_id})


def _fault(fields: Json) -> Fault:
    kind = words(fields, "kind", default=FaultKind.ERROR.value)
    if kind not in set(FaultKind):
        raise ControlError(f"“kind” must be one of {', '.join(FaultKind)}")
    is_error = kind == FaultKind.ERROR
    code = number(fields, "error_code") if is_error else 0
    if is_error and code not in _ERRORS:
        raise ControlError("“error_code” must be from 400 to 599")
    seconds = fields.get("seconds", 0)
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
        raise ControlError("“seconds” must be a number, not negative")
    chat_id = optional_number(fields, "chat_id")
    return Fault(
        method=words(fields, "method", default="*"),
        times=number(fields, "times", default=1),
        kind=FaultKind(kind),
        seconds=float(seconds),
        error_code=code,
        description=fields.get("description"),
        retry_after=optional_number(fields, "retry_after"),
        chat_id=None if chat_id is None else str(chat_id),
        migrate_to_chat_id=optional_number(fields, "migrate_to_chat_id"),
    )


def _lifetime(world: World, update: Update) -> float:
    if update.callback_query is not None:
        return world.settings.callback_update_seconds
    if update.inline_query is not None:
        return world.settings.inline_update_seconds
    return world.settings.update_retention_seconds


def _key(update: Update) -> QueueKey:
    if update.message is not None:
        return "chat", update.message.chat.id
    if update.callback_query is not None:
        return "callback", update.callback_query.from_user.id
    if update.inline_query is not None:
        return "inline", update.inline_query.from_user.id
    return "raw", 0


async def _pour(stream: "asyncio.Queue[Json | None]", response: web.StreamResponse) -> None:
    while True:
        try:
            async with asyncio.timeout(_HEARTBEAT_SECONDS):
                event = await stream.get()
        except TimeoutError:
            await response.write(b": still here\n\n")
            continue
        if event is None:
            return
        await _write(response, event)


async def _write(response: web.StreamResponse, event: Json) -> None:
    data = json.dumps(event, ensure_ascii=False)
    await response.write(f"id: {event['seq']}\ndata: {data}\n\n".encode())
