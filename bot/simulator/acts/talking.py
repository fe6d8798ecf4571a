"""The home of what people say and press."""

from dataclasses import dataclass

from bot.simulator.acts.membership import set_blocked
from bot.simulator.acts.posting import announce_thing, post, queue_update, tell_bot
from bot.simulator.errors import ControlError
from bot.simulator.state.callbacks import CallbackPress
from bot.simulator.state.files import Document, Photo
from bot.simulator.state.messages import Message
from bot.simulator.state.people import Person
from bot.simulator.state.world import World
from bot.simulator.text.autolinks import with_found_entities
from bot.simulator.text.formatted import FormattedText, cleaned, utf16_slice
from bot.simulator.views.chats import user
from bot.simulator.views.messages import message as message_object
from bot.simulator.wire import Json, without_nothing

TEXT_MAX = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a person puts into a chat."""

    text: str = ""
    photo: Photo | None = None
    document: Document | None = None
    contact: Json | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    album: str | None = None


def say(world: World, chat_id: int, person: Person, saying: Saying) -> Message:
    """Post what a person says and tell the bot, if privacy mode lets it see this.

    Raises:
        ControlError: The person is not in the chat, or the message makes no sense.
    """
    check_place(world, chat_id, person)
    formatted = with_found_entities(cleaned(FormattedText(saying.text)))
    has_content = saying.photo or saying.document or saying.contact
    if not formatted.text and not has_content:
        raise ControlError("a message needs some text")
    if len(formatted.text) > TEXT_MAX:
        raise ControlError(f"a message has at most {TEXT_MAX} characters")
    if saying.reply_to is not None and world.messages.find(chat_id, saying.reply_to) is None:
        raise ControlError(f"there is no message {saying.reply_to} to reply to", status=404)
    thread_id = _thread(world, chat_id, saying)
    group = world.groups.get(chat_id)
    member = group.members[person.id] if group is not None else None
    message = Message(
        chat_id=chat_id,
        sender_id=person.id,
        date=world.date(),
        anonymous=member is not None and member.is_anonymous and member.leads,
        text=formatted.text or None,
        entities=formatted.entities,
        photo=saying.photo,
        document=saying.document,
        contact=saying.contact,
        media_group_id=saying.album,
        reply_to=saying.reply_to,
        thread_id=thread_id,
    )
    post(world, message)
    if group is None:
        person.started = True
    if bot_sees(world, message):
        tell_bot(world, message)
    return message


def start(world: World, person: Person, payload: str) -> Message:
    """Open the deep link and press Start; somebody who blocked the bot unblocks it so."""
    if person.blocked:
        set_blocked(world, person, blocked=False)
    return say(world, person.id, person, Saying(text=f"/start {payload}".strip()))


def contact_of(person: Person, *, phone: str, first_name: str, user_id: int | None) -> Json:
    """Make a contact; one without ``user_id`` was typed in by hand."""
    last_name = person.last_name if first_name == person.first_name else None
    return without_nothing(
        phone_number=phone, first_name=first_name, last_name=last_name, user_id=user_id
    )


def press(
    world: World, message: Message, person: Person, *, row: int, column: int
) -> CallbackPress:
    """Press a callback button.

    Raises:
        ControlError: There is no such button, or pressing it sends nothing to the bot.
    """
    check_place(world, message.chat_id, person)
    keyboard = message.inline_keyboard or []
    if not (0 <= row < len(keyboard) and 0 <= column < len(keyboard[row])):
        raise ControlError(
            f"message {message.message_id} has no button {row}/{column}", status=404
        )
    data = keyboard[row][column].get("callback_data")
    if data is None:
        raise ControlError("this button opens something and tells the bot nothing")
    if message.is_via_bot:
        raise ControlError("callback buttons under inline results are not simulated")
    made = world.presses.new(
        chat_id=message.chat_id,
        person_id=person.id,
        expires_at=world.now() + world.settings.callback_window_seconds,
    )
    query = {
        "id": made.id,
        "from": user(person),
        "message": message_object(world, message),
        "chat_instance": world.chat_instance(message.chat_id),
        "data": data,
    }
    announce_thing(world, "callback", message.chat_id, made.view())
    queue_update(
        world,
        "callback_query",
        query,
        key=("callback", person.id),
        lives_seconds=world.settings.callback_update_seconds,
    )
    return made


def bot_sees(world: World, message: Message) -> bool:
    """Apply privacy mode: commands, mentions and replies, unless the bot is an administrator."""
    group = world.groups.get(message.chat_id)
    if group is None:
        return True
    if not group.bot_is_in:
        return False
    if not world.settings.privacy_mode or group.bot_status == "administrator":
        return True
    replied = world.messages.find(message.chat_id, message.reply_to) if message.reply_to else None
    if replied is not None and replied.sender_id == world.bot.id:
        return True
    return any(_names_bot(world, message, entity) for entity in message.entities)


def _names_bot(world: World, message: Message, entity: Json) -> bool:
    covered = utf16_slice(message.text or "", entity["offset"], entity["length"]).lower()
    name = f"@{world.bot.username}".lower()
    if entity["type"] == "mention":
        return covered == name
    return entity["type"] == "bot_command" and ("@" not in covered or covered.endswith(name))


def _thread(world: World, chat_id: int, saying: Saying) -> int | None:
    group = world.groups.get(chat_id)
    if saying.thread_id is not None:
        if group is None or saying.thread_id not in group.topics:
            raise ControlError(f"there is no topic {saying.thread_id}", status=404)
        return saying.thread_id
    replied = world.messages.find(chat_id, saying.reply_to) if saying.reply_to else None
    return replied.thread_id if replied is not None else None


def check_place(world: World, chat_id: int, person: Person) -> None:
    """Test if a person may say something in a chat.

    Raises:
        ControlError: It may not.
    """
    if person.deactivated:
        raise ControlError(f"{person.full_name}'s account is deactivated")
    group = world.groups.get(chat_id)
    if group is None:
        world.person(chat_id)
        if chat_id != person.id:
            raise ControlError("a private chat belongs to one person")
        if person.blocked:
            raise ControlError(
                f"{person.full_name} has blocked the bot: press Start to unblock it"
            )
    elif group.member(person.id) is None:
        raise ControlError(f"{person.full_name} is not in “{group.title}”")
    elif group.migrated_to is not None:
        raise ControlError(f"“{group.title}” was upgraded to {group.migrated_to}")
