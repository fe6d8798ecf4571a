"""The home of putting messages into the world and telling the bot and the watchers."""

from bot.simulator.state.messages import Message
from bot.simulator.state.updates import QueueKey
from bot.simulator.state.world import World
from bot.simulator.views.messages import message as message_object
from bot.simulator.views.viewer import view
from bot.simulator.wire import Json


def post(world: World, message: Message) -> Message:
    """Number a message, keep it and show it to the watchers."""
    group = world.groups.get(message.chat_id)
    world.messages.add(message, own_numbering=group is not None and group.type == "supergroup")
    announce(world, message, "message")
    return message


def announce(world: World, message: Message, kind: str) -> None:
    """Show a new, edited or deleted message to the watchers under a new number."""
    message.seq = world.events.next_seq()
    world.events.publish(kind, message.chat_id, message.seq, view(world, message))


def announce_thing(world: World, kind: str, chat_id: int | None, thing: Json) -> None:
    """Show a person, a group, an answer or an action to the watchers."""
    world.events.publish(kind, chat_id, world.events.next_seq(), thing)


def tell_bot(world: World, message: Message) -> None:
    """Make the update for a new message."""
    queue_update(world, "message", message_object(world, message), key=("chat", message.chat_id))


def queue_update(
    world: World, kind: str, payload: Json, *, key: QueueKey, lives_seconds: float | None = None
) -> None:
    """Make an update of any kind; it lives a day unless said otherwise."""
    lives = world.settings.update_retention_seconds if lives_seconds is None else lives_seconds
    world.updates.add(kind, payload, key=key, expires_at=world.now() + lives)


def post_service(
    world: World, chat_id: int, sender_id: int, service: Json, *, thread_id: int | None = None
) -> Message:
    """Post a service message and tell the bot, which gets all of them."""
    message = Message(
        chat_id=chat_id,
        sender_id=sender_id,
        date=world.date(),
        service=service,
        thread_id=thread_id,
    )
    post(world, message)
    group = world.groups.get(chat_id)
    if group is None or group.bot_is_in:
        tell_bot(world, message)
    return message
