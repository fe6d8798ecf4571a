"""The home of events that took no effect, and of webhooks and messages that did not arrive."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from domain.entities.event import EventPlace, EventShelf, EventStatus, short_digest
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import Programs
from domain.usecases.events.listing import EventCard, ListEvents, ShowEvent
from domain.usecases.events.mapping import DropEvent, MapCategory
from domain.usecases.events.parked import RerunEvent
from domain.usecases.notices.lost import ListLostNotices, SettleLostNotices
from domain.usecases.outbound.undelivered import RetryOutbound, ShowOutbound
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.events import (
    choices_screen,
    drop_question,
    event_screen,
    events_screen,
    map_question,
)
from handlers.staff.screens.outbound import lost_screen, outbound_screen
from handlers.ui.html import code, lines, sentence
from handlers.ui.language import Language
from handlers.ui.marks import event_problem
from handlers.ui.screen import Screen, acknowledge, answer, turn_to
from handlers.ui.vendor_callbacks import EventById, EventList, EventPress, LostPress, OutboundPress

router = Router(name="staff.vendor")
staff = allow(Allowed.STAFF)


@router.callback_query(EventList.filter(), flags=staff)
async def show_events(
    query: CallbackQuery,
    callback_data: EventList,
    caller: Caller,
    language: Language,
    list_events: ListEvents,
) -> None:
    """Show a page of events without effect."""
    known = {shelf.value: shelf for shelf in EventShelf}
    shelf = known.get(callback_data.shelf, EventShelf.FOR_STAFF)
    page = await list_events(caller, shelf, callback_data.place)
    await turn_to(query, events_screen(language, shelf, page))


@router.message(Command("event"), flags=staff)
async def find_event(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    show_event: ShowEvent,
) -> None:
    """Show any event by the id that billing gave it."""
    if not command.args:
        text = language.say("Send /event and the ID, for example: <code>/event evt_42</code>")
        await answer(message, Screen(text))
        return
    card = await show_event(caller, command.args.strip())
    await answer(message, event_screen(language, card, caller.staff_role))


@router.callback_query(EventById.filter(), flags=staff)
async def open_event(
    query: CallbackQuery,
    callback_data: EventById,
    caller: Caller,
    language: Language,
    show_event: ShowEvent,
) -> None:
    """Show the event that a notice is about."""
    card = await show_event(caller, callback_data.id)
    await turn_to(query, event_screen(language, card, caller.staff_role))


@router.callback_query(EventPress.filter(F.action == "show"), flags=staff)
@router.callback_query(EventPress.filter(F.action == "choose"), flags=staff)
@router.callback_query(EventPress.filter(F.action == "drop"), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: EventPress,
    caller: Caller,
    language: Language,
    show_event: ShowEvent,
) -> None:
    """Show an event, what it can be mapped to, or the question before it is dropped."""
    card = await _card(query, callback_data, caller, language, show_event)
    if card is None:
        return
    if callback_data.action == "choose" and card.choices:
        await turn_to(query, choices_screen(language, card))
    elif callback_data.action == "drop" and card.record.status is EventStatus.PARKED:
        await turn_to(query, drop_question(language, card))
    else:
        await turn_to(query, event_screen(language, card, caller.staff_role))


@router.callback_query(EventPress.filter(F.action == "run"), flags=staff)
async def run_again(
    query: CallbackQuery,
    callback_data: EventPress,
    caller: Caller,
    language: Language,
    show_event: ShowEvent,
    rerun_event: RerunEvent,
) -> None:
    """Run a parked event again."""
    card = await _card(query, callback_data, caller, language, show_event)
    if card is None:
        return
    result = await rerun_event(caller, card.record.id)
    if result.error is not None:
        problem = event_problem(language, result.error.code)
        await acknowledge(query, sentence(problem), alert=True)
        return
    text = language.say("✅ Event {id} was applied.", id=code(card.record.id))
    await turn_to(query, Screen(text))


@router.callback_query(EventPress.filter(F.action == "map"), flags=staff)
async def ask_to_map(
    query: CallbackQuery,
    callback_data: EventPress,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_event: ShowEvent,
) -> None:
    """Ask once more before a category counts as another one, for every later payment."""
    card = await _card(query, callback_data, caller, language, show_event)
    if card is None:
        return
    chosen = _picked(card, callback_data)
    if chosen is None:
        await turn_to(query, event_screen(language, card, caller.staff_role))
        return
    await turn_to(query, map_question(language, card, chosen, programs.get(card.program)))


def _picked(card: EventCard, press: EventPress) -> str | None:
    """Return which category a button means, if it can be chosen still."""
    picked = press.pick or "?"
    return next((one for one in card.choices if short_digest(one).startswith(picked)), None)


@router.callback_query(EventPress.filter(F.action == "mapped"), flags=staff)
async def map_category(
    query: CallbackQuery,
    callback_data: EventPress,
    caller: Caller,
    language: Language,
    show_event: ShowEvent,
    map_category: MapCategory,
) -> None:
    """Let a category count as the one that was chosen."""
    card = await _card(query, callback_data, caller, language, show_event)
    if card is None:
        return
    chosen = _picked(card, callback_data)
    if chosen is None:
        await turn_to(query, event_screen(language, card, caller.staff_role))
        return
    mapped = await map_category(caller, card.record.id, chosen)
    text = lines(
        language.say(
            "🏷 {category} counts as {counts_as} from now on.",
            category=code(mapped.category or "—"),
            counts_as=code(mapped.counts_as),
        ),
        language.say_many(
            "{count} parked payment was applied.",
            "{count} parked payments were applied.",
            mapped.applied,
        ),
    )
    await turn_to(query, Screen(text))


@router.callback_query(EventPress.filter(F.action == "dropped"), flags=staff)
async def drop(
    query: CallbackQuery,
    callback_data: EventPress,
    caller: Caller,
    language: Language,
    show_event: ShowEvent,
    drop_event: DropEvent,
) -> None:
    """Drop a parked event for good."""
    card = await _card(query, callback_data, caller, language, show_event)
    if card is not None:
        await drop_event(caller, card.record.id)
        text = language.say("🗑 Event {id} was dropped.", id=code(card.record.id))
        await turn_to(query, Screen(text))


async def _card(
    query: CallbackQuery,
    press: EventPress,
    caller: Caller,
    language: Language,
    show_event: ShowEvent,
) -> EventCard | None:
    """Return the event that a button names, or tell that it waits no more."""
    place: EventPlace | None = press.place
    try:
        return await show_event(caller, place) if place else None
    except NotFound:
        await acknowledge(query, language.say("This event is not waiting any more."), alert=True)
        return None


@router.callback_query(OutboundPress.filter(F.action == "show"), flags=staff)
async def show_webhooks(
    query: CallbackQuery,
    callback_data: OutboundPress,
    caller: Caller,
    language: Language,
    show_outbound: ShowOutbound,
) -> None:
    """Show the webhooks that were not taken."""
    state = await show_outbound(caller, callback_data.id)
    await turn_to(query, outbound_screen(language, state, caller.staff_role))


@router.callback_query(OutboundPress.filter(F.action.in_({"one", "all"})), flags=staff)
async def send_webhooks_again(
    query: CallbackQuery,
    callback_data: OutboundPress,
    caller: Caller,
    language: Language,
    retry_outbound: RetryOutbound,
    show_outbound: ShowOutbound,
) -> None:
    """Send one of them again, or all."""
    count = await retry_outbound(caller, callback_data.id or None)
    state = await show_outbound(caller)
    note = language.say_many(
        "{count} webhook will be sent again.", "{count} webhooks will be sent again.", count
    )
    await turn_to(query, outbound_screen(language, state, caller.staff_role), note=note)


@router.callback_query(LostPress.filter(F.action == "show"), flags=staff)
async def show_lost(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    list_lost_notices: ListLostNotices,
) -> None:
    """Show the messages that this chat never got."""
    lost = await list_lost_notices(caller)
    await turn_to(query, lost_screen(language, lost, caller.staff_role))


@router.callback_query(LostPress.filter(F.action.in_({"again", "away"})), flags=staff)
async def settle_lost(
    query: CallbackQuery,
    callback_data: LostPress,
    caller: Caller,
    language: Language,
    settle_lost_notices: SettleLostNotices,
) -> None:
    """Send them again, or put them away."""
    is_again = callback_data.action == "again"
    count = await settle_lost_notices(caller, again=is_again)
    text = (
        language.say_many(
            "🔁 {count} message will be sent again.",
            "🔁 {count} messages will be sent again.",
            count,
        )
        if is_again
        else language.say_many(
            "✔️ {count} message was put away.", "✔️ {count} messages were put away.", count
        )
    )
    await turn_to(query, Screen(text))
