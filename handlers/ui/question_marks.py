"""The home of the words of questions: states, authors, and the correspondence in pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.entities.question import (
    Asker,
    Author,
    FileKind,
    LineKind,
    QuestionLine,
    QuestionState,
    QuestionView,
)
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language

NAME_LENGTH = 40
PART_SIGNS = 3_200
"""A longer line is shown in parts; signs beyond the basic plane count twice."""
PAGE_UNITS = 3_400
"""A page has so many units of Telegram's count at most, so that it fits with what is around it."""


def question_state(language: Language, state: QuestionState) -> Html:
    """Return mark and word of a question's state."""
    say = language.say
    words = {
        QuestionState.OPEN: say("🟡 open"),
        QuestionState.WITH_PARTNER: say("🔵 waiting for the partner"),
        QuestionState.ANSWERED: say("🟢 answered"),
        QuestionState.CLOSED: say("⚪️ closed"),
    }
    return words[state]


def state_mark(state: QuestionState) -> str:
    """Return the coloured mark of a state, for buttons."""
    marks = {
        QuestionState.OPEN: "🟡",
        QuestionState.WITH_PARTNER: "🔵",
        QuestionState.ANSWERED: "🟢",
        QuestionState.CLOSED: "⚪️",
    }
    return marks[state]


def first_words(language: Language, view: QuestionView, limit: int) -> str:
    """Return how a question begins, on one line."""
    first = next(iter(view.lines), None)
    if first is None or not (first.text or first.file_kind):
        return "—"
    return short(first.text, limit) if first.text else str(_file_word(language, first.file_kind))


def author_name(language: Language, view: QuestionView, author: Author, reader: Author) -> str:
    """Return whom the reader sees as the author of a line."""
    say = language.say
    if author is reader and reader is not Author.VENDOR:
        return say("You")
    if author is Author.VENDOR:
        return say("Vendor")
    if author is Author.PARTNER:
        is_named = reader is Author.ASKER and view.partner_name
        return short(view.partner_name or "", NAME_LENGTH) if is_named else say("Partner")
    if reader is Author.PARTNER and view.client_name:
        return short(view.client_name, NAME_LENGTH)
    words = {
        Asker.PARTNER: say("Partner"),
        Asker.CLIENT: say("Client"),
        Asker.VISITOR: say("Visitor"),
    }
    return words[view.question.asker]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of the correspondence.

    Attributes:
        text: What is read.
        number: Which page, from 0.
        count: How many there are.
        files: Number and line of the files on it.
    """

    text: Html
    number: int
    count: int
    files: tuple[tuple[int, QuestionLine], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    text: Html
    units: int
    file: tuple[int, QuestionLine] | None = None


def thread_page(language: Language, view: QuestionView, reader: Author, page: int) -> ThreadPage:
    """Return a page of the correspondence; what is below 0 or too high is the last one."""
    pages = _pages(_pieces(language, view, reader))
    number = page if 0 <= page < len(pages) else len(pages) - 1
    pieces = pages[number]
    return ThreadPage(
        text=Html("\n\n".join(piece.text for piece in pieces)),
        number=number,
        count=len(pages),
        files=tuple(piece.file for piece in pieces if piece.file),
    )


def _pages(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    pages: list[list[_Piece]] = [[]]
    filled = 0
    for piece in pieces:
        if pages[-1] and filled + piece.units > PAGE_UNITS:
            pages.append([])
            filled = 0
        pages[-1].append(piece)
        filled += piece.units
    return pages


def _pieces(language: Language, view: QuestionView, reader: Author) -> list[_Piece]:
    """Return the lines, a long one in several pieces: each fits a page."""
    pieces: list[_Piece] = []
    files = 0
    for line in view.lines:
        head = _head(language, view, line, reader)
        file = None
        if line.file_kind is not None:
            files += 1
            file = (files, line)
            head = lines(head, Html(f"📎 {files}. {_file_word(language, line.file_kind)}"))
        parts = _cut(line.text) or [""]
        for index, part in enumerate(parts):
            text = lines(head if index == 0 else None, part or None)
            pieces.append(_Piece(text, _units(text.plain), file if index == 0 else None))
    return pieces


def _head(language: Language, view: QuestionView, line: QuestionLine, reader: Author) -> Html:
    who = bold(author_name(language, view, line.author, reader))
    done = {
        LineKind.TO_PARTNER: language.say("➡️ handed over to the partner"),
        LineKind.TO_VENDOR: language.say("➡️ handed over to the vendor"),
        LineKind.CLOSED: language.say("⚪️ closed"),
    }
    when = language.instant(line.at)
    said = done.get(line.kind)
    return Html(f"{who} · {when}") if said is None else Html(f"{who} · {when}\n{said}")


def _file_word(language: Language, kind: FileKind | None) -> Html:
    return language.say("Photo") if kind is FileKind.PHOTO else language.say("Document")


def _cut(text: str) -> list[str]:
    """Return a text in parts of which each fits a page; a sign is never torn apart."""
    most = PART_SIGNS if _units(text) == len(text) else PART_SIGNS // 2
    return [text[start : start + most] for start in range(0, len(text), most)]


def _units(text: str) -> int:
    """Return a length as Telegram counts it: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
