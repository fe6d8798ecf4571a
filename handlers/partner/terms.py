"""The home of changed terms and of where scheduled pay-outs go."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.access import NotAPartner
from domain.entities.people import Caller
from domain.errors import NotAllowed
from domain.usecases.payouts.name_account import NamePayoutAccount
from domain.usecases.terms.accept import AcceptTerms, ShowTerms
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.terms import (
    payout_account_kept,
    payout_account_question,
    terms_screen,
)
from handlers.partner.states import PayoutAccountForm
from handlers.ui.callbacks import Open, TermsPress
from handlers.ui.language import Language
from handlers.ui.screen import Event, answer, show, turn_to

router = Router(name="partner.terms")
anyone = allow(Allowed.ANYONE)


@router.message(Command("terms"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "terms"), flags=anyone)
async def show_own(
    event: Event, caller: Caller, language: Language, show_terms: ShowTerms
) -> None:
    """Show the terms of the program that one works in."""
    await show(event, terms_screen(language, await show_terms(caller)))


@router.callback_query(TermsPress.filter(F.action == "show"), flags=anyone)
async def show_of_program(
    query: CallbackQuery,
    callback_data: TermsPress,
    caller: Caller,
    language: Language,
    show_terms: ShowTerms,
) -> None:
    """Show the terms of the program that a notice is about."""
    view = await show_terms(caller, callback_data.program)
    await turn_to(query, terms_screen(language, view))


@router.callback_query(TermsPress.filter(F.action == "accept"), flags=anyone)
async def accept(
    query: CallbackQuery,
    callback_data: TermsPress,
    caller: Caller,
    language: Language,
    accept_terms: AcceptTerms,
) -> None:
    """Accept the version that was shown."""
    view = await accept_terms(caller, callback_data.program, callback_data.version)
    await turn_to(query, terms_screen(language, view), note=language.say("✔️ Done"))


@router.callback_query(Open.filter(F.screen == "payout_account"), flags=anyone)
async def ask_account(
    query: CallbackQuery, caller: Caller, language: Language, state: FSMContext
) -> None:
    """Ask where scheduled pay-outs go."""
    if caller.membership is None:
        raise NotAPartner
    if not caller.is_partner_admin:
        raise NotAllowed(right="partner.admin")
    await state.set_state(PayoutAccountForm.account)
    await turn_to(query, payout_account_question(language))


@router.message(PayoutAccountForm.account, F.text, flags=anyone)
async def keep_account(
    message: Message,
    caller: Caller,
    language: Language,
    name_payout_account: NamePayoutAccount,
    state: FSMContext,
) -> None:
    """Keep where they go; what cannot be an account is asked again."""
    kept = await name_payout_account(caller, message.text or "")
    await state.clear()
    await answer(message, payout_account_kept(language, kept))
