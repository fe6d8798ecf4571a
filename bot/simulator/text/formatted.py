"""The home of text with entities: cleaning, trimming, lengths in UTF-16."""

from dataclasses import dataclass, field

from bot.simulator.wire import Json

_BLANK = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_REMOVED = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e")
_FIRST_PRINTABLE = 32
_ASTRAL = 0xFFFF
_PRIORITY = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
)


@dataclass(slots=True)
class FormattedText:
    """A text and its entities, whose offsets count UTF-16 code units."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Test for a text of spaces and invisible characters only."""
        return all(char.isspace() or char in _BLANK for char in self.text)


def utf16_length(text: str) -> int:
    """Count UTF-16 code units; a character beyond the basic plane is two."""
    return len(text) + sum(ord(char) > _ASTRAL for char in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Cut a piece out by UTF-16 offsets."""
    data = text.encode("utf-16-le")
    return data[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def cleaned(formatted: FormattedText) -> FormattedText:
    """Clean control characters away and trim both ends, moving the entities along."""
    kept: list[str] = []
    new_offsets = [0]
    for char in formatted.text:
        replacement = _replacement(char)
        kept.append(replacement)
        width = utf16_length(char)
        base = new_offsets[-1]
        grown = utf16_length(replacement)
        new_offsets.extend(base + min(step, grown) for step in range(1, width + 1))
    text = "".join(kept)
    start = utf16_length(text[: len(text) - len(text.lstrip())])
    stripped = text.strip()
    end = utf16_length(stripped)
    entities = [
        moved
        for entity in formatted.entities
        if (moved := _moved(entity, new_offsets, start=start, end=end)) is not None
    ]
    return FormattedText(stripped, sort_entities(entities))


def sort_entities(entities: list[Json]) -> list[Json]:
    """Sort as Telegram does: by start, the longer first, then by kind."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _rank(e["type"])))


def _rank(kind: str) -> int:
    return _PRIORITY.index(kind) if kind in _PRIORITY else len(_PRIORITY)


def _replacement(char: str) -> str:
    if char in _REMOVED:
        return ""
    return " " if ord(char) < _FIRST_PRINTABLE and char != "\n" else char


def _moved(entity: Json, new_offsets: list[int], *, start: int, end: int) -> Json | None:
    last = len(new_offsets) - 1
    begin = new_offsets[min(entity["offset"], last)] - start
    stop = new_offsets[min(entity["offset"] + entity["length"], last)] - start
    begin, stop = max(begin, 0), min(stop, end)
    return {**entity, "offset": begin, "length": stop - begin} if stop > begin else None
