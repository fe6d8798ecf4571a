"""The home of a partner's figures: balance and tier."""

from aiogram import F, Router
from aiogram.filters import Command

from domain.entities.people import Caller
from domain.usecases.balance.show import ShowBalance
from domain.usecases.partners.show_enrolment import ShowEnrolment
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.money import balance_screen
from handlers.partner.screens.tier import tier_screen
from handlers.ui.callbacks import Open
from handlers.ui.language import Language
from handlers.ui.screen import Event, show

router = Router(name="partner.lists")
anyone = allow(Allowed.ANYONE)


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
    await show(event, tier_screen(language, await show_enrolment(caller, admin=True)))
