"""The home of the forms of clients that wait for typed input."""

from aiogram.fsm.state import State, StatesGroup


class Objection(StatesGroup):
    """The client says who invited it."""

    words = State()


class PinContact(StatesGroup):
    """The client shows its number before its answer to a partner counts."""

    contact = State()
