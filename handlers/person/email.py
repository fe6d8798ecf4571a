"""The home of a person naming its e-mail address and typing the code that came there."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.mails.address import ConfirmEmail, NameEmail
from handlers.middlewares.access import Allowed, allow
from handlers.person.screens.email import address_question, code_question, confirmed_screen
from handlers.person.states import EmailForm
from handlers.ui.callbacks_papers import EmailPress
from handlers.ui.language import Language
from handlers.ui.screen import answer, turn_to

router = Router(name="person.email")
anyone = allow(Allowed.ANYONE)


@router.callback_query(EmailPress.filter(F.action == "name"), flags=anyone)
async def ask_address(
    query: CallbackQuery, language: Language, name_email: NameEmail, state: FSMContext
) -> None:
    """Ask for the address, where e-mail is sent at all."""
    await name_email.check()
    await state.set_state(EmailForm.address)
    await turn_to(query, address_question(language))


@router.message(EmailForm.address, F.text, flags=anyone)
async def take_address(
    message: Message,
    caller: Caller,
    language: Language,
    name_email: NameEmail,
    state: FSMContext,
) -> None:
    """Keep the address and ask for the code; what is no address is asked for again."""
    named = await name_email(caller, message.text or "")
    await state.set_state(EmailForm.code)
    await answer(message, code_question(language, named))


@router.message(EmailForm.code, F.text, flags=anyone)
async def take_code(
    message: Message,
    caller: Caller,
    language: Language,
    confirm_email: ConfirmEmail,
    state: FSMContext,
) -> None:
    """Confirm the address; a wrong code is asked for again."""
    named = await confirm_email(caller, message.text or "")
    await state.clear()
    await answer(message, confirmed_screen(language, named))
