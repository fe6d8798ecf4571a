"""The home of button values of a partner's team."""

from aiogram.filters.callback_data import CallbackData


class TeamPress(CallbackData, prefix="tm"):
    """A press in the team.

    Attributes:
        action: What was pressed.
        id: Telegram id of a member, id of an invitation, or of the partner that is left.
        role: The role to give.
    """

    action: str
    id: int = 0
    role: str = ""


class TeamJoin(CallbackData, prefix="tj"):
    """Take up an invitation; the token is that of the link which the person opened."""

    token: str
