"""The home of staff looking partners and clients up."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.clients.find import FindClient
from domain.usecases.partners.find import FindPartner
from domain.usecases.search.clients import SearchClients
from domain.usecases.search.partners import SearchPartners
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.search import (
    client_question,
    found_clients,
    found_partners,
    partner_question,
    sought_in,
)
from handlers.staff.screens.views import client_screen, partner_screen
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import FoundCard, FoundPage, StaffOpen
from handlers.ui.language import Language
from handlers.ui.replies import is_answer
from handlers.ui.screen import Event, Screen, acknowledge, answer, show

router = Router(name="staff.lookups")
staff = allow(Allowed.STAFF)


async def _partner(
    caller: Caller, language: Language, programs: Programs, find: FindPartner, enrolment_id: int
) -> Screen:
    file = await find(caller, enrolment_id)
    return partner_screen(language, file, programs.get(file.overview.enrolment.program))


@router.message(Command("partner"), flags=staff)
@router.callback_query(StaffOpen.filter(F.screen == "partner"), flags=staff)
async def seek_partner(
    event: Event,
    caller: Caller,
    language: Language,
    programs: Programs,
    search_partners: SearchPartners,
    find_partner: FindPartner,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Show a partner by whatever is known of it, or ask whom."""
    if command is None or not command.args:
        await ask(event, state, StaffForm.partner, partner_question(language))
        return
    found = await search_partners(caller, command.args)
    screen = (
        await _partner(caller, language, programs, find_partner, found.hits[0].enrolment_id)
        if len(found.hits) == 1
        else found_partners(language, found)
    )
    await show(event, screen)


@router.message(StaffForm.partner, F.text, is_answer, flags=staff)
async def partner_by_reply(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    search_partners: SearchPartners,
    find_partner: FindPartner,
    state: FSMContext,
) -> None:
    """Show a partner from a reply."""
    found = await search_partners(caller, message.text or "")
    await state.clear()
    screen = (
        await _partner(caller, language, programs, find_partner, found.hits[0].enrolment_id)
        if len(found.hits) == 1
        else found_partners(language, found)
    )
    await answer(message, screen)


@router.callback_query(FoundPage.filter(F.what == "p"), flags=staff)
async def page_of_partners(
    query: CallbackQuery,
    callback_data: FoundPage,
    caller: Caller,
    language: Language,
    search_partners: SearchPartners,
) -> None:
    """Show the next page of partners that were found."""
    sought = sought_in(query)
    found = await search_partners(caller, sought, callback_data.before)
    await show(query, found_partners(language, found))


@router.callback_query(FoundCard.filter(F.what == "p"), flags=staff)
async def open_partner(
    query: CallbackQuery,
    callback_data: FoundCard,
    caller: Caller,
    language: Language,
    programs: Programs,
    find_partner: FindPartner,
) -> None:
    """Show a partner that was found, below the list."""
    screen = await _partner(caller, language, programs, find_partner, callback_data.id)
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, screen)


@router.message(Command("client"), flags=staff)
@router.callback_query(StaffOpen.filter(F.screen == "client"), flags=staff)
async def seek_client(
    event: Event,
    caller: Caller,
    language: Language,
    search_clients: SearchClients,
    find_client: FindClient,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Show a client by whatever is known of it, or ask whom."""
    if command is None or not command.args:
        await ask(event, state, StaffForm.client, client_question(language))
        return
    found = await search_clients(caller, command.args)
    screen = (
        client_screen(language, await find_client(caller, found.hits[0].id))
        if len(found.hits) == 1
        else found_clients(language, found)
    )
    await show(event, screen)


@router.message(StaffForm.client, F.text, is_answer, flags=staff)
async def client_by_reply(
    message: Message,
    caller: Caller,
    language: Language,
    search_clients: SearchClients,
    find_client: FindClient,
    state: FSMContext,
) -> None:
    """Show a client from a reply."""
    found = await search_clients(caller, message.text or "")
    await state.clear()
    screen = (
        client_screen(language, await find_client(caller, found.hits[0].id))
        if len(found.hits) == 1
        else found_clients(language, found)
    )
    await answer(message, screen)


@router.callback_query(FoundPage.filter(F.what == "c"), flags=staff)
async def page_of_clients(
    query: CallbackQuery,
    callback_data: FoundPage,
    caller: Caller,
    language: Language,
    search_clients: SearchClients,
) -> None:
    """Show the next page of clients that were found."""
    found = await search_clients(caller, sought_in(query), callback_data.before)
    await show(query, found_clients(language, found))


@router.callback_query(FoundCard.filter(F.what == "c"), flags=staff)
async def open_client(
    query: CallbackQuery,
    callback_data: FoundCard,
    caller: Caller,
    language: Language,
    find_client: FindClient,
) -> None:
    """Show a client that was found, below the list."""
    screen = client_screen(language, await find_client(caller, callback_data.id))
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, screen)
