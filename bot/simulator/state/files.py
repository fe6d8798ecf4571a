"""The home of uploaded files: their ids, kinds, bytes and links."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image

from bot.simulator.errors import bad_request
from bot.simulator.wire import Json, without_nothing

PHOTO_SIDES_MAX = 10_000
PHOTO_RATIO_MAX = 20
_NO_IMAGE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
_SMALLER_SIDES = (90, 320, 800)
_PREFIXES = {"photo": "AgACAgIAAxkB", "document": "BQACAgIAAxkB", "thumbnail": "AAMCAgADGQEB"}
_FOLDERS = {"photo": "photos", "document": "documents", "thumbnail": "thumbnails"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """Bytes under a ``file_id``."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSize:
    """A photo in one size."""

    file: StoredFile
    width: int
    height: int

    def view(self) -> Json:
        """Show Telegram's PhotoSize."""
        return {
            "file_id": self.file.file_id,
            "file_unique_id": self.file.unique_id,
            "width": self.width,
            "height": self.height,
            "file_size": len(self.file.content),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo in all its sizes, smallest first; the last one is the upload itself."""

    sizes: tuple[PhotoSize, ...]

    @property
    def largest(self) -> PhotoSize:
        """Take the size that carries the uploaded bytes."""
        return self.sizes[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that is shown as a file."""

    file: StoredFile
    thumbnail: PhotoSize | None = None

    def view(self) -> Json:
        """Show Telegram's Document."""
        return without_nothing(
            file_id=self.file.file_id,
            file_unique_id=self.file.unique_id,
            file_name=self.file.name or None,
            mime_type=self.file.mime_type,
            file_size=len(self.file.content),
            thumbnail=self.thumbnail.view() if self.thumbnail else None,
        )


class Files:
    """Every file of the world; ids are made from the bot, so another bot's id is foreign."""

    def __init__(self, *, bot_id: int) -> None:
        """Start empty."""
        self._bot_id = bot_id
        self._by_id: dict[str, StoredFile] = {}
        self._things: dict[str, Photo | Document] = {}
        self._links: dict[str, tuple[StoredFile, float]] = {}

    def find(self, file_id: str) -> StoredFile | None:
        """Find bytes by ``file_id``."""
        return self._by_id.get(file_id)

    def thing(self, file_id: str) -> Photo | Document | None:
        """Find the photo or document that a ``file_id`` belongs to."""
        return self._things.get(file_id)

    def add_photo(self, content: bytes) -> Photo:
        """Keep a photo; refuse what Telegram cannot show as one.

        Raises:
            ApiError: The bytes are no image, or its sides are out of proportion.
        """
        image = _read_header(content)
        width, height = image.size
        if width + height > PHOTO_SIDES_MAX or max(width, height) > PHOTO_RATIO_MAX * min(
            width, height
        ):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        _decode(image)
        sizes = [
            PhotoSize(file=self._keep("photo", jpeg, "", "image/jpeg"), width=wide, height=high)
            for jpeg, wide, high in _made_smaller(image)
        ]
        mime_type = Image.MIME.get(image.format or "", "image/jpeg")
        stored = self._keep("photo", content, "", mime_type)
        sizes.append(PhotoSize(file=stored, width=width, height=height))
        photo = Photo(sizes=tuple(sizes))
        for size in sizes:
            self._things[size.file.file_id] = photo
        return photo

    def add_document(
        self, content: bytes, *, name: str, mime_type: str, thumbnail: bytes | None = None
    ) -> Document:
        """Keep a file."""
        stored = self._keep("document", content, name, mime_type)
        small = None
        if thumbnail is not None:
            width, height = open_image(thumbnail).size
            kept = self._keep("thumbnail", thumbnail, "", "image/jpeg")
            small = PhotoSize(file=kept, width=width, height=height)
        document = Document(file=stored, thumbnail=small)
        self._things[stored.file_id] = document
        return document

    def open_link(self, file: StoredFile, *, until: float) -> str:
        """Make the download path of a file work until a moment."""
        self._links[file.path] = (file, until)
        return file.path

    def behind_link(self, path: str, *, now: float) -> StoredFile | None:
        """Follow a download path that ``getFile`` gave out and that has not expired."""
        file, until = self._links.get(path, (None, 0.0))
        return file if now < until else None

    def _keep(self, kind: str, content: bytes, name: str, mime_type: str) -> StoredFile:
        number = len(self._by_id)
        digest = hashlib.sha256(f"{self._bot_id}:{number}:".encode() + content).hexdigest()
        extension = _extension(name, mime_type)
        stored = StoredFile(
            file_id=f"{_PREFIXES[kind]}{digest[:44]}",
            unique_id=f"AQAD{digest[44:56]}",
            kind=kind,
            name=name,
            mime_type=mime_type,
            content=content,
            path=f"{_FOLDERS[kind]}/file_{number}{extension}",
        )
        self._by_id[stored.file_id] = stored
        return stored


def open_image(content: bytes) -> Image.Image:
    """Decode an image completely.

    Raises:
        ApiError: The bytes are not an image that can be decoded.
    """
    image = _read_header(content)
    _decode(image)
    return image


def _read_header(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # A picture that is suspiciously large is refused by its sides, not warned about.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(content))
    except _NO_IMAGE as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def _decode(image: Image.Image) -> None:
    try:
        image.load()
    except _NO_IMAGE as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def _made_smaller(image: Image.Image) -> list[tuple[bytes, int, int]]:
    """Return JPEG, width and height of the smaller sizes, smallest first."""
    made = []
    smaller = image.convert("RGB")
    for side in reversed(_SMALLER_SIDES):
        if max(image.size) > side:
            # Each one is made of the one before it, which is much less than the whole picture.
            smaller.thumbnail((side, side))
            buffer = io.BytesIO()
            smaller.save(buffer, "JPEG", quality=80)
            made.append((buffer.getvalue(), smaller.width, smaller.height))
    return made[::-1]


def _extension(name: str, mime_type: str) -> str:
    if "." in name:
        tail = name.rsplit(".", 1)[1]
        return f".{tail}" if tail.isascii() and tail.isalnum() else ""
    return {"image/jpeg": ".jpg", "image/png": ".png"}.get(mime_type, "")
