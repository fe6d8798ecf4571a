"""The home of turning refusals into words for whoever was refused."""

from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.entities.people import Caller
from domain.errors import DomainError, NotFound
from domain.usecases.staff.record_denial import RecordDenial
from handlers.middlewares.access import Handler
from handlers.ui.callbacks import Open
from handlers.ui.refusals import refusal_screen
from handlers.ui.replies import add_prompt, is_answer
from handlers.ui.screen import Button, Screen, acknowledge, answer

DENIALS = frozenset({"not_allowed", "own_payout", "second_person_needed", "own_application"})
"""Refusals for want of a right: each is written down."""


class RefusalMiddleware(BaseMiddleware):
    """Answers a refusal with its words; bugs and outages pass on to be tried again.

    What is refused for want of a right is written into the audit trail first.
    """

    def __init__(self, record_denial: RecordDenial) -> None:
        """Write denials down by this."""
        self._record_denial = record_denial

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Go on, and word what is refused."""
        try:
            return await handler(event, data)
        except DomainError as refusal:
            if refusal.code in DENIALS or _is_made_up(event, refusal):
                await self._write_down(event, data["caller"], refusal)
            screen = refusal_screen(data["language"], refusal)
            if isinstance(event, Message):
                answered = await answer(event, await _with_way_out(event, screen, data))
                await _let_it_be_answered(event, answered, data.get("state"))
            elif isinstance(event, CallbackQuery):
                await _answer_press(event, screen)
        return None

    async def _write_down(
        self, event: TelegramObject, caller: Caller, refusal: DomainError
    ) -> None:
        asked, chat_id = asked_by(event)
        right = str(refusal.facts.get("right", refusal.code))
        await self._record_denial(caller, right=right, asked=asked, chat_id=chat_id)


async def _with_way_out(message: Message, screen: Screen, data: dict[str, Any]) -> Screen:
    """Add Cancel where a form still waits for a better answer and nothing else is offered."""
    state: FSMContext | None = data.get("state")
    if screen.rows or message.chat.type != "private" or state is None:
        return screen
    if await state.get_state() is None:
        return screen
    leave = Button(data["language"].say("✖️ Cancel"), Open(screen="menu"))
    return replace(screen, rows=((leave,),))


async def _let_it_be_answered(
    message: Message, answered: Message | None, state: FSMContext | None
) -> None:
    """Let staff reply to the refusal of their answer as to the question: the form still waits."""
    if state is not None and answered is not None and await is_answer(message, state):
        await add_prompt(state, answered)


def _is_made_up(event: TelegramObject, refusal: DomainError) -> bool:
    """Test if a button was pressed that leads to nothing: nobody was offered such a one.

    "Not yours" and "not there" look the same to whoever asks, and both are written down.
    """
    return isinstance(event, CallbackQuery) and refusal.code == NotFound.code


def asked_by(event: TelegramObject) -> tuple[str, int]:
    """Return what was asked for, a command or a button's value, and in which chat."""
    if isinstance(event, CallbackQuery):
        return event.data or "", event.message.chat.id if event.message else event.from_user.id
    if isinstance(event, Message):
        words = (event.text or "").split(maxsplit=1)
        return words[0] if words and words[0].startswith("/") else "text", event.chat.id
    return "", 0


async def _answer_press(query: CallbackQuery, screen: Screen) -> None:
    """Answer a press by a pop-up in a group, and by a message where buttons can follow."""
    message = query.message
    if isinstance(message, Message) and message.chat.type == "private":
        await acknowledge(query)
        await answer(message, screen)
        return
    await acknowledge(query, screen.text, alert=True)
