"""What Telegram refuses for good, beside the outages that are waited out."""

from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge, TelegramNotFound

GONE = ("chat not found", "user is deactivated", "PEER_ID_INVALID")
REFUSALS = (TelegramBadRequest, TelegramEntityTooLarge, TelegramNotFound)
"""Telegram understood and says no; the same message again gets the same answer, until somebody
mends something. Everything else is an outage, however long."""


def is_gone(refusal: TelegramBadRequest) -> bool:
    """Test if the chat does not exist any more."""
    return any(text in refusal.message for text in GONE)
