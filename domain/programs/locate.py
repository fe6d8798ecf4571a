"""The home of the locator: finds the line of each key, which ``tomllib`` does not tell."""

import re
import tomllib
from bisect import bisect_right

from domain.programs.problems import Path

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_SCALAR = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|[^\s,\]}#][^\n,\]}#]*",
    re.DOTALL,
)
_ERROR_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


class _Lost(Exception):
    """The text is not what was expected here: no more lines are known."""


class _Scanner:
    """Walks over a text that ``tomllib`` has accepted and writes down the line of each path."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._starts = [match.end() for match in re.finditer("\n", text)]
        self._items: dict[Path, int] = {}

    def scan(self) -> None:
        """Read the whole text."""
        table: Path = ()
        while self._blank():
            table = self._header() if self.text[self.at] == "[" else self._pair(table)

    def _blank(self) -> bool:
        self._take(_BLANK)
        return self.at < len(self.text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _Lost
        self.at = match.end()
        return match[0]

    def _skip(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def _mark(self, path: Path, position: int) -> None:
        line = bisect_right(self._starts, position) + 1
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _key(self, table: Path) -> Path:
        path = table
        while True:
            self._take(_SPACE)
            part = self._take(_PART)
            path += (tomllib.loads(f"x = {part}")["x"] if part[0] in "\"'" else part,)
            self._take(_SPACE)
            if not self._skip("."):
                return path

    def _header(self) -> Path:
        position = self.at
        many = self._skip("[[")
        if not many:
            self._skip("[")
        path = self._inside_items(self._key(()), many=many)
        self._skip("]]" if many else "]")
        self._mark(path, position)
        return path

    def _inside_items(self, names: Path, *, many: bool) -> Path:
        """Return the path with the position of the latest item after each array of tables."""
        path: Path = ()
        for depth, name in enumerate(names, start=1):
            path += (name,)
            if many and depth == len(names):
                self._items[path] = self._items.get(path, -1) + 1
            if path in self._items:
                path += (self._items[path],)
        return path

    def _pair(self, table: Path) -> Path:
        position = self.at
        path = self._key(table)
        if not self._skip("="):
            raise _Lost
        self._mark(path, position)
        self._take(_SPACE)
        self._value(path)
        return table

    def _value(self, path: Path) -> None:
        if self._skip("["):
            self._list(path)
        elif self._skip("{"):
            self._inline(path)
        else:
            self._take(_SCALAR)

    def _list(self, path: Path) -> None:
        position = 0
        while self._blank() and not self._skip("]"):
            self._mark((*path, position), self.at)
            self._value((*path, position))
            self._blank()
            self._skip(",")
            position += 1

    def _inline(self, path: Path) -> None:
        while self._blank() and not self._skip("}"):
            self._pair(path)
            self._blank()
            self._skip(",")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every key and list item of a valid TOML text.

    Where the text holds something that the locator does not understand, the lines after it are
    missing: no line is better than a wrong one.
    """
    scanner = _Scanner(text)
    try:
        scanner.scan()
    except (_Lost, RecursionError):
        return scanner.lines
    return scanner.lines


def line_of_error(error: ValueError, text: str) -> int:
    """Return the line that the parser names; the last one where it says "end of document"."""
    place = _ERROR_PLACE.search(str(error))
    return int(place[1]) if place else text.rstrip("\n").count("\n") + 1


def words_of_error(error: ValueError) -> str:
    """Return what the parser says, without the place."""
    return _ERROR_PLACE.sub("", str(error)).strip()
