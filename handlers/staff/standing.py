"""The home of suspending, ending and reinstating partners in the admin chat."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.entities.standing import STANDING_REASONS, STANDING_WORDS_MAX, StandingMove
from domain.errors import NotFound
from domain.usecases.standing.change import ChangeStanding, StandingDecision
from handlers.middlewares.access import Allowed, allow
from handlers.staff import asking
from handlers.staff.screens.standing import (
    confirm_screen,
    done_screen,
    effects_screen,
    move_named,
    words_screen,
)
from handlers.staff.states import StaffForm
from handlers.ui.callbacks_standing import StandingPress
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Screen, acknowledge, answer, turn_to

router = Router(name="staff.standing")
staff = allow(Allowed.STAFF)


def _move(value: str) -> StandingMove:
    if value not in {move.value for move in StandingMove}:
        raise NotFound(move=value)
    return StandingMove(value)


def _reason(move: StandingMove, value: str) -> str:
    return value if value in STANDING_REASONS[move] else "other"


@router.message(Command("suspend", "end", "reinstate"), flags=staff)
async def begin(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    change_standing: ChangeStanding,
) -> None:
    """Show what it would do to the partner with this code."""
    move = _move(command.command.lower())
    code = (command.args or "").strip()
    if not code:
        example = language.say(
            "Which partner? Write its code after /{command}.", command=command.command
        )
        await answer(message, Screen(example))
        return
    view = await change_standing.show(caller, code.split()[0][:64], move)
    await answer(message, effects_screen(language, view, move))


@router.callback_query(StandingPress.filter(F.action == "ask"), flags=staff)
async def ask(
    query: CallbackQuery,
    callback_data: StandingPress,
    caller: Caller,
    language: Language,
    change_standing: ChangeStanding,
) -> None:
    """Show what it would do, below the partner's card."""
    move = _move(callback_data.move)
    view = await change_standing.show(caller, callback_data.id, move)
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, effects_screen(language, view, move))


@router.callback_query(StandingPress.filter(F.action == "why"), flags=staff)
async def ask_words(
    query: CallbackQuery,
    callback_data: StandingPress,
    caller: Caller,
    language: Language,
    change_standing: ChangeStanding,
    state: FSMContext,
) -> None:
    """Ask for words to the partner, which may be left out."""
    move = _move(callback_data.move)
    reason = _reason(move, callback_data.reason)
    view = await change_standing.show(caller, callback_data.id, move)
    known = {"enrolment_id": view.enrolment.id, "move": move.value, "reason": reason}
    await turn_to(query, words_screen(language, view.enrolment.id, move, reason))
    question = lines(
        move_named(language, view, move),
        language.say("{name}, what should the partner be told?", name=mentioned(query.from_user)),
    )
    screen = Screen(question, asks=str(language.say("Note for the partner")))
    await asking.ask(query, state, StaffForm.standing_words, screen, **known)


@router.message(StaffForm.standing_words, F.text, is_answer, flags=staff)
async def take_words(
    message: Message,
    caller: Caller,
    language: Language,
    change_standing: ChangeStanding,
    state: FSMContext,
) -> None:
    """Take the words and show everything once more, before it is done."""
    data = await state.get_data()
    move, words = StandingMove(data["move"]), (message.text or "")[:STANDING_WORDS_MAX]
    view = await change_standing.show(caller, int(data["enrolment_id"]), move)
    await state.set_state(None)
    await state.set_data({**data, "words": words})
    await answer(message, confirm_screen(language, view, move, str(data["reason"]), words))


@router.callback_query(StandingPress.filter(F.action == "silent"), flags=staff)
async def confirm_without_words(
    query: CallbackQuery,
    callback_data: StandingPress,
    caller: Caller,
    language: Language,
    change_standing: ChangeStanding,
    state: FSMContext,
) -> None:
    """Show everything once more, without words to the partner."""
    move = _move(callback_data.move)
    reason = _reason(move, callback_data.reason)
    view = await change_standing.show(caller, callback_data.id, move)
    await state.clear()
    await turn_to(query, confirm_screen(language, view, move, reason, ""))


@router.callback_query(StandingPress.filter(F.action == "do"), flags=staff)
async def decide(
    query: CallbackQuery,
    callback_data: StandingPress,
    caller: Caller,
    language: Language,
    change_standing: ChangeStanding,
    state: FSMContext,
) -> None:
    """Do it; the words are those that this person replied for this partner."""
    move = _move(callback_data.move)
    data = await state.get_data()
    is_its = data.get("enrolment_id") == callback_data.id and data.get("move") == move.value
    decision = StandingDecision(
        enrolment_id=callback_data.id,
        move=move,
        reason_code=callback_data.reason,
        words=str(data.get("words", "")) if is_its else "",
    )
    view = await change_standing(caller, decision)
    if is_its:
        await state.clear()
    await turn_to(query, done_screen(language, view), note=language.say("✔️ Done"))
