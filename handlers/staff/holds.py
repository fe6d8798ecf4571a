"""The home of fraud holds in the admin chat: put on hold, release, confirm."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.fraud.decide import DecideFraudHold, HoldDecision, HoldMove
from domain.usecases.fraud.list_page import ShowFraudCard
from domain.usecases.fraud.place import PlaceFraudHold
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.states import StaffForm
from handlers.ui.callbacks_claims import HoldCard
from handlers.ui.fraud_card import fraud_card, hold_named, hold_reasons, hold_words
from handlers.ui.html import code, lines, short
from handlers.ui.language import Language
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Screen, acknowledge, answer, mend, turn_to

router = Router(name="staff.holds")
staff = allow(Allowed.STAFF)
WORDS_LENGTH_MAX = 1_000
MOVES = {
    "hold": HoldMove.HOLD,
    "release_now": HoldMove.RELEASE,
    "yes_release": HoldMove.RELEASE,
    "confirm_now": HoldMove.CONFIRM,
    "yes_confirm": HoldMove.CONFIRM,
}


@router.message(Command("hold"), flags=staff)
async def place(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    place_fraud_hold: PlaceFraudHold,
    state: FSMContext,
) -> None:
    """Put a partner or a payment on hold, or ask for what is missing."""
    name, _, words = (command.args or "").strip().partition(" ")
    if not name:
        question = language.say("Reply with a partner’s code or a payment’s ID.")
        screen = Screen(question, asks=str(language.say("Code or payment ID")))
        await ask(message, state, StaffForm.hold_subject, screen)
        return
    if not words.strip():
        await place_fraud_hold.check(caller, name)
        await _ask_why(message, name, language, state)
        return
    await _place(message, name, words.strip(), caller, language, place_fraud_hold)


async def _ask_why(message: Message, name: str, language: Language, state: FSMContext) -> None:
    question = language.say(
        "Reply with the reason for putting {name} on hold. Only staff see it.",
        name=code(short(name, 64)),
    )
    screen = Screen(question, asks=str(language.say("Reason")))
    await ask(message, state, StaffForm.hold_reason, screen, name=name)


@router.message(StaffForm.hold_subject, F.text, is_answer, flags=staff)
async def take_subject(
    message: Message,
    caller: Caller,
    language: Language,
    place_fraud_hold: PlaceFraudHold,
    state: FSMContext,
) -> None:
    """Take what is to be put on hold, then ask why; what nobody knows is refused at once."""
    name = (message.text or "").strip()
    await place_fraud_hold.check(caller, name)
    await _ask_why(message, name, language, state)


@router.message(StaffForm.hold_reason, F.text, is_answer, flags=staff)
async def take_reason(
    message: Message,
    caller: Caller,
    language: Language,
    place_fraud_hold: PlaceFraudHold,
    state: FSMContext,
) -> None:
    """Put on hold with the reason that was replied."""
    name = str((await state.get_data())["name"])
    await state.clear()
    await _place(message, name, message.text or "", caller, language, place_fraud_hold)


async def _place(
    message: Message,
    name: str,
    words: str,
    caller: Caller,
    language: Language,
    place_fraud_hold: PlaceFraudHold,
) -> None:
    held = await place_fraud_hold(caller, name, words[:WORDS_LENGTH_MAX])
    text = language.say_many(
        "🟠 Done: {count} hold. Its card follows.",
        "🟠 Done: {count} holds. Their cards follow.",
        len(held),
    )
    await answer(message, Screen(text))


@router.callback_query(HoldCard.filter(F.action.in_({"open", "card"})), flags=staff)
async def show_card(
    query: CallbackQuery,
    callback_data: HoldCard,
    language: Language,
    show_fraud_card: ShowFraudCard,
) -> None:
    """Show the card: in place, or below a list."""
    view = await show_fraud_card(callback_data.hold_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    screen = fraud_card(language, view)
    if callback_data.action == "open" and isinstance(query.message, Message):
        await acknowledge(query)
        await answer(query.message, screen)
        return
    await turn_to(query, screen)


@router.callback_query(HoldCard.filter(F.action.in_({"release", "confirm"})), flags=staff)
async def ask_reason(
    query: CallbackQuery,
    callback_data: HoldCard,
    language: Language,
    show_fraud_card: ShowFraudCard,
) -> None:
    """Ask for the coded reason, saying what the decision does."""
    view = await show_fraud_card(callback_data.hold_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    is_release = callback_data.action == "release"
    await turn_to(query, hold_reasons(language, view, is_release=is_release))


@router.callback_query(HoldCard.filter(F.action.in_({"yes_release", "yes_confirm"})), flags=staff)
async def ask_words(
    query: CallbackQuery,
    callback_data: HoldCard,
    language: Language,
    show_fraud_card: ShowFraudCard,
    state: FSMContext,
) -> None:
    """Ask for words to the partner, which may be left out."""
    view = await show_fraud_card(callback_data.hold_id)
    if view is None:
        await acknowledge(query, language.say("Nothing was found under this name."), alert=True)
        return
    await turn_to(query, hold_words(language, callback_data))
    question = lines(
        hold_named(language, view),
        language.say("{name}, what should the partner be told?", name=mentioned(query.from_user)),
    )
    await ask(
        query,
        state,
        StaffForm.hold_words,
        Screen(question, asks=str(language.say("Note for the partner"))),
        press=callback_data.pack(),
        prompt_id=query.message.message_id if query.message else 0,
    )


@router.callback_query(
    HoldCard.filter(F.action.in_({"hold", "release_now", "confirm_now"})), flags=staff
)
async def decide_without_words(
    query: CallbackQuery,
    callback_data: HoldCard,
    caller: Caller,
    language: Language,
    decide_fraud_hold: DecideFraudHold,
    state: FSMContext,
) -> None:
    """Decide with the coded reason alone."""
    await state.clear()
    view = await decide_fraud_hold(caller, _decision(callback_data, ""))
    await turn_to(query, fraud_card(language, view), note=language.say("✔️ Done"))


@router.message(StaffForm.hold_words, F.text, is_answer, flags=staff)
async def decide_with_words(
    message: Message,
    caller: Caller,
    language: Language,
    decide_fraud_hold: DecideFraudHold,
    state: FSMContext,
) -> None:
    """Decide with the coded reason and the words that were replied."""
    data = await state.get_data()
    press = HoldCard.unpack(str(data["press"]))
    await state.clear()
    words = (message.text or "")[:WORDS_LENGTH_MAX]
    card = fraud_card(language, await decide_fraud_hold(caller, _decision(press, words)))
    # The prompt was the card before it asked; the outbox mends it where this edit fails.
    await mend(message, int(data["prompt_id"]), card)
    await answer(message, card)


def _decision(press: HoldCard, words: str) -> HoldDecision:
    return HoldDecision(
        hold_id=press.hold_id,
        move=MOVES[press.action],
        reason_code=press.reason,
        reason_text=words,
    )
