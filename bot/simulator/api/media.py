"""The home of sendPhoto, sendDocument and sendMediaGroup."""

from dataclasses import dataclass

from bot.simulator.api.arguments import BadJsonError
from bot.simulator.api.call import Call, Result
from bot.simulator.api.inputs import Input, load, named_input, read_input
from bot.simulator.api.sending import (
    Place,
    check_flood,
    deliver,
    new_message,
    open_place,
    put,
    read_envelope,
)
from bot.simulator.api.texts import finish_caption, read_caption, read_media_caption
from bot.simulator.errors import bad_request
from bot.simulator.state.files import Document, Photo
from bot.simulator.state.messages import Message
from bot.simulator.text.formatted import FormattedText
from bot.simulator.views.messages import message as message_object
from bot.simulator.wire import Json

ALBUM_MAX = 10
_RIGHTS = {"photo": "can_send_photos", "document": "can_send_documents"}
_CAPTION_TOO_LONG = "message caption is too long"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumItem:
    """One InputMedia: its file and its caption, not yet measured."""

    file: Input
    caption: FormattedText


async def send_photo(call: Call) -> Result:
    """Send a photo."""
    return await _send(call, "photo")


async def send_document(call: Call) -> Result:
    """Send a file."""
    return await _send(call, "document")


async def send_media_group(call: Call) -> Result:
    """Send an album; a single item becomes an ordinary message."""
    items = read_album(call)
    envelope = read_envelope(call)
    place = open_place(call, envelope, right=_RIGHTS[items[0].file.kind])
    captions = [finish_caption(item.caption, too_long=_CAPTION_TOO_LONG) for item in items]
    things = [await load(call, item.file) for item in items]
    check_flood(call, place.chat, 0)
    call.world.albums += 1
    group_id = str(13_700_000_000_000_000 + call.world.albums) if len(items) > 1 else None
    sent = []
    for thing, caption in zip(things, captions, strict=True):
        message = new_message(call, place)
        put_media(message, thing, caption)
        message.media_group_id = group_id
        put(call, place, message)
        sent.append(message_object(call.world, message))
    return sent


def read_album(call: Call) -> list[AlbumItem]:
    """Read ``media``.

    Raises:
        ApiError: It is malformed, has too few or many items, or mixes kinds.
    """
    try:
        raw = call.arguments.json("media")
    except BadJsonError as error:
        raise bad_request("can't parse media JSON object") from error
    if not isinstance(raw, list):
        raise bad_request("expected an Array of InputMedia")
    if not raw:
        raise bad_request("there are no messages to send")
    if len(raw) > ALBUM_MAX:
        raise bad_request("too many messages to send as an album")
    items = [read_media(call, one) for one in raw]
    kinds = {item.file.kind for item in items}
    if len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    return items


def read_media(call: Call, raw: object) -> AlbumItem:
    """Read one InputMedia.

    Raises:
        ApiError: It is malformed, or of a kind that is not simulated.
    """
    if not isinstance(raw, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = str(raw.get("type", ""))
    if kind not in _RIGHTS:
        if kind in {"animation", "audio", "video", "live_photo"}:
            raise bad_request(f"media of type {kind} is not simulated")
        raise bad_request("can't parse InputMedia: invalid media type specified")
    words = str(raw.get("media") or "")
    return AlbumItem(
        file=named_input(call.arguments, words, kind=kind), caption=read_media_caption(raw)
    )


def put_media(message: Message, thing: Photo | Document, caption: FormattedText) -> None:
    """Put a photo or file with its caption into a message."""
    message.photo = thing if isinstance(thing, Photo) else None
    message.document = thing if isinstance(thing, Document) else None
    message.text, message.entities = caption.text or None, caption.entities


async def _send(call: Call, kind: str) -> Json:
    caption = read_caption(call.arguments)
    envelope = read_envelope(call)
    given = read_input(call.arguments, kind, kind=kind)
    place: Place = open_place(call, envelope, right=_RIGHTS[kind])
    final = finish_caption(caption, too_long=_CAPTION_TOO_LONG)
    message = new_message(call, place)
    put_media(message, await load(call, given), final)
    deliver(call, place, envelope, message)
    return message_object(call.world, message)
