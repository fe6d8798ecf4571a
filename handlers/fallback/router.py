"""The home of answers to what nothing else understands: help, never silence."""

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.people.mark_blocked import MarkBlocked
from domain.usecases.staff.admin_chat import AdminChat
from handlers.fallback import commands
from handlers.fallback.guess import guess
from handlers.fallback.screens import not_understood_screen
from handlers.middlewares.access import Allowed, allow
from handlers.ui.commands import commands_of, staff_commands
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.replies import is_for_us, is_late_reply, is_reply, open_prompts
from handlers.ui.routing import gather
from handlers.ui.screen import Screen, acknowledge, answer, send

router = Router(name="fallback.all")


def build_router() -> Router:
    """Return the router that comes last."""
    return gather("fallback", (commands.router, router))


@router.message(F.migrate_to_chat_id, flags=allow(Allowed.GROUP))
async def follow_upgrade(message: Message, admin_chat: AdminChat) -> None:
    """Follow the admin chat when Telegram makes a supergroup of it."""
    if message.migrate_to_chat_id is not None:
        await admin_chat.move(message.chat.id, message.migrate_to_chat_id)


@router.message(F.chat.type == "private", flags=allow(Allowed.ANYONE))
async def not_understood(
    message: Message, caller: Caller, language: Language, programs: Programs, bot: Bot
) -> None:
    """Help somebody who sent what nothing waits for."""
    known = [made.command for made in commands_of(caller, language, programs)]
    username = (await bot.me()).username or ""
    guessed = guess(message.text, known)
    await answer(message, not_understood_screen(language, caller, guessed, username))


@router.message(
    F.chat.type.in_({"group", "supergroup"}),
    F.text.startswith("/"),
    is_for_us,
    flags=allow(Allowed.STAFF),
)
async def unknown_command(message: Message, language: Language) -> None:
    """Help staff with a command that does not exist."""
    near = guess(message.text, [made.command for made in staff_commands(language)]).value
    text = lines(
        language.say("There is no such command. /help lists them."),
        language.say("Did you mean /{command}?", command=near) if near else None,
    )
    await answer(message, Screen(text))


@router.message(F.text | F.photo | F.document, is_reply, flags=allow(Allowed.GROUP))
async def late_reply(
    message: Message, caller: Caller, language: Language, state: FSMContext, bot: Bot
) -> None:
    """Tell staff that a question is closed, or that it is another one that waits for them."""
    if caller.staff_role is None or not caller.in_admin_chat:
        return
    waiting = (await open_prompts(state)).ids
    if waiting:
        await _point_at(bot, message, language, waiting[-1])
        return
    if not is_late_reply(message):
        return
    text = language.say(
        "Nothing waits for this reply any more. Press the button or send the command again, "
        "then reply to the new question."
    )
    await answer(message, Screen(text))


async def _point_at(bot: Bot, message: Message, language: Language, prompt_id: int) -> None:
    """Point at the question that is open: a reply to anything else is no answer to it."""
    text = language.say(
        "I have not taken this as an answer: another question is open for you, the one I reply to "
        "here. Reply to that one, or leave it with /cancel."
    )
    try:
        thread_id = message.message_thread_id if message.is_topic_message else None
        await send(bot, message.chat.id, Screen(text), thread_id=thread_id, reply_to=prompt_id)
    except TelegramBadRequest:
        # Somebody has deleted the question.
        await answer(message, Screen(text))


@router.callback_query(flags=allow(Allowed.GROUP))
async def stale_press(query: CallbackQuery, language: Language) -> None:
    """Explain a button that leads nowhere any more."""
    text = language.say("This button is out of date. /menu shows what is possible today.")
    await acknowledge(query, text, alert=True)


@router.my_chat_member(F.chat.type == "private")
async def note_block(event: ChatMemberUpdated, mark_blocked: MarkBlocked) -> None:
    """Keep that a person blocked the bot or opened it again."""
    await mark_blocked(event.from_user.id, blocked=event.new_chat_member.status == "kicked")
