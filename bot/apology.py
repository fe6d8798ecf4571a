"""The home of the apology: a person is told that an answer takes longer, and its reference."""

import json
import logging

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.update_parts import reference_of, where_to_answer
from handlers.ui.language import Languages
from storage.repositories.inbox import StoredUpdate

log = logging.getLogger(__name__)


async def apologise(bot: Bot, languages: Languages, row: StoredUpdate) -> None:
    """Tell the person that it takes longer, with the number that the log has too."""
    chat_id, code = where_to_answer(json.loads(row.body))
    if chat_id is None:
        return
    text = languages.of(code).say(
        "Something went wrong on our side; we are trying again. Nothing you sent is lost. "
        "Reference: {reference}",
        reference=reference_of(row),
    )
    try:
        await bot.send_message(chat_id, text)
    except (AiogramError, OSError, TimeoutError):
        log.info("update %s: no apology could be sent", row.update_id)
