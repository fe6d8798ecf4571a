"""The home of a partner's invoices: the list, one of them, and what the partner does with it."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.invoices.own import ListInvoices, MoveOwnInvoice
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.invoices import (
    invoice_screen,
    invoices_screen,
    paid_question,
    withdraw_question,
)
from handlers.partner.states import InvoicePaidForm
from handlers.ui.callbacks import Open, OpenPage, place_of
from handlers.ui.callbacks_invoices import OwnInvoice
from handlers.ui.language import Language
from handlers.ui.screen import Event, answer, show, turn_to

router = Router(name="partner.invoices")
anyone = allow(Allowed.ANYONE)


@router.message(Command("invoices"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "invoices"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == "invoices"), flags=anyone)
async def show_invoices(
    event: Event,
    caller: Caller,
    language: Language,
    list_invoices: ListInvoices,
    callback_data: Open | OpenPage | None = None,
) -> None:
    """Show a page of the partner's invoices."""
    before = place_of(callback_data)
    page, program = await list_invoices(caller, before)
    await show(event, invoices_screen(language, page, program, is_first=before is None))


@router.callback_query(OwnInvoice.filter(F.action == "open"), flags=anyone)
async def show_invoice(
    query: CallbackQuery,
    callback_data: OwnInvoice,
    caller: Caller,
    language: Language,
    list_invoices: ListInvoices,
    state: FSMContext,
) -> None:
    """Show one invoice; a question about its payment is over by that."""
    view, program = await list_invoices.one(caller, callback_data.invoice_id)
    if await state.get_state() == InvoicePaidForm.reference.state:
        await state.clear()
    await turn_to(query, invoice_screen(language, view, program))


@router.callback_query(OwnInvoice.filter(F.action == "ask_withdraw"), flags=anyone)
async def ask_withdraw(
    query: CallbackQuery,
    callback_data: OwnInvoice,
    caller: Caller,
    language: Language,
    list_invoices: ListInvoices,
) -> None:
    """Ask before a request is taken back."""
    view, _ = await list_invoices.one(caller, callback_data.invoice_id)
    await turn_to(query, withdraw_question(language, view))


@router.callback_query(OwnInvoice.filter(F.action == "withdraw"), flags=anyone)
async def withdraw(
    query: CallbackQuery,
    callback_data: OwnInvoice,
    caller: Caller,
    language: Language,
    move_own_invoice: MoveOwnInvoice,
    list_invoices: ListInvoices,
) -> None:
    """Take the request back."""
    invoice = await move_own_invoice.withdraw(caller, callback_data.invoice_id)
    view, program = await list_invoices.one(caller, invoice.id)
    await turn_to(query, invoice_screen(language, view, program), note=language.say("✔️ Done"))


@router.callback_query(OwnInvoice.filter(F.action == "paid"), flags=anyone)
async def ask_paid(
    query: CallbackQuery,
    callback_data: OwnInvoice,
    caller: Caller,
    language: Language,
    list_invoices: ListInvoices,
    state: FSMContext,
) -> None:
    """Ask for a word about the transfer, which may be left out."""
    view, _ = await list_invoices.one(caller, callback_data.invoice_id)
    await state.set_state(InvoicePaidForm.reference)
    await state.set_data({"invoice_id": view.invoice.id})
    await turn_to(query, paid_question(language, view))


@router.callback_query(OwnInvoice.filter(F.action == "paid_now"), flags=anyone)
async def paid_without_words(
    query: CallbackQuery,
    callback_data: OwnInvoice,
    caller: Caller,
    language: Language,
    move_own_invoice: MoveOwnInvoice,
    list_invoices: ListInvoices,
    state: FSMContext,
) -> None:
    """Say that the invoice is paid."""
    await state.clear()
    await move_own_invoice.tell_paid(caller, callback_data.invoice_id)
    view, program = await list_invoices.one(caller, callback_data.invoice_id)
    note = language.say("✔️ The vendor is told")
    await turn_to(query, invoice_screen(language, view, program), note=note)


@router.message(InvoicePaidForm.reference, F.text, flags=anyone)
async def paid_with_words(
    message: Message,
    caller: Caller,
    language: Language,
    move_own_invoice: MoveOwnInvoice,
    list_invoices: ListInvoices,
    state: FSMContext,
) -> None:
    """Say that the invoice is paid, with a word about the transfer."""
    invoice_id = int((await state.get_data())["invoice_id"])
    await move_own_invoice.tell_paid(caller, invoice_id, message.text or "")
    await state.clear()
    view, program = await list_invoices.one(caller, invoice_id)
    await answer(message, invoice_screen(language, view, program))
