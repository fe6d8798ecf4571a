"""The home of which screens a person has opened, so that new ones can be marked (R47)."""

from domain.entities.people import Caller
from domain.surroundings import Surroundings

KNOWN_MAX = 20_000


class KeepOpenings:
    """Keep the first time that a person opens a screen.

    What is known to be kept is remembered in the process, so that opening it again costs nothing.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around
        self._known: set[tuple[int, str]] = set()

    async def opened(self, caller: Caller) -> frozenset[str]:
        """Return the screens that the person has opened, of those that are kept."""
        async with self._around.open_work.read() as work:
            return frozenset(await work.preferences.opened(caller.person.id))

    async def open(self, caller: Caller, screen: str) -> None:
        """Keep that the person opened a screen."""
        key = (caller.person.id, screen)
        if key in self._known:
            return
        async with self._around.open_work.read() as work:
            is_kept = screen in await work.preferences.opened(caller.person.id)
        if not is_kept:
            async with self._around.open_work(books=False) as work:
                await work.preferences.open(*key, at=self._around.clock())
                await work.commit()
        if len(self._known) >= KNOWN_MAX:
            self._known.clear()
        self._known.add(key)
