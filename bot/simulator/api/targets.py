"""The home of finding chats and messages, with Telegram's refusals in Telegram's order."""

from dataclasses import dataclass

from bot.simulator.api.arguments import Arguments, BadJsonError, as_flag, leading_integer
from bot.simulator.api.call import Call
from bot.simulator.errors import bad_request, forbidden
from bot.simulator.state.chats import Group
from bot.simulator.state.messages import Message
from bot.simulator.state.people import ANONYMOUS_BOT_ID, Person
from bot.simulator.state.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat that a call names: either a person's or a group."""

    id: int
    person: Person | None = None
    group: Group | None = None

    @property
    def is_private(self) -> bool:
        """Test for a private chat."""
        return self.person is not None

    @property
    def noun(self) -> str:
        """Name the kind of group as the refusals do."""
        is_super = self.group is not None and self.group.type == "supergroup"
        return "supergroup chat" if is_super else "group chat"


def find_chat(call: Call, name: str = "chat_id") -> Chat:
    """Find a chat without asking whether the bot may write there.

    Raises:
        ApiError: The chat is unknown to the bot, or was upgraded.
    """
    raw = call.arguments.text(name).strip()
    if not raw:
        raise bad_request("chat_id is empty")
    return chat_by_id(call.world, 0 if raw.startswith("@") else leading_integer(raw))


def chat_by_id(world: World, chat_id: int) -> Chat:
    """Find a chat by its id.

    Raises:
        ApiError: The chat is unknown to the bot, or was upgraded.
    """
    if chat_id in {ANONYMOUS_BOT_ID, world.bot.id}:
        raise forbidden("bot can't send messages to bots")
    person = world.people.get(chat_id)
    if person is not None and world.bot_knows(person):
        return Chat(id=chat_id, person=person)
    group = world.groups.get(chat_id)
    if group is None:
        raise bad_request("chat not found")
    if group.migrated_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": group.migrated_to},
        )
    return Chat(id=chat_id, group=group)


def check_access(chat: Chat) -> None:
    """Check that the bot may act in a chat.

    Raises:
        ApiError: The bot is blocked, out of the group, or cannot write first.
    """
    if chat.person is not None:
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.person.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.person.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.group is not None:
        if chat.group.is_deleted:
            raise forbidden("the group chat was deleted")
        if chat.group.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.noun}")
        if not chat.group.bot_is_in:
            raise forbidden(f"bot is not a member of the {chat.noun}")


def open_chat(call: Call) -> Chat:
    """Find the chat of a call and check the bot's access to it."""
    chat = find_chat(call)
    check_access(chat)
    return chat


def find_thread(call: Call, chat: Chat) -> int | None:
    """Find the topic to write into; ``None`` is the general one.

    Raises:
        ApiError: There is no such topic, or it is closed to the bot.
    """
    thread_id = call.arguments.integer("message_thread_id")
    if thread_id == 0:
        return None
    topic = chat.group.topics.get(thread_id) if chat.group is not None else None
    if topic is None or chat.group is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.group.bot_may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def read_reply(arguments: Arguments) -> tuple[int, bool]:
    """Read whom to reply to (0 for nobody) and whether that may fail silently.

    Raises:
        ApiError: The parameter is no object.
    """
    try:
        raw = arguments.json("reply_parameters")
    except BadJsonError as error:
        raise bad_request("can't parse reply parameters JSON object") from error
    if raw is None:
        wanted = arguments.integer("reply_to_message_id")
        return wanted, arguments.flag("allow_sending_without_reply")
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply parameters")
    elsewhere = raw.get("chat_id")
    if elsewhere and str(elsewhere) != arguments.text("chat_id"):
        raise bad_request("replies to other chats are not simulated")
    wanted = leading_integer(str(raw.get("message_id", 0)))
    return wanted, as_flag(raw.get("allow_sending_without_reply"))


def find_reply(world: World, chat: Chat, reply: tuple[int, bool]) -> Message | None:
    """Find the message that is replied to.

    Raises:
        ApiError: It is gone, and the call insists on it.
    """
    wanted, may_fail = reply
    if wanted == 0:
        return None
    found = world.messages.find(chat.id, wanted)
    if found is None and not may_fail:
        raise bad_request("message to be replied not found")
    return found


def find_message(call: Call, chat: Chat, purpose: str, name: str = "message_id") -> Message:
    """Find a message that a call works on.

    Raises:
        ApiError: It is not there.
    """
    found = call.world.messages.find(chat.id, call.arguments.integer(name))
    if found is None:
        raise bad_request(f"message to {purpose} not found")
    return found


def thread_of(message: Message | None, thread_id: int | None) -> int | None:
    """Take the asked topic, or the one of the message replied to."""
    return thread_id if thread_id is not None or message is None else message.thread_id
