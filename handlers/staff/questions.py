"""The home of answering questions in the admin chat: one queue, in order (R46)."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.entities.question import Asker
from domain.programs.model import Programs
from domain.usecases.clients.find import FindClient
from domain.usecases.partners.find import FindPartner
from domain.usecases.questions.move import MoveQuestion, QuestionMove
from domain.usecases.questions.show import ListQuestions
from domain.usecases.questions.write import AnswerQuestion
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.questions import (
    LISTS,
    answer_sent,
    list_named,
    nothing_waits,
    questions_screen,
)
from handlers.staff.screens.views import client_screen, partner_screen
from handlers.staff.states import TicketForm
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_questions import TicketPress
from handlers.ui.language import Language
from handlers.ui.question_card import question_card
from handlers.ui.question_words import send_kept, words_of
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Event, Screen, acknowledge, answer, mend, show, turn_to

router = Router(name="staff.questions")
staff = allow(Allowed.STAFF)


@router.message(Command("tickets"), flags=staff)
@router.callback_query(OpenPage.filter(F.screen.in_(set(LISTS))), flags=staff)
async def show_questions(
    event: Event,
    caller: Caller,
    language: Language,
    list_questions: ListQuestions,
    command: CommandObject | None = None,
    callback_data: OpenPage | None = None,
) -> None:
    """Show a page of the questions in a state; ``/tickets closed`` names one."""
    typed = (command.args or "") if command else ""
    name = callback_data.screen if callback_data else list_named(typed)
    place = callback_data.cursor() if callback_data else None
    after = (place.at, place.id) if place else None
    views = await list_questions(caller, LISTS[name], after)
    await show(event, questions_screen(language, name, views))


@router.callback_query(TicketPress.filter(F.action == "next"), flags=staff)
async def show_next(
    query: CallbackQuery,
    callback_data: TicketPress,
    caller: Caller,
    language: Language,
    list_questions: ListQuestions,
) -> None:
    """Show what waits longest, below what was pressed; from a card, the one after it."""
    view = await list_questions.next(caller, callback_data.id or None)
    await acknowledge(query)
    if isinstance(query.message, Message):
        screen = question_card(language, view) if view else nothing_waits(language)
        await answer(query.message, screen)


@router.callback_query(TicketPress.filter(F.action.in_({"open", "card"})), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: TicketPress,
    caller: Caller,
    language: Language,
    list_questions: ListQuestions,
) -> None:
    """Show the card: another page in place, or the card below a list."""
    view = await list_questions.card(caller, callback_data.id)
    screen = question_card(language, view, callback_data.page)
    if callback_data.action == "open" and isinstance(query.message, Message):
        await acknowledge(query)
        await answer(query.message, screen)
        return
    await turn_to(query, screen)


@router.callback_query(TicketPress.filter(F.action == "file"), flags=staff)
async def send_file(
    query: CallbackQuery,
    callback_data: TicketPress,
    caller: Caller,
    list_questions: ListQuestions,
    bot: Bot,
) -> None:
    """Send a file of the correspondence."""
    line = await list_questions.file(caller, callback_data.id)
    await acknowledge(query)
    if isinstance(query.message, Message):
        message = query.message
        thread_id = message.message_thread_id if message.is_topic_message else None
        await send_kept(bot, message.chat.id, line, thread_id=thread_id)


@router.callback_query(TicketPress.filter(F.action == "who"), flags=staff)
async def show_asker(
    query: CallbackQuery,
    callback_data: TicketPress,
    caller: Caller,
    language: Language,
    programs: Programs,
    list_questions: ListQuestions,
    find_partner: FindPartner,
    find_client: FindClient,
) -> None:
    """Show who asks, as far as the presser's role may see it."""
    view = await list_questions.card(caller, callback_data.id)
    if view.question.asker is Asker.CLIENT and view.client_shown_id:
        screen = client_screen(language, await find_client(caller, view.client_shown_id))
    else:
        file = await find_partner(caller, view.partner_code or "")
        program = programs.get(file.overview.enrolment.program)
        screen = partner_screen(language, file, program)
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, screen)


@router.callback_query(TicketPress.filter(F.action.in_({"close", "pass"})), flags=staff)
async def move(
    query: CallbackQuery,
    callback_data: TicketPress,
    caller: Caller,
    language: Language,
    move_question: MoveQuestion,
) -> None:
    """Close the question, or hand it over to the client's partner."""
    is_close = callback_data.action == "close"
    move = QuestionMove.CLOSE if is_close else QuestionMove.HAND_OVER
    view = await move_question.as_staff(caller, callback_data.id, move)
    await turn_to(query, question_card(language, view), note=language.say("✔️ Done"))


@router.callback_query(TicketPress.filter(F.action == "reply"), flags=staff)
async def ask_answer(
    query: CallbackQuery,
    callback_data: TicketPress,
    caller: Caller,
    language: Language,
    list_questions: ListQuestions,
    state: FSMContext,
) -> None:
    """Ask for the answer, by a reply."""
    view = await list_questions.card(caller, callback_data.id)
    question = language.say(
        "{name}, reply to this message with the answer to question {number}. A photo or a "
        "document will do, too.",
        name=mentioned(query.from_user),
        number=view.question.number,
    )
    await ask(
        query,
        state,
        TicketForm.answer,
        Screen(question, asks=str(language.say("Answer"))),
        question_id=callback_data.id,
        card_id=query.message.message_id if query.message else 0,
    )


@router.message(TicketForm.answer, F.text | F.photo | F.document, is_answer, flags=staff)
async def take_answer(
    message: Message,
    caller: Caller,
    language: Language,
    answer_question: AnswerQuestion,
    list_questions: ListQuestions,
    state: FSMContext,
) -> None:
    """Send the answer; the card shows it, and the next question is one press away."""
    data = await state.get_data()
    view = await answer_question(caller, int(data["question_id"]), words_of(message))
    await state.clear()
    card = question_card(language, view)
    # The outbox mends the card where this edit fails.
    await mend(message, int(data["card_id"]), card)
    await answer(message, answer_sent(language, view, await list_questions.waiting(caller)))
