"""The home of button values of what anybody has: settings, statements, privacy, help."""

from aiogram.filters.callback_data import CallbackData


class Settings(CallbackData, prefix="g", sep="|"):
    """A choice in the settings: ``value`` is what shall hold, not what to flip."""

    action: str
    value: str = ""
