"""The home of clients: the link that invites, consent, one's own data."""

from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, CommandStart, StateFilter
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.clients.consent import RegisterByConsent
from domain.usecases.clients.erase_own import EraseOwnData
from domain.usecases.clients.open_link import OpenLink
from domain.usecases.clients.show_own import ShowOwnData
from domain.usecases.inviting.accept import AcceptInvitation
from handlers.client import objections, pins, promos
from handlers.client.screens import (
    erase_question,
    erased_screen,
    foreign_contact_screen,
    not_a_client_screen,
    opened_screen,
    own_data_screen,
    own_partner_screen,
    registered_screen,
)
from handlers.middlewares.access import Allowed, allow
from handlers.ui.callbacks import ClientCard
from handlers.ui.commands import forget_commands, show_commands
from handlers.ui.language import Language
from handlers.ui.routing import gather
from handlers.ui.screen import answer, turn_to

PREFIX = "r_"
MAILED = "i_"
router = Router(name="client.all")
anyone = allow(Allowed.ANYONE)


def build_router() -> Router:
    """Return the client's router: private chats only."""
    built = gather("client", (pins.router, router, objections.router, promos.router))
    built.message.filter(F.chat.type == "private")
    return built


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(PREFIX)), flags=anyone)
async def open_invitation(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    open_link: OpenLink,
) -> None:
    """Keep the click, then show who invited."""
    opened = await open_link(
        caller,
        (command.args or "").removeprefix(PREFIX),
        request=f"{message.chat.id}:{message.message_id}",
    )
    await answer(message, opened_screen(language, opened))


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(MAILED)), flags=anyone)
async def open_mailed(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    accept_invitation: AcceptInvitation,
    open_link: OpenLink,
) -> None:
    """Open an invitation that came by e-mail: from here on it is the partner's link."""
    token = (command.args or "").removeprefix(MAILED)
    invited = await accept_invitation.in_telegram(caller, token)
    request = f"{message.chat.id}:{message.message_id}"
    opened = await open_link(caller, invited.code, request=request)
    await answer(message, opened_screen(language, opened))


@router.message(StateFilter(None), F.contact, flags=anyone)
async def take_contact(
    message: Message,
    caller: Caller,
    language: Language,
    register_by_consent: RegisterByConsent,
    programs: Programs,
    bot: Bot,
) -> None:
    """Register whoever shares its own contact; another's counts for nothing."""
    contact = message.contact
    if contact is None or contact.user_id != caller.person.id:
        await answer(message, foreign_contact_screen(language))
        return
    result = await register_by_consent(caller, phone=contact.phone_number)
    await answer(message, registered_screen(language, result))
    if caller.membership is None:
        await show_commands(bot, replace(caller, client_id=result.client.id), language, programs)


@router.message(Command("my"), flags=anyone)
async def show_my(
    message: Message, caller: Caller, language: Language, show_own_data: ShowOwnData
) -> None:
    """Show a client its own data."""
    data = await show_own_data(caller)
    screen = own_data_screen(language, data) if data.client else not_a_client_screen(language)
    await answer(message, screen)


@router.message(Command("partner"), flags=anyone)
async def show_own_partner(
    message: Message, caller: Caller, language: Language, show_own_data: ShowOwnData
) -> None:
    """Show a client who invited it, with the ways to ask and to object (R37)."""
    data = await show_own_data(caller)
    screen = (
        own_partner_screen(language, data.inviter)
        if data.client
        else not_a_client_screen(language)
    )
    await answer(message, screen)


@router.callback_query(ClientCard.filter(F.action == "my"), flags=anyone)
async def open_my(
    query: CallbackQuery, caller: Caller, language: Language, show_own_data: ShowOwnData
) -> None:
    """Turn a message into one's own data."""
    await turn_to(query, own_data_screen(language, await show_own_data(caller)))


@router.callback_query(ClientCard.filter(F.action == "ask_erase"), flags=anyone)
async def ask_erase(query: CallbackQuery, language: Language) -> None:
    """Ask before anything is erased."""
    await turn_to(query, erase_question(language))


@router.callback_query(ClientCard.filter(F.action == "erase"), flags=anyone)
async def erase(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    erase_own_data: EraseOwnData,
    bot: Bot,
) -> None:
    """Erase a client's data."""
    await erase_own_data(caller)
    await turn_to(query, erased_screen(language))
    if caller.membership is None:
        await forget_commands(bot, caller.person.id)
