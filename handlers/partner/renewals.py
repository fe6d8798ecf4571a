"""The home of renewals: which services of one's clients end soon (R45)."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.renewals.show import ShowRenewals
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.renewals import ready_text, renewals_screen
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_questions import RenewalPress
from handlers.ui.language import Language
from handlers.ui.screen import Event, acknowledge, answer, show

router = Router(name="partner.renewals")
anyone = allow(Allowed.ANYONE)


@router.message(Command("renewals"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "renewals"), flags=anyone)
@router.callback_query(RenewalPress.filter(F.action == "list"), flags=anyone)
async def show_list(
    event: Event,
    caller: Caller,
    language: Language,
    show_renewals: ShowRenewals,
    callback_data: Open | RenewalPress | None = None,
) -> None:
    """Show a page of what ends soon."""
    page = callback_data.page if isinstance(callback_data, RenewalPress) else 0
    await show(event, renewals_screen(language, await show_renewals(caller), page))


@router.callback_query(RenewalPress.filter(F.action == "text"), flags=anyone)
async def send_text(
    query: CallbackQuery,
    callback_data: RenewalPress,
    caller: Caller,
    language: Language,
    show_renewals: ShowRenewals,
) -> None:
    """Send a text to forward as a message of its own."""
    row = await show_renewals.one(caller, callback_data.mark)
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, ready_text(language, row))
