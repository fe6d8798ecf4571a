"""The home of a partner's lists and figures: referrals, payments, balance, tier."""

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.balance.show import ShowBalance
from domain.usecases.partners.show_enrolment import ShowEnrolment
from domain.usecases.payments.list_page import ListPayments
from domain.usecases.referrals.list_page import ListReferrals
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.lists import payments_screen, referrals_screen
from handlers.partner.screens.money import balance_screen, tier_screen
from handlers.ui.callbacks import Open, OpenPage
from handlers.ui.language import Language
from handlers.ui.screen import answer, turn_to

Clock = Callable[[], datetime]

router = Router(name="partner.lists")
anyone = allow(Allowed.ANYONE)


@router.message(Command("referrals"), flags=anyone)
async def show_referrals(
    message: Message,
    caller: Caller,
    language: Language,
    list_referrals: ListReferrals,
    clock: Clock,
) -> None:
    """Show whom the partner brought."""
    page = await list_referrals(caller)
    await answer(message, referrals_screen(language, page, is_first=True, now=clock()))


@router.callback_query(Open.filter(F.screen == "referrals"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "referrals"), flags=anyone)
async def open_referrals(
    query: CallbackQuery,
    callback_data: Open | OpenPage,
    caller: Caller,
    language: Language,
    list_referrals: ListReferrals,
    clock: Clock,
) -> None:
    """Turn a message into a page of referrals."""
    before = callback_data.cursor() if isinstance(callback_data, OpenPage) else None
    page = await list_referrals(caller, before)
    screen = referrals_screen(language, page, is_first=before is None, now=clock())
    await turn_to(query, screen)


@router.message(Command("payments"), flags=anyone)
async def show_payments(
    message: Message, caller: Caller, language: Language, list_payments: ListPayments
) -> None:
    """Show what clients paid."""
    await answer(message, payments_screen(language, await list_payments(caller), is_first=True))


@router.callback_query(Open.filter(F.screen == "payments"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "payments"), flags=anyone)
async def open_payments(
    query: CallbackQuery,
    callback_data: Open | OpenPage,
    caller: Caller,
    language: Language,
    list_payments: ListPayments,
) -> None:
    """Turn a message into a page of payments."""
    before = callback_data.cursor() if isinstance(callback_data, OpenPage) else None
    page = await list_payments(caller, before)
    await turn_to(query, payments_screen(language, page, is_first=before is None))


@router.message(Command("balance"), flags=anyone)
async def show_money(
    message: Message, caller: Caller, language: Language, show_balance: ShowBalance
) -> None:
    """Show the partner's money."""
    await answer(message, balance_screen(language, await show_balance(caller)))


@router.callback_query(Open.filter(F.screen == "balance"), flags=anyone)
async def open_balance(
    query: CallbackQuery, caller: Caller, language: Language, show_balance: ShowBalance
) -> None:
    """Turn a message into the balance."""
    await turn_to(query, balance_screen(language, await show_balance(caller)))


@router.message(Command("tier"), flags=anyone)
async def show_tier(
    message: Message, caller: Caller, language: Language, show_enrolment: ShowEnrolment
) -> None:
    """Show the tier and the way to the next one."""
    await answer(message, tier_screen(language, await show_enrolment(caller)))


@router.callback_query(Open.filter(F.screen == "tier"), flags=anyone)
async def open_tier(
    query: CallbackQuery, caller: Caller, language: Language, show_enrolment: ShowEnrolment
) -> None:
    """Turn a message into the tier."""
    await turn_to(query, tier_screen(language, await show_enrolment(caller)))
