"""The home of a client's promo code: seeing and activating it (R36)."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from domain.entities.people import Caller
from domain.usecases.promos.use import UsePromo
from handlers.client.promo_screens import activate_question, promo_screen
from handlers.middlewares.access import Allowed, allow
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_promo import PromoPress
from handlers.ui.language import Language
from handlers.ui.screen import Event, show, turn_to

router = Router(name="client.promos")
anyone = allow(Allowed.ANYONE)


@router.message(Command("promo"), F.chat.type == "private", flags=anyone)
@router.callback_query(Open.filter(F.screen == "promo"), flags=anyone)
async def show_promo(
    event: Event, caller: Caller, language: Language, use_promo: UsePromo
) -> None:
    """Show the client's promo code, or why it gets none."""
    await show(event, promo_screen(language, await use_promo.show(caller)))


@router.callback_query(PromoPress.filter(F.action == "ask"), flags=anyone)
async def ask_activation(
    query: CallbackQuery, caller: Caller, language: Language, use_promo: UsePromo
) -> None:
    """Ask before the days begin to count."""
    await turn_to(query, activate_question(language, await use_promo.show(caller)))


@router.callback_query(PromoPress.filter(F.action == "activate"), flags=anyone)
async def activate(
    query: CallbackQuery,
    callback_data: PromoPress,
    caller: Caller,
    language: Language,
    use_promo: UsePromo,
) -> None:
    """Activate it."""
    own = await use_promo.activate(caller, callback_data.id)
    await turn_to(query, promo_screen(language, own), note=language.say("✔️ Done"))
