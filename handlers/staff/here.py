"""The home of making a group the admin chat, and of what the bot lacks there."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    Message,
    ResultChatMemberUnion,
)

from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.staff.admin_chat import AdminChat
from handlers.middlewares.access import Allowed, allow
from handlers.ui.commands import publish_commands
from handlers.ui.html import Html, code, lines
from handlers.ui.language import Language, Languages
from handlers.ui.queues import TOPICS
from handlers.ui.screen import Screen, answer
from handlers.ui.topics import Topics

router = Router(name="staff.here")


@router.message(Command("here"), flags=allow(Allowed.OWNER))
async def here(
    message: Message,
    caller: Caller,
    language: Language,
    languages: Languages,
    programs: Programs,
    admin_chat: AdminChat,
    topics: Topics,
    bot: Bot,
) -> None:
    """Tell an owner the id of a group, make it the admin chat, and name missing rights."""
    is_admin_chat = await admin_chat.locate(caller, message.chat.id)
    say = language.say
    member = await bot.get_chat_member(message.chat.id, bot.id)
    missing = _missing(language, member, is_forum=bool(message.chat.is_forum))
    has_topics = (
        is_admin_chat and bool(message.chat.is_forum) and await topics.open_all(message.chat.id)
    )
    names = ", ".join(name(languages.of(languages.default)) for name in TOPICS.values())
    text = lines(
        say("The ID of this chat is {id}.", id=code(message.chat.id)),
        say("✅ This is the admin chat.")
        if is_admin_chat
        else say(
            "Another chat is the admin chat. To move here, put this ID into the config "
            "under staff.chat_id and start the bot again."
        ),
        say("🗂 Each queue has its topic: {names}.", names=names) if has_topics else None,
        *(missing or (say("I have all the rights that I need here."),)),
    )
    await answer(message, Screen(text))
    if is_admin_chat:
        await publish_commands(bot, languages, programs, message.chat.id)


def _missing(language: Language, member: ResultChatMemberUnion, *, is_forum: bool) -> list[Html]:
    """Return which rights the bot lacks in the chat for its work, a sentence each."""
    say, missing = language.say, []
    is_owner = isinstance(member, ChatMemberOwner)
    manages = isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)
    if is_forum and not (is_owner or manages):
        missing.append(
            say(
                "⚠️ I lack the right to manage topics (can_manage_topics); "
                "make me an admin with it, and each queue gets a topic."
            )
        )
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        missing.append(say("⚠️ I may not send messages here (can_send_messages)."))
    return missing
