"""The home of copyMessage, forwardMessage and their plural forms."""

from copy import copy

from bot.simulator.api.call import Call, Result
from bot.simulator.api.sending import Envelope, Place, deliver, open_place, read_envelope
from bot.simulator.api.targets import Chat, find_chat, find_message
from bot.simulator.api.texts import finish_caption, read_caption
from bot.simulator.errors import bad_request
from bot.simulator.state.messages import Message
from bot.simulator.state.world import World
from bot.simulator.views.chats import anybody, chat
from bot.simulator.views.messages import message as message_object
from bot.simulator.wire import Json

_NO_ENVELOPE = Envelope(markup=None, reply=(0, True), preview=None)


def copy_message(call: Call) -> Result:
    """Send the content of a message again, without saying where it is from."""
    caption = read_caption(call.arguments)
    envelope = read_envelope(call)
    place, source = _both_ends(call, envelope, "copy")
    if source.service is not None or source.is_protected:
        raise bad_request("message can't be copied")
    twin = _twin(call, place, source)
    if call.arguments.has("caption") and source.has_media:
        final = finish_caption(caption, too_long="message caption is too long")
        twin.text, twin.entities = final.text or None, final.entities
    deliver(call, place, envelope, twin)
    return {"message_id": twin.message_id}


def forward_message(call: Call) -> Result:
    """Send a message on, with its origin."""
    place, source = _both_ends(call, _NO_ENVELOPE, "forward")
    if source.service is not None or source.is_protected:
        raise bad_request("message can't be forwarded")
    twin = _twin(call, place, source)
    twin.forward_origin = source.forward_origin or _origin(call.world, source)
    deliver(call, place, _NO_ENVELOPE, twin)
    return message_object(call.world, twin)


def _both_ends(call: Call, envelope: Envelope, verb: str) -> tuple[Place, Message]:
    """Find the source before the target chat, in Telegram's order."""
    origin: Chat = find_chat(call, "from_chat_id")
    source = find_message(call, origin, verb)
    return open_place(call, envelope, right="can_send_messages"), source


def _twin(call: Call, place: Place, source: Message) -> Message:
    twin = copy(source)
    twin.chat_id, twin.sender_id = place.chat.id, call.world.bot.id
    twin.date, twin.edit_date = call.world.date(), None
    twin.anonymous, twin.forward_origin = False, None
    twin.media_group_id = None
    return twin


def _origin(world: World, source: Message) -> Json:
    if source.anonymous:
        sender = chat(world, source.chat_id)
        return {"type": "chat", "date": source.date, "sender_chat": sender}
    sender = anybody(world, source.sender_id)
    return {"type": "user", "date": source.date, "sender_user": sender}
