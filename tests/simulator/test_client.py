"""The client that tests of the product speak through."""

import asyncio

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient, SimulatorError
from tests.simulator.support import PngMaker, Raw, Updates

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Activate now", callback_data="now"),
            InlineKeyboardButton(text="Activate", callback_data="go"),
        ],
        [InlineKeyboardButton(text="Site", url="https://example.com")],
    ]
)
PHONE = ReplyKeyboardMarkup(
    keyboard=[
        [KeyboardButton(text="Share my phone", request_contact=True)],
        [KeyboardButton(text="No")],
    ]
)


async def greet(message: Message) -> None:
    await message.answer("<b>Welcome</b>", reply_markup=KEYS)


async def ask_phone(message: Message) -> None:
    await message.answer("Your phone?", reply_markup=PHONE)


async def thank(message: Message) -> None:
    contact = message.contact
    assert contact is not None
    own = contact.user_id == message.chat.id
    await message.answer("own" if own else "forged", reply_markup=ReplyKeyboardRemove())


async def press(query: CallbackQuery) -> None:
    message = query.message
    assert isinstance(message, Message)
    await message.edit_text(f"pressed {query.data}")
    await query.answer("Done", show_alert=True)


async def echo(message: Message) -> None:
    await message.reply(f"you said {message.text}")


@pytest.fixture
async def running(tg: Bot) -> asyncio.Task[None]:
    """A probe bot that polls, as the product does."""
    dispatcher = Dispatcher()
    dispatcher.message.register(greet, CommandStart())
    dispatcher.message.register(ask_phone, Command("phone"))
    dispatcher.message.register(thank, F.contact)
    dispatcher.callback_query.register(press)
    dispatcher.message.register(echo, F.text)
    task = asyncio.create_task(dispatcher.start_polling(tg, handle_signals=False))
    yield task
    await dispatcher.stop_polling()
    await task


async def test_a_whole_conversation(running: None, client: SimulatorClient) -> None:
    ann = await client.person("Ann")
    await ann.opens("r_CODE")
    assert (await ann.sees("Welcome"))["html"] == "<b>Welcome</b>"
    pressed = await ann.presses("Activate")
    answer = await pressed.answer()
    assert (answer["text"], answer["show_alert"]) == ("Done", True)
    await ann.sees("pressed go")


async def test_a_part_of_a_label_is_enough(running: None, client: SimulatorClient) -> None:
    ann = await client.person("Ann")
    await ann.opens()
    pressed = await ann.presses("now")
    assert (await pressed.answer())["text"] == "Done"
    await ann.sees("pressed now")


async def test_reply_keyboards_are_pressed_too(running: None, client: SimulatorClient) -> None:
    ann = await client.person("Ann")
    await ann.sends("/phone")
    await ann.sees("Your phone?")
    pressed = await ann.presses("Share my phone")
    assert pressed.message is not None
    assert pressed.message["contact"]["user_id"] == ann.id
    await ann.sees("own")
    with pytest.raises(AssertionError, match="no button “No”"):
        await ann.presses("No", timeout_seconds=0.05)
    with pytest.raises(AssertionError, match="not answered"):
        await pressed.answer()


async def test_foreign_and_forged_contacts(running: None, client: SimulatorClient) -> None:
    ann, bob = await client.person("Ann"), await client.person("Bob")
    await ann.sends("/phone")
    await ann.shares_contact(phone="+15550001111")
    await ann.sees("forged")
    shared = await ann.shares_contact(of=bob)
    assert shared["contact"]["user_id"] == bob.id
    await ann.sees("forged")


async def test_a_missing_button_lists_the_visible_ones(ann: PersonActor, raw: Raw) -> None:
    await raw(
        "sendMessage", chat_id=ann.id, text="x", reply_markup=KEYS.model_dump(exclude_none=True)
    )
    with pytest.raises(AssertionError) as caught:
        await ann.presses("Delete", timeout_seconds=0)
    assert "[Activate · callback]" in str(caught.value)
    assert "[Site · url]" in str(caught.value)


async def test_only_what_is_newer_than_the_last_action_is_seen(ann: PersonActor, raw: Raw) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="old words")
    await ann.sees("old words")
    await ann.sends("hello")
    with pytest.raises(AssertionError, match="does not see “old words”"):
        await ann.sees("old words", timeout=0.02)
    number = sent.result["message_id"]
    await raw("editMessageText", chat_id=ann.id, message_id=number, text="old words, edited")
    await ann.sees("old words")
    assert (await ann.last())["message_id"] == number


async def test_groups_topics_and_replies(
    running: None, ann: PersonActor, group: GroupActor, forum: GroupActor, raw: Raw
) -> None:
    await ann.sends("/pay 5", chat=group)
    seen = await ann.sees("you said /pay 5", chat=group)
    await ann.replies(seen, "because", chat=group)
    await ann.sees("you said because", chat=group)
    topic = (await raw("createForumTopic", chat_id=forum.id, name="T")).result
    thread = topic["message_thread_id"]
    await ann.sends("inside", chat=forum, topic=thread)
    assert (await ann.sees("you said inside", chat=forum))["message_thread_id"] == thread


async def test_attachments(ann: PersonActor, client: SimulatorClient, png: PngMaker) -> None:
    photo = await ann.attaches(png(), "a.png", "photo", caption="look")
    assert await client.file(photo["photo"]["file_id"]) == png()
    assert photo["text"] == "look"
    with pytest.raises(SimulatorError, match="no photo"):
        await ann.attaches(b"rubbish", "a.png", "photo")


async def test_refusals_are_sentences(client: SimulatorClient, ann: PersonActor) -> None:
    with pytest.raises(SimulatorError, match="at most 64 characters"):
        await ann.opens("x" * 65)
    with pytest.raises(SimulatorError, match="at most 64 characters"):
        await ann.opens("a b")
    await ann.blocks()
    with pytest.raises(SimulatorError, match="has blocked the bot"):
        await ann.sends("hello")
    with pytest.raises(SimulatorError, match="there is no person 5"):
        await client.call("POST", "people/5/start")


async def test_kill_and_redelivery(ann: PersonActor, raw: Raw, updates: Updates) -> None:
    """An unclean stop before the next poll brings the same updates again."""
    await updates()
    await ann.sends("once")
    first = (await raw("getUpdates")).result
    assert (await raw("getUpdates")).result == first
