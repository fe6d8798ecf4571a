"""The home of deciding pay-outs in the admin chat."""

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.entities.payout import PayoutMove, PayoutStatus
from domain.entities.people import Caller
from domain.entities.queue import QueueKind
from domain.errors import DomainError
from domain.usecases.payouts.decide import DecidePayout, PayoutDecision
from domain.usecases.payouts.list_page import FindPayout, ListPayoutQueue
from domain.usecases.payouts.reveal_account import RevealPayoutAccount
from domain.usecases.payouts.show_card import ShowPayoutCard
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.payouts import payout_queue_screen
from handlers.ui.callbacks import OpenPage, PayoutCard, QueueCard, StaffOpen, place_of
from handlers.ui.language import Language
from handlers.ui.payout_card import payout_card
from handlers.ui.screen import Event, acknowledge, answer, show, turn_to

router = Router(name="staff.payouts")
staff = allow(Allowed.STAFF)
DECISIONS = {
    "approve": PayoutMove.APPROVE,
    "settle": PayoutMove.SETTLE,
    "reopen": PayoutMove.REOPEN,
}
QUEUES = {
    "payout_queue": None,
    QueueKind.PAYOUTS_NEW.value: PayoutStatus.REQUESTED,
    QueueKind.PAYOUTS_APPROVED.value: PayoutStatus.APPROVED,
}


@router.message(Command("payouts"), flags=staff)
@router.callback_query(StaffOpen.filter(F.screen == "payouts"), flags=staff)
@router.callback_query(OpenPage.filter(F.screen.in_(QUEUES)), flags=staff)
async def show_queue(
    event: Event,
    caller: Caller,
    language: Language,
    list_payout_queue: ListPayoutQueue,
    find_payout: FindPayout,
    callback_data: OpenPage | StaffOpen | None = None,
    command: CommandObject | None = None,
) -> None:
    """Show a page of the pay-outs that wait, or the one whose number follows the command."""
    if command is not None and command.args:
        await show(event, payout_card(language, await find_payout(caller, command.args)))
        return
    place = callback_data if isinstance(callback_data, OpenPage) else None
    name = place.screen if place else "payout_queue"
    page = await list_payout_queue(caller, place_of(place), status=QUEUES[name])
    await show(event, payout_queue_screen(language, page, name, caller.staff_role))


@router.callback_query(QueueCard.filter((F.action == "next") & F.kind.in_(QUEUES)), flags=staff)
async def show_next(
    query: CallbackQuery,
    callback_data: QueueCard,
    caller: Caller,
    language: Language,
    list_payout_queue: ListPayoutQueue,
    show_payout_card: ShowPayoutCard,
) -> None:
    """Show the card of the pay-out that waits longest, below the queue."""
    page = await list_payout_queue(caller, status=QUEUES[callback_data.kind])
    view = await show_payout_card(page.rows[0].payout.id) if page.rows else None
    if view is None:
        await acknowledge(query, language.say("✨ No pay-out waits for you."), alert=True)
        return
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, payout_card(language, view))


@router.callback_query(PayoutCard.filter(F.action.in_(DECISIONS)), flags=staff)
async def decide(
    query: CallbackQuery,
    callback_data: PayoutCard,
    caller: Caller,
    language: Language,
    decide_payout: DecidePayout,
    show_payout_card: ShowPayoutCard,
) -> None:
    """Carry out a press and show the card as it stands."""
    decision = PayoutDecision(
        payout_id=callback_data.payout_id, move=DECISIONS[callback_data.action]
    )
    try:
        view = await decide_payout(caller, decision)
    except DomainError as refusal:
        if refusal.code in STALE:
            await _renew(query, language, show_payout_card, callback_data.payout_id)
        raise
    await turn_to(query, payout_card(language, view), note=language.say("✔️ Done"))


STALE = frozenset({"payout_already_decided", "payout_not_reopened"})
"""Refusals that mean that the card shows yesterday's facts."""


async def _renew(
    query: CallbackQuery, language: Language, show_payout_card: ShowPayoutCard, payout_id: int
) -> None:
    """Bring an old card up to date; the press itself is answered by the refusal."""
    view = await show_payout_card(payout_id)
    if view is None or not isinstance(query.message, Message):
        return
    card = payout_card(language, view)
    try:
        await query.message.edit_text(card.text, reply_markup=card.inline())
    except TelegramBadRequest:
        return


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
