"""The home of button values of promo codes."""

from aiogram.filters.callback_data import CallbackData


class PromoPress(CallbackData, prefix="pm"):
    """A press about a promo code, of the client or of staff."""

    action: str
    id: int = 0
