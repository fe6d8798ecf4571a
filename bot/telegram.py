"""The home of aiogram's bot and dispatcher: routers, middlewares, what handlers are given."""

import asyncio
from functools import cache
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramRetryAfter
from aiogram.fsm.storage.base import BaseStorage
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import LinkPreviewOptions

from bot.signposts import put_signposts
from bot.use_cases import UseCases
from handlers.client.router import build_router as build_client_router
from handlers.fallback.router import build_router as build_fallback_router
from handlers.middlewares.access import AccessMiddleware, check_at_once, check_declarations
from handlers.middlewares.caller import CallerMiddleware
from handlers.middlewares.forms import FormMiddleware
from handlers.middlewares.giving import GivingMiddleware
from handlers.middlewares.openings import OpeningMiddleware
from handlers.middlewares.refusals import RefusalMiddleware
from handlers.middlewares.throttle import ThrottleMiddleware
from handlers.partner.router import build_router as build_partner_router
from handlers.person.router import build_router as build_person_router
from handlers.staff.router import build_invitation_router
from handlers.staff.router import build_router as build_staff_router
from handlers.ui.language import Languages

SHORT_FLOOD_SECONDS = 3
REQUEST_SECONDS = 20
UPDATES_MAX = 120
UPDATES_SECONDS = 10


class ShortFloodMiddleware(BaseRequestMiddleware):
    """Waits out a short flood limit once; a longer one is for the outbox or the next try."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Send the request."""
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as flood:
            if flood.retry_after > SHORT_FLOOD_SECONDS:
                raise
            await asyncio.sleep(flood.retry_after)
            return await make_request(bot, method)


@cache
def answer_type(returned: object) -> object:
    """Return the model of an answer, and keep it.

    pydantic remembers a generic model only while somebody holds it, and builds it anew, in some
    milliseconds, for each call of the Bot API after that.
    """
    return Response[returned]  # type: ignore[valid-type]


class Session(AiohttpSession):
    """aiogram's session, which keeps the models of answers."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Read the answer to a call."""
        answer_type(method.__returning__)
        return super().check_response(bot, method, status_code, content)


def make_bot(token: str, api_base_url: str) -> Bot:
    """Return the bot; all its messages are HTML."""
    session = Session(api=TelegramAPIServer.from_base(api_base_url), timeout=REQUEST_SECONDS)
    session.middleware(ShortFloodMiddleware())
    defaults = DefaultBotProperties(
        parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True)
    )
    return Bot(token, session=session, default=defaults)


def make_dispatcher(
    use_cases: UseCases, storage: BaseStorage, languages: Languages, given: dict[str, Any]
) -> Dispatcher:
    """Return the dispatcher.

    Raises:
        RuntimeError: a handler does not declare who may use it.
    """
    dispatcher = Dispatcher(storage=storage)
    dispatcher.workflow_data.update(languages=languages, **given)
    giving = GivingMiddleware(use_cases.by_name())
    for name, observer in dispatcher.observers.items():
        if name != "update":
            observer.middleware(giving)
    caller = CallerMiddleware(
        use_cases.identify_caller, use_cases.admin_chat, use_cases.record_denial, languages
    )
    refusals = RefusalMiddleware(use_cases.record_denial)
    throttle = ThrottleMiddleware(updates=UPDATES_MAX, seconds=UPDATES_SECONDS)
    for observer in (dispatcher.message, dispatcher.callback_query):
        for middleware in (caller, throttle, refusals, FormMiddleware()):
            observer.outer_middleware(middleware)
        observer.middleware(AccessMiddleware())
        observer.middleware(OpeningMiddleware(use_cases.keep_openings))
    for middleware in (caller, throttle, refusals):
        dispatcher.inline_query.outer_middleware(middleware)
    dispatcher.inline_query.middleware(AccessMiddleware())
    # Deep links come before the plain /start, and help for what nobody understands comes last.
    dispatcher.include_routers(
        build_client_router(),
        build_invitation_router(),
        build_partner_router(),
        build_person_router(),
        build_staff_router(),
        build_fallback_router(),
    )
    check_declarations(dispatcher)
    check_at_once(dispatcher)
    put_signposts(dispatcher)
    return dispatcher
