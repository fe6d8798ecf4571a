"""The home of the HTML parse mode, with Telegram's own refusals and byte offsets."""

from dataclasses import dataclass

from bot.simulator.text.formatted import FormattedText, sort_entities
from bot.simulator.text.links import checked_link, user_of_link
from bot.simulator.wire import Json

_SPACES = b" \t\r\n\0\v"
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_SIMPLE) | {"a", "pre", "code", "blockquote", "tg-emoji"}
_NUMBER_MAX = 0x10FFFF
_REFERENCE_MAX = 10
_FOUR_BYTES = 0xF0


class MarkupError(Exception):
    """A text whose markup does not parse; the message goes after "can't parse entities"."""


@dataclass(slots=True, kw_only=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


def parse_html(text: str) -> FormattedText:
    """Parse the HTML parse mode.

    Raises:
        MarkupError: The text breaks a rule of the mark-up.
    """
    return _HtmlParser(text).parse()


class _HtmlParser:
    """Walks over the bytes, because Telegram reports byte offsets."""

    def __init__(self, text: str) -> None:
        self._source = text.encode()
        self._size = len(self._source)
        # Two closing zeros stand for the end of a C string, on which the rules rely.
        self._bytes = self._source + b"\0\0"
        self._at = 0
        self._result = bytearray()
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def parse(self) -> FormattedText:
        while self._at < self._size:
            char = self._bytes[self._at]
            if char == ord("<"):
                if self._bytes[self._at + 1] == ord("/"):
                    self._end_tag()
                else:
                    self._start_tag()
                continue
            decoded = self._reference() if char == ord("&") else ""
            if decoded:
                self._result += decoded.encode()
                self._offset += 2 if ord(decoded) > 0xFFFF else 1  # noqa: PLR2004
            else:
                self._copy(char)
        if self._open:
            tag = self._open[-1].tag
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return FormattedText(self._result.decode(), sort_entities(self._entities))

    def _copy(self, char: int) -> None:
        if char & 0xC0 != 0x80:  # noqa: PLR2004 - the first byte of a UTF-8 character
            self._offset += 2 if char >= _FOUR_BYTES else 1
        self._result.append(char)
        self._at += 1

    def _reference(self) -> str:
        """Decode a character reference and step over it; nothing if it is none."""
        end = self._at + 1
        if self._bytes[end] == ord("#"):
            digits, base = (b"0123456789abcdefABCDEF", 16), 16
            if self._bytes[end + 1] != ord("x"):
                digits, base = (b"0123456789", 10), 10
            begin = end + (2 if base == 16 else 1)  # noqa: PLR2004
            end = begin
            while self._bytes[end] in digits[0]:
                end += 1
            number = int(self._bytes[begin:end] or b"0", base)
            if number == 0 or number >= _NUMBER_MAX or end - self._at >= _REFERENCE_MAX:
                return ""
            decoded = chr(number)
        else:
            while chr(self._bytes[end]).isascii() and chr(self._bytes[end]).isalpha():
                end += 1
            decoded = _NAMED.get(self._bytes[self._at + 1 : end], "")
            if not decoded:
                return ""
        self._at = end + 1 if self._bytes[end] == ord(";") else end
        return decoded

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        while self._bytes[self._at] not in _SPACES + b">":
            self._at += 1
        if self._ended:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        tag = self._bytes[begin + 1 : self._at].decode().lower()
        if tag not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while self._bytes[self._at] != ord(">"):
            self._skip_spaces()
            if self._bytes[self._at] == ord(">"):
                break
            argument = self._attribute(tag, begin) or argument
        if tag == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._at += 1
        self._open.append(
            _Open(tag=tag, argument=argument, offset=self._offset, begin=len(self._result))
        )

    def _attribute(self, tag: str, begin: int) -> str:
        name_begin = self._at
        while self._bytes[self._at] not in _SPACES + b"=>":
            self._at += 1
        name = self._bytes[name_begin : self._at].decode()
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_spaces()
        if self._bytes[self._at] != ord("="):
            if self._ended:
                raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
            if tag == "blockquote":
                return "1" if name == "expandable" else ""
            raise MarkupError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {begin}"
            )
        self._at += 1
        self._skip_spaces()
        if self._ended:
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._quoted() if self._bytes[self._at] in b"'\"" else self._token()
        if self._ended:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        return _argument(tag, name, value)

    def _token(self) -> str:
        begin = self._at
        while chr(self._bytes[self._at]).isascii() and (
            chr(self._bytes[self._at]).isalnum() or self._bytes[self._at] in b".-"
        ):
            self._at += 1
        if self._bytes[self._at] not in _SPACES + b">":
            raise MarkupError(f"Unexpected end of name token at byte offset {begin}")
        return self._bytes[begin : self._at].decode().lower()

    def _quoted(self) -> str:
        quote = self._bytes[self._at]
        self._at += 1
        value = bytearray()
        while self._bytes[self._at] != quote and not self._ended:
            decoded = self._reference() if self._bytes[self._at] == ord("&") else ""
            if decoded:
                value += decoded.encode()
            else:
                value.append(self._bytes[self._at])
                self._at += 1
        if self._bytes[self._at] == quote:
            self._at += 1
        return value.decode()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        self._at += 2
        while self._bytes[self._at] not in _SPACES + b">":
            self._at += 1
        found = self._bytes[begin + 2 : self._at].decode().lower()
        self._skip_spaces()
        if self._bytes[self._at] != ord(">"):
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        expected = self._open[-1].tag
        if found not in {"", expected}:
            raise MarkupError(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{expected}>", found "</{found}>"'
            )
        self._at += 1
        opened = self._open.pop()
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        place: Json = {"offset": opened.offset, "length": self._offset - opened.offset}
        if opened.tag in _SIMPLE:
            self._entities.append({"type": _SIMPLE[opened.tag], **place})
        elif opened.tag == "a":
            self._link(opened, place)
        elif opened.tag == "blockquote":
            kind = "expandable_blockquote" if opened.argument else "blockquote"
            self._entities.append({"type": kind, **place})
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise MarkupError("Invalid custom emoji identifier specified")
            self._entities.append(
                {"type": "custom_emoji", **place, "custom_emoji_id": opened.argument}
            )
        else:
            self._code(opened, place)

    def _link(self, opened: _Open, place: Json) -> None:
        url = opened.argument or self._result[opened.begin :].decode()
        user_id = user_of_link(url)
        if user_id is not None:
            self._entities.append({"type": "text_mention", **place, "user_id": user_id})
        elif checked := checked_link(url):
            self._entities.append({"type": "text_link", **place, "url": checked})

    def _code(self, opened: _Open, place: Json) -> None:
        last = self._entities[-1] if self._entities else {}
        same_place = (
            last.get("offset") == place["offset"] and last.get("length") == place["length"]
        )
        if opened.tag == "pre":
            if same_place and last["type"] == "code" and last.get("language"):
                last["type"] = "pre"
            else:
                self._entities.append({"type": "pre", **place})
        elif same_place and last["type"] == "pre" and opened.argument:
            last["language"] = opened.argument
        else:
            language = {"language": opened.argument} if opened.argument else {}
            self._entities.append({"type": "code", **place, **language})

    def _skip_spaces(self) -> None:
        while self._at < self._size and self._bytes[self._at] in _SPACES:
            self._at += 1

    @property
    def _ended(self) -> bool:
        return self._at >= self._size


def _argument(tag: str, name: str, value: str) -> str:
    """Take what an attribute says to its tag; other attributes say nothing."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return ""
