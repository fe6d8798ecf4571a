"""The home of staff ending the protection of a client, and handing on a request to it."""

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.clients.find import FindClient
from domain.usecases.pins.end import EndProtection
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.pins import end_question, link_screen
from handlers.staff.screens.views import client_screen
from handlers.ui.callbacks_pins import StaffPin
from handlers.ui.language import Language
from handlers.ui.screen import acknowledge, answer, turn_to

router = Router(name="staff.pins")
staff = allow(Allowed.STAFF)


@router.callback_query(StaffPin.filter(F.action == "ask"), flags=staff)
async def ask_end(query: CallbackQuery, callback_data: StaffPin, language: Language) -> None:
    """Tell what it means, and ask."""
    await turn_to(query, end_question(language, callback_data))


@router.callback_query(StaffPin.filter(F.action == "end"), flags=staff)
async def end(
    query: CallbackQuery,
    callback_data: StaffPin,
    caller: Caller,
    language: Language,
    end_protection: EndProtection,
    find_client: FindClient,
) -> None:
    """End the protection, and show the client as it stands then."""
    await end_protection.by_staff(caller, callback_data.pin_id)
    screen = client_screen(language, await find_client(caller, callback_data.client_id))
    await turn_to(query, screen, note=language.say("✔️ Done"))


@router.callback_query(StaffPin.filter(F.action == "link"), flags=staff)
async def show_link(
    query: CallbackQuery,
    callback_data: StaffPin,
    caller: Caller,
    language: Language,
    find_client: FindClient,
    bot: Bot,
) -> None:
    """Show the link for the client to who may see its data."""
    file = await find_client(caller, callback_data.client_id)
    view = next((row for row in file.pins if row.pin.id == callback_data.pin_id), None)
    if view is None or not view.key or file.is_masked:
        note = language.say("This request is over, or your role may not pass it on.")
        await acknowledge(query, note, alert=True)
        return
    await acknowledge(query)
    if isinstance(query.message, Message):
        username = (await bot.me()).username or ""
        await answer(query.message, link_screen(language, view, username))
