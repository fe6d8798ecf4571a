"""The home of marking a pay-out as done on another day than today."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.payout import PayoutMove
from domain.entities.people import Caller
from domain.usecases.payouts.decide import DecidePayout, PayoutDecision
from domain.usecases.payouts.paid_days import OfferPaidDays, read_paid_day
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask, put_in_place
from handlers.staff.screens.payout_days import days_screen
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import PaidDay, PayoutCard
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.payout_card import payout_card, payout_named
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Screen, answer, turn_to

router = Router(name="staff.payout_days")
staff = allow(Allowed.STAFF)


@router.callback_query(PayoutCard.filter(F.action == "days"), flags=staff)
async def offer_days(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    offer_paid_days: OfferPaidDays,
) -> None:
    """Ask on which day the bank sent the money."""
    offer = await offer_paid_days(caller, callback_data.payout_id)
    await turn_to(query, days_screen(language, offer))


@router.callback_query(PaidDay.filter(), flags=staff)
async def settle_on_day(
    query: CallbackQuery,
    callback_data: PaidDay,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
    offer_paid_days: OfferPaidDays,
) -> None:
    """Mark it as done on the day of the button."""
    offer = await offer_paid_days(caller, callback_data.payout_id)
    decision = PayoutDecision(
        payout_id=callback_data.payout_id,
        move=PayoutMove.SETTLE,
        paid_on=read_paid_day(callback_data.day, offer),
    )
    view = await decide_payout(caller, decision)
    await turn_to(query, payout_card(language, view), note=language.say("✔️ Done"))


@router.callback_query(PayoutCard.filter(F.action == "other_day"), flags=staff)
async def ask_day(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    offer_paid_days: OfferPaidDays,
    state: FSMContext,
) -> None:
    """Ask for the day by a reply."""
    offer = await offer_paid_days(caller, callback_data.payout_id)
    question = lines(
        payout_named(language, offer.view),
        language.say(
            "{name}, on which day did the bank send it? Reply with the date, for example "
            "21.11.2026",
            name=mentioned(query.from_user),
        ),
    )
    await ask(
        query,
        state,
        StaffForm.paid_day,
        Screen(question, asks="21.11.2026"),
        payout_id=callback_data.payout_id,
        prompt_id=query.message.message_id if query.message else 0,
    )


@router.message(StaffForm.paid_day, F.text, is_answer, flags=staff)
async def settle_on_typed_day(
    message: Message,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
    offer_paid_days: OfferPaidDays,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Mark it as done on the day that was replied; what is no possible day is asked again."""
    data = await state.get_data()
    payout_id = int(data["payout_id"])
    offer = await offer_paid_days(caller, payout_id)
    day = read_paid_day(message.text or "", offer)
    decision = PayoutDecision(payout_id=payout_id, move=PayoutMove.SETTLE, paid_on=day)
    view = await decide_payout(caller, decision)
    await state.clear()
    card = payout_card(language, view)
    await put_in_place(bot, message.chat.id, int(data["prompt_id"]), card)
    await answer(message, card)
