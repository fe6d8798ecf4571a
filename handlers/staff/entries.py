"""The home of payments and refunds entered by hand."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.payment import RefundKind
from domain.entities.people import Caller
from domain.usecases.payments.enter import EnterPayment, EnterRefund, UndoEntry
from domain.usecases.payments.find import FindPayer, FindPayment
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.entries import (
    currency_question,
    entered_screen,
    pay_question,
    payer_question,
    refund_amount_question,
    refund_question,
    undone_screen,
)
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import EntryCard, EntryForm, StaffOpen
from handlers.ui.language import Language
from handlers.ui.replies import is_answer
from handlers.ui.screen import answer, turn_to

router = Router(name="staff.entries")
staff = allow(Allowed.STAFF)
REFUND_KINDS = {
    "refund": RefundKind.REFUND,
    "chargeback": RefundKind.CHARGEBACK,
    "won": RefundKind.CHARGEBACK_WON,
    "chargeback_won": RefundKind.CHARGEBACK_WON,
}


def _request(message: Message) -> str:
    """Return a name of the message, so that the same one delivered again is the same entry."""
    return f"{message.chat.id}:{message.message_id}"


def _amount(words: list[str]) -> str:
    """Return an amount as it was typed: spaces between digits and a comma do no harm."""
    return "".join(words).replace(",", ".")


@router.message(Command("pay"), flags=staff)
@router.message(StaffForm.payment, F.text, is_answer, flags=staff)
async def pay(
    message: Message,
    caller: Caller,
    language: Language,
    enter_payment: EnterPayment,
    find_payer: FindPayer,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Record a payment, or ask for what is missing: the client, the amount, the currency."""
    known: dict[str, str] = {} if command else await state.get_data()
    words = ((command.args or "") if command else message.text or "").split()
    client_id = known.get("client_id") or (words.pop(0) if words else "")
    if not client_id:
        await ask(message, state, StaffForm.payment, pay_question(language))
        return
    # A number behind the currency is the rate into the program's one.
    has_rate = len(words) > 1 and words[-2].isalpha() and not words[-1].isalpha()
    rate = words.pop().replace(",", ".") if has_rate else ""
    currency = words.pop() if words and words[-1].isalpha() else ""
    amount = _amount(words) or known.get("amount", "")
    if amount and currency:
        entered = await enter_payment(
            caller,
            client_id=client_id,
            amount=amount,
            currency=currency,
            request=_request(message),
            exchange_rate=rate,
        )
        await state.clear()
        await answer(message, entered_screen(language, entered, is_refund=False))
        return
    client = await find_payer(caller, client_id)
    question = (
        currency_question(language, client, amount) if amount else payer_question(language, client)
    )
    await ask(
        message, state, StaffForm.payment, question, client_id=client.shown_id, amount=amount
    )


@router.callback_query(StaffOpen.filter(F.screen == "pay"), flags=staff)
@router.callback_query(EntryForm.filter(F.action == "pay"), flags=staff)
async def begin_payment(
    query: CallbackQuery,
    callback_data: StaffOpen | EntryForm,
    caller: Caller,
    language: Language,
    find_payer: FindPayer,
    state: FSMContext,
) -> None:
    """Begin the form of a payment: of a client whose card was open, or of any."""
    if isinstance(callback_data, StaffOpen):
        await ask(query, state, StaffForm.payment, pay_question(language))
        return
    client = await find_payer(caller, callback_data.id)
    question = payer_question(language, client)
    await ask(query, state, StaffForm.payment, question, client_id=client.shown_id)


@router.message(Command("refund"), flags=staff)
@router.message(StaffForm.refund, F.text, is_answer, flags=staff)
async def refund(
    message: Message,
    caller: Caller,
    language: Language,
    enter_refund: EnterRefund,
    find_payment: FindPayment,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Record a refund, or ask for what is missing: the payment, the amount."""
    known: dict[str, str] = {} if command else await state.get_data()
    words = ((command.args or "") if command else message.text or "").split()
    payment_id = known.get("payment_id") or (words.pop(0) if words else "")
    if not payment_id:
        await ask(message, state, StaffForm.refund, refund_question(language))
        return
    # Which way the money went may follow the amount; a currency there says nothing new.
    is_word = bool(words) and words[-1].replace("_", "").isalpha()
    kind = REFUND_KINDS.get(words.pop().lower() if is_word else "", RefundKind.REFUND)
    if not words:
        payment = await find_payment(caller, payment_id)
        question = refund_amount_question(language, payment)
        await ask(message, state, StaffForm.refund, question, payment_id=payment_id)
        return
    entered = await enter_refund(
        caller,
        payment_id=payment_id,
        amount=_amount(words),
        request=_request(message),
        kind=kind,
    )
    await state.clear()
    await answer(message, entered_screen(language, entered, is_refund=True, kind=kind))


@router.callback_query(StaffOpen.filter(F.screen == "refund"), flags=staff)
@router.callback_query(EntryForm.filter(F.action == "refund"), flags=staff)
async def begin_refund(
    query: CallbackQuery,
    callback_data: StaffOpen | EntryForm,
    caller: Caller,
    language: Language,
    find_payment: FindPayment,
    state: FSMContext,
) -> None:
    """Begin the form of a refund: of a payment that was shown, or of any."""
    if isinstance(callback_data, StaffOpen):
        await ask(query, state, StaffForm.refund, refund_question(language))
        return
    payment = await find_payment(caller, callback_data.id)
    question = refund_amount_question(language, payment)
    await ask(query, state, StaffForm.refund, question, payment_id=payment.payment_id)


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
