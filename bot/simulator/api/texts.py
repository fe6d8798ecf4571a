"""The home of text and caption arguments: parsed before the chat is known, measured after."""

from bot.simulator.api.arguments import Arguments, BadJsonError
from bot.simulator.errors import bad_request
from bot.simulator.text.autolinks import with_found_entities
from bot.simulator.text.formatted import FormattedText, cleaned
from bot.simulator.text.parsing import parse_text
from bot.simulator.wire import Json

TEXT_MAX = 4096
CAPTION_MAX = 1024


def read_text(arguments: Arguments) -> FormattedText:
    """Parse ``text``.

    Raises:
        ApiError: It is empty, or its markup does not parse.
    """
    raw = arguments.text("text")
    if not raw:
        raise bad_request("message text is empty")
    return _parse(arguments, raw, "entities")


def read_caption(arguments: Arguments) -> FormattedText:
    """Parse ``caption``; a missing one is empty."""
    return _parse(arguments, arguments.text("caption"), "caption_entities")


def read_media_caption(media: Json) -> FormattedText:
    """Parse the caption inside an InputMedia object."""
    return parse_text(
        str(media.get("caption") or ""),
        parse_mode=str(media.get("parse_mode") or ""),
        entities=_objects(media.get("caption_entities")),
    )


def finish_text(parsed: FormattedText, *, too_long: str) -> FormattedText:
    """Clean a text and check its length, in code points.

    Raises:
        ApiError: Nothing is left of it, or it is too long.
    """
    final = cleaned(parsed)
    if final.is_blank:
        raise bad_request("text must be non-empty")
    if len(final.text) > TEXT_MAX:
        raise bad_request(too_long)
    return with_found_entities(final)


def finish_caption(parsed: FormattedText, *, too_long: str) -> FormattedText:
    """Clean a caption and check its length; a blank one becomes empty.

    Raises:
        ApiError: It is too long.
    """
    final = cleaned(parsed)
    if final.is_blank:
        return FormattedText()
    if len(final.text) > CAPTION_MAX:
        raise bad_request(too_long)
    return with_found_entities(final)


def _parse(arguments: Arguments, raw: str, entities_name: str) -> FormattedText:
    try:
        entities = _objects(arguments.json(entities_name))
    except BadJsonError as error:
        raise bad_request("can't parse entities JSON object") from error
    return parse_text(raw, parse_mode=arguments.text("parse_mode"), entities=entities)


def _objects(raw: object) -> list[Json]:
    if raw is None:
        return []
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise bad_request("expected an Array of MessageEntity")
    return raw
