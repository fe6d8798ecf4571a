"""Signposts: routers are passed by, and yet the same handler takes each update."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import BaseMiddleware, Dispatcher, F, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, User

from bot.signposts import put_signposts
from handlers.middlewares.access import check_at_once

Data = dict[str, Any]
Handler = Callable[[TelegramObject, Data], Awaitable[Any]]


class Form(StatesGroup):
    name = State()
    age = State()


class Buy(CallbackData, prefix="buy"):
    what: str


class Sell(CallbackData, prefix="sell"):
    what: str


def routers() -> Dispatcher:
    """Return a dispatcher whose handlers return their names."""
    dispatcher, first, inner, second = Dispatcher(), Router(), Router(), Router()

    def told(name: str) -> Callable[[object], Awaitable[str]]:
        async def handler(_: object) -> str:
            return name

        return handler

    first.message.register(told("help"), Command("help", "about"))
    first.message.register(told("name"), Form.name, F.text)
    inner.callback_query.register(told("buy cakes"), Buy.filter(F.what == "cakes"))
    inner.message.register(told("no form"), StateFilter(None), F.text == "hello")
    second.message.register(told("age"), StateFilter(Form.age))
    second.callback_query.register(told("any button"))
    second.message.register(told("any text"), F.text)
    first.include_router(inner)
    dispatcher.include_routers(first, second)
    return dispatcher


async def taken(
    dispatcher: Dispatcher, event: Message | CallbackQuery, state: str | None
) -> object:
    kind = "message" if isinstance(event, Message) else "callback_query"
    for router in dispatcher.sub_routers:
        came = await router.propagate_event(
            update_type=kind, event=event, raw_state=state, bot=None
        )
        if came is not UNHANDLED:
            return came
    return None


ANN = User(id=1, is_bot=False, first_name="Ann")


def said(text: str | None) -> Message:
    return Message(
        message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), text=text
    )


def pressed(data: str) -> CallbackQuery:
    return CallbackQuery(id="1", from_user=ANN, chat_instance="1", data=data)


@pytest.mark.parametrize("state", [None, "Form:name", "Form:age", "Gone:step"])
@pytest.mark.parametrize(
    "event",
    [
        *(said(text) for text in ("/help", "/about now", "/helping", "/", "hello", "", None)),
        *(pressed(data) for data in ("buy:cakes", "buy:bread", "sell:cakes", "", ":")),
    ],
)
async def test_the_same_handler_takes_it(
    event: Message | CallbackQuery, state: str | None
) -> None:
    plain, posted = routers(), routers()
    for _ in range(3):
        put_signposts(posted)
    expected = await taken(plain, event, state)
    for _ in range(2):
        assert await taken(posted, event, state) == expected


async def test_a_router_that_cannot_take_it_is_not_asked() -> None:
    dispatcher, router, asked = Dispatcher(), Router(), []

    async def is_asked(event: Message) -> bool:
        asked.append(event.text)
        return True

    async def handler(_: Message) -> None:
        return None

    router.message.register(handler, is_asked, Command("buy"))
    dispatcher.include_router(router)
    put_signposts(dispatcher)
    assert await taken(dispatcher, said("/sell"), None) is None
    assert asked == []


def test_no_filter_travels_to_a_thread() -> None:
    dispatcher = routers()
    dispatcher.sub_routers[0].message.filter(F.chat.type == "private")
    check_at_once(dispatcher)
    asked = [
        each
        for router in dispatcher.chain_tail
        for observer in router.observers.values()
        for handler in (observer._handler, *observer.handlers)
        for each in handler.filters or ()
    ]
    assert len(asked) > 8
    assert all(each.awaitable for each in asked)


async def test_filters_middlewares_and_passing_on_are_aiograms() -> None:
    dispatcher, outer, inner, last = Dispatcher(), Router(), Router(), Router()
    told: list[str] = []

    class Noting(BaseMiddleware):
        def __init__(self, name: str) -> None:
            self.name = name

        async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
            told.append(f"{self.name} {data['handler'].callback.__name__}")
            return await handler(event, data | {"by": self.name})

    async def named(_: Message) -> dict[str, str]:
        return {"named": "root"}

    async def passes(_: Message, by: str, named: str) -> None:
        told.append(f"passes {by} {named}")
        raise SkipHandler

    async def takes(_: Message, by: str, named: str) -> str:
        return f"taken {by} {named}"

    async def never(_: Message) -> str:
        return "never"

    outer.message.filter(named)
    outer.message.middleware(Noting("outside"))
    outer.message.outer_middleware(BeforeFilters())
    inner.message.middleware(Noting("inside"))
    inner.message.register(passes, Command("buy"))
    inner.message.register(takes, Command("buy"))
    last.message.register(never, Command("buy"))
    last.message.filter(F.text == "/sell")
    outer.include_router(inner)
    dispatcher.include_routers(last, outer)
    put_signposts(dispatcher)
    for _ in range(2):
        assert await taken(dispatcher, said("/buy"), None) == "taken inside root"
    assert (
        told
        == [
            "outside passes",
            "inside passes",
            "passes inside root",
            "outside takes",
            "inside takes",
        ]
        * 2
    )


class BeforeFilters(BaseMiddleware):
    """Stands before the filters, as throttling does."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: Data) -> object:
        return await handler(event, data)
