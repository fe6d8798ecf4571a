"""The home of the MarkdownV2 parse mode."""

import re
from dataclasses import dataclass

from bot.simulator.text.formatted import FormattedText, sort_entities, utf16_length
from bot.simulator.text.html import MarkupError
from bot.simulator.text.links import checked_link, emoji_of_link, user_of_link
from bot.simulator.wire import Json

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_ASCII_MAX = 126
_MARKS = ("```", "||", "__", "![", "_", "*", "~", "`", "[")
_KINDS = {
    "```": "pre",
    "||": "spoiler",
    "__": "underline",
    "![": "custom_emoji",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
_CLOSERS = {"![": "]", "[": "]"}
_NAMES = {"text_link": "TextUrl", "custom_emoji": "CustomEmoji", "pre": "Pre"}
_LANGUAGE = re.compile(r"([^\s`]+)(?=[\s])")


@dataclass(slots=True, kw_only=True)
class _Open:
    kind: str
    mark: str
    offset: int
    byte_offset: int
    begin: int
    language: str = ""


def parse_markdown(text: str) -> FormattedText:
    """Parse MarkdownV2; block quotes are read line by line.

    Raises:
        MarkupError: A reserved character is bare, or an entity never ends.
    """
    return _MarkdownParser(text).parse()


class _MarkdownParser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._result = ""
        self._open: list[_Open] = []
        self._entities: list[Json] = []
        self._quote_begin: int | None = None

    def parse(self) -> FormattedText:
        while self._at < len(self._text):
            char = self._text[self._at]
            if self._escaped():
                self._result += self._text[self._at + 1]
                self._at += 2
            elif self._in_code and char != "`":
                self._copy()
            elif char == "\n" or (char == ">" and self._at == 0):
                self._line_start()
            elif char not in _RESERVED:
                self._copy()
            else:
                self._mark()
        self._end_quote()
        if self._open:
            self._refuse_open(self._open[-1])
        return FormattedText(self._result, sort_entities(self._entities))

    @property
    def _in_code(self) -> bool:
        return bool(self._open) and self._open[-1].kind in {"code", "pre"}

    def _escaped(self) -> bool:
        following = self._text[self._at + 1 : self._at + 2]
        return self._text[self._at] == "\\" and following > "" and ord(following) <= _ASCII_MAX

    def _copy(self) -> None:
        self._result += self._text[self._at]
        self._at += 1

    def _line_start(self) -> None:
        if self._text[self._at] == "\n":
            if self._quote_begin is not None and self._text[self._at + 1 : self._at + 2] != ">":
                self._end_quote()
            self._copy()
            if self._text[self._at : self._at + 1] != ">":
                return
        self._at += 1
        if self._quote_begin is None:
            self._quote_begin = utf16_length(self._result)

    def _end_quote(self) -> None:
        if self._quote_begin is None:
            return
        if self._open:
            self._refuse_open(self._open[-1])
        length = utf16_length(self._result) - self._quote_begin
        if length:
            self._entities.append(
                {"type": "blockquote", "offset": self._quote_begin, "length": length}
            )
        self._quote_begin = None

    def _mark(self) -> None:
        last = self._open[-1] if self._open else None
        if last is not None:
            closer = _CLOSERS.get(last.mark, last.mark)
            # A single underscore never closes before a double one: "__" is tried first.
            doubled = last.mark == "_" and self._text.startswith("__", self._at)
            if self._text.startswith(closer, self._at) and not doubled:
                self._end_entity(last, closer)
                return
        for mark in _MARKS:
            if self._text.startswith(mark, self._at):
                self._start_entity(mark)
                return
        char = self._text[self._at]
        raise MarkupError(
            f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
        )

    def _start_entity(self, mark: str) -> None:
        opened = _Open(
            kind=_KINDS[mark],
            mark=mark,
            offset=utf16_length(self._result),
            byte_offset=self._bytes_before(self._at),
            begin=len(self._result),
        )
        self._at += len(mark)
        if mark == "```":
            language = _LANGUAGE.match(self._text, self._at)
            if language:
                opened.language = language.group(1)
                self._at = language.end()
            if self._text[self._at : self._at + 1] in {"\n", "\r"}:
                self._at += 1
        self._open.append(opened)

    def _end_entity(self, opened: _Open, closer: str) -> None:
        self._open.pop()
        self._at += len(closer)
        entity: Json = {
            "type": opened.kind,
            "offset": opened.offset,
            "length": utf16_length(self._result) - opened.offset,
        }
        if opened.language:
            entity["language"] = opened.language
        keeps = True
        if opened.kind == "text_link":
            keeps = self._name_link(entity, self._target() or self._result[opened.begin :])
        elif opened.kind == "custom_emoji":
            target = self._target()
            emoji_id = emoji_of_link(target or "")
            if target is None or emoji_id is None:
                raise MarkupError("Custom emoji entity must contain a tg://emoji URL")
            entity["custom_emoji_id"] = emoji_id
        if keeps and entity["length"]:
            self._entities.append(entity)

    def _name_link(self, entity: Json, url: str) -> bool:
        user_id = user_of_link(url)
        if user_id is not None:
            entity.update(type="text_mention", user_id=user_id)
            return True
        entity["url"] = checked_link(url)
        return bool(entity["url"])

    def _target(self) -> str | None:
        if self._text[self._at : self._at + 1] != "(":
            return None
        self._at += 1
        begin = self._bytes_before(self._at)
        target = ""
        while self._at < len(self._text) and self._text[self._at] != ")":
            if self._escaped():
                self._at += 1
            target += self._text[self._at]
            self._at += 1
        if self._at == len(self._text):
            raise MarkupError(f"Can't find end of a URL at byte offset {begin}")
        self._at += 1
        return target

    def _bytes_before(self, at: int) -> int:
        return len(self._text[:at].encode())

    def _refuse_open(self, opened: _Open) -> None:
        name = _NAMES.get(opened.kind, opened.kind.capitalize())
        name = "PreCode" if opened.language else name
        raise MarkupError(f"Can't find end of {name} entity at byte offset {opened.byte_offset}")
