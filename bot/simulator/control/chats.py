"""The home of the control calls inside a chat: reading, saying, pressing, attaching."""

import asyncio
import mimetypes

from aiohttp import web

from bot.simulator.acts.talking import Saying, contact_of, press, say
from bot.simulator.control.reading import (
    in_path,
    in_query,
    number,
    optional_number,
    read_object,
    seconds,
    words,
)
from bot.simulator.errors import ApiError, ControlError
from bot.simulator.state.callbacks import CallbackPress
from bot.simulator.state.people import Person
from bot.simulator.state.world import World
from bot.simulator.views.viewer import view
from bot.simulator.wire import Json

MESSAGES_DEFAULT = 1000
_WAIT_MAX_SECONDS = 60.0


class ChatRoutes:
    """What people do in chats."""

    def __init__(self, world: World) -> None:
        """Work on a world."""
        self._world = world

    async def messages(self, request: web.Request) -> web.Response:
        """List the messages that changed after a number, oldest first."""
        chat_id = self._known_chat(request)
        after, limit = (
            in_query(request, "after"),
            in_query(request, "limit", default=MESSAGES_DEFAULT),
        )
        changed = [m for m in self._world.messages.of_chat(chat_id) if m.seq > after]
        items = [view(self._world, message) for message in changed[-limit:]]
        return web.json_response({"items": items, "last_seq": self._world.events.last_seq})

    async def send(self, request: web.Request) -> web.Response:
        """Say something."""
        fields = await read_object(request)
        saying = Saying(
            text=words(fields, "text"),
            reply_to=optional_number(fields, "reply_to_message_id"),
            thread_id=optional_number(fields, "message_thread_id"),
        )
        return self._say(request, self._author(fields), saying)

    async def contact(self, request: web.Request) -> web.Response:
        """Share a contact: one's own, somebody else's, or one that was typed in."""
        fields = await read_object(request)
        author = self._author(fields)
        of = self._world.person(number(fields, "of")) if fields.get("of") else author
        phone = fields.get("phone") or of.phone
        if not phone:
            raise ControlError(f"{of.full_name} has no phone number")
        # Typed by hand, a contact belongs to no account: such a one proves nothing.
        is_typed = bool(fields.get("phone")) and fields["phone"] != of.phone
        shared = contact_of(
            of,
            phone=str(phone),
            first_name=str(fields.get("first_name") or of.first_name),
            user_id=None if is_typed else of.id,
        )
        thread_id = optional_number(fields, "message_thread_id")
        return self._say(request, author, Saying(contact=shared, thread_id=thread_id))

    async def attach(self, request: web.Request) -> web.Response:
        """Send a photo or a file."""
        form = await request.post()
        fields: Json = {name: value for name, value in form.items() if isinstance(value, str)}
        part = form.get("file")
        if not isinstance(part, web.FileField):
            raise ControlError("there is no “file” in the form")
        content = part.file.read()
        kind = words(fields, "kind", default="document")
        if kind not in {"photo", "document"}:
            raise ControlError("“kind” must be photo or document")
        files = self._world.files
        try:
            photo = files.add_photo(content) if kind == "photo" else None
        except ApiError as error:
            raise ControlError(f"this is no photo: {error.description}") from error
        mime_type = mimetypes.guess_type(part.filename)[0] or part.content_type
        document = (
            None if photo else files.add_document(content, name=part.filename, mime_type=mime_type)
        )
        saying = Saying(
            text=words(fields, "caption"),
            photo=photo,
            document=document,
            album=words(fields, "media_group_id") or None,
            reply_to=optional_number(fields, "reply_to_message_id"),
            thread_id=optional_number(fields, "message_thread_id"),
        )
        return self._say(request, self._author(fields), saying)

    async def press(self, request: web.Request) -> web.Response:
        """Press a button and, if asked, wait for the bot's answer."""
        fields = await read_object(request)
        chat_id = self._known_chat(request)
        message = self._world.messages.find(chat_id, number(fields, "message_id"))
        if message is None:
            raise ControlError("this message is not there (any more)", status=404)
        before = self._world.events.last_seq
        pressed = press(
            self._world,
            message,
            self._author(fields),
            row=number(fields, "row", default=0),
            column=number(fields, "column", default=0),
        )
        await self._wait_for(pressed, seconds(fields, "wait", most=_WAIT_MAX_SECONDS))
        return web.json_response({**pressed.view(), "seq": before})

    async def callback(self, request: web.Request) -> web.Response:
        """Show the answer to a press."""
        pressed = self._world.presses.find(request.match_info["query_id"])
        if pressed is None:
            raise ControlError("there was no such press", status=404)
        return web.json_response(pressed.view())

    async def file(self, request: web.Request) -> web.Response:
        """Give the bytes of a file."""
        file = self._world.files.find(request.match_info["file_id"])
        if file is None:
            raise ControlError("there is no such file", status=404)
        return web.Response(body=file.content, content_type=file.mime_type)

    async def _wait_for(self, pressed: CallbackPress, seconds: float) -> None:
        if seconds <= 0 or pressed.answered:
            return
        done = asyncio.Event()
        stop = self._world.events.listen(lambda _event: done.set() if pressed.answered else None)
        try:
            async with asyncio.timeout(seconds):
                await done.wait()
        except TimeoutError:
            return
        finally:
            stop()

    def _say(self, request: web.Request, author: Person, saying: Saying) -> web.Response:
        message = say(self._world, self._known_chat(request), author, saying)
        return web.json_response(view(self._world, message))

    def _author(self, fields: Json) -> Person:
        return self._world.person(number(fields, "from"))

    def _known_chat(self, request: web.Request) -> int:
        chat_id = in_path(request, "chat_id")
        if chat_id not in self._world.people and chat_id not in self._world.groups:
            raise ControlError(f"there is no chat {chat_id}", status=404)
        return chat_id
