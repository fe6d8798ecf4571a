"""The home of the texts of a broadcast in the admin chat: write, see as readers will."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import LANGUAGES, Programs
from domain.usecases.broadcasts.compose import ComposeBroadcast
from domain.usecases.broadcasts.show import ShowBroadcast
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.broadcasts import (
    broadcast_screen,
    text_question,
    texts_screen,
)
from handlers.staff.states import BroadcastForm
from handlers.ui.callbacks import BroadcastCard
from handlers.ui.language import NAMES, Language
from handlers.ui.news import news_screen
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.rich import rich_text
from handlers.ui.screen import Screen, acknowledge, answer, turn_to

router = Router(name="staff.broadcast_texts")
staff = allow(Allowed.STAFF)
Card = BroadcastCard


@router.callback_query(Card.filter(F.action == "texts"), flags=staff)
async def choose_text(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    show_broadcast: ShowBroadcast,
) -> None:
    """Show the languages to write in."""
    view = await show_broadcast(caller, callback_data.id)
    await turn_to(query, texts_screen(language, view))


@router.callback_query(Card.filter(F.action == "write"), flags=staff)
async def ask_text(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    show_broadcast: ShowBroadcast,
    state: FSMContext,
) -> None:
    """Ask for a text."""
    _ = await show_broadcast(caller, callback_data.id)
    if callback_data.value not in LANGUAGES:
        raise NotFound(language=callback_data.value)
    await ask(
        query,
        state,
        BroadcastForm.text,
        text_question(language, callback_data.value, mentioned(query.from_user)),
        broadcast_id=callback_data.id,
        language=callback_data.value,
    )


@router.message(BroadcastForm.text, F.text, is_answer, flags=staff)
async def take_text(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    compose_broadcast: ComposeBroadcast,
    show_broadcast: ShowBroadcast,
    state: FSMContext,
) -> None:
    """Keep a text, show it as its readers will see it, then the card."""
    form = await state.get_data()
    code = str(form["language"])
    draft = await compose_broadcast.write(
        caller, int(form["broadcast_id"]), code, rich_text(message)
    )
    await state.clear()
    await answer(message, news_screen(draft.text_for(code)))
    view = await show_broadcast(caller, draft.id)
    await answer(message, broadcast_screen(language, view, programs))


@router.message(BroadcastForm.text, is_answer, flags=staff)
async def take_other(message: Message, language: Language, state: FSMContext) -> None:
    """Say what kind of message is expected."""
    question = language.say("Please reply with a text. Pictures and files are not sent on.")
    screen = Screen(question, asks=str(language.say("Text of the message")))
    form = await state.get_data()
    known = {"broadcast_id": form["broadcast_id"], "language": form["language"]}
    await ask(message, state, BroadcastForm.text, screen, **known)


@router.callback_query(Card.filter(F.action == "preview"), flags=staff)
async def preview(
    query: CallbackQuery,
    callback_data: Card,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_broadcast: ShowBroadcast,
) -> None:
    """Show every text exactly as its readers will see it, then the card again."""
    view = await show_broadcast(caller, callback_data.id)
    await acknowledge(query)
    if not isinstance(query.message, Message):
        return
    for code, html in view.broadcast.texts.items():
        await answer(query.message, Screen(language.say("In {name}:", name=NAMES[code])))
        await answer(query.message, news_screen(html))
    await answer(query.message, broadcast_screen(language, view, programs))
