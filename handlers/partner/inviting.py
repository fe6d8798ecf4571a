"""The home of a partner inviting clients by e-mail."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.inviting.invite import InviteClient
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.inviting import (
    confirm_question,
    form_gone,
    invitations_screen,
    invitee_question,
    sent_screen,
)
from handlers.partner.states import InviteForm
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_inviting import InvitePress
from handlers.ui.language import Language
from handlers.ui.screen import Event, answer, show, turn_to

router = Router(name="partner.inviting")
anyone = allow(Allowed.ANYONE)


@router.message(Command("invite"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "invite"), flags=anyone)
async def show_invitations(
    event: Event,
    caller: Caller,
    language: Language,
    invite_client: InviteClient,
    state: FSMContext,
) -> None:
    """Show what was sent; an open form is left."""
    own = await invite_client.show(caller)
    await state.clear()
    await show(event, invitations_screen(language, own))


@router.callback_query(InvitePress.filter(F.action == "new"), flags=anyone)
async def ask_whom(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    invite_client: InviteClient,
    state: FSMContext,
) -> None:
    """Ask whom to invite; who may not is told before it types."""
    await invite_client.check(caller)
    await state.set_state(InviteForm.client)
    await state.set_data({})
    await turn_to(query, invitee_question(language))


@router.message(InviteForm.client, F.text, flags=anyone)
async def take_invitee(
    message: Message,
    caller: Caller,
    language: Language,
    invite_client: InviteClient,
    state: FSMContext,
) -> None:
    """Take address and name; what cannot be one is asked again."""
    address, name = await invite_client.check(caller, message.text or "")
    await state.set_data({"typed": f"{address} {name}".strip()})
    await answer(message, confirm_question(language, address, name))


@router.callback_query(InvitePress.filter(F.action == "send"), flags=anyone)
async def send(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    invite_client: InviteClient,
    state: FSMContext,
) -> None:
    """Send it; a second press finds nothing to send."""
    typed = str((await state.get_data()).get("typed", ""))
    if not typed:
        await turn_to(query, form_gone(language))
        return
    await state.clear()
    invitation = await invite_client(caller, typed)
    await turn_to(query, sent_screen(language, invitation.address))


@router.callback_query(InvitePress.filter(F.action == "revoke"), flags=anyone)
async def revoke(
    query: CallbackQuery,
    callback_data: InvitePress,
    caller: Caller,
    language: Language,
    invite_client: InviteClient,
) -> None:
    """Take one back: its link stops working, and a new one can be sent."""
    own = await invite_client.revoke(caller, callback_data.id)
    await turn_to(query, invitations_screen(language, own), note=language.say("✔️ Done"))
