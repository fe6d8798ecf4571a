"""The home of deleteMessage and deleteMessages."""

from bot.simulator.acts.posting import announce
from bot.simulator.api.arguments import BadJsonError, leading_integer
from bot.simulator.api.call import Call, Result
from bot.simulator.api.targets import Chat, find_message, open_chat
from bot.simulator.errors import bad_request
from bot.simulator.state.messages import Message

IDS_MAX = 100
_NOT_DELETABLE = ("supergroup_chat_created", "migrate_from_chat_id", "forum_topic_created")


def delete_message(call: Call) -> Result:
    """Delete one message."""
    chat = open_chat(call)
    message = find_message(call, chat, "delete")
    if not _may_delete(call, chat, message):
        raise bad_request("message can't be deleted")
    _delete(call, message)
    return True


def delete_messages(call: Call) -> Result:
    """Delete several messages; those that are not there are skipped."""
    ids = read_ids(call)
    chat = open_chat(call)
    found = [call.world.messages.find(chat.id, message_id) for message_id in ids]
    present = [message for message in found if message is not None]
    if not all(_may_delete(call, chat, message) for message in present):
        raise bad_request("message can't be deleted")
    for message in present:
        _delete(call, message)
    return True


def read_ids(call: Call) -> list[int]:
    """Read ``message_ids``.

    Raises:
        ApiError: It is malformed, empty, or has more than 100 ids.
    """
    try:
        raw = call.arguments.json("message_ids")
    except BadJsonError as error:
        raise bad_request("can't parse message_ids JSON object") from error
    if raw is None or raw == []:
        raise bad_request("message identifiers are not specified")
    if not isinstance(raw, list):
        raise bad_request("expected an Array of message identifiers")
    if len(raw) > IDS_MAX:
        raise bad_request("too many message identifiers specified")
    ids = [leading_integer(str(one)) for one in raw]
    if any(message_id <= 0 for message_id in ids):
        raise bad_request("invalid message identifier specified")
    return ids


def _may_delete(call: Call, chat: Chat, message: Message) -> bool:
    is_own = message.sender_id == call.world.bot.id
    is_young = call.world.now() - message.date < call.world.settings.delete_window_seconds
    if any(name in (message.service or {}) for name in _NOT_DELETABLE):
        return False
    if chat.group is not None and chat.group.bot_may("can_delete_messages"):
        return True
    return is_young and (is_own or chat.is_private)


def _delete(call: Call, message: Message) -> None:
    message.is_deleted = True
    announce(call.world, message, "delete")
