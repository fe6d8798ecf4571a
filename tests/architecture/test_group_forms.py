"""A form of the admin chat takes nothing but a reply to its own question."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.fsm.state import State, StatesGroup

from handlers.staff import states
from handlers.staff.router import build_router
from handlers.ui.replies import is_answer

STAFF = Path(__file__).resolve().parents[2] / "handlers" / "staff"
GROUPS = [
    value
    for value in vars(states).values()
    if inspect.isclass(value) and issubclass(value, StatesGroup) and value is not StatesGroup
]


def _handlers(router: Router) -> Iterator[HandlerObject]:
    yield from router.message.handlers
    for below in router.sub_routers:
        yield from _handlers(below)


def _state_in(callback: object) -> State | None:
    """Return the state that a filter compares with, as it stands or as a dispatcher wraps it."""
    cells = getattr(callback, "__closure__", None) or ()
    inside = (callback, *(cell.cell_contents for cell in cells))
    return next((one for one in inside if isinstance(one, State)), None)


def test_every_form_takes_only_a_reply_to_its_own_question() -> None:
    taken: set[str] = set()
    for handler in _handlers(build_router()):
        callbacks = [one.callback for one in handler.filters or ()]
        waits = {found.state for one in callbacks if (found := _state_in(one))}
        if waits:
            assert is_answer in callbacks, handler.callback.__name__
            taken |= waits
    assert taken == {state.state for group in GROUPS for state in group.__all_states__}


def test_a_form_begins_to_wait_where_its_question_is_remembered() -> None:
    begun = re.compile(r"\.set_state\((?!None\))")
    homes = [path.name for path in STAFF.rglob("*.py") if begun.search(path.read_text())]
    assert homes == ["asking.py"]
