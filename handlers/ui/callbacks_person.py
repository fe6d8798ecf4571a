"""The home of button values of what anybody has: settings, statements, privacy, help."""

from aiogram.filters.callback_data import CallbackData


class StatementCard(CallbackData, prefix="t"):
    """A month of a partner's money, such as ``2026-11``."""

    action: str
    month: str = ""


class OpenArticle(CallbackData, prefix="h"):
    """Open an article of the help."""

    key: str


class PrivacyCard(CallbackData, prefix="v"):
    """A press about everything that is stored about a person."""

    action: str


class GiveUpPress(CallbackData, prefix="vg"):
    """Give the money up that was shown, told by its mark, and leave."""

    mark: int


class Settings(CallbackData, prefix="g", sep="|"):
    """A choice in the settings: ``value`` is what shall hold, not what to flip."""

    action: str
    value: str = ""
