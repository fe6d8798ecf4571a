"""The home of formatted text that a person typed: its look is kept, its danger is not."""

from html import escape

from aiogram.types import Message, MessageEntity
from aiogram.utils.text_decorations import html_decoration

from handlers.ui.html import Html

KEPT = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "blockquote",
        "expandable_blockquote",
    }
)
"""What looks the same to every reader; mentions and emoji that need a licence become text."""


def rich_text(message: Message) -> Html:
    """Return what was typed as HTML that is safe to send to others."""
    entities = [_harmless(entity) for entity in message.entities or [] if entity.type in KEPT]
    return Html(html_decoration.unparse(message.text or "", entities))


def _harmless(entity: MessageEntity) -> MessageEntity:
    """Return the entity with nothing in its attributes that could end the attribute."""
    url = escape(entity.url) if entity.url else None
    return entity.model_copy(update={"url": url, "language": None})
