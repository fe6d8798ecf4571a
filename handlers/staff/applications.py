"""The home of reviewing applications in the admin chat: lists, the card, papers, questions."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.entities.questionnaire import PaperKind
from domain.usecases.applications.judge import JudgeApplication, ReceiveOriginals
from domain.usecases.applications.papers import ListApplicationPapers
from domain.usecases.applications.show import ListApplications
from domain.usecases.applications.talk import TalkAboutApplication
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask, put_in_place
from handlers.staff.screens.applications import LISTS, applications_screen, list_named
from handlers.staff.states import DeskForm
from handlers.ui.application_card import application_card
from handlers.ui.application_desk import answers_screen, fields_screen, paper_screen
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_applications import DeskPress, named
from handlers.ui.language import Language
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Event, Screen, acknowledge, answer, show, turn_to

router = Router(name="staff.applications")
staff = allow(Allowed.STAFF)


@router.message(Command("applications"), flags=staff)
@router.callback_query(OpenPage.filter(F.screen.in_(set(LISTS))), flags=staff)
async def show_applications(
    event: Event,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
    command: CommandObject | None = None,
    callback_data: OpenPage | None = None,
) -> None:
    """Show a page of the applications; ``/applications approved`` names another list."""
    typed = (command.args or "") if command else ""
    name = callback_data.screen if callback_data else list_named(typed)
    place = callback_data.cursor() if callback_data else None
    after = (place.at, place.id) if place else None
    files = await list_applications(caller, LISTS[name], after)
    await show(event, applications_screen(language, name, files))


@router.callback_query(DeskPress.filter(F.action.in_({"open", "card"})), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
) -> None:
    """Show the card: in place, or below a list."""
    view = await list_applications.card(caller, callback_data.id)
    card = application_card(language, view)
    if callback_data.action == "open" and isinstance(query.message, Message):
        await acknowledge(query)
        await answer(query.message, card)
        return
    await turn_to(query, card)


@router.callback_query(DeskPress.filter(F.action == "all"), flags=staff)
async def show_answers(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
) -> None:
    """Show all answers in full; who looked is written down."""
    view = await list_applications.reveal(caller, callback_data.id)
    await turn_to(query, answers_screen(language, view))


@router.callback_query(DeskPress.filter(F.action == "fields"), flags=staff)
async def show_fields(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
) -> None:
    """Show which answers can be refused."""
    view = await list_applications.card(caller, callback_data.id)
    await turn_to(query, fields_screen(language, view))


@router.callback_query(DeskPress.filter(F.action == "pp"), flags=staff)
async def show_paper(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_application_papers: ListApplicationPapers,
) -> None:
    """Show a paper with its files, to open and to judge."""
    kind = named(PaperKind, callback_data.key)
    view, files = await list_application_papers(caller, callback_data.id, kind)
    pages = [(file.page, file.id) for file in files]
    await turn_to(query, paper_screen(language, view, kind, pages))


@router.callback_query(DeskPress.filter(F.action == "back"), flags=staff)
async def send_back(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    judge_application: JudgeApplication,
) -> None:
    """Send it back with all that is refused."""
    view = await judge_application.send_back(caller, callback_data.id)
    await turn_to(query, application_card(language, view), note=language.say("↩️ Sent back"))


@router.callback_query(DeskPress.filter(F.action == "orig"), flags=staff)
async def receive_originals(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    receive_originals: ReceiveOriginals,
) -> None:
    """Keep that the originals are there."""
    view = await receive_originals(caller, callback_data.id)
    await turn_to(query, application_card(language, view), note=language.say("✔️ Done"))


@router.callback_query(DeskPress.filter(F.action == "ask"), flags=staff)
async def ask_question(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
    state: FSMContext,
) -> None:
    """Ask for the words to the applicant, by a reply."""
    view = await list_applications.card(caller, callback_data.id)
    question = language.say(
        "{name}, reply to this message with your question about application {number}.",
        name=mentioned(query.from_user),
        number=view.application.number,
    )
    screen = Screen(question, asks=str(language.say("Question")))
    card_id = query.message.message_id if query.message else 0
    await ask(query, state, DeskForm.question, screen, at=callback_data.at, card_id=card_id)


@router.message(DeskForm.question, F.text, is_answer, flags=staff)
async def take_question(
    message: Message,
    caller: Caller,
    language: Language,
    talk_about_application: TalkAboutApplication,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Relay the question to the applicant."""
    data = await state.get_data()
    press = DeskPress(action="ask", at=str(data["at"]))
    source = f"{message.chat.id}:{message.message_id}"
    view = await talk_about_application.ask(caller, press.id, message.text or "", source)
    await state.clear()
    card = application_card(language, view)
    await put_in_place(bot, message.chat.id, int(data["card_id"]), card)
    text = language.say(
        "✔️ The question is with the applicant of application {number}.",
        number=view.application.number,
    )
    await answer(message, Screen(text))
