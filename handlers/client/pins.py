"""The home of the client's answer to a partner that named its account, and of protection's end."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.entities.pin import LINK_PREFIX
from domain.programs.model import Programs
from domain.usecases.clients.show_own import ShowOwnData
from domain.usecases.pins.answer import AnswerPinRequest, OpenPinRequest
from domain.usecases.pins.end import EndProtection
from handlers.client.pin_screens import (
    answered_screen,
    contact_screen,
    direct_question,
    direct_screen,
    request_screen,
)
from handlers.client.screens import foreign_contact_screen
from handlers.client.states import PinContact
from handlers.middlewares.access import Allowed, allow
from handlers.ui.callbacks import ClientCard
from handlers.ui.callbacks_pins import PinAnswer
from handlers.ui.language import Language
from handlers.ui.screen import Event, acknowledge, answer, show, turn_to

router = Router(name="client.pins")
anyone = allow(Allowed.ANYONE)


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(LINK_PREFIX)), flags=anyone)
async def open_request(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    programs: Programs,
    open_pin_request: OpenPinRequest,
    state: FSMContext,
) -> None:
    """Show who asks and what it means."""
    token = (command.args or "").removeprefix(LINK_PREFIX)
    request = await open_pin_request(caller, token)
    await state.clear()
    await answer(message, request_screen(language, request, programs.get(request.pin.program)))


@router.callback_query(PinAnswer.filter(), flags=anyone)
async def take_answer(
    query: CallbackQuery,
    callback_data: PinAnswer,
    caller: Caller,
    language: Language,
    answer_pin_request: AnswerPinRequest,
    state: FSMContext,
) -> None:
    """Take the answer, or ask for the number that proves who gives it."""
    pin_id, key = callback_data.pin_id, callback_data.key
    if await answer_pin_request.needs_phone(pin_id):
        await state.set_state(PinContact.contact)
        await state.set_data({"press": callback_data.pack()})
        await acknowledge(query)
        if isinstance(query.message, Message):
            await answer(query.message, contact_screen(language))
        return
    pin = await answer_pin_request(
        caller, pin_id, is_confirmed=callback_data.action == "yes", key=key
    )
    await state.clear()
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, answered_screen(language, pin))


@router.message(PinContact.contact, F.contact, flags=anyone)
async def take_contact(
    message: Message,
    caller: Caller,
    language: Language,
    answer_pin_request: AnswerPinRequest,
    state: FSMContext,
) -> None:
    """Take the answer with the number of who gives it; another's counts for nothing."""
    contact = message.contact
    if contact is None or contact.user_id != caller.person.id:
        await answer(message, foreign_contact_screen(language))
        return
    press = PinAnswer.unpack(str((await state.get_data())["press"]))
    pin = await answer_pin_request(
        caller,
        press.pin_id,
        is_confirmed=press.action == "yes",
        key=press.key,
        phone=contact.phone_number,
    )
    await state.clear()
    await answer(message, answered_screen(language, pin))


@router.message(Command("direct"), flags=anyone)
@router.callback_query(ClientCard.filter(F.action == "ask_direct"), flags=anyone)
async def ask_direct(
    event: Event, caller: Caller, language: Language, show_own_data: ShowOwnData
) -> None:
    """Tell what working with the vendor directly means, and ask."""
    data = await show_own_data(caller)
    await show(event, direct_question(language, data))


@router.callback_query(ClientCard.filter(F.action == "direct"), flags=anyone)
async def go_direct(
    query: CallbackQuery, caller: Caller, language: Language, end_protection: EndProtection
) -> None:
    """End the protection."""
    await end_protection.by_client(caller)
    await turn_to(query, direct_screen(language))
