"""The home of meeting Telegram: who the bot is, and how updates come. It may be away for long."""

import asyncio
import logging

from aiogram.exceptions import AiogramError, TelegramMigrateToChat
from sqlalchemy.exc import SQLAlchemyError

from bot.nursery import Nursery
from bot.polling import ALLOWED_UPDATES, Polling
from bot.web import WEBHOOK_PATH
from bot.wiring import Product
from handlers.ui.commands import publish_commands

log = logging.getLogger(__name__)

FIRST_PAUSE_SECONDS = 1.0
PAUSE_SECONDS_MAX = 30
KNOWN_NAME = "bot_username"
"""The setting under which the bot's name outlasts the process."""


async def recall_name(product: Product) -> None:
    """Take up the name that Telegram told last time, so that links lead to the bot without it."""
    async with product.open_work.read() as work:
        product.readiness.username = await work.settings.get(KNOWN_NAME)


async def meet_telegram(product: Product, background: Nursery) -> None:
    """Ask Telegram who the bot is, until it answers; then take updates."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            await _learn_name(product)
            await _choose_mode(product)
            await product.replica.joined()
            await product.intake.take_over(older_than_seconds=0)
        except (AiogramError, SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("updates cannot be taken yet: %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, PAUSE_SECONDS_MAX)
        else:
            break
    product.readiness.met.set()
    if product.config.telegram.mode == "polling":
        telegram = product.config.telegram
        polling = Polling(telegram.api_base_url, telegram.token, product.intake)
        background.start(product.replica.while_leading("polling", polling.run), "polling")
    log.info("ready as @%s", product.readiness.username)
    await _publish_commands(product)


async def _learn_name(product: Product) -> None:
    """Ask for the bot's name, and keep it where it is another one than was known."""
    name = (await product.bot.me()).username or ""
    product.readiness.username = name
    async with product.open_work.read() as work:
        if await work.settings.get(KNOWN_NAME) == name:
            return
    async with product.open_work(books=False) as work:
        work.owes_nothing = True
        await work.settings.put(KNOWN_NAME, name)
        await work.commit()


async def _choose_mode(product: Product) -> None:
    """Set the webhook, or take one away before polling; waiting updates stay."""
    config = product.config
    if config.telegram.mode == "webhook":
        await product.bot.set_webhook(
            config.web.public_url + WEBHOOK_PATH,
            secret_token=config.telegram.webhook_secret[0],
            allowed_updates=list(ALLOWED_UPDATES),
        )
    else:
        await product.bot.delete_webhook(drop_pending_updates=False)


async def _publish_commands(product: Product) -> None:
    """Tell Telegram the commands; a failure leaves its menu as it was and stops nothing."""
    admin_chat = product.use_cases.admin_chat
    chat_id = await admin_chat()
    try:
        await publish_commands(product.bot, product.languages, product.programs, chat_id)
    except TelegramMigrateToChat as moved:
        await admin_chat.move(chat_id or 0, moved.migrate_to_chat_id)
    except (AiogramError, OSError, TimeoutError) as error:
        log.warning("the commands could not be published: %s", type(error).__name__)
