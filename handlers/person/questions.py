"""The home of questions to the vendor in private, and of answering one's clients (R46)."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.questions.ask import AskVendor
from domain.usecases.questions.move import MoveQuestion, QuestionMove
from domain.usecases.questions.show import ListOwnQuestions, ShowQuestion
from domain.usecases.questions.write import WriteToQuestion
from handlers.middlewares.access import Allowed, allow
from handlers.person.screens.questions import (
    OWN,
    REST,
    WAITING,
    clients_screen,
    question_kept,
    question_screen,
    support_screen,
    words_question,
)
from handlers.person.states import QuestionForm
from handlers.ui.callbacks import Open, OpenPage, place_of
from handlers.ui.callbacks_questions import QuestionPress
from handlers.ui.language import Language
from handlers.ui.question_words import send_kept, words_of
from handlers.ui.screen import Event, acknowledge, answer, show, turn_to

router = Router(name="person.questions")
anyone = allow(Allowed.ANYONE)


@router.message(Command("support"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "support"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen == OWN), flags=anyone)
async def show_support(
    event: Event,
    caller: Caller,
    language: Language,
    list_own_questions: ListOwnQuestions,
    ask_vendor: AskVendor,
    state: FSMContext,
    command: CommandObject | None = None,
    callback_data: Open | OpenPage | None = None,
) -> None:
    """Show one's own questions; words behind the command are a question at once."""
    await state.clear()
    if command is not None and command.args and isinstance(event, Message):
        question = await ask_vendor(caller, words_of(event, command.args))
        await answer(event, question_kept(language, question, is_new=True))
        return
    place = place_of(callback_data)
    views = await list_own_questions(caller, (place.at, place.id) if place else None)
    await show(event, support_screen(language, views))


@router.message(Command("tickets"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "tickets"), flags=anyone)
@router.callback_query(OpenPage.filter(F.screen.in_({WAITING, REST})), flags=anyone)
async def show_clients(
    event: Event,
    caller: Caller,
    language: Language,
    list_own_questions: ListOwnQuestions,
    state: FSMContext,
    callback_data: Open | OpenPage | None = None,
) -> None:
    """Show an admin what clients asked the partner; everybody else sees its own questions."""
    await state.clear()
    if not caller.is_partner_admin:
        await show(event, support_screen(language, await list_own_questions(caller)))
        return
    waiting = callback_data is None or callback_data.screen != REST
    place = place_of(callback_data)
    after = (place.at, place.id) if place else None
    views = await list_own_questions.of_clients(caller, waiting=waiting, after=after)
    await show(event, clients_screen(language, views, waiting=waiting))


@router.callback_query(QuestionPress.filter(F.action == "ask"), flags=anyone)
async def ask_words(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    ask_vendor: AskVendor,
    state: FSMContext,
) -> None:
    """Ask for a new question, if there may be one more."""
    await ask_vendor.check(caller)
    await state.set_state(QuestionForm.ask)
    await state.set_data({})
    await turn_to(query, words_question(language))


@router.message(QuestionForm.ask, flags=anyone)
async def take_question(
    message: Message,
    caller: Caller,
    language: Language,
    ask_vendor: AskVendor,
    state: FSMContext,
) -> None:
    """Open the question; what cannot be one is asked for again."""
    question = await ask_vendor(caller, words_of(message))
    await state.clear()
    await answer(message, question_kept(language, question, is_new=True))


@router.callback_query(QuestionPress.filter(F.action == "open"), flags=anyone)
async def open_question(
    query: CallbackQuery,
    callback_data: QuestionPress,
    caller: Caller,
    language: Language,
    show_question: ShowQuestion,
) -> None:
    """Show a question with its correspondence."""
    own = await show_question(caller, callback_data.id)
    await turn_to(query, question_screen(language, own, callback_data.page))


@router.callback_query(QuestionPress.filter(F.action == "file"), flags=anyone)
async def send_file(
    query: CallbackQuery,
    callback_data: QuestionPress,
    caller: Caller,
    show_question: ShowQuestion,
    bot: Bot,
) -> None:
    """Send a file of the correspondence."""
    line = await show_question.file(caller, callback_data.id)
    await acknowledge(query)
    await send_kept(bot, caller.person.id, line)


@router.callback_query(QuestionPress.filter(F.action == "write"), flags=anyone)
async def ask_more(
    query: CallbackQuery,
    callback_data: QuestionPress,
    caller: Caller,
    language: Language,
    show_question: ShowQuestion,
    state: FSMContext,
) -> None:
    """Ask for words into a question that stands."""
    own = await show_question(caller, callback_data.id)
    await state.set_state(QuestionForm.more)
    await state.set_data({"question_id": callback_data.id})
    await turn_to(query, words_question(language, own.view.question.number))


@router.message(QuestionForm.more, flags=anyone)
async def take_more(
    message: Message,
    caller: Caller,
    language: Language,
    write_to_question: WriteToQuestion,
    state: FSMContext,
) -> None:
    """Add the words to the question."""
    question_id = int((await state.get_data())["question_id"])
    question = await write_to_question(caller, question_id, words_of(message))
    await state.clear()
    await answer(message, question_kept(language, question, is_new=False))


@router.callback_query(QuestionPress.filter(F.action.in_({"close", "pass"})), flags=anyone)
async def move(
    query: CallbackQuery,
    callback_data: QuestionPress,
    caller: Caller,
    language: Language,
    move_question: MoveQuestion,
    show_question: ShowQuestion,
) -> None:
    """Close a question, or hand a client's question over to the vendor."""
    is_close = callback_data.action == "close"
    move = QuestionMove.CLOSE if is_close else QuestionMove.HAND_OVER
    await move_question(caller, callback_data.id, move)
    own = await show_question(caller, callback_data.id)
    await turn_to(query, question_screen(language, own), note=language.say("✔️ Done"))


@router.callback_query(QuestionPress.filter(F.action == "leave"), flags=anyone)
async def leave_form(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    list_own_questions: ListOwnQuestions,
    state: FSMContext,
) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, support_screen(language, await list_own_questions(caller)))
