"""The home of forum topics and pinned messages."""

from bot.simulator.acts.posting import announce, announce_thing, post_service
from bot.simulator.acts.topics import open_topic
from bot.simulator.api.call import Call, Result
from bot.simulator.api.targets import find_message, open_chat
from bot.simulator.botapi import maximum
from bot.simulator.errors import bad_request
from bot.simulator.state.chats import DEFAULT_ICON_COLOR, Group, Topic
from bot.simulator.views.messages import message as message_object
from bot.simulator.wire import Json

_ICON_COLORS = frozenset({7322096, 16766590, 13338331, 9367192, 16749490, 16478047})


def create_topic(call: Call) -> Result:
    """Open a topic; its service message comes back to the bot as an update."""
    name = call.arguments.text("name").strip()
    group = _forum(call, "create a topic")
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > maximum("createForumTopic", "name"):
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    color = call.arguments.integer("icon_color", default=DEFAULT_ICON_COLOR)
    if color not in _ICON_COLORS:
        raise bad_request("invalid icon color specified")
    opened: Json = {"forum_topic_created": {"name": name, "icon_color": color}}
    topic = Topic(id=0, name=name, icon_color=color)
    open_topic(call.world, group, topic, opened, by=call.world.bot.id)
    _announce_group(call, group)
    return {"message_thread_id": topic.id, "name": name, "icon_color": color}


def edit_topic(call: Call) -> Result:
    """Rename a topic; an empty name keeps it."""
    group, topic = _topic(call, "edit the topic")
    name = call.arguments.text("name").strip()
    if len(name) > maximum("editForumTopic", "name"):
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    if name in {"", topic.name}:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    _say(call, group, topic, {"forum_topic_edited": {"name": name}})
    _announce_group(call, group)
    return True


def close_topic(call: Call) -> Result:
    """Close a topic to everybody without rights."""
    return _set_closed(call, closed=True)


def reopen_topic(call: Call) -> Result:
    """Open a closed topic again."""
    return _set_closed(call, closed=False)


def delete_topic(call: Call) -> Result:
    """Delete a topic with all its messages."""
    group, topic = _topic(call, "delete the topic")
    del group.topics[topic.id]
    for message in call.world.messages.of_chat(group.id):
        if message.thread_id == topic.id and not message.is_deleted:
            message.is_deleted = True
            announce(call.world, message, "delete")
    _announce_group(call, group)
    return True


def pin_message(call: Call) -> Result:
    """Pin a message; the service message comes back as an update."""
    chat = open_chat(call)
    message = find_message(call, chat, "pin")
    if chat.group is not None:
        _check_pin_right(chat.group)
        if message.message_id in chat.group.pinned:
            raise bad_request("CHAT_NOT_MODIFIED")
        chat.group.pinned.append(message.message_id)
    pinned = message_object(call.world, message, is_nested=True)
    service: Json = {"pinned_message": pinned}
    post_service(call.world, chat.id, call.world.bot.id, service, thread_id=message.thread_id)
    return True


def unpin_message(call: Call) -> Result:
    """Unpin one message, or the newest pinned one."""
    chat = open_chat(call)
    if chat.group is None:
        return True
    _check_pin_right(chat.group)
    wanted = call.arguments.integer("message_id")
    if wanted:
        find_message(call, chat, "unpin")
    elif not chat.group.pinned:
        raise bad_request("message to unpin not found")
    chosen = wanted or chat.group.pinned[-1]
    chat.group.pinned = [message_id for message_id in chat.group.pinned if message_id != chosen]
    return True


def _forum(call: Call, purpose: str) -> Group:
    chat = open_chat(call)
    if chat.group is None or not chat.group.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.group.bot_may("can_manage_topics"):
        raise bad_request(f"not enough rights to {purpose}")
    return chat.group


def _topic(call: Call, purpose: str) -> tuple[Group, Topic]:
    group = _forum(call, purpose)
    topic = group.topics.get(call.arguments.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return group, topic


def _set_closed(call: Call, *, closed: bool) -> bool:
    group, topic = _topic(call, "close the topic" if closed else "reopen the topic")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    name = "forum_topic_closed" if closed else "forum_topic_reopened"
    _say(call, group, topic, {name: {}})
    return True


def _say(call: Call, group: Group, topic: Topic, service: Json) -> None:
    post_service(call.world, group.id, call.world.bot.id, service, thread_id=topic.id)


def _check_pin_right(group: Group) -> None:
    if not group.bot_may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _announce_group(call: Call, group: Group) -> None:
    announce_thing(call.world, "group", group.id, group.view())
