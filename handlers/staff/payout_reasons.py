"""The home of ending a pay-out for a reason: rejected by staff, or sent back by the bank."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.payout import PayoutMove
from domain.entities.people import Caller
from domain.usecases.payouts.decide import DecidePayout, PayoutDecision
from domain.usecases.payouts.prepare import PreparePayoutDecision
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask, put_in_place
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import PayoutCard
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.payout_card import (
    payout_card,
    payout_named,
    reasons_screen,
    returned_question,
)
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Button, Screen, answer, turn_to

router = Router(name="staff.payout_reasons")
staff = allow(Allowed.STAFF)
WHY = {"reject": PayoutMove.REJECT, "returned": PayoutMove.BRING_BACK}
"""The press that begins each move."""
ASKS = {"reason": PayoutMove.REJECT, "return_why": PayoutMove.BRING_BACK}
"""The press that names the reason of each move."""
AT_ONCE = {"reject_now": PayoutMove.REJECT, "return_now": PayoutMove.BRING_BACK}
"""The press that leaves the words to the partner out."""


@router.callback_query(PayoutCard.filter(F.action.in_(WHY)), flags=staff)
async def ask_reason(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    prepare_payout_decision: PreparePayoutDecision,
) -> None:
    """Ask why it is rejected, or why the bank sent the money back."""
    move = WHY[callback_data.action]
    view = await prepare_payout_decision(caller, callback_data.payout_id, move)
    asked = reasons_screen if move is PayoutMove.REJECT else returned_question
    await turn_to(query, asked(language, view))


@router.callback_query(PayoutCard.filter(F.action.in_(ASKS)), flags=staff)
async def ask_text(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    prepare_payout_decision: PreparePayoutDecision,
    state: FSMContext,
) -> None:
    """Ask for words to the partner, which may be left out."""
    move = ASKS[callback_data.action]
    view = await prepare_payout_decision(caller, callback_data.payout_id, move)
    now = next(name for name, other in AT_ONCE.items() if other is move)
    without = PayoutCard(
        action=now, payout_id=callback_data.payout_id, reason=callback_data.reason
    )
    say = language.say
    label = (
        say("❌ Reject without a note")
        if move is PayoutMove.REJECT
        else say("↩️ Returned, without a note")
    )
    rows = (
        (Button(label, without),),
        (Button(say("⬅️ Back"), PayoutCard(action="card", payout_id=callback_data.payout_id)),),
    )
    text = lines(say("Reply to the next message with a note for the partner, or press a button."))
    await turn_to(query, Screen(text, rows))
    question = lines(
        payout_named(language, view),
        say("{name}, what should the partner be told?", name=mentioned(query.from_user)),
    )
    await ask(
        query,
        state,
        StaffForm.reason_text,
        Screen(question, asks=str(say("Note for the partner"))),
        payout_id=callback_data.payout_id,
        move=move.value,
        reason=callback_data.reason,
        prompt_id=query.message.message_id if query.message else 0,
    )


@router.callback_query(PayoutCard.filter(F.action.in_(AT_ONCE)), flags=staff)
async def end_without_words(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
    state: FSMContext,
) -> None:
    """End it with the coded reason alone."""
    await state.clear()
    decision = PayoutDecision(
        payout_id=callback_data.payout_id,
        move=AT_ONCE[callback_data.action],
        reason_code=callback_data.reason,
    )
    view = await decide_payout(caller, decision)
    await turn_to(query, payout_card(language, view), note=language.say("✔️ Done"))


@router.message(StaffForm.reason_text, F.text, is_answer, flags=staff)
async def end_with_words(
    message: Message,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
    state: FSMContext,
    bot: Bot,
) -> None:
    """End it with the coded reason and the words that were replied."""
    data = await state.get_data()
    decision = PayoutDecision(
        payout_id=int(data["payout_id"]),
        move=PayoutMove(data["move"]),
        reason_code=str(data["reason"]),
        reason_text=message.text or "",
    )
    await state.clear()
    view = await decide_payout(caller, decision)
    card = payout_card(language, view)
    await put_in_place(bot, message.chat.id, int(data["prompt_id"]), card)
    await answer(message, card)
