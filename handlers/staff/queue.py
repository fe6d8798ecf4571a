"""The home of what waits for staff, by kind."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from domain.entities.people import Caller
from domain.entities.queue import QueueKind
from domain.usecases.fraud.list_page import PAGE_SIZE, ListFraudHolds
from domain.usecases.outbound.undelivered import ShowOutbound
from domain.usecases.staff.queue import ShowQueue
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.claims import hold_buttons
from handlers.staff.screens.outbound import stopped_row
from handlers.staff.screens.queue import queue_screen, to_queue
from handlers.ui.callbacks import QueueCard, StaffOpen
from handlers.ui.language import Language
from handlers.ui.screen import Button, Event, Screen, show, turn_to

router = Router(name="staff.queue")
staff = allow(Allowed.STAFF)
HOLDS = QueueKind.FRAUD_HOLDS.value


@router.message(Command("queue"), flags=staff)
@router.callback_query(StaffOpen.filter(F.screen == "queue"), flags=staff)
async def show_the_queue(
    event: Event,
    caller: Caller,
    language: Language,
    show_queue: ShowQueue,
    show_outbound: ShowOutbound,
) -> None:
    """Show what waits for staff, by kind, and whether webhooks have stopped."""
    queue, webhooks = await show_queue(caller), await show_outbound(caller)
    stopped = stopped_row(language, webhooks) if webhooks.is_stopped else ()
    await show(event, queue_screen(language, queue, stopped))


@router.callback_query(QueueCard.filter((F.action == "list") & (F.kind == HOLDS)), flags=staff)
async def show_holds(
    query: CallbackQuery,
    callback_data: QueueCard,
    caller: Caller,
    language: Language,
    list_fraud_holds: ListFraudHolds,
) -> None:
    """Show a page of the checks for fraud that wait."""
    views = await list_fraud_holds(caller, callback_data.after)
    rows = hold_buttons(language, views[:PAGE_SIZE])
    if len(views) > PAGE_SIZE:
        last = views[PAGE_SIZE - 1].hold.id
        more = QueueCard(action="list", kind=HOLDS, after=last)
        rows = (*rows, (Button(language.say("More ▶️"), more),))
    text = (
        language.say("🛡 <b>Checks for fraud</b>\nThe longest waiting come first.")
        if views
        else language.say("✨ Nothing waits for you.")
    )
    await turn_to(query, Screen(text, (*rows, to_queue(language))))
