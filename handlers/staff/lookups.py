"""The home of what staff look up: queue, parked events, partners, clients, books, help."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.event import EventRecord
from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.books.audit import AuditBooks
from domain.usecases.clients.find import FindClient
from domain.usecases.events.parked import PAGE_SIZE, ListParked, RerunEvent
from domain.usecases.partners.find import FindPartner
from domain.usecases.payouts.list_page import ListPayoutQueue
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.queue import digest_of, parked_screen, queue_screen, staff_help
from handlers.staff.screens.views import books_screen, client_screen, partner_screen
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import ParkedCard
from handlers.ui.html import code, sentence
from handlers.ui.language import Language
from handlers.ui.marks import event_problem
from handlers.ui.screen import Screen, acknowledge, answer, turn_to

router = Router(name="staff.lookups")
staff = allow(Allowed.STAFF)


@router.message(Command("queue"), flags=staff)
async def show_queue(
    message: Message,
    caller: Caller,
    language: Language,
    list_payout_queue: ListPayoutQueue,
    list_parked: ListParked,
) -> None:
    """Show what waits for staff."""
    payouts = await list_payout_queue(caller)
    parked = await list_parked(caller)
    await answer(message, queue_screen(language, payouts, parked, PAGE_SIZE))


@router.callback_query(ParkedCard.filter(F.action == "show"), flags=staff)
async def show_parked(
    query: CallbackQuery,
    callback_data: ParkedCard,
    caller: Caller,
    language: Language,
    list_parked: ListParked,
) -> None:
    """Show a parked event."""
    record = await _find(caller, callback_data, list_parked)
    if record is None:
        await acknowledge(query, language.say("This event is not waiting any more."), alert=True)
        return
    await turn_to(query, parked_screen(language, record))


@router.callback_query(ParkedCard.filter(F.action == "run"), flags=staff)
async def run_parked(
    query: CallbackQuery,
    callback_data: ParkedCard,
    caller: Caller,
    language: Language,
    list_parked: ListParked,
    rerun_event: RerunEvent,
) -> None:
    """Run a parked event again."""
    record = await _find(caller, callback_data, list_parked)
    if record is None:
        await acknowledge(query, language.say("This event is not waiting any more."), alert=True)
        return
    result = await rerun_event(caller, record.id)
    if result.error is not None:
        problem = event_problem(language, result.error.code)
        await acknowledge(query, sentence(problem), alert=True)
        return
    text = language.say("✅ Event {id} was applied.", id=code(record.id))
    await turn_to(query, Screen(text))


async def _find(
    caller: Caller, callback_data: ParkedCard, list_parked: ListParked
) -> EventRecord | None:
    """Return the parked event that a button names, walking the pages of them."""
    after = ""
    while page := await list_parked(caller, after):
        for record in page:
            if digest_of(record.id) == callback_data.digest:
                return record
        if len(page) <= PAGE_SIZE:
            break
        after = page[-1].id
    return None


@router.message(Command("partner"), flags=staff)
async def show_partner(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    programs: Programs,
    find_partner: FindPartner,
    state: FSMContext,
) -> None:
    """Show a partner by its code."""
    if not command.args:
        await state.set_state(StaffForm.partner)
        question = language.say("Reply with the partner’s code.")
        await answer(message, Screen(question, asks=str(language.say("Code"))))
        return
    view = await find_partner(caller, command.args.strip())
    program = programs.get(view.enrolment.program)
    await answer(message, partner_screen(language, view, program))


@router.message(StaffForm.partner, F.text, flags=staff)
async def partner_by_reply(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    find_partner: FindPartner,
    state: FSMContext,
) -> None:
    """Show a partner from a reply."""
    view = await find_partner(caller, (message.text or "").strip())
    await state.clear()
    program = programs.get(view.enrolment.program)
    await answer(message, partner_screen(language, view, program))


@router.message(Command("client"), flags=staff)
async def show_client(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    find_client: FindClient,
    state: FSMContext,
) -> None:
    """Show a client by any of its ids."""
    if not command.args:
        await state.set_state(StaffForm.client)
        question = language.say("Reply with the client’s ID.")
        await answer(message, Screen(question, asks=str(language.say("Client ID"))))
        return
    view, is_masked = await find_client(caller, command.args.strip())
    await answer(message, client_screen(language, view, is_masked=is_masked))


@router.message(StaffForm.client, F.text, flags=staff)
async def client_by_reply(
    message: Message,
    caller: Caller,
    language: Language,
    find_client: FindClient,
    state: FSMContext,
) -> None:
    """Show a client from a reply."""
    view, is_masked = await find_client(caller, (message.text or "").strip())
    await state.clear()
    await answer(message, client_screen(language, view, is_masked=is_masked))


@router.message(Command("books"), flags=staff)
async def audit(
    message: Message, caller: Caller, language: Language, audit_books: AuditBooks
) -> None:
    """Audit every balance by the second path."""
    findings = await audit_books(caller)
    rows = [(f.check, f.subject, f.expected, f.found) for f in findings]
    await answer(message, books_screen(language, rows))


@router.message(Command("help", "start", "menu"), flags=staff)
async def show_help(message: Message, caller: Caller, language: Language) -> None:
    """Show what staff can do."""
    await answer(message, staff_help(language, caller.staff_role))
