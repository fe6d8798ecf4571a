"""Everything the bot receives and every result, validated by aiogram's own types."""

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    ReplyParameters,
    Update,
)

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from tests.simulator.support import PngMaker, Updates

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]]
)


async def test_sending_and_editing(tg: Bot, ann: PersonActor) -> None:
    sent = await tg.send_message(ann.id, "<b>x</b>", reply_markup=KEYS)
    assert sent.html_text == "<b>x</b>"
    edited = await tg.edit_message_text("y", chat_id=ann.id, message_id=sent.message_id)
    assert edited.reply_markup is None
    await tg.edit_message_reply_markup(
        chat_id=ann.id, message_id=sent.message_id, reply_markup=KEYS
    )
    reply = ReplyParameters(message_id=sent.message_id)
    answered = await tg.send_message(
        ann.id, "z", reply_parameters=reply, reply_markup=ForceReply()
    )
    assert answered.reply_to_message is not None
    copied = await tg.copy_message(ann.id, ann.id, sent.message_id)
    assert copied.message_id > answered.message_id
    forwarded = await tg.forward_message(ann.id, ann.id, sent.message_id)
    assert forwarded.forward_origin is not None
    assert await tg.delete_messages(ann.id, [sent.message_id, answered.message_id])
    assert await tg.send_chat_action(ann.id, "typing")


async def test_files(tg: Bot, ann: PersonActor, png: PngMaker) -> None:
    photo = await tg.send_photo(ann.id, BufferedInputFile(png(), "a.png"), caption="<i>c</i>")
    assert photo.photo
    document = await tg.send_document(ann.id, BufferedInputFile(b"1,2", "отчёт 1.csv"))
    assert document.document is not None
    assert document.document.file_name == "отчёт 1.csv"
    taken = await tg.download(document.document)
    assert taken is not None
    assert taken.read() == b"1,2"
    media = InputMediaDocument(media=document.document.file_id, caption="d")
    await tg.edit_message_media(media, chat_id=ann.id, message_id=photo.message_id)
    await tg.edit_message_caption(chat_id=ann.id, message_id=photo.message_id, caption="e")
    upload = BufferedInputFile(png(), "b.png")
    items = [InputMediaPhoto(media=upload), InputMediaPhoto(media=photo.photo[-1].file_id)]
    assert len(await tg.send_media_group(ann.id, items)) == 2


async def test_chats_members_and_topics(
    tg: Bot, ann: PersonActor, group: GroupActor, forum: GroupActor
) -> None:
    assert (await tg.get_chat(ann.id)).type == "private"
    for chat in (group, forum):
        assert (await tg.get_chat(chat.id)).title
        assert (await tg.get_chat_member(chat.id, ann.id)).status == "creator"
        assert (await tg.get_chat_member(chat.id, tg.id)).user.is_bot
        assert await tg.get_chat_administrators(chat.id)
        assert await tg.get_chat_member_count(chat.id) == 3
    topic = await tg.create_forum_topic(forum.id, "T")
    thread = topic.message_thread_id
    await tg.edit_forum_topic(forum.id, thread, name="U")
    await tg.close_forum_topic(forum.id, thread)
    await tg.reopen_forum_topic(forum.id, thread)
    sent = await tg.send_message(forum.id, "x", message_thread_id=thread)
    await tg.pin_chat_message(forum.id, sent.message_id)
    await tg.unpin_chat_message(forum.id)
    await tg.delete_forum_topic(forum.id, thread)
    assert await tg.export_chat_invite_link(forum.id)
    assert await tg.leave_chat(group.id)


async def test_profile(tg: Bot, ann: PersonActor) -> None:
    me = await tg.get_me()
    assert (me.id, me.username) == (123456, "SamplePartnerBot")
    await tg.set_my_commands(
        [BotCommand(command="start", description="Begin")],
        scope=BotCommandScopeChat(chat_id=ann.id),
        language_code="ru",
    )
    found = await tg.get_my_commands(scope=BotCommandScopeChat(chat_id=ann.id), language_code="ru")
    assert [command.command for command in found] == ["start"]
    await tg.delete_my_commands()
    await tg.set_my_name("N")
    assert (await tg.get_my_name()).name == "N"
    await tg.set_my_description("D")
    assert (await tg.get_my_description()).description == "D"
    await tg.set_my_short_description("S")
    assert (await tg.get_my_short_description()).short_description == "S"
    await tg.set_chat_menu_button(chat_id=ann.id, menu_button=MenuButtonCommands())
    assert (await tg.get_chat_menu_button()).type == "commands"
    assert (await tg.get_webhook_info()).url == ""
    assert await tg.delete_webhook(drop_pending_updates=True)


async def test_every_kind_of_update(
    tg: Bot,
    client: SimulatorClient,
    ann: PersonActor,
    group: GroupActor,
    forum: GroupActor,
    png: PngMaker,
) -> None:
    await tg.get_updates(
        allowed_updates=["message", "callback_query", "my_chat_member", "chat_member"]
    )
    await tg.send_message(ann.id, "x", reply_markup=KEYS)
    await ann.presses("Go")
    await ann.shares_contact()
    await ann.attaches(png(), "a.png", "photo")
    await ann.attaches(b"x", "a.txt", caption="/start")
    await forum.sets(ann, status="administrator", is_anonymous=True)
    await ann.sends("anonymous", chat=forum)
    cid = await client.person("Cid")
    await forum.sets(cid, status="member")
    await forum.sets(cid, status="kicked")
    await group.changes(bot_rights={"can_send_messages": False})
    await group.upgrades()
    await group.kicks_bot()
    await ann.blocks()
    got = await tg.get_updates(timeout=0)
    assert all(isinstance(update, Update) for update in got)
    kinds = {update.event_type for update in got}
    assert kinds == {"message", "callback_query", "my_chat_member", "chat_member"}
    statuses = [u.my_chat_member.new_chat_member.status for u in got if u.my_chat_member]
    assert "restricted" in statuses


async def test_errors_become_aiograms_classes(
    tg: Bot, client: SimulatorClient, ann: PersonActor, group: GroupActor
) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await tg.send_message(5, "x")
    old = group.id
    await group.upgrades()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await tg.send_message(old, "x")
    assert moved.value.migrate_to_chat_id == group.id
    await client.faults("sendMessage", error_code=429, retry_after=3)
    with pytest.raises(TelegramRetryAfter) as slow:
        await tg.send_message(ann.id, "x")
    assert slow.value.retry_after == 3
    for code, kind in (
        (401, TelegramUnauthorizedError),
        (409, TelegramConflictError),
        (500, TelegramServerError),
    ):
        await client.faults("sendMessage", error_code=code)
        with pytest.raises(kind):
            await tg.send_message(ann.id, "x")
    await ann.blocks()
    with pytest.raises(TelegramForbiddenError):
        await tg.send_message(ann.id, "x")


async def test_webhook_replies_in_aiograms_own_form(
    tg: Bot, ann: PersonActor, updates: Updates
) -> None:
    """aiogram answers a webhook with multipart/form-data."""
    from aiogram import Dispatcher
    from aiogram.methods import SendMessage
    from aiogram.types import Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    async def answer(message: Message) -> SendMessage:
        return message.answer(f"echo {message.text}")

    dispatcher = Dispatcher()
    dispatcher.message.register(answer)
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, tg, handle_in_background=False, secret_token="secret"
    )
    handler.register(app, "/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await updates()
    port = runner.addresses[0][1]
    await tg.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="secret")
    await ann.sends("hello")
    assert (await ann.sees("echo hello"))["text"] == "echo hello"
    assert (await tg.get_webhook_info()).pending_update_count == 0
    await tg.delete_webhook()
    await runner.cleanup()
