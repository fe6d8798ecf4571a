"""The home of a partner's several links: making, naming, showing, putting away."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.links.add import AddLink
from domain.usecases.links.change import ArchiveLink, RenameLink
from domain.usecases.links.list_own import ListLinks
from handlers.middlewares.access import Allowed, allow
from handlers.partner.callbacks import OwnLink
from handlers.partner.screens.links import (
    Addresses,
    archive_screen,
    changed_note,
    code_question,
    label_question,
    links_screen,
    own_link_screen,
    qr_screen,
)
from handlers.partner.states import LinkForm
from handlers.ui.callbacks import Open
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.links import Links
from handlers.ui.qr import qr_png
from handlers.ui.screen import Event, Screen, acknowledge, answer, send, show, turn_to

router = Router(name="partner.links")
anyone = allow(Allowed.ANYONE)


async def _addresses(bot: Bot, links: Links) -> Addresses:
    return Addresses(links=links, username=(await bot.me()).username or "")


@router.message(Command("links"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "links"), flags=anyone)
@router.callback_query(OwnLink.filter(F.action == "list"), flags=anyone)
async def show_links(
    event: Event, caller: Caller, language: Language, list_links: ListLinks
) -> None:
    """Show the links in use."""
    own = await list_links(caller)
    await show(event, links_screen(language, own, is_admin=caller.is_partner_admin))


@router.callback_query(OwnLink.filter(F.action == "archive"), flags=anyone)
async def show_archive(
    query: CallbackQuery, caller: Caller, language: Language, list_links: ListLinks
) -> None:
    """Show the links that were put away."""
    await turn_to(query, archive_screen(language, await list_links(caller)))


@router.callback_query(OwnLink.filter(F.action == "show"), flags=anyone)
async def show_own_link(
    query: CallbackQuery,
    callback_data: OwnLink,
    caller: Caller,
    language: Language,
    list_links: ListLinks,
    links: Links,
    bot: Bot,
) -> None:
    """Show one link."""
    own = await list_links(caller)
    shown, where = own.link(callback_data.code), await _addresses(bot, links)
    is_admin = caller.is_partner_admin
    await turn_to(query, own_link_screen(language, own, shown, where, is_admin=is_admin))


@router.callback_query(OwnLink.filter(F.action == "qr"), flags=anyone)
async def show_qr(
    query: CallbackQuery,
    callback_data: OwnLink,
    caller: Caller,
    language: Language,
    list_links: ListLinks,
    links: Links,
    bot: Bot,
) -> None:
    """Send the QR code of one link."""
    own = await list_links(caller)
    shown = own.link(callback_data.code)
    await acknowledge(query)
    username = (await bot.me()).username or ""
    address = links.shared(own.program, shown.code, username)
    photo = await qr_png(address, links.logo)
    await send(bot, caller.person.id, qr_screen(language, shown, address, photo))


@router.callback_query(OwnLink.filter(F.action == "new"), flags=anyone)
async def ask_label(
    query: CallbackQuery, caller: Caller, language: Language, add_link: AddLink, state: FSMContext
) -> None:
    """Begin the form for one more link."""
    await add_link.check(caller)
    await state.set_state(LinkForm.label)
    await turn_to(query, label_question(language))


@router.message(LinkForm.label, F.text, flags=anyone)
async def take_label(
    message: Message, caller: Caller, language: Language, add_link: AddLink, state: FSMContext
) -> None:
    """Take the name; one that cannot be is asked again."""
    label = await add_link.check(caller, message.text or "")
    await state.set_state(LinkForm.code)
    await state.update_data(label=label)
    await answer(message, code_question(language, label))


@router.message(LinkForm.code, F.text, flags=anyone)
async def take_code(
    message: Message,
    caller: Caller,
    language: Language,
    add_link: AddLink,
    list_links: ListLinks,
    links: Links,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Take the wished code and make the link; a code that cannot be is asked again."""
    label = str((await state.get_data()).get("label", ""))
    link = await add_link(caller, label, message.text or "")
    await state.clear()
    own, where = await list_links(caller), await _addresses(bot, links)
    shown = own_link_screen(language, own, link, where, is_admin=True)
    text = lines(changed_note(language, "made"), shown.text)
    await answer(message, Screen(text, shown.rows))


@router.callback_query(OwnLink.filter(F.action == "make"), flags=anyone)
async def make_link(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    add_link: AddLink,
    list_links: ListLinks,
    links: Links,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Make the link with a code of our own; a form that was left is begun anew."""
    label = str((await state.get_data()).get("label", ""))
    if await state.get_state() != LinkForm.code.state or not label:
        await turn_to(query, links_screen(language, await list_links(caller), is_admin=True))
        return
    link = await add_link(caller, label)
    await state.clear()
    own, where = await list_links(caller), await _addresses(bot, links)
    shown = own_link_screen(language, own, link, where, is_admin=True)
    await turn_to(query, shown, note=changed_note(language, "made"))


@router.callback_query(OwnLink.filter(F.action == "rename"), flags=anyone)
async def ask_new_name(
    query: CallbackQuery,
    callback_data: OwnLink,
    caller: Caller,
    language: Language,
    list_links: ListLinks,
    state: FSMContext,
) -> None:
    """Ask for another name."""
    own = await list_links(caller)
    shown = own.link(callback_data.code)
    await state.set_state(LinkForm.name)
    await state.update_data(code=shown.code)
    await turn_to(query, label_question(language, renamed=shown))


@router.message(LinkForm.name, F.text, flags=anyone)
async def take_new_name(
    message: Message,
    caller: Caller,
    language: Language,
    rename_link: RenameLink,
    list_links: ListLinks,
    links: Links,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Keep the other name; one that cannot be is asked again."""
    code = str((await state.get_data()).get("code", ""))
    link = await rename_link(caller, code, message.text or "")
    await state.clear()
    own, where = await list_links(caller), await _addresses(bot, links)
    shown = own_link_screen(language, own, link, where, is_admin=True)
    await answer(message, Screen(lines(changed_note(language, "renamed"), shown.text), shown.rows))


@router.callback_query(OwnLink.filter(F.action.in_({"away", "restore"})), flags=anyone)
async def put_away(
    query: CallbackQuery,
    callback_data: OwnLink,
    caller: Caller,
    language: Language,
    archive_link: ArchiveLink,
    list_links: ListLinks,
    links: Links,
    bot: Bot,
) -> None:
    """Put a link away, or take it out again."""
    action = callback_data.action
    link = await archive_link(caller, callback_data.code, is_archived=action == "away")
    own, where = await list_links(caller), await _addresses(bot, links)
    shown = own_link_screen(language, own, link, where, is_admin=True)
    await turn_to(query, shown, note=changed_note(language, action))


@router.callback_query(OwnLink.filter(F.action == "cancel"), flags=anyone)
async def leave_form(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    list_links: ListLinks,
    state: FSMContext,
) -> None:
    """Leave the form; the links are shown."""
    await state.clear()
    note = language.say("Cancelled.")
    own = await list_links(caller)
    screen = links_screen(language, own, is_admin=caller.is_partner_admin)
    await turn_to(query, screen, note=note)
