"""The home of reading a text argument: parse mode or explicit entities."""

from bot.simulator.errors import bad_request
from bot.simulator.text.formatted import FormattedText, sort_entities, utf16_length
from bot.simulator.text.html import MarkupError, parse_html
from bot.simulator.text.links import checked_link
from bot.simulator.text.markdown import parse_markdown
from bot.simulator.text.markdown_legacy import parse_legacy_markdown
from bot.simulator.wire import Json

RAW_BYTES_MAX = 32_768
_PARSERS = {"html": parse_html, "markdownv2": parse_markdown, "markdown": parse_legacy_markdown}
_GIVEN = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "blockquote",
        "expandable_blockquote",
        "text_link",
        "text_mention",
        "custom_emoji",
    }
)


def parse_text(text: str, *, parse_mode: str, entities: list[Json] | None) -> FormattedText:
    """Parse a raw text.

    Raises:
        ApiError: The raw text is over 32768 bytes, the mode is unknown, or the markup is wrong.
    """
    if len(text.encode()) > RAW_BYTES_MAX:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode in {"", "none"}:
        return FormattedText(text, _given_entities(text, entities or []))
    if mode not in _PARSERS:
        raise bad_request("unsupported parse_mode")
    try:
        return _PARSERS[mode](text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _given_entities(text: str, entities: list[Json]) -> list[Json]:
    kept = [_given(text, entity) for entity in entities if entity.get("type") in _GIVEN]
    return sort_entities([entity for entity in kept if entity["length"] > 0])


def _given(text: str, entity: Json) -> Json:
    offset, length = _number(entity, "offset"), _number(entity, "length")
    for unit in (offset, offset + length):
        _check_boundary(text, unit)
    place: Json = {"type": entity["type"], "offset": offset, "length": length}
    match entity["type"]:
        case "text_link":
            url = checked_link(str(entity.get("url", "")))
            return {**place, "url": url} if url else {**place, "length": 0}
        case "text_mention":
            return {**place, "user_id": _number(entity.get("user") or {}, "id")}
        case "custom_emoji":
            return {**place, "custom_emoji_id": str(entity.get("custom_emoji_id", ""))}
        case "pre" if entity.get("language"):
            return {**place, "language": str(entity["language"])}
        case _:
            return place


def _number(fields: Json, name: str) -> int:
    value = fields.get(name)
    return value if isinstance(value, int) else 0


def _check_boundary(text: str, unit: int) -> None:
    if not 0 <= unit <= utf16_length(text):
        raise bad_request("ENTITY_BOUNDS_INVALID")
    try:
        text.encode("utf-16-le")[: unit * 2].decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise bad_request(
            f"can't parse entities: Entity boundary at UTF-16 offset {unit} "
            "is in the middle of a UTF-16 symbol"
        ) from error
