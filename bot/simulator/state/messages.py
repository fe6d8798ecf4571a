"""The home of messages and of how they are numbered."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.simulator.state.files import Document, Photo
from bot.simulator.wire import Json

FIRST_MESSAGE_ID = 11


@dataclass(slots=True, kw_only=True)
class Message:
    """A message as the server keeps it."""

    chat_id: int
    sender_id: int
    date: int
    message_id: int = 0
    seq: int = 0
    anonymous: bool = False
    is_via_bot: bool = False
    """Somebody chose it among what the bot offered inline."""
    text: str | None = None
    entities: list[Json] = field(default_factory=list)
    photo: Photo | None = None
    document: Document | None = None
    contact: Json | None = None
    service: Json | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    forward_origin: Json | None = None
    media_group_id: str | None = None
    reply_markup: Json | None = None
    """An inline keyboard, a reply keyboard, ``remove_keyboard`` or ``force_reply``."""
    link_preview_options: Json | None = None
    is_protected: bool = False
    edit_date: int | None = None
    is_deleted: bool = False

    @property
    def has_media(self) -> bool:
        """Test for a photo or a document: then ``text`` is the caption."""
        return self.photo is not None or self.document is not None

    @property
    def inline_keyboard(self) -> list[list[Json]] | None:
        """Take the inline keyboard, if that is the markup."""
        keyboard: list[list[Json]] | None = (self.reply_markup or {}).get("inline_keyboard")
        return keyboard

    @property
    def has_fixed_markup(self) -> bool:
        """Test for the markups after which Telegram lets nobody edit the message."""
        return self.reply_markup is not None and self.inline_keyboard is None


class Messages:
    """Every message of every chat.

    Private chats and basic groups share one numbering, a supergroup has its own: that is
    Telegram's rule, and why a message id means nothing without its chat.
    """

    def __init__(self) -> None:
        """Start with no messages."""
        self._chats: dict[int, dict[int, Message]] = {}
        self._shared_last = FIRST_MESSAGE_ID - 1
        self._own_last: dict[int, int] = {}

    def add(self, message: Message, *, own_numbering: bool) -> None:
        """Number a message and keep it."""
        if own_numbering:
            number = self._own_last.get(message.chat_id, 0) + 1
            self._own_last[message.chat_id] = number
        else:
            self._shared_last += 1
            number = self._shared_last
        message.message_id = number
        self._chats.setdefault(message.chat_id, {})[number] = message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """Find a message that is still there."""
        found = self._chats.get(chat_id, {}).get(message_id)
        return None if found is None or found.is_deleted else found

    def of_chat(self, chat_id: int) -> Iterator[Message]:
        """Walk through a chat, oldest first, deleted messages included."""
        yield from self._chats.get(chat_id, {}).values()
