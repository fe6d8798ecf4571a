"""The home of opening forum topics."""

from bot.simulator.acts.posting import announce, tell_bot
from bot.simulator.state.chats import Group, Topic
from bot.simulator.state.messages import Message
from bot.simulator.state.world import World
from bot.simulator.wire import Json


def open_topic(world: World, group: Group, topic: Topic, service: Json, *, by: int) -> Topic:
    """Post the opening message; its id is the topic's id, and it stands in the topic itself."""
    message = Message(chat_id=group.id, sender_id=by, date=world.date(), service=service)
    world.messages.add(message, own_numbering=True)
    topic.id = message.thread_id = message.message_id
    group.topics[topic.id] = topic
    announce(world, message, "message")
    tell_bot(world, message)
    return topic
