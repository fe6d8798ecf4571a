"""The home of deciding pay-outs in the admin chat."""

from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.payouts.decide import DecidePayout, PayoutDecision, PayoutMove
from domain.usecases.payouts.list_page import ListPayoutQueue
from domain.usecases.payouts.reveal_account import RevealPayoutAccount
from domain.usecases.payouts.show_card import ShowPayoutCard
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.queue import payout_queue_screen
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import OpenPage, PayoutCard, place_of
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.payout_card import payout_card, reasons_screen, returned_question
from handlers.ui.screen import Button, Event, Screen, acknowledge, answer, show, turn_to

router = Router(name="staff.payouts")
staff = allow(Allowed.STAFF)
DECISIONS = {
    "approve": PayoutMove.APPROVE,
    "settle": PayoutMove.SETTLE,
    "bring_back": PayoutMove.BRING_BACK,
}


@router.message(Command("payouts"), flags=staff)
@router.callback_query(OpenPage.filter(F.screen == "payout_queue"), flags=staff)
async def show_queue(
    event: Event,
    caller: Caller,
    language: Language,
    list_payout_queue: ListPayoutQueue,
    callback_data: OpenPage | None = None,
) -> None:
    """Show a page of the pay-outs that wait."""
    page = await list_payout_queue(caller, place_of(callback_data))
    await show(event, payout_queue_screen(language, page))


@router.callback_query(PayoutCard.filter(F.action.in_(DECISIONS)), flags=staff)
async def decide(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
) -> None:
    """Carry out a press and show the card as it stands."""
    decision = PayoutDecision(
        payout_id=callback_data.payout_id, move=DECISIONS[callback_data.action]
    )
    view = await decide_payout(caller, decision)
    await turn_to(query, payout_card(language, view), note=language.say("✔️ Done"))


@router.callback_query(PayoutCard.filter(F.action.in_({"open", "card"})), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: PayoutCard,
    language: Language,
    show_payout_card: ShowPayoutCard,
) -> None:
    """Show the card: in place, or below a list."""
    view = await show_payout_card(callback_data.payout_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    screen = payout_card(language, view)
    if callback_data.action == "open" and isinstance(query.message, Message):
        await acknowledge(query)
        await answer(query.message, screen)
        return
    await turn_to(query, screen)


@router.callback_query(PayoutCard.filter(F.action == "account"), flags=staff)
async def show_account(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    reveal_payout_account: RevealPayoutAccount,
) -> None:
    """Show where to pay, to this person only; the view is audited."""
    account = await reveal_payout_account(caller, callback_data.payout_id)
    await acknowledge(query, account, alert=True)


@router.callback_query(PayoutCard.filter(F.action.in_({"reject", "returned"})), flags=staff)
async def ask_reason(
    query: CallbackQuery,
    callback_data: PayoutCard,
    language: Language,
    show_payout_card: ShowPayoutCard,
) -> None:
    """Ask for the reason of a rejection, or whether the bank really sent the money back."""
    view = await show_payout_card(callback_data.payout_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    ask = reasons_screen if callback_data.action == "reject" else returned_question
    await turn_to(query, ask(language, view))


@router.callback_query(PayoutCard.filter(F.action == "reason"), flags=staff)
async def ask_text(
    query: CallbackQuery, callback_data: PayoutCard, language: Language, state: FSMContext
) -> None:
    """Ask for words to the partner, which may be left out."""
    await state.set_state(StaffForm.reject_text)
    await state.set_data(
        {
            "payout_id": callback_data.payout_id,
            "reason": callback_data.reason,
            "prompt_id": query.message.message_id if query.message else 0,
        }
    )
    without = PayoutCard(
        action="reject_now", payout_id=callback_data.payout_id, reason=callback_data.reason
    )
    say = language.say
    rows = (
        (Button(say("❌ Reject without a note"), without),),
        (Button(say("⬅️ Back"), PayoutCard(action="card", payout_id=callback_data.payout_id)),),
    )
    text = lines(say("Reply to the next message with a note for the partner, or press a button."))
    await turn_to(query, Screen(text, rows))
    if isinstance(query.message, Message):
        question = say("{name}, what should the partner be told?", name=query.from_user.full_name)
        await answer(query.message, Screen(question, asks=str(say("Note for the partner"))))


@router.callback_query(PayoutCard.filter(F.action == "reject_now"), flags=staff)
async def reject_without_words(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
    state: FSMContext,
) -> None:
    """Reject with the coded reason alone."""
    await state.clear()
    decision = PayoutDecision(
        payout_id=callback_data.payout_id,
        move=PayoutMove.REJECT,
        reason_code=callback_data.reason,
    )
    view = await decide_payout(caller, decision)
    await turn_to(query, payout_card(language, view), note=language.say("✔️ Done"))


@router.message(StaffForm.reject_text, F.text, flags=staff)
async def reject_with_words(
    message: Message,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Reject with the coded reason and the words that were replied."""
    data = await state.get_data()
    decision = PayoutDecision(
        payout_id=int(data["payout_id"]),
        move=PayoutMove.REJECT,
        reason_code=str(data["reason"]),
        reason_text=(message.text or "")[:1000],
    )
    await state.clear()
    view = await decide_payout(caller, decision)
    card = payout_card(language, view)
    # The prompt was the card before it asked; the outbox mends it where this edit fails.
    with suppress(TelegramBadRequest):
        await bot.edit_message_text(
            card.text,
            chat_id=message.chat.id,
            message_id=int(data["prompt_id"]),
            reply_markup=card.inline(),
        )
    await answer(message, card)
