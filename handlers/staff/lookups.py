"""The home of what staff look up: queue, parked events, partners, clients, books, help."""

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from domain.entities.event import EventShelf
from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.books.audit import AuditBooks
from domain.usecases.claims.list_page import ListClaims
from domain.usecases.clients.find import FindClient
from domain.usecases.events.listing import CountEvents, ListEvents
from domain.usecases.fraud.list_page import ListFraudHolds
from domain.usecases.notices.lost import ListLostNotices
from domain.usecases.outbound.undelivered import ShowOutbound
from domain.usecases.partners.find import FindPartner
from domain.usecases.payouts.list_page import ListPayoutQueue
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.claims import claim_buttons, hold_buttons
from handlers.staff.screens.events import event_rows
from handlers.staff.screens.outbound import outbound_rows
from handlers.staff.screens.queue import queue_screen, staff_help
from handlers.staff.screens.views import books_screen, client_screen, partner_screen
from handlers.staff.states import StaffForm
from handlers.ui.language import Language
from handlers.ui.screen import Screen, answer

Clock = Callable[[], datetime]
router = Router(name="staff.lookups")
staff = allow(Allowed.STAFF)
SHOWN_MAX = 5
"""How many checks and claims stand in the queue; /claims lists them all."""


@router.message(Command("queue"), flags=staff)
async def show_queue(
    message: Message,
    caller: Caller,
    language: Language,
    list_payout_queue: ListPayoutQueue,
    count_events: CountEvents,
    list_events: ListEvents,
    show_outbound: ShowOutbound,
    list_lost_notices: ListLostNotices,
    list_claims: ListClaims,
    list_fraud_holds: ListFraudHolds,
    clock: Clock,
) -> None:
    """Show what waits for staff."""
    payouts = await list_payout_queue(caller)
    counts = await count_events(caller)
    parked = await list_events(caller, EventShelf.FOR_STAFF)
    webhooks = await show_outbound(caller)
    lost = await list_lost_notices(caller)
    more = (
        *hold_buttons(language, (await list_fraud_holds(caller))[:SHOWN_MAX]),
        *claim_buttons(language, (await list_claims(caller))[:SHOWN_MAX], clock()),
        *event_rows(language, counts),
        *outbound_rows(language, webhooks, lost),
    )
    await answer(message, queue_screen(language, payouts, parked.rows, counts, more))


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
