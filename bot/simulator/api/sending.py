"""The home of sendMessage and of what all sending methods share."""

from dataclasses import dataclass

from bot.simulator.acts.posting import announce_thing, post
from bot.simulator.api.arguments import BadJsonError
from bot.simulator.api.call import Call, Result
from bot.simulator.api.keyboards import Markup, check_markup, read_markup
from bot.simulator.api.targets import (
    Chat,
    find_reply,
    find_thread,
    open_chat,
    read_reply,
    thread_of,
)
from bot.simulator.api.texts import finish_text, read_text
from bot.simulator.errors import bad_request, too_many_requests
from bot.simulator.state.messages import Message
from bot.simulator.views.messages import message as message_object
from bot.simulator.wire import Json

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_NOUNS = {
    "can_send_messages": "text messages",
    "can_send_photos": "photos",
    "can_send_documents": "documents",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a new message goes, once the chat and the reply target are known to be good."""

    chat: Chat
    reply_to: Message | None
    thread_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The arguments that every sending method has, read before any chat is looked up."""

    markup: Markup | None
    reply: tuple[int, bool]
    preview: Json | None


def read_envelope(call: Call) -> Envelope:
    """Read the shared arguments; whatever is malformed is refused here."""
    return Envelope(
        markup=read_markup(call.arguments),
        reply=read_reply(call.arguments),
        preview=_preview(call),
    )


def open_place(call: Call, envelope: Envelope, *, right: str) -> Place:
    """Check the chat, the bot's access, its right to send, and the reply target."""
    chat = open_chat(call)
    if chat.group is not None and not chat.group.bot_may_send(right):
        raise bad_request(f"not enough rights to send {_NOUNS[right]} to the chat")
    thread_id = find_thread(call, chat)
    reply_to = find_reply(call.world, chat, envelope.reply)
    return Place(chat=chat, reply_to=reply_to, thread_id=thread_of(reply_to, thread_id))


def check_flood(call: Call, chat: Chat, length: int) -> None:
    """Count a message against the flood limits.

    Raises:
        ApiError: 429, with the seconds to wait.
    """
    wait = call.world.flood.ask(
        chat.id, is_group=chat.group is not None, length=length, now=call.world.now()
    )
    if wait is not None:
        raise too_many_requests(wait)


def deliver(call: Call, place: Place, envelope: Envelope, message: Message) -> Message:
    """Post the bot's message with its markup, if it is not one too many."""
    message.reply_markup = check_markup(envelope.markup, is_private=place.chat.is_private)
    check_flood(call, place.chat, len(message.text or ""))
    return put(call, place, message)


def put(call: Call, place: Place, message: Message) -> Message:
    """Post a message that everything has been checked of."""
    message.reply_to = place.reply_to.message_id if place.reply_to else None
    message.thread_id = place.thread_id
    message.is_protected = call.arguments.flag("protect_content")
    return post(call.world, message)


def new_message(call: Call, place: Place) -> Message:
    """Begin a message of the bot."""
    return Message(chat_id=place.chat.id, sender_id=call.world.bot.id, date=call.world.date())


def send_message(call: Call) -> Result:
    """Send a text."""
    parsed = read_text(call.arguments)
    envelope = read_envelope(call)
    place = open_place(call, envelope, right="can_send_messages")
    final = finish_text(parsed, too_long="message is too long")
    message = new_message(call, place)
    message.text, message.entities = final.text, final.entities
    message.link_preview_options = envelope.preview
    deliver(call, place, envelope, message)
    return message_object(call.world, message)


def send_chat_action(call: Call) -> Result:
    """Show "typing…" and the like to the watchers."""
    action = call.arguments.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = open_chat(call)
    find_thread(call, chat)
    announce_thing(call.world, "action", chat.id, {"action": action})
    return True


def _preview(call: Call) -> Json | None:
    try:
        options = call.arguments.json("link_preview_options")
    except BadJsonError as error:
        raise bad_request("can't parse link preview options JSON object") from error
    if options is not None and not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return options or None
