"""The home of adjusting balances by hand, and of what staff ask about a pay-out's sum."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.adjustments.enter import AdjustBalance
from domain.usecases.explanations.explain import ExplainSum
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask, begin_anew
from handlers.staff.screens.adjustments import adjustment_card, rest_question
from handlers.staff.states import StaffForm
from handlers.ui.callbacks import AdjustCard, Why
from handlers.ui.language import Language
from handlers.ui.replies import is_answer
from handlers.ui.screen import acknowledge, answer, turn_to
from handlers.ui.why import conversion_why, payout_why
from handlers.ui.why_commission import commission_why

router = Router(name="staff.adjustments")
staff = allow(Allowed.STAFF)
WORDS_MIN = 3


@router.message(Command("adjust"), flags=staff)
async def adjust(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    adjust_balance: AdjustBalance,
    state: FSMContext,
) -> None:
    """Ask to confirm an adjustment, or ask for what is missing."""
    words = (command.args or "").split(maxsplit=2)
    if len(words) < WORDS_MIN:
        await _ask_for_rest(message, words, language, state)
        return
    await _ask(message, words, caller, language, adjust_balance)


async def _ask_for_rest(
    message: Message, words: list[str], language: Language, state: FSMContext
) -> None:
    """Keep what was given and ask for what is missing."""
    await ask(message, state, StaffForm.adjustment, rest_question(language, words), words=words)


@router.message(StaffForm.adjustment, F.text, is_answer, flags=staff)
async def adjust_by_reply(
    message: Message,
    caller: Caller,
    language: Language,
    adjust_balance: AdjustBalance,
    state: FSMContext,
) -> None:
    """Ask to confirm an adjustment from a reply."""
    given = (await state.get_data()).get("words", [])
    words = [*given, *(message.text or "").split(maxsplit=2 - len(given))]
    if len(words) < WORDS_MIN:
        await _ask_for_rest(message, words, language, state)
        return
    # Whoever is refused, for an unknown code maybe, says all of it anew.
    await begin_anew(state)
    await _ask(message, words, caller, language, adjust_balance)
    await state.clear()


async def _ask(
    message: Message,
    words: list[str],
    caller: Caller,
    language: Language,
    adjust_balance: AdjustBalance,
) -> None:
    code, amount, reason = words
    view = await adjust_balance.ask(
        caller,
        code=code,
        amount=amount,
        reason=reason,
        request=f"{message.chat.id}:{message.message_id}",
    )
    await answer(message, adjustment_card(language, view))


@router.callback_query(AdjustCard.filter(F.action == "confirm"), flags=staff)
async def confirm(
    query: CallbackQuery,
    callback_data: AdjustCard,
    caller: Caller,
    language: Language,
    adjust_balance: AdjustBalance,
) -> None:
    """Book the adjustment."""
    view = await adjust_balance.confirm(caller, callback_data.adjustment_id)
    await turn_to(query, adjustment_card(language, view), note=language.say("✔️ Done"))


@router.callback_query(AdjustCard.filter(F.action == "drop"), flags=staff)
async def drop(
    query: CallbackQuery,
    callback_data: AdjustCard,
    caller: Caller,
    language: Language,
    adjust_balance: AdjustBalance,
) -> None:
    """Drop the adjustment before it is booked."""
    view = await adjust_balance.drop(caller, callback_data.adjustment_id)
    await turn_to(query, adjustment_card(language, view))


@router.callback_query(AdjustCard.filter(F.action == "undo"), flags=staff)
async def undo(
    query: CallbackQuery,
    callback_data: AdjustCard,
    caller: Caller,
    language: Language,
    adjust_balance: AdjustBalance,
) -> None:
    """Take the adjustment back by an opposite one."""
    view = await adjust_balance.undo(caller, callback_data.adjustment_id)
    await turn_to(query, adjustment_card(language, view), note=language.say("✔️ Done"))


@router.callback_query(Why.filter(F.side == "s"), flags=staff)
async def explain(
    query: CallbackQuery,
    callback_data: Why,
    caller: Caller,
    language: Language,
    programs: Programs,
    explain_sum: ExplainSum,
) -> None:
    """Tell what a sum is made of, below the card that asked."""
    match callback_data.what:
        case "payout":
            screen = payout_why(
                language, await explain_sum.payout(caller, callback_data.id), callback_data
            )
        case "conversion":
            screen = conversion_why(
                language, await explain_sum.conversion(caller, callback_data.id), callback_data
            )
        case _:
            story = await explain_sum.commission(caller, callback_data.id)
            program = programs.get(story.program)
            screen = commission_why(language, story, program, callback_data)
    is_card = callback_data.what == "payout" and callback_data.page == 0
    if is_card and isinstance(query.message, Message):
        await acknowledge(query)
        await answer(query.message, screen)
        return
    await turn_to(query, screen)
