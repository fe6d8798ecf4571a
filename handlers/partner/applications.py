"""The home of filling in an application in the bot: legal form, answers, sending (R30-R34)."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.applying import ApplicationView
from domain.entities.partner import LegalForm
from domain.entities.people import Caller
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.errors import NotFound
from domain.usecases.applications.fill import EnterAnswer, NoAnswer
from domain.usecases.applications.show import ShowOwnApplication
from domain.usecases.applications.start import (
    ChooseLegalForm,
    StartApplication,
)
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.application_papers import paper_question
from handlers.partner.screens.application_parts import parts_of
from handlers.partner.screens.application_review import own_screen, review_screen
from handlers.partner.screens.application_start import (
    filer_screen,
    forms_screen,
    unpaid_warning,
)
from handlers.partner.screens.applications import (
    field_question,
    next_question,
    overview_screen,
    part_screen,
)
from handlers.partner.states import ApplicationForm
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_applications import ApplicationPress, ApplyFor, named
from handlers.ui.language import Language
from handlers.ui.screen import Event, Screen, answer, show, turn_to

router = Router(name="partner.applications")
anyone = allow(Allowed.ANYONE)


@router.callback_query(ApplyFor.filter(), flags=anyone)
async def start(
    query: CallbackQuery,
    callback_data: ApplyFor,
    caller: Caller,
    language: Language,
    start_application: StartApplication,
    state: FSMContext,
) -> None:
    """Begin an application, or go on with the one that is open."""
    view = await start_application(caller, callback_data.program)
    await state.clear()
    await turn_to(query, where_it_stands(language, view))


def where_it_stands(language: Language, view: ApplicationView) -> Screen:
    """Return what comes first: legal form, who files, then the form or the answer to it."""
    if view.application.form is None:
        return forms_screen(language, view)
    if view.application.by_employee is None and view.can_be_changed:
        return filer_screen(language, view)
    return own_screen(language, view)


@router.message(Command("application"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "application"), flags=anyone)
async def show_latest(
    event: Event,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Show the application that was begun last; without one, what can be joined."""
    views = await show_own_application.open(caller)
    await state.clear()
    if not views:
        text = language.say("You have no application under way. /join begins one.")
        await show(event, Screen(text))
        return
    await show(event, where_it_stands(language, views[0]))


@router.callback_query(ApplicationPress.filter(F.action.in_({"show", "edit"})), flags=anyone)
async def show_form(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Show the form, or where the application stands; one that was rejected opens by ``edit``."""
    view = await show_own_application(caller, callback_data.id)
    await state.clear()
    is_edit = callback_data.action == "edit" and view.can_be_changed
    screen = overview_screen(language, view) if is_edit else where_it_stands(language, view)
    await turn_to(query, screen)


@router.callback_query(ApplicationPress.filter(F.action == "forms"), flags=anyone)
async def show_forms(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
) -> None:
    """Show the choice of the legal form."""
    view = await show_own_application(caller, callback_data.id)
    await turn_to(query, forms_screen(language, view))


@router.callback_query(ApplicationPress.filter(F.action.in_({"form", "form_sure"})), flags=anyone)
async def choose_form(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    choose_legal_form: ChooseLegalForm,
) -> None:
    """Choose the legal form; who would never be paid out is told before going on (R21)."""
    form = named(LegalForm, callback_data.key)
    view = await show_own_application(caller, callback_data.id)
    terms = view.program.form(form)
    if callback_data.action == "form" and terms is not None and not terms.is_paid_out:
        await turn_to(query, unpaid_warning(language, view, terms))
        return
    view = await choose_legal_form(caller, callback_data.id, form)
    await turn_to(query, where_it_stands(language, view))


@router.callback_query(ApplicationPress.filter(F.action == "filer"), flags=anyone)
async def choose_filer(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    choose_legal_form: ChooseLegalForm,
) -> None:
    """Keep whether an employee files."""
    by_employee = callback_data.key == "employee"
    view = await choose_legal_form.filer(caller, callback_data.id, by_employee=by_employee)
    await turn_to(query, overview_screen(language, view))


@router.callback_query(ApplicationPress.filter(F.action == "part"), flags=anyone)
async def show_part(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Show a part of the form."""
    view = await show_own_application(caller, callback_data.id)
    await state.clear()
    if callback_data.key not in parts_of(view):
        raise NotFound(key=callback_data.key)
    await turn_to(query, part_screen(language, view, callback_data.key))


@router.callback_query(ApplicationPress.filter(F.action == "field"), flags=anyone)
async def ask_field(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Ask for one answer."""
    view = await show_own_application(caller, callback_data.id)
    if not view.can_be_changed:
        await turn_to(query, where_it_stands(language, view))
        return
    kind = named(FieldKind, callback_data.key)
    await wait_for(state, view, kind)
    await turn_to(query, field_question(language, view, kind))


async def wait_for(
    state: FSMContext, view: ApplicationView, key: FieldKind | PaperKind, *, first: bool = False
) -> None:
    """Let the next message be the answer to this field, or a file of this paper."""
    is_field = isinstance(key, FieldKind)
    await state.set_state(ApplicationForm.value if is_field else ApplicationForm.paper)
    await state.set_data(
        {"application_id": view.application.id, "key": key.value, "is_first": first}
    )


async def following(
    language: Language, state: FSMContext, view: ApplicationView, after: str, *, is_saved: bool
) -> Screen:
    """Return the next question that is open, and wait for its answer; else all to be checked."""
    item = next_question(view, after)
    if item is None:
        await state.clear()
        return review_screen(language, view)
    await wait_for(state, view, item.key)
    if isinstance(item.key, PaperKind):
        return paper_question(language, view, item.key, is_saved=is_saved)
    return field_question(language, view, item.key, is_saved=is_saved)


@router.message(ApplicationForm.value, F.text, flags=anyone)
async def take_answer(
    message: Message,
    caller: Caller,
    language: Language,
    enter_answer: EnterAnswer,
    state: FSMContext,
) -> None:
    """Keep the answer and ask the next question; what cannot stand there is asked again."""
    data = await state.get_data()
    kind = FieldKind(str(data["key"]))
    view = await enter_answer(caller, int(data["application_id"]), kind, message.text or "")
    item = next((item for item in view.progress.fields if item.key is kind), None)
    if item is not None and item.problem:
        await answer(message, field_question(language, view, kind))
        return
    screen = await following(language, state, view, kind.value, is_saved=True)
    await answer(message, screen)


@router.message(ApplicationForm.value, flags=anyone)
async def take_no_text(
    message: Message,
    caller: Caller,
    language: Language,
    enter_answer: EnterAnswer,
    state: FSMContext,
) -> None:
    """Take one's own contact where a phone is asked for; else say that text is needed."""
    kind = FieldKind(str((await state.get_data())["key"]))
    contact = message.contact
    if contact is None or kind is not FieldKind.PHONE:
        raise NoAnswer(field=kind.value, problem="no_text")
    if contact.user_id != caller.person.id:
        raise NoAnswer(field=kind.value, problem="other_contact")
    number = f"+{contact.phone_number.lstrip('+')}"
    typed = message.model_copy(update={"text": number})
    await take_answer(typed, caller, language, enter_answer, state)


@router.callback_query(ApplicationPress.filter(F.action.in_({"next", "skip"})), flags=anyone)
async def go_on(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Ask the next question that is open."""
    view = await show_own_application(caller, callback_data.id)
    if not view.can_be_changed:
        await turn_to(query, where_it_stands(language, view))
        return
    screen = await following(language, state, view, callback_data.key, is_saved=False)
    await turn_to(query, screen)


@router.callback_query(ApplicationPress.filter(F.action == "clear"), flags=anyone)
async def clear_field(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    enter_answer: EnterAnswer,
    state: FSMContext,
) -> None:
    """Leave an optional field empty."""
    kind = named(FieldKind, callback_data.key)
    view = await enter_answer.clear(caller, callback_data.id, kind)
    screen = await following(language, state, view, kind.value, is_saved=True)
    await turn_to(query, screen)
