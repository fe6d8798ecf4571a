"""The home of the control calls about people."""

from typing import Any

from aiohttp import web

from bot.simulator.acts.membership import set_blocked
from bot.simulator.acts.posting import announce_thing
from bot.simulator.acts.talking import start
from bot.simulator.control.reading import in_path, in_query, optional_number, read_object, words
from bot.simulator.errors import ControlError
from bot.simulator.state.commands import scopes_in_group, scopes_in_private
from bot.simulator.state.people import Person, fictitious_phone
from bot.simulator.state.world import World
from bot.simulator.views.viewer import view

_TEXTS = ("first_name", "last_name", "username", "language_code", "phone", "label")
_START_MAX = 64


class PeopleRoutes:
    """Making, changing and starting people."""

    def __init__(self, world: World) -> None:
        """Work on a world."""
        self._world = world

    async def create(self, request: web.Request) -> web.Response:
        """Make a person."""
        fields = await read_object(request)
        chosen = optional_number(fields, "id")
        person_id = self._world.new_person_id() if chosen is None else chosen
        if person_id in self._world.people or person_id <= 0:
            raise ControlError(f"the id {person_id} is taken or not positive", status=409)
        if not words(fields, "first_name").strip():
            raise ControlError("a person needs a first name")
        person = Person(id=person_id, **{"phone": fictitious_phone(person_id), **_texts(fields)})
        self._world.people[person_id] = person
        announce_thing(self._world, "person", person_id, person.view())
        return web.json_response(person.view())

    async def change(self, request: web.Request) -> web.Response:
        """Change a person; blocking and deactivating included."""
        fields = await read_object(request)
        person = self._world.person(in_path(request, "person_id"))
        for name, value in _texts(fields).items():
            setattr(person, name, value)
        if "deactivated" in fields:
            person.deactivated = bool(fields["deactivated"])
        if "blocked" in fields and bool(fields["blocked"]) != person.blocked:
            set_blocked(self._world, person, blocked=bool(fields["blocked"]))
        else:
            announce_thing(self._world, "person", person.id, person.view())
        return web.json_response(person.view())

    async def start(self, request: web.Request) -> web.Response:
        """Open the bot's link and press Start."""
        fields = await read_object(request)
        person = self._world.person(in_path(request, "person_id"))
        payload = words(fields, "payload") if fields.get("payload") is not None else ""
        legal = all((char.isascii() and char.isalnum()) or char in "_-" for char in payload)
        if len(payload) > _START_MAX or not legal:
            raise ControlError("a start payload has at most 64 characters of A-Z a-z 0-9 _ -")
        return web.json_response(view(self._world, start(self._world, person, payload)))

    async def commands(self, request: web.Request) -> web.Response:
        """Show the menu that a person sees in a chat."""
        person = self._world.person(in_path(request, "person_id"))
        chat_id = in_query(request, "chat_id") or person.id
        if chat_id == person.id:
            scopes = scopes_in_private(person.id)
        else:
            member = self._world.group(chat_id).member(person.id)
            leads = member is not None and member.leads
            scopes = scopes_in_group(chat_id, person.id, leads=leads)
        shown = self._world.commands.shown(scopes, person.language_code)
        return web.json_response({"commands": shown})


def _texts(fields: dict[str, Any]) -> dict[str, Any]:
    found = {name: fields[name] for name in _TEXTS if name in fields}
    for name, value in found.items():
        if value is not None and not isinstance(value, str):
            raise ControlError(f"“{name}” must be a text")
    if "first_name" in found and not found["first_name"]:
        raise ControlError("a person needs a first name")
    return {name: value or None for name, value in found.items()}
