"""The home of handing in papers in the bot: photos, files, several pages (R32)."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.entities.questionnaire import PaperKind
from domain.usecases.applications.papers import HandedIn, HandInPaper
from domain.usecases.applications.show import ShowOwnApplication
from handlers.middlewares.access import Allowed, allow
from handlers.partner.applications import following, wait_for, where_it_stands
from handlers.partner.screens.application_papers import paper_question, settled_paper
from handlers.partner.states import ApplicationForm
from handlers.ui.callbacks_applications import ApplicationPress, named
from handlers.ui.language import Language
from handlers.ui.screen import turn_to
from handlers.ui.taking import take_file, tell_page

router = Router(name="partner.application_papers")
anyone = allow(Allowed.ANYONE)


@router.callback_query(ApplicationPress.filter(F.action.in_({"paper", "replace"})), flags=anyone)
async def ask_paper(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Ask for the files of a paper; an accepted one stays as it is."""
    view = await show_own_application(caller, callback_data.id)
    if not view.can_be_changed:
        await turn_to(query, where_it_stands(language, view))
        return
    kind = named(PaperKind, callback_data.key)
    verdict = view.file.verdicts.get(kind)
    if verdict is not None and verdict.refusal is None:
        await turn_to(query, settled_paper(language, view, kind))
        return
    await wait_for(state, view, kind, first=callback_data.action == "replace")
    await turn_to(query, paper_question(language, view, kind))


@router.message(ApplicationForm.paper, flags=anyone)
async def take_paper(
    message: Message,
    caller: Caller,
    language: Language,
    hand_in_paper: HandInPaper,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Keep a file, or say what is no paper; an album gets one answer that counts up."""
    data = await state.get_data()
    application_id, kind = int(data["application_id"]), PaperKind(str(data["key"]))
    await hand_in_paper.check(caller, application_id, kind)
    taken = await take_file(bot, message)
    handed = HandedIn(
        kind=kind, name=taken.name, data=taken.data, is_first=bool(data.get("is_first"))
    )
    view = await hand_in_paper(caller, application_id, handed)
    await state.update_data(is_first=False)
    await tell_page(bot, message, state, paper_question(language, view, kind, is_saved=True))


@router.callback_query(ApplicationPress.filter(F.action == "after"), flags=anyone)
async def go_on_after(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Go on once a paper is complete."""
    view = await show_own_application(caller, callback_data.id)
    screen = await following(language, state, view, callback_data.key, is_saved=False)
    await turn_to(query, screen)


@router.callback_query(ApplicationPress.filter(F.action == "remove"), flags=anyone)
async def take_away(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    hand_in_paper: HandInPaper,
    state: FSMContext,
) -> None:
    """Take all files of a paper away."""
    kind = named(PaperKind, callback_data.key)
    view = await hand_in_paper.take_away(caller, callback_data.id, kind)
    await wait_for(state, view, kind)
    note = language.say("🗑 Removed")
    await turn_to(query, paper_question(language, view, kind), note=note)
