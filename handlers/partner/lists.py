"""The home of a partner's lists and figures: referrals, payments, balance, tier."""

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command

from domain.entities.people import Caller
from domain.usecases.balance.show import ShowBalance
from domain.usecases.partners.show_enrolment import ShowEnrolment
from domain.usecases.payments.list_page import ListPayments
from domain.usecases.referrals.list_page import ListReferrals
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.lists import payments_screen, referrals_screen
from handlers.partner.screens.money import balance_screen, tier_screen
from handlers.ui.callbacks import Open, OpenPage, place_of
from handlers.ui.language import Language
from handlers.ui.screen import Event, show

Clock = Callable[[], datetime]
router = Router(name="partner.lists")
anyone = allow(Allowed.ANYONE)


@router.message(Command("referrals"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "referrals"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "referrals"), flags=anyone)
async def show_referrals(
    event: Event,
    caller: Caller,
    language: Language,
    list_referrals: ListReferrals,
    clock: Clock,
    callback_data: Open | OpenPage | None = None,
) -> None:
    """Show a page of whom the partner brought."""
    before = place_of(callback_data)
    page = await list_referrals(caller, before)
    await show(event, referrals_screen(language, page, is_first=before is None, now=clock()))


@router.message(Command("payments"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "payments"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "payments"), flags=anyone)
async def show_payments(
    event: Event,
    caller: Caller,
    language: Language,
    list_payments: ListPayments,
    callback_data: Open | OpenPage | None = None,
) -> None:
    """Show a page of what clients paid."""
    before = place_of(callback_data)
    page = await list_payments(caller, before)
    await show(event, payments_screen(language, page, is_first=before is None))


@router.message(Command("balance"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "balance"), flags=anyone)
async def show_money(
    event: Event, caller: Caller, language: Language, show_balance: ShowBalance
) -> None:
    """Show the partner's money."""
    await show(event, balance_screen(language, await show_balance(caller)))


@router.message(Command("tier"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "tier"), flags=anyone)
async def show_tier(
    event: Event, caller: Caller, language: Language, show_enrolment: ShowEnrolment
) -> None:
    """Show the tier and the way to the next one."""
    await show(event, tier_screen(language, await show_enrolment(caller)))
