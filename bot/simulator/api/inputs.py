"""The home of file arguments: uploads, ``attach://``, file ids and addresses."""

import mimetypes
import re
from dataclasses import dataclass

from bot.simulator.api.arguments import Arguments, Upload
from bot.simulator.api.call import Call
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.settings import Fetched
from bot.simulator.state.files import Document, Photo, open_image
from bot.simulator.state.world import World
from bot.simulator.text.links import WrongLinkError, check_link

_FILE_ID = re.compile(r"^[A-Za-z0-9_-]+$")
_FILE_ID_LENGTH_MIN = 20
_URL_DOCUMENTS = frozenset({"application/pdf", "application/zip"})
_THUMBNAIL_BYTES_MAX = 200_000
_THUMBNAIL_SIDE_MAX = 320
_KIND_NAMES = {"photo": "Photo", "document": "Document", "thumbnail": "Thumbnail"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file argument: bytes that came along, or words that name a file."""

    kind: str
    upload: Upload | None = None
    words: str = ""
    thumbnail: Upload | None = None


def read_input(arguments: Arguments, field: str, *, kind: str) -> Input:
    """Read a file argument of the call itself.

    Raises:
        ApiError: There is no file in it.
    """
    direct = arguments.uploads.get(field)
    thumbnail = _attached(arguments, arguments.text("thumbnail"))
    thumbnail = thumbnail or arguments.uploads.get("thumbnail")
    if direct is not None:
        return Input(kind=kind, upload=direct, thumbnail=thumbnail)
    return named_input(arguments, arguments.text(field), kind=kind, thumbnail=thumbnail)


def named_input(
    arguments: Arguments, words: str, *, kind: str, thumbnail: Upload | None = None
) -> Input:
    """Read a file that is named by words, as in an InputMedia.

    Raises:
        ApiError: The words are empty or name a part that is not there.
    """
    words = words.strip()
    upload = _attached(arguments, words)
    if not words or (upload is None and words.startswith("attach://")):
        raise bad_request(f"there is no {kind} in the request")
    return Input(kind=kind, upload=upload, words=words, thumbnail=thumbnail)


async def load(call: Call, given: Input) -> Photo | Document:
    """Turn a file argument into a photo or document of the world.

    Raises:
        ApiError: The file is empty, too big, of the wrong kind, or not to be found.
    """
    world = call.world
    if given.upload is not None:
        return _keep(world, given, given.upload)
    if "." in given.words or "://" in given.words:
        return await _load_url(world, given)
    return _by_file_id(world, given)


def _by_file_id(world: World, given: Input) -> Photo | Document:
    file = world.files.find(given.words)
    thing = world.files.thing(given.words)
    if file is None or thing is None:
        raise unknown_file_id(given.words)
    if file.kind != given.kind:
        wanted = _KIND_NAMES[given.kind]
        raise bad_request(f"can't use file of type {_KIND_NAMES[file.kind]} as {wanted}")
    return thing


def unknown_file_id(words: str) -> ApiError:
    """Word the refusal of a file id that is rubbish or another bot's."""
    if not _FILE_ID.match(words):
        reason = "Wrong character in the string"
    elif len(words) < _FILE_ID_LENGTH_MIN:
        reason = "Wrong string length"
    elif not words.startswith(("AgAC", "BQAC", "AAMC")):
        reason = "can't unserialize it"
    else:
        return bad_request("wrong file_id or the file is temporarily unavailable")
    return bad_request(f"wrong remote file identifier specified: {reason}")


def _keep(world: World, given: Input, upload: Upload) -> Photo | Document:
    size = len(upload.content)
    if size == 0:
        raise bad_request("file must be non-empty")
    if given.kind == "photo":
        most = world.settings.photo_max_bytes
        if size > most:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; "
                f"the maximum size is {most} bytes"
            )
        return world.files.add_photo(upload.content)
    mime_type = mimetypes.guess_type(upload.name)[0] or upload.mime_type
    return world.files.add_document(
        upload.content, name=upload.name, mime_type=mime_type, thumbnail=_thumbnail(given)
    )


async def _load_url(world: World, given: Input) -> Photo | Document:
    try:
        address = check_link(given.words)
    except WrongLinkError as error:
        raise bad_request("wrong file identifier/HTTP URL specified") from error
    fetched = await world.settings.fetch(address) if world.settings.fetch else None
    if fetched is None:
        raise bad_request("failed to get HTTP URL content")
    _check_fetched(world, given, fetched)
    upload = Upload(
        name=fetched.file_name, mime_type=fetched.content_type, content=fetched.content
    )
    return _keep(world, given, upload)


def _check_fetched(world: World, given: Input, fetched: Fetched) -> None:
    limits = world.settings
    is_photo = given.kind == "photo"
    most = limits.photo_url_max_bytes if is_photo else limits.document_url_max_bytes
    right_type = (
        fetched.content_type.startswith("image/")
        if is_photo
        else fetched.content_type in _URL_DOCUMENTS
    )
    if not right_type:
        raise bad_request("wrong type of the web page content")
    if len(fetched.content) > most:
        raise bad_request("failed to get HTTP URL content")


def _attached(arguments: Arguments, words: str) -> Upload | None:
    return arguments.uploads.get(words.removeprefix("attach://")) if "attach://" in words else None


def _thumbnail(given: Input) -> bytes | None:
    """Take a thumbnail that keeps the rules; any other is ignored, as Telegram does."""
    if given.thumbnail is None or len(given.thumbnail.content) >= _THUMBNAIL_BYTES_MAX:
        return None
    try:
        image = open_image(given.thumbnail.content)
    except ApiError:
        return None
    is_good = image.format == "JPEG" and max(image.size) <= _THUMBNAIL_SIDE_MAX
    return given.thumbnail.content if is_good else None
