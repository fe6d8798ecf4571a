"""The home of deciding claims in the admin chat."""

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.claims.decide import ClaimDecision, DecideClaim
from domain.usecases.claims.list_page import PAGE_SIZE, ListClaims, RevealClaim, ShowClaimCard
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.claims import claims_screen
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_claims import ClaimCard
from handlers.ui.claim_card import NOBODY, claim_card, claim_named
from handlers.ui.claim_deciding import claim_reasons, claim_words
from handlers.ui.claim_marks import whole_name
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Event, Screen, acknowledge, answer, mend, show, turn_to

Clock = Callable[[], datetime]
router = Router(name="staff.claims")
staff = allow(Allowed.STAFF)
WORDS_LENGTH_MAX = 1_000
CODE_LENGTH_MAX = 16


@router.message(Command("claims"), flags=staff)
@router.callback_query(OpenPage.filter(F.screen == "claim_queue"), flags=staff)
async def show_claims(
    event: Event,
    caller: Caller,
    language: Language,
    list_claims: ListClaims,
    clock: Clock,
    callback_data: OpenPage | None = None,
) -> None:
    """Show a page of the claims that wait."""
    place = callback_data.cursor() if callback_data else None
    views = await list_claims(caller, (place.at, place.id) if place else None)
    await show(event, claims_screen(language, views, PAGE_SIZE, clock()))


@router.callback_query(ClaimCard.filter(F.action.in_({"open", "card"})), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: ClaimCard,
    language: Language,
    show_claim_card: ShowClaimCard,
    clock: Clock,
) -> None:
    """Show the card: in place, or below a list."""
    view = await show_claim_card(callback_data.claim_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    screen = claim_card(language, view, clock())
    if callback_data.action == "open" and isinstance(query.message, Message):
        await acknowledge(query)
        await answer(query.message, screen)
        return
    await turn_to(query, screen)


@router.callback_query(ClaimCard.filter(F.action == "show"), flags=staff)
async def show_client(
    query: CallbackQuery,
    callback_data: ClaimCard,
    caller: Caller,
    language: Language,
    reveal_claim: RevealClaim,
) -> None:
    """Show whom the asker named, to this person only; the view is audited."""
    view = await reveal_claim(caller, callback_data.claim_id)
    name = view.client_name or "—"
    await acknowledge(query, f"{name} · {whole_name(language, view.claim)}", alert=True)


@router.callback_query(ClaimCard.filter(F.action.in_({"accept", "reject"})), flags=staff)
async def ask_reason(
    query: CallbackQuery,
    callback_data: ClaimCard,
    language: Language,
    show_claim_card: ShowClaimCard,
    clock: Clock,
) -> None:
    """Ask for the coded reason."""
    view = await show_claim_card(callback_data.claim_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    to = callback_data.to if callback_data.action == "accept" else None
    await turn_to(query, claim_reasons(language, view, clock(), to))


@router.callback_query(ClaimCard.filter(F.action == "other"), flags=staff)
async def ask_code(
    query: CallbackQuery,
    callback_data: ClaimCard,
    language: Language,
    show_claim_card: ShowClaimCard,
    state: FSMContext,
) -> None:
    """Ask for the code of another partner."""
    view = await show_claim_card(callback_data.claim_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    question = lines(
        claim_named(language, view),
        language.say(
            "{name}, reply with the code of the partner that invited the client.",
            name=mentioned(query.from_user),
        ),
    )
    screen = Screen(question, asks=str(language.say("Code")))
    await ask(query, state, StaffForm.claim_code, screen, claim_id=callback_data.claim_id)


@router.message(StaffForm.claim_code, F.text, is_answer, flags=staff)
async def take_code(
    message: Message,
    caller: Caller,
    language: Language,
    show_claim_card: ShowClaimCard,
    decide_claim: DecideClaim,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Take the code, then ask for the reason; one that nobody has is asked again."""
    claim_id = int((await state.get_data())["claim_id"])
    code = (message.text or "").strip().lower()[:CODE_LENGTH_MAX]
    name = await decide_claim.chosen(caller, claim_id, code)
    view = await show_claim_card(claim_id)
    await state.clear()
    if view is not None:
        await answer(message, claim_reasons(language, view, clock(), code, name))


@router.callback_query(ClaimCard.filter(F.action.in_({"yes", "no"})), flags=staff)
async def ask_words(
    query: CallbackQuery,
    callback_data: ClaimCard,
    caller: Caller,
    language: Language,
    show_claim_card: ShowClaimCard,
    decide_claim: DecideClaim,
    state: FSMContext,
) -> None:
    """Ask for words to whoever asked; they may be left out where nobody loses a client."""
    view = await show_claim_card(callback_data.claim_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    is_chosen = callback_data.to not in ("", NOBODY)
    name = (
        await decide_claim.chosen(caller, callback_data.claim_id, callback_data.to)
        if is_chosen
        else None
    )
    await turn_to(query, claim_words(language, view, callback_data, name))
    question = lines(
        claim_named(language, view),
        language.say(
            "{name}, what should the person who asked be told?", name=mentioned(query.from_user)
        ),
    )
    await ask(
        query,
        state,
        StaffForm.claim_words,
        Screen(question, asks=str(language.say("Words"))),
        press=callback_data.pack(),
        prompt_id=query.message.message_id if query.message else 0,
    )


@router.callback_query(ClaimCard.filter(F.action.in_({"yes_now", "no_now"})), flags=staff)
async def decide_without_words(
    query: CallbackQuery,
    callback_data: ClaimCard,
    caller: Caller,
    language: Language,
    decide_claim: DecideClaim,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Decide with the coded reason alone."""
    await state.clear()
    view = await decide_claim(caller, _decision(callback_data, ""))
    await turn_to(query, claim_card(language, view, clock()), note=language.say("✔️ Done"))


@router.message(StaffForm.claim_words, F.text, is_answer, flags=staff)
async def decide_with_words(
    message: Message,
    caller: Caller,
    language: Language,
    decide_claim: DecideClaim,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Decide with the coded reason and the words that were replied."""
    data = await state.get_data()
    press = ClaimCard.unpack(str(data["press"]))
    await state.clear()
    words = (message.text or "")[:WORDS_LENGTH_MAX]
    card = claim_card(language, await decide_claim(caller, _decision(press, words)), clock())
    # The prompt was the card before it asked; the outbox mends it where this edit fails.
    await mend(message, int(data["prompt_id"]), card)
    await answer(message, card)


def _decision(press: ClaimCard, words: str) -> ClaimDecision:
    return ClaimDecision(
        claim_id=press.claim_id,
        is_accepted=press.action in ("yes", "yes_now"),
        code=press.to if press.to and press.to != NOBODY else None,
        reason_code=press.reason,
        reason_text=words,
    )
