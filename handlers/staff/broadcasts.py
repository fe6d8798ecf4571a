"""The home of broadcasts in the admin chat: compose, confirm, follow, stop."""

from collections.abc import Callable

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.broadcast import OPEN, Audience, BroadcastView
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import LANGUAGES, Programs
from domain.usecases.broadcasts.compose import ComposeBroadcast
from domain.usecases.broadcasts.send import SendBroadcast, StopBroadcast
from domain.usecases.broadcasts.show import ShowBroadcast
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.broadcasts import (
    broadcast_screen,
    confirm_screen,
    people_screen,
)
from handlers.ui.broadcast_card import list_screen
from handlers.ui.callbacks import BroadcastCard
from handlers.ui.language import Language
from handlers.ui.screen import Event, Screen, answer, show, turn_to

router = Router(name="staff.broadcasts")
staff = allow(Allowed.STAFF)
Card = BroadcastCard
Step = Callable[[Language, BroadcastView, Programs], Screen]
TOGGLES = {"pr": "program", "ti": "tier", "la": "language"}


@router.message(Command("broadcast"), flags=staff)
async def start(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    compose_broadcast: ComposeBroadcast,
    show_broadcast: ShowBroadcast,
) -> None:
    """Take up the draft, or begin one."""
    draft = await compose_broadcast.start(caller)
    view = await show_broadcast(caller, draft.id)
    await answer(message, broadcast_screen(language, view, programs))


@router.callback_query(Card.filter(F.action == "list"), flags=staff)
async def show_list(
    event: Event, caller: Caller, language: Language, show_broadcast: ShowBroadcast
) -> None:
    """Show the latest ones."""
    await show(event, list_screen(language, await show_broadcast.latest(caller)))


@router.callback_query(Card.filter(F.action == "card"), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_broadcast: ShowBroadcast,
    state: FSMContext,
) -> None:
    """Show one as it stands; a text that was asked for is not waited for any more."""
    await state.clear()
    view = await show_broadcast(caller, callback_data.id)
    await turn_to(query, broadcast_screen(language, view, programs))


@router.callback_query(Card.filter(F.action == "people"), flags=staff)
async def show_people(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_broadcast: ShowBroadcast,
) -> None:
    """Show the choice of recipients."""
    view = await show_broadcast(caller, callback_data.id)
    await turn_to(query, _open_or_card(people_screen, language, view, programs))


def _open_or_card(
    step: Step, language: Language, view: BroadcastView, programs: Programs
) -> Screen:
    """Return a step of a draft, or the card of what is no draft any more."""
    made = step if view.broadcast.status in OPEN else broadcast_screen
    return made(language, view, programs)


@router.callback_query(Card.filter(F.action == "to"), flags=staff)
async def choose_audience(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    compose_broadcast: ComposeBroadcast,
    show_broadcast: ShowBroadcast,
) -> None:
    """Choose who gets it at all."""
    if callback_data.value not in {audience.value for audience in Audience}:
        raise NotFound(audience=callback_data.value)
    audience = Audience(callback_data.value)
    draft = await compose_broadcast.choose(caller, callback_data.id, audience=audience)
    view = await show_broadcast(caller, draft.id)
    await turn_to(query, people_screen(language, view, programs))


@router.callback_query(Card.filter(F.action.in_(TOGGLES)), flags=staff)
async def narrow(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    compose_broadcast: ComposeBroadcast,
    show_broadcast: ShowBroadcast,
) -> None:
    """Narrow the recipients down, or widen them again by the same press."""
    part, value = TOGGLES[callback_data.action], callback_data.value
    if not _is_known(part, value, programs):
        raise NotFound(**{part: value})
    before = await show_broadcast(caller, callback_data.id)
    was = getattr(before.broadcast.segment, part)
    chosen = None if was == value else value
    draft = await compose_broadcast.choose(caller, callback_data.id, **{part: chosen})
    view = await show_broadcast(caller, draft.id)
    await turn_to(query, people_screen(language, view, programs))


def _is_known(part: str, value: str, programs: Programs) -> bool:
    match part:
        case "program":
            return value in programs
        case "tier":
            tiers = (tier.key for program in programs.values() for tier in program.tiers)
            return value in tiers
        case _:
            return value in LANGUAGES


@router.callback_query(Card.filter(F.action == "ask"), flags=staff)
async def ask_send(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_broadcast: ShowBroadcast,
) -> None:
    """Ask once more before it goes out."""
    view = await show_broadcast(caller, callback_data.id)
    await turn_to(query, _open_or_card(confirm_screen, language, view, programs))


@router.callback_query(Card.filter(F.action == "send"), flags=staff)
async def send(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    send_broadcast: SendBroadcast,
    show_broadcast: ShowBroadcast,
) -> None:
    """Let it go, or ask for a second person; the pressed message becomes the card."""
    message = query.message
    card = (message.chat.id, message.message_id) if message else (query.from_user.id, 0)
    sent = await send_broadcast(caller, callback_data.id, card)
    view = await show_broadcast(caller, sent.id)
    await turn_to(query, broadcast_screen(language, view, programs))


@router.callback_query(Card.filter(F.action == "stop"), flags=staff)
async def stop(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    stop_broadcast: StopBroadcast,
    show_broadcast: ShowBroadcast,
) -> None:
    """Stop it."""
    stopped = await stop_broadcast(caller, callback_data.id)
    view = await show_broadcast(caller, stopped.id)
    screen = broadcast_screen(language, view, programs)
    await turn_to(query, screen, note=language.say("✔️ Done"))


@router.callback_query(Card.filter(F.action == "drop"), flags=staff)
async def drop(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    compose_broadcast: ComposeBroadcast,
    show_broadcast: ShowBroadcast,
) -> None:
    """Throw a draft away."""
    dropped = await compose_broadcast.drop(caller, callback_data.id)
    view = await show_broadcast(caller, dropped.id)
    await turn_to(query, broadcast_screen(language, view, programs))
