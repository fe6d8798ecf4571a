"""The home of button values of inviting clients by e-mail."""

from aiogram.filters.callback_data import CallbackData


class InvitePress(CallbackData, prefix="iv"):
    """A press about invitations to clients."""

    action: str
    id: int = 0
