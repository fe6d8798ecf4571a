"""The home of payments and refunds entered by hand."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.payment import RefundKind
from domain.entities.people import Caller
from domain.usecases.payments.enter import EnterPayment, EnterRefund, UndoEntry
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.entries import entered_screen, undone_screen
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import EntryCard
from handlers.ui.language import Language
from handlers.ui.screen import Screen, answer, turn_to

router = Router(name="staff.entries")
staff = allow(Allowed.STAFF)
PAYMENT_WORDS = 3
REFUND_WORDS = 2
REFUND_KINDS = {
    "refund": RefundKind.REFUND,
    "chargeback": RefundKind.CHARGEBACK,
    "won": RefundKind.CHARGEBACK_WON,
    "chargeback_won": RefundKind.CHARGEBACK_WON,
}


def _is_refund(words: list[str]) -> bool:
    """Test if the words are a payment, an amount, and maybe which way the money went."""
    kinds = words[REFUND_WORDS:]
    return len(words) >= REFUND_WORDS and len(kinds) <= 1 and set(kinds) <= REFUND_KINDS.keys()


def _request(message: Message) -> str:
    """Return a name of the message, so that the same one delivered again is the same entry."""
    return f"{message.chat.id}:{message.message_id}"


@router.message(Command("pay"), flags=staff)
async def pay(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    enter_payment: EnterPayment,
    state: FSMContext,
) -> None:
    """Record a payment, or ask for what is missing."""
    words = (command.args or "").split()
    if len(words) != PAYMENT_WORDS:
        await state.set_state(StaffForm.payment)
        question = language.say(
            "Reply with the client’s ID, the amount and the currency, for example:\n"
            "<code>bot-7k3m9p2q 100.00 USD</code>"
        )
        await answer(message, Screen(question, asks="bot-7k3m9p2q 100.00 USD"))
        return
    await _pay(message, words, caller, language, enter_payment)


@router.message(StaffForm.payment, F.text, flags=staff)
async def pay_by_reply(
    message: Message,
    caller: Caller,
    language: Language,
    enter_payment: EnterPayment,
    state: FSMContext,
) -> None:
    """Record a payment from a reply."""
    words = (message.text or "").split()
    if len(words) != PAYMENT_WORDS:
        text = language.say("Please send three things: client, amount, currency.")
        await answer(message, Screen(text, asks="bot-7k3m9p2q 100.00 USD"))
        return
    await _pay(message, words, caller, language, enter_payment)
    await state.clear()


async def _pay(
    message: Message,
    words: list[str],
    caller: Caller,
    language: Language,
    enter_payment: EnterPayment,
) -> None:
    client_id, amount, currency = words
    entered = await enter_payment(
        caller,
        client_id=client_id,
        amount=amount.replace(",", "."),
        currency=currency,
        request=_request(message),
    )
    await answer(message, entered_screen(language, entered, is_refund=False))


@router.message(Command("refund"), flags=staff)
async def refund(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    enter_refund: EnterRefund,
    state: FSMContext,
) -> None:
    """Record a refund, or ask for what is missing."""
    words = (command.args or "").split()
    if not _is_refund(words):
        await state.set_state(StaffForm.refund)
        question = language.say(
            "Reply with the payment’s ID and the amount. Add <code>chargeback</code> if the "
            "client’s bank took the money, or <code>won</code> if you won it back."
        )
        await answer(message, Screen(question, asks="staff-7k3m9p2q 25.00"))
        return
    await _refund(message, words, caller, language, enter_refund)


@router.message(StaffForm.refund, F.text, flags=staff)
async def refund_by_reply(
    message: Message,
    caller: Caller,
    language: Language,
    enter_refund: EnterRefund,
    state: FSMContext,
) -> None:
    """Record a refund from a reply."""
    words = (message.text or "").split()
    if not _is_refund(words):
        text = language.say(
            "Please send a payment and an amount, and maybe <code>chargeback</code> or "
            "<code>won</code>."
        )
        await answer(message, Screen(text, asks="staff-7k3m9p2q 25.00"))
        return
    await _refund(message, words, caller, language, enter_refund)
    await state.clear()


async def _refund(
    message: Message,
    words: list[str],
    caller: Caller,
    language: Language,
    enter_refund: EnterRefund,
) -> None:
    payment_id, amount, *kinds = words
    kind = REFUND_KINDS[kinds[0]] if kinds else RefundKind.REFUND
    entered = await enter_refund(
        caller,
        payment_id=payment_id,
        amount=amount.replace(",", "."),
        request=_request(message),
        kind=kind,
    )
    await answer(message, entered_screen(language, entered, is_refund=True, kind=kind))


@router.callback_query(EntryCard.filter(F.action == "undo"), flags=staff)
async def undo(
    query: CallbackQuery,
    callback_data: EntryCard,
    caller: Caller,
    language: Language,
    undo_entry: UndoEntry,
) -> None:
    """Take an entry back by an opposite one."""
    entered = await undo_entry(caller, callback_data.entry_id)
    await turn_to(query, undone_screen(language, entered), note=language.say("✔️ Done"))
