"""The home of the forms that wait for typed input from anybody."""

from aiogram.fsm.state import State, StatesGroup


class SettingsForm(StatesGroup):
    """Quiet hours and time zone, typed."""

    quiet = State()
    zone = State()


class QuestionForm(StatesGroup):
    """Words for the vendor: a new question, or more to one that stands."""

    ask = State()
    more = State()


class EmailForm(StatesGroup):
    """The e-mail address, and the code that came there."""

    address = State()
    code = State()
