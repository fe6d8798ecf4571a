"""The home of the table of control calls."""

from aiohttp import web

from bot.simulator.control.chats import ChatRoutes
from bot.simulator.control.groups import GroupRoutes
from bot.simulator.control.inline import InlineRoutes
from bot.simulator.control.people import PeopleRoutes
from bot.simulator.control.reading import guarded
from bot.simulator.control.watching import WatchRoutes
from bot.simulator.state.world import World

_PERSON = r"{person_id:\d+}"
_CHAT = r"{chat_id:-?\d+}"
_GROUP = r"{group_id:-\d+}"


class Control:
    """The control API of one world."""

    def __init__(self, world: World, *, simulated: frozenset[str]) -> None:
        """Work on a world."""
        self._people = PeopleRoutes(world)
        self._groups = GroupRoutes(world)
        self._chats = ChatRoutes(world)
        self._inline = InlineRoutes(world)
        self._watch = WatchRoutes(world, simulated=simulated)

    def stop(self) -> None:
        """End the event streams."""
        self._watch.stop()

    def add_to(self, app: web.Application) -> None:
        """Add every call to an application."""
        people, groups, chats, watch = self._people, self._groups, self._chats, self._watch
        routes = [
            ("GET", "/sim/state", watch.state),
            ("GET", "/sim/events", watch.events),
            ("GET", "/sim/journal", watch.journal),
            ("POST", "/sim/faults", watch.add_fault),
            ("DELETE", "/sim/faults", watch.clear_faults),
            ("POST", "/sim/deliveries", watch.change_deliveries),
            ("POST", "/sim/updates", watch.add_update),
            ("POST", "/sim/people", people.create),
            ("PATCH", f"/sim/people/{_PERSON}", people.change),
            ("POST", f"/sim/people/{_PERSON}/start", people.start),
            ("GET", f"/sim/people/{_PERSON}/commands", people.commands),
            ("POST", "/sim/groups", groups.create),
            ("PATCH", f"/sim/groups/{_GROUP}", groups.change),
            ("GET", f"/sim/chats/{_CHAT}/messages", chats.messages),
            ("POST", f"/sim/chats/{_CHAT}/send", chats.send),
            ("POST", f"/sim/chats/{_CHAT}/press", chats.press),
            ("POST", f"/sim/chats/{_CHAT}/inline", self._inline.ask),
            ("POST", f"/sim/chats/{_CHAT}/choose", self._inline.choose),
            ("POST", f"/sim/chats/{_CHAT}/contact", chats.contact),
            ("POST", f"/sim/chats/{_CHAT}/attach", chats.attach),
            ("GET", "/sim/callbacks/{query_id}", chats.callback),
            ("GET", "/sim/files/{file_id}", chats.file),
        ]
        for method, path, handler in routes:
            app.router.add_route(method, path, guarded(handler))
