"""The home of asking for a pay-out and of the partner's own pay-outs."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.errors import DomainError
from domain.money import Money
from domain.usecases.documents.read import ReadPayoutDocuments
from domain.usecases.payouts.cancel import CancelPayout
from domain.usecases.payouts.find_requested import FindRequestedPayout
from domain.usecases.payouts.list_page import ListPayouts
from domain.usecases.payouts.offer import OfferPayout, PayoutOffer, read_account, read_amount
from domain.usecases.payouts.request import PayoutRequest, RequestPayout
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.documents import what_next
from handlers.partner.screens.lists import cancel_question, payout_cancelled, payouts_screen
from handlers.partner.screens.money import (
    account_question,
    amount_question,
    comment_question,
    confirm_screen,
    form_cancelled,
    form_gone,
    payout_asked,
)
from handlers.partner.states import Withdrawal
from handlers.ui.beside import Beside
from handlers.ui.callbacks import Open, OpenPage, OwnPayout, PayoutForm, place_of
from handlers.ui.document_files import DocumentFiles
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.refusals import refusal_screen
from handlers.ui.request_key import key_of
from handlers.ui.screen import Event, Screen, answer, show, turn_to

router = Router(name="partner.payouts")
anyone = allow(Allowed.ANYONE)

COMMENT_LENGTH_MAX = 500
ABOUT_AMOUNT = frozenset({"bad_amount", "payout_below_minimum", "payout_above_balance"})
"""Codes of refusals after which another amount may be sent."""


@router.message(Command("withdraw"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "withdraw"), flags=anyone)
async def start_form(
    event: Event,
    caller: Caller,
    language: Language,
    offer_payout: OfferPayout,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Begin the form; an amount may follow the command."""
    offer = await offer_payout(caller)
    if command is not None and command.args:
        key = key_of(event) if isinstance(event, Message) else ""
        await show(event, await _take_or_ask(language, state, offer, command.args, key))
        return
    await state.set_state(Withdrawal.amount)
    await show(event, amount_question(language, offer))


@router.callback_query(PayoutForm.filter(F.step == "amount"), flags=anyone)
async def press_amount(
    query: CallbackQuery,
    callback_data: PayoutForm,
    caller: Caller,
    language: Language,
    offer_payout: OfferPayout,
    state: FSMContext,
) -> None:
    """Take an amount from a button; it is checked against today's balance."""
    offer = await offer_payout(caller)
    key = f"q{query.id}"
    await turn_to(query, await _take_amount(language, state, offer, callback_data.key, key))


@router.message(Withdrawal.amount, F.text, flags=anyone)
async def type_amount(
    message: Message,
    caller: Caller,
    language: Language,
    offer_payout: OfferPayout,
    state: FSMContext,
) -> None:
    """Take a typed amount; a wrong one is asked again."""
    offer = await offer_payout(caller)
    typed = message.text or ""
    await answer(message, await _take_amount(language, state, offer, typed, key_of(message)))


async def _take_or_ask(
    language: Language, state: FSMContext, offer: PayoutOffer, text: str, key: str
) -> Screen:
    """Take what followed the command; what cannot be is refused over the form's first question."""
    try:
        return await _take_amount(language, state, offer, text, key)
    except DomainError as refusal:
        if refusal.code not in ABOUT_AMOUNT:
            raise
        await state.set_state(Withdrawal.amount)
        question = amount_question(language, offer)
        refused = refusal_screen(language, refusal)
        return Screen(lines(refused.text, "", question.text), question.rows)


async def _take_amount(
    language: Language, state: FSMContext, offer: PayoutOffer, text: str, key: str
) -> Screen:
    """Keep the amount; where requisites say where to pay, nothing more is asked."""
    amount = read_amount(offer, text)
    await state.set_state(Withdrawal.account)
    await state.update_data(minor=amount.minor, currency=amount.currency, program=offer.program)
    if offer.account is None:
        return account_question(language, amount)
    await state.update_data(account=offer.account, key=key, by_requisites=True)
    return await _confirmation(language, state)


@router.message(Withdrawal.account, F.text, flags=anyone)
async def type_account(message: Message, language: Language, state: FSMContext) -> None:
    """Take where to pay; what cannot be an account is asked again."""
    account = read_account(message.text or "")
    await state.update_data(account=account, key=key_of(message), by_requisites=False)
    await answer(message, await _confirmation(language, state))


@router.message(Withdrawal.confirm, F.text, flags=anyone)
async def type_at_the_check(message: Message, language: Language, state: FSMContext) -> None:
    """Say how to correct something: what is typed here is no confirmation and no account."""
    screen = await _confirmation(language, state)
    note = language.say(
        "Nothing was changed. To correct something, press its button below and then send it."
    )
    await answer(message, Screen(lines(note, "", screen.text), screen.rows))


@router.callback_query(PayoutForm.filter(F.step.in_({"account", "comment"})), flags=anyone)
async def change_part(
    query: CallbackQuery, callback_data: PayoutForm, language: Language, state: FSMContext
) -> None:
    """Ask for the account anew, or for a comment."""
    data = await state.get_data()
    if data.get("key") != callback_data.key:
        await turn_to(query, form_gone(language))
    elif callback_data.step == "comment":
        await state.set_state(Withdrawal.comment)
        await turn_to(query, comment_question(language))
    else:
        await state.set_state(Withdrawal.account)
        amount = Money(int(data["minor"]), str(data["currency"]))
        await turn_to(query, account_question(language, amount))


@router.message(Withdrawal.comment, F.text, flags=anyone)
async def type_comment(message: Message, language: Language, state: FSMContext) -> None:
    """Take the partner's own words."""
    await state.update_data(comment=(message.text or "")[:COMMENT_LENGTH_MAX])
    await answer(message, await _confirmation(language, state))


async def _confirmation(language: Language, state: FSMContext) -> Screen:
    await state.set_state(Withdrawal.confirm)
    data = await state.get_data()
    amount = Money(int(data["minor"]), str(data["currency"]))
    return confirm_screen(
        language,
        amount,
        str(data["account"]),
        str(data.get("comment", "")),
        str(data["key"]),
        by_requisites=bool(data.get("by_requisites")),
    )


@router.callback_query(PayoutForm.filter(F.step == "confirm"), flags=anyone)
async def confirm(
    query: CallbackQuery,
    callback_data: PayoutForm,
    caller: Caller,
    language: Language,
    request_payout: RequestPayout,
    find_requested_payout: FindRequestedPayout,
    read_payout_documents: ReadPayoutDocuments,
    document_files: DocumentFiles,
    beside: Beside,
    state: FSMContext,
) -> None:
    """Set the money aside; a second press finds the same request.

    The documents of the pay-out follow as files, where the program makes some.
    """
    standing = await find_requested_payout(caller, callback_data.key)
    data = await state.get_data()
    if standing is None and data.get("key") != callback_data.key:
        await turn_to(query, form_gone(language))
        return
    is_new = standing is None
    if standing is None:
        standing = await request_payout(
            caller,
            PayoutRequest(
                amount=str(Money(int(data["minor"]), str(data["currency"]))),
                account=str(data["account"]),
                comment=str(data.get("comment", "")),
                request_key=callback_data.key,
                program=str(data["program"]),
            ),
        )
    if data.get("key") == callback_data.key:
        await state.clear()
    await turn_to(query, payout_asked(language, standing))
    if is_new:
        papers = await read_payout_documents.own(caller, standing.id)
        if papers.documents:
            sending = document_files.send(
                caller.person.id, language, papers.documents, after=what_next(language, papers)
            )
            beside(sending, f"documents of a pay-out for {caller.person.id}")


@router.callback_query(PayoutForm.filter(F.step == "cancel"), flags=anyone)
async def leave_form(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, form_cancelled(language))


@router.message(Command("payouts"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "payouts"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "payouts"), flags=anyone)
async def show_payouts(
    event: Event,
    caller: Caller,
    language: Language,
    list_payouts: ListPayouts,
    callback_data: Open | OpenPage | None = None,
) -> None:
    """Show a page of the partner's pay-outs."""
    before = place_of(callback_data)
    page = await list_payouts(caller, before)
    await show(event, payouts_screen(language, page, is_first=before is None))


@router.callback_query(OwnPayout.filter(F.action == "ask_cancel"), flags=anyone)
async def ask_cancel(query: CallbackQuery, callback_data: OwnPayout, language: Language) -> None:
    """Ask before a request is taken back."""
    await turn_to(query, cancel_question(language, callback_data.payout_id))


@router.callback_query(OwnPayout.filter(F.action == "cancel"), flags=anyone)
async def cancel_request(
    query: CallbackQuery,
    callback_data: OwnPayout,
    caller: Caller,
    language: Language,
    cancel_payout: CancelPayout,
) -> None:
    """Take a request back."""
    cancelled = await cancel_payout(caller, callback_data.payout_id)
    await turn_to(query, payout_cancelled(language, cancelled.amount))
