"""The home of "why is my client not here?" and of claiming a client."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, MessageOriginUser

from domain.access import NotAPartner
from domain.contacts import normal_phone
from domain.entities.claim import NamedBy, NamedClient, OwnDay
from domain.entities.people import Caller
from domain.errors import NotAllowed
from domain.programs.model import Programs
from domain.usecases.claims.ask import AskAboutClient, read_client
from domain.usecases.claims.open import ListOwnClaims, OpenClaim
from domain.usecases.partners.show_enrolment import ShowEnrolment
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.claims import (
    answer_screen,
    claim_opened,
    claims_screen,
    client_question,
    comment_question,
    day_screen,
    form_gone,
    form_left,
    hidden_person,
)
from handlers.partner.states import ClaimStates
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_claims import ClaimForm
from handlers.ui.language import Language
from handlers.ui.screen import Event, Screen, answer, show, turn_to

router = Router(name="partner.claims")
anyone = allow(Allowed.ANYONE)
FORWARDED_LENGTH_MAX = 500


@router.message(Command("claim"), flags=anyone)
@router.callback_query(Open.filter(F.screen.in_({"why", "claim"})), flags=anyone)
async def start_question(
    event: Event,
    caller: Caller,
    language: Language,
    ask_about_client: AskAboutClient,
    show_enrolment: ShowEnrolment,
    programs: Programs,
    state: FSMContext,
    command: CommandObject | None = None,
) -> None:
    """Ask which client is meant; it may follow the command."""
    if caller.membership is None:
        raise NotAPartner
    if not caller.is_partner_admin:
        raise NotAllowed(right="partner.admin")
    await state.set_state(ClaimStates.client)
    await state.set_data({})
    if command is None or not command.args:
        await show(event, client_question(language))
        return
    named = read_client(command.args)
    screen = await _tell(named, caller, language, ask_about_client, show_enrolment, programs)
    await _keep(state, named, "")
    await show(event, screen)


@router.message(ClaimStates.client, F.forward_origin, flags=anyone)
@router.message(ClaimStates.found, F.forward_origin, flags=anyone)
async def take_forwarded(
    message: Message,
    caller: Caller,
    language: Language,
    ask_about_client: AskAboutClient,
    show_enrolment: ShowEnrolment,
    programs: Programs,
    state: FSMContext,
) -> None:
    """Take the author of a forwarded message, and its words as evidence."""
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginUser) or origin.sender_user.is_bot:
        await answer(message, hidden_person(language))
        return
    named = NamedClient(NamedBy.PERSON, str(origin.sender_user.id))
    screen = await _tell(named, caller, language, ask_about_client, show_enrolment, programs)
    words = (message.text or message.caption or "")[:FORWARDED_LENGTH_MAX]
    await _keep(state, named, words)
    await answer(message, screen)


@router.message(ClaimStates.client, F.contact, flags=anyone)
@router.message(ClaimStates.found, F.contact, flags=anyone)
async def take_contact(
    message: Message,
    caller: Caller,
    language: Language,
    ask_about_client: AskAboutClient,
    show_enrolment: ShowEnrolment,
    programs: Programs,
    state: FSMContext,
) -> None:
    """Take the number of a contact card; whose it is proves nothing, it only names."""
    digits = normal_phone(message.contact.phone_number if message.contact else "")
    named = NamedClient(NamedBy.PHONE, digits)
    screen = await _tell(named, caller, language, ask_about_client, show_enrolment, programs)
    await _keep(state, named, "")
    await answer(message, screen)


@router.message(ClaimStates.client, F.text, flags=anyone)
@router.message(ClaimStates.found, F.text, flags=anyone)
async def take_text(
    message: Message,
    caller: Caller,
    language: Language,
    ask_about_client: AskAboutClient,
    show_enrolment: ShowEnrolment,
    programs: Programs,
    state: FSMContext,
) -> None:
    """Take a typed name of the client; what cannot be one is asked again."""
    named = read_client(message.text or "")
    screen = await _tell(named, caller, language, ask_about_client, show_enrolment, programs)
    await _keep(state, named, "")
    await answer(message, screen)


async def _tell(
    named: NamedClient,
    caller: Caller,
    language: Language,
    ask_about_client: AskAboutClient,
    show_enrolment: ShowEnrolment,
    programs: Programs,
) -> Screen:
    told = await ask_about_client(caller, named)
    if isinstance(told, OwnDay):
        return day_screen(language, told)
    view = await show_enrolment(caller)
    return answer_screen(language, programs[view.enrolment.program], told)


async def _keep(state: FSMContext, named: NamedClient, words: str) -> None:
    """Remember which client the answer was about, so that a press can claim it."""
    if named.by is NamedBy.DATE:
        return
    await state.set_state(ClaimStates.found)
    await state.set_data({"by": named.by.value, "value": named.value, "words": words})


@router.callback_query(ClaimForm.filter(F.step == "claim"), flags=anyone)
async def ask_words(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Ask for the partner's own words."""
    named = await _named(state)
    if named is None:
        await turn_to(query, form_gone(language))
        return
    await state.set_state(ClaimStates.comment)
    await turn_to(query, comment_question(language, named))


@router.message(ClaimStates.comment, F.text, flags=anyone)
async def take_words(
    message: Message,
    caller: Caller,
    language: Language,
    open_claim: OpenClaim,
    state: FSMContext,
) -> None:
    """Open the claim with the partner's words."""
    screen = await _open(caller, language, open_claim, state, message.text or "")
    await answer(message, screen)


@router.callback_query(ClaimForm.filter(F.step == "send"), flags=anyone)
async def send_without_words(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    open_claim: OpenClaim,
    state: FSMContext,
) -> None:
    """Open the claim without words."""
    await turn_to(query, await _open(caller, language, open_claim, state, ""))


async def _open(
    caller: Caller, language: Language, open_claim: OpenClaim, state: FSMContext, words: str
) -> Screen:
    named = await _named(state)
    if named is None:
        return form_gone(language)
    forwarded = str((await state.get_data()).get("words", ""))
    comment = "\n".join(part for part in (words.strip(), forwarded) if part)
    claim = await open_claim(caller, named, comment)
    await state.clear()
    return claim_opened(language, claim)


async def _named(state: FSMContext) -> NamedClient | None:
    data = await state.get_data()
    if "value" not in data:
        return None
    return NamedClient(NamedBy(str(data["by"])), str(data["value"]))


@router.callback_query(ClaimForm.filter(F.step == "cancel"), flags=anyone)
async def leave_form(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, form_left(language))


@router.message(Command("claims"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "claims"), flags=anyone)
async def show_claims(
    event: Event,
    caller: Caller,
    language: Language,
    list_own_claims: ListOwnClaims,
    state: FSMContext,
) -> None:
    """Show what the partner has claimed."""
    views = await list_own_claims(caller)
    await state.clear()
    await show(event, claims_screen(language, views))
