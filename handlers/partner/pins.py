"""The home of naming clients in advance, and of what became of them."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.claims.open import OpenClaim
from domain.usecases.pins.end import ReleasePin
from domain.usecases.pins.name import PinClient
from domain.usecases.pins.show import ListPins, ShowPin
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.claims import claim_opened
from handlers.partner.screens.pins import (
    account_question,
    form_left,
    pin_screen,
    pins_screen,
    release_question,
)
from handlers.partner.states import PinForm
from handlers.ui.callbacks import Open, OpenPage, place_of
from handlers.ui.callbacks_pins import PinPress
from handlers.ui.language import Language
from handlers.ui.screen import Event, answer, show, turn_to

router = Router(name="partner.pins")
anyone = allow(Allowed.ANYONE)


async def _username(bot: Bot) -> str:
    return (await bot.me()).username or ""


@router.message(Command("clients", "pins"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "clients"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "pins"), flags=anyone)
@router.callback_query(PinPress.filter(F.action == "list"), flags=anyone)
async def show_pins(
    event: Event,
    caller: Caller,
    language: Language,
    list_pins: ListPins,
    state: FSMContext,
    callback_data: Open | OpenPage | PinPress | None = None,
) -> None:
    """Show the clients that the partner named."""
    opened = callback_data if isinstance(callback_data, OpenPage) else None
    place = place_of(opened)
    page = await list_pins(caller, place)
    await state.clear()
    await show(event, pins_screen(language, page, is_first=place is None))


@router.message(Command("pin"), flags=anyone)
@router.callback_query(PinPress.filter(F.action == "name"), flags=anyone)
async def ask_account(
    event: Event,
    caller: Caller,
    language: Language,
    pin_client: PinClient,
    state: FSMContext,
    bot: Bot,
    command: CommandObject | None = None,
) -> None:
    """Name the client that follows the command, or ask which one."""
    terms = await pin_client.check(caller)
    if command is not None and command.args:
        await state.clear()
        view = await pin_client(caller, command.args)
        await show(event, pin_screen(language, view, await _username(bot)))
        return
    await state.set_state(PinForm.account)
    await state.set_data({})
    await show(event, account_question(language, terms))


@router.message(PinForm.account, F.text, flags=anyone)
async def take_account(
    message: Message,
    caller: Caller,
    language: Language,
    pin_client: PinClient,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Name the client; what cannot be an account is asked again."""
    view = await pin_client(caller, message.text or "")
    await state.clear()
    await answer(message, pin_screen(language, view, await _username(bot)))


@router.callback_query(PinPress.filter(F.action == "cancel"), flags=anyone)
async def leave_form(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, form_left(language))


@router.callback_query(PinPress.filter(F.action == "card"), flags=anyone)
async def show_card(
    query: CallbackQuery,
    callback_data: PinPress,
    caller: Caller,
    language: Language,
    show_pin: ShowPin,
    bot: Bot,
) -> None:
    """Show one named client."""
    view = await show_pin(caller, callback_data.pin_id)
    await turn_to(query, pin_screen(language, view, await _username(bot)))


@router.callback_query(PinPress.filter(F.action == "release"), flags=anyone)
async def ask_release(
    query: CallbackQuery,
    callback_data: PinPress,
    caller: Caller,
    language: Language,
    show_pin: ShowPin,
) -> None:
    """Tell what a release means, and ask."""
    view = await show_pin(caller, callback_data.pin_id)
    await turn_to(query, release_question(language, view))


@router.callback_query(PinPress.filter(F.action == "released"), flags=anyone)
async def release(
    query: CallbackQuery,
    callback_data: PinPress,
    caller: Caller,
    language: Language,
    release_pin: ReleasePin,
    bot: Bot,
) -> None:
    """Release it."""
    view = await release_pin(caller, callback_data.pin_id)
    screen = pin_screen(language, view, await _username(bot))
    await turn_to(query, screen, note=language.say("✔️ Done"))


@router.callback_query(PinPress.filter(F.action == "dispute"), flags=anyone)
async def dispute(
    query: CallbackQuery,
    callback_data: PinPress,
    caller: Caller,
    language: Language,
    open_claim: OpenClaim,
) -> None:
    """Ask staff to look at a refusal again."""
    claim = await open_claim.dispute(caller, callback_data.pin_id)
    await turn_to(query, claim_opened(language, claim))
