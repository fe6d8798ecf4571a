"""The home of putting routers together."""

from collections.abc import Iterable

from aiogram import Router


def gather(name: str, routers: Iterable[Router]) -> Router:
    """Return one router of all these.

    Handlers keep no state, so a module's router may serve several dispatchers of one process
    (tests start many); aiogram's note of its parent is set anew for that.
    """
    gathered = Router(name=name)
    for router in routers:
        router._parent_router = None  # noqa: SLF001 - see the docstring
        gathered.include_router(router)
    return gathered
