"""The home of a partner's requisites: a form, field by field, and what is saved."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.partner import LegalForm
from domain.entities.people import Caller
from domain.entities.requisites import FIELDS, OPTIONAL, Country, Details
from domain.usecases.requisites.save import SaveRequisites
from domain.usecases.requisites.show import ShowRequisites, begun, next_field, with_field
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.requisites import (
    check_screen,
    country_question,
    field_question,
    form_question,
    left_form,
    requisites_screen,
)
from handlers.partner.states import RequisitesForm
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_documents import RequisitePress
from handlers.ui.language import Language
from handlers.ui.screen import Event, Screen, answer, show, turn_to

router = Router(name="partner.requisites")
anyone = allow(Allowed.ANYONE)


@router.message(Command("requisites"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "requisites"), flags=anyone)
async def show_own(
    event: Event,
    caller: Caller,
    language: Language,
    show_requisites: ShowRequisites,
    state: FSMContext,
) -> None:
    """Show what is saved, or begin the form."""
    own = await show_requisites(caller)
    await state.clear()
    saved = own.saved
    screen = requisites_screen(language, saved) if saved else country_question(language)
    await show(event, screen)


@router.callback_query(RequisitePress.filter(F.action == "begin"), flags=anyone)
async def begin(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    show_requisites: ShowRequisites,
    state: FSMContext,
) -> None:
    """Begin the form once more."""
    await show_requisites(caller)
    await state.clear()
    await turn_to(query, country_question(language))


@router.callback_query(RequisitePress.filter(F.action == "country"), flags=anyone)
async def choose_country(
    query: CallbackQuery,
    callback_data: RequisitePress,
    caller: Caller,
    language: Language,
    show_requisites: ShowRequisites,
    state: FSMContext,
) -> None:
    """Take the country; a legal form that is known is not asked."""
    own = await show_requisites(caller)
    if callback_data.value not in set(Country):
        await turn_to(query, country_question(language))
        return
    await state.set_state(RequisitesForm.form)
    await state.set_data({"country": callback_data.value})
    if len(own.forms) > 1:
        await turn_to(query, form_question(language, own.forms))
        return
    await turn_to(query, await _next(language, state, begun(callback_data.value, own.forms[0])))


@router.callback_query(RequisitePress.filter(F.action == "form"), flags=anyone)
async def choose_form(
    query: CallbackQuery, callback_data: RequisitePress, language: Language, state: FSMContext
) -> None:
    """Take the legal form."""
    country = (await state.get_data()).get("country")
    if country is None or callback_data.value not in set(LegalForm):
        await turn_to(query, left_form(language))
        return
    await turn_to(query, await _next(language, state, begun(str(country), callback_data.value)))


@router.message(RequisitesForm.field, F.text, flags=anyone)
async def type_field(message: Message, language: Language, state: FSMContext) -> None:
    """Take a field; what cannot be right is asked again."""
    draft = _draft(await state.get_data())
    name = next_field(draft) if draft else None
    if draft is None or name is None:
        await answer(message, left_form(language))
        return
    filled = with_field(draft, name, message.text or "")
    await answer(message, await _next(language, state, filled))


@router.callback_query(RequisitePress.filter(F.action == "skip"), flags=anyone)
async def skip_field(
    query: CallbackQuery, callback_data: RequisitePress, language: Language, state: FSMContext
) -> None:
    """Leave an optional field out; a second press changes nothing."""
    draft = _draft(await state.get_data())
    if draft is None:
        await turn_to(query, left_form(language))
        return
    if next_field(draft) == callback_data.value and callback_data.value in OPTIONAL:
        draft = with_field(draft, callback_data.value, "")
    await turn_to(query, await _next(language, state, draft))


@router.callback_query(RequisitePress.filter(F.action == "save"), flags=anyone)
async def save(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    save_requisites: SaveRequisites,
    show_requisites: ShowRequisites,
    state: FSMContext,
) -> None:
    """Keep them; a second press shows what is kept."""
    draft = _draft(await state.get_data())
    if draft is None or next_field(draft) is not None:
        saved = (await show_requisites(caller)).saved
        screen = requisites_screen(language, saved) if saved else left_form(language)
        await turn_to(query, screen)
        return
    kept = await save_requisites(caller, draft)
    await state.clear()
    await turn_to(query, requisites_screen(language, kept), note=language.say("✔️ Done"))


@router.callback_query(RequisitePress.filter(F.action == "leave"), flags=anyone)
async def leave(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, left_form(language))


async def _next(language: Language, state: FSMContext, draft: Details) -> Screen:
    """Keep the draft and return the next question, or everything to be checked."""
    await state.set_data(
        {"country": draft.country.value, "form": draft.form.value, "values": dict(draft.values)}
    )
    name = next_field(draft)
    if name is None:
        await state.set_state(RequisitesForm.check)
        return check_screen(language, draft)
    await state.set_state(RequisitesForm.field)
    names = FIELDS[draft.country, draft.form]
    return field_question(language, draft, name, names.index(name) + 1, len(names))


def _draft(data: dict[str, Any]) -> Details | None:
    """Return the draft that the form keeps, ``None`` where it is no longer open."""
    if "values" not in data:
        return None
    return Details(
        country=Country(data["country"]), form=LegalForm(data["form"]), values=data["values"]
    )
