"""The home of issuing, refusing, confirming and cancelling invoices in the admin chat."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from domain.entities.invoice import InvoiceMove, InvoiceView
from domain.entities.people import Caller
from domain.programs.model import Program, Programs
from domain.usecases.invoices.confirm import ConfirmInvoice
from domain.usecases.invoices.decide import DecideInvoice, InvoiceDecision
from domain.usecases.invoices.desk import (
    PAGE_SIZE,
    ListInvoiceQueue,
    OfferIssue,
    PrepareInvoiceMove,
    ShowInvoiceCard,
)
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.invoices import queue_screen
from handlers.staff.states import InvoiceDeskForm
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_invoices import InvoiceCard
from handlers.ui.html import lines
from handlers.ui.invoice_card import (
    confirm_question,
    invoice_card,
    invoice_named,
    issue_question,
    not_received_question,
    words_question,
)
from handlers.ui.language import Language
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Event, Screen, acknowledge, answer, show, turn_to

router = Router(name="staff.invoices")
staff = allow(Allowed.STAFF)
_MOVES = {
    "reject": InvoiceMove.REJECT,
    "cancel": InvoiceMove.CANCEL,
    "not_received": InvoiceMove.NOT_RECEIVED,
    "confirm": InvoiceMove.CONFIRM,
}


@router.message(Command("invoices"), flags=staff)
@router.callback_query(OpenPage.filter(F.screen == "invoice_queue"), flags=staff)
async def show_queue(
    event: Event,
    caller: Caller,
    language: Language,
    list_invoice_queue: ListInvoiceQueue,
    callback_data: OpenPage | None = None,
) -> None:
    """Show a page of the invoices that wait."""
    place = callback_data.cursor() if callback_data else None
    views = await list_invoice_queue(caller, (place.at, place.id) if place else None)
    await show(event, queue_screen(language, views, PAGE_SIZE))


@router.callback_query(InvoiceCard.filter(F.action.in_({"open", "card"})), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: InvoiceCard,
    language: Language,
    programs: Programs,
    show_invoice_card: ShowInvoiceCard,
    state: FSMContext,
) -> None:
    """Show the card: in place, or below a list."""
    view = await show_invoice_card(callback_data.invoice_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    if callback_data.action == "card":
        await state.clear()
    screen = invoice_card(language, view, _terms(programs, view))
    if callback_data.action == "open" and isinstance(query.message, Message):
        await acknowledge(query)
        await answer(query.message, screen)
        return
    await turn_to(query, screen)


def _terms(programs: Programs, view: InvoiceView) -> Program | None:
    return programs.get(view.invoice.program or "")


@router.callback_query(InvoiceCard.filter(F.action == "issue"), flags=staff)
async def ask_number(
    query: CallbackQuery,
    callback_data: InvoiceCard,
    caller: Caller,
    language: Language,
    programs: Programs,
    offer_issue: OfferIssue,
    state: FSMContext,
) -> None:
    """Ask for number and day; both are proposed."""
    proposal = await offer_issue(caller, callback_data.invoice_id)
    await turn_to(query, issue_question(language, proposal, _terms(programs, proposal.view)))
    question = lines(
        invoice_named(language, proposal.view),
        language.say(
            "{name}, reply with the number, and the day if it is another one: {example}",
            name=mentioned(query.from_user),
            example=f"{proposal.number} {proposal.due_on.isoformat()}",
        ),
    )
    screen = Screen(question, asks=str(language.say("Number and day")))
    await _ask(query, state, InvoiceDeskForm.number, screen, callback_data)


async def _ask(
    query: CallbackQuery, state: FSMContext, form: State, question: Screen, press: InvoiceCard
) -> None:
    """Ask for a reply; the card that asked is remembered, to be mended by the answer."""
    await ask(
        query,
        state,
        form,
        question,
        invoice_id=press.invoice_id,
        action=press.action,
        prompt_id=query.message.message_id if query.message else 0,
    )


@router.callback_query(InvoiceCard.filter(F.action == "issue_now"), flags=staff)
async def issue_as_proposed(
    query: CallbackQuery,
    callback_data: InvoiceCard,
    caller: Caller,
    language: Language,
    programs: Programs,
    offer_issue: OfferIssue,
    decide_invoice: DecideInvoice,
    state: FSMContext,
) -> None:
    """Issue with the next number and the usual day."""
    await state.clear()
    proposal = await offer_issue(caller, callback_data.invoice_id)
    decision = InvoiceDecision(
        invoice_id=callback_data.invoice_id,
        move=InvoiceMove.ISSUE,
        number=proposal.number,
        due_on=proposal.due_on,
    )
    await _decide_and_show(query, caller, language, programs, decide_invoice, decision)


async def _decide_and_show(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    programs: Programs,
    decide: Callable[[Caller, InvoiceDecision], Awaitable[InvoiceView]],
    decision: InvoiceDecision,
) -> None:
    view = await decide(caller, decision)
    card = invoice_card(language, view, _terms(programs, view))
    await turn_to(query, card, note=language.say("✔️ Done"))


@router.message(InvoiceDeskForm.number, F.text, is_answer, flags=staff)
async def take_number(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    offer_issue: OfferIssue,
    decide_invoice: DecideInvoice,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Issue with the number and the day that were replied; a wrong one is asked again."""
    data = await state.get_data()
    proposal = await offer_issue(caller, int(data["invoice_id"]))
    number, due_on = offer_issue.read(proposal, message.text or "")
    decision = InvoiceDecision(
        invoice_id=proposal.view.invoice.id, move=InvoiceMove.ISSUE, number=number, due_on=due_on
    )
    view = await decide_invoice(caller, decision)
    await state.clear()
    await _mend(message, bot, data, invoice_card(language, view, _terms(programs, view)))


async def _mend(message: Message, bot: Bot, data: dict[str, object], card: Screen) -> None:
    """Put the card where it asked, and below the reply."""
    # The prompt was the card before it asked; the outbox mends it where this edit fails.
    with suppress(TelegramBadRequest):
        await bot.edit_message_text(
            card.text,
            chat_id=message.chat.id,
            message_id=int(str(data["prompt_id"])),
            reply_markup=card.inline(),
        )
    await answer(message, card)


@router.callback_query(InvoiceCard.filter(F.action.in_({"reject", "cancel"})), flags=staff)
async def ask_words(
    query: CallbackQuery,
    callback_data: InvoiceCard,
    caller: Caller,
    language: Language,
    programs: Programs,
    prepare_invoice_move: PrepareInvoiceMove,
    state: FSMContext,
) -> None:
    """Ask for words to the partner; who may not decide is told before any question."""
    move = _MOVES[callback_data.action]
    view = await prepare_invoice_move(caller, callback_data.invoice_id, move)
    terms = _terms(programs, view)
    await turn_to(query, words_question(language, view, terms, callback_data.action))
    question = lines(
        invoice_named(language, view),
        language.say("{name}, what should the partner be told?", name=mentioned(query.from_user)),
    )
    screen = Screen(question, asks=str(language.say("Words")))
    await _ask(query, state, InvoiceDeskForm.words, screen, callback_data)


@router.message(InvoiceDeskForm.words, F.text, is_answer, flags=staff)
async def take_words(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    decide_invoice: DecideInvoice,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Refuse or cancel with the words that were replied."""
    data = await state.get_data()
    decision = InvoiceDecision(
        invoice_id=int(data["invoice_id"]),
        move=_MOVES[str(data["action"])],
        reason_text=message.text or "",
    )
    view = await decide_invoice(caller, decision)
    await state.clear()
    await _mend(message, bot, data, invoice_card(language, view, _terms(programs, view)))


@router.callback_query(InvoiceCard.filter(F.action.in_({"confirm", "not_received"})), flags=staff)
async def ask_money(
    query: CallbackQuery,
    callback_data: InvoiceCard,
    caller: Caller,
    language: Language,
    programs: Programs,
    prepare_invoice_move: PrepareInvoiceMove,
) -> None:
    """Ask once more before a payment is recorded, or the partner is asked again."""
    move = _MOVES[callback_data.action]
    view = await prepare_invoice_move(caller, callback_data.invoice_id, move)
    question = confirm_question if move is InvoiceMove.CONFIRM else not_received_question
    await turn_to(query, question(language, view, _terms(programs, view)))


@router.callback_query(InvoiceCard.filter(F.action == "not_received_now"), flags=staff)
async def ask_again(
    query: CallbackQuery,
    callback_data: InvoiceCard,
    caller: Caller,
    language: Language,
    programs: Programs,
    decide_invoice: DecideInvoice,
) -> None:
    """Tell the partner that nothing has come."""
    decision = InvoiceDecision(invoice_id=callback_data.invoice_id, move=InvoiceMove.NOT_RECEIVED)
    await _decide_and_show(query, caller, language, programs, decide_invoice, decision)


@router.callback_query(InvoiceCard.filter(F.action == "confirm_now"), flags=staff)
async def confirm(
    query: CallbackQuery,
    callback_data: InvoiceCard,
    caller: Caller,
    language: Language,
    programs: Programs,
    confirm_invoice: ConfirmInvoice,
) -> None:
    """Record the payment."""
    view = await confirm_invoice(caller, callback_data.invoice_id)
    card = invoice_card(language, view, _terms(programs, view))
    await turn_to(query, card, note=language.say("✔️ Done"))
