"""The home of giving clients their promo codes in the admin chat (R36)."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.promos.give import GivePromo
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.promos import given_screen, promos_screen
from handlers.staff.states import StaffForm
from handlers.ui.callbacks_promo import PromoPress
from handlers.ui.html import bold, short
from handlers.ui.language import Language
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Event, Screen, answer, show

router = Router(name="staff.promos")
staff = allow(Allowed.STAFF)


@router.message(Command("promo"), flags=staff)
@router.callback_query(PromoPress.filter(F.action == "list"), flags=staff)
async def show_promos(
    event: Event,
    caller: Caller,
    language: Language,
    give_promo: GivePromo,
    command: CommandObject | None = None,
) -> None:
    """Show who waits; with a client and a code, give it."""
    client_id, _, code = (command.args or "").strip().partition(" ") if command else ("", "", "")
    if not code:
        await show(event, promos_screen(language, await give_promo.lists(caller)))
        return
    view = await give_promo(caller, client_id, code)
    await show(event, given_screen(language, view, sends_mail=give_promo.sends_mail))


@router.callback_query(PromoPress.filter(F.action == "enter"), flags=staff)
async def ask_code(
    query: CallbackQuery,
    callback_data: PromoPress,
    caller: Caller,
    language: Language,
    give_promo: GivePromo,
    state: FSMContext,
) -> None:
    """Ask for the code."""
    view = await give_promo.show(caller, callback_data.id)
    question = language.say(
        "{name}, reply with the promo code for {client}.",
        name=mentioned(query.from_user),
        client=bold(short(view.client_name, 60)),
    )
    screen = Screen(question, asks=str(language.say("Promo code")))
    await ask(query, state, StaffForm.promo_code, screen, promo_id=callback_data.id)


@router.message(StaffForm.promo_code, F.text, is_answer, flags=staff)
async def take_code(
    message: Message,
    caller: Caller,
    language: Language,
    give_promo: GivePromo,
    state: FSMContext,
) -> None:
    """Give the code that was replied; what cannot be one is asked again."""
    promo_id = int((await state.get_data())["promo_id"])
    view = await give_promo(caller, promo_id, message.text or "")
    await state.clear()
    await answer(message, given_screen(language, view, sends_mail=give_promo.sends_mail))
