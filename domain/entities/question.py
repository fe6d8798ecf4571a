"""The home of questions: what a partner or a client asks the vendor, and what came of it (R46).

Commands and webhooks call a question a ticket.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Asker(StrEnum):
    """As what somebody asks."""

    PARTNER = "partner"
    CLIENT = "client"
    VISITOR = "visitor"
    """Somebody who is neither yet."""


class Holder(StrEnum):
    """Who answers."""

    VENDOR = "vendor"
    PARTNER = "partner"


class QuestionStatus(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class QuestionState(StrEnum):
    """What people are told of a question: its status, and whether its partner must answer."""

    OPEN = "open"
    WITH_PARTNER = "with_partner"
    ANSWERED = "answered"
    CLOSED = "closed"


class Author(StrEnum):
    """Who wrote a line of the correspondence."""

    ASKER = "asker"
    PARTNER = "partner"
    VENDOR = "vendor"


class LineKind(StrEnum):
    """What a line of the correspondence is."""

    WORDS = "words"
    TO_PARTNER = "to_partner"
    TO_VENDOR = "to_vendor"
    CLOSED = "closed"


class FileKind(StrEnum):
    """What Telegram keeps for a line."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with where it stands.

    Attributes:
        id: Our id.
        number: The short number by which people speak of it.
        asker: As what it was asked.
        asked_by: Telegram user id of who asked.
        program: Key of the program it is about, ``None`` where no program is concerned.
        enrolment_id: The partner that asks, or the client's partner; ``None`` without one.
        client_id: The client that asks, or ``None``.
        status: Whose turn it is.
        holder: Who answers.
        partner_reads: The client's partner has or had it, so it reads the correspondence.
        opened_at: When it was asked.
        waits_since: When the asker wrote last, or it was handed over: the queue's order.
        closed_at: When, or ``None``.
    """

    id: int
    number: int
    asker: Asker
    asked_by: int
    program: str | None
    enrolment_id: int | None
    client_id: int | None
    status: QuestionStatus
    holder: Holder
    partner_reads: bool
    opened_at: datetime
    waits_since: datetime
    closed_at: datetime | None = None

    @property
    def state(self) -> QuestionState:
        """What people are told."""
        if self.status is QuestionStatus.OPEN and self.holder is Holder.PARTNER:
            return QuestionState.WITH_PARTNER
        return QuestionState(self.status.value)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that Telegram keeps for us."""

    kind: FileKind
    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody sends into a question.

    Attributes:
        text: The words; may be empty where there is a file.
        attachment: A photo or a document, or ``None``.
        source: Names the message, so that the same one is kept once; ``None`` for none.
    """

    text: str
    attachment: Attachment | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One line of the correspondence.

    Attributes:
        id: Our id; grows with time.
        question_id: Which question.
        at: When.
        author: Who wrote or did it.
        person_id: Telegram user id of that person.
        kind: Words, or what was done.
        text: Encrypted at rest; may be empty.
        file_kind: What file came with it, or ``None``.
        file_id: Telegram's name of the file; encrypted at rest; may be empty.
        source: Names the message that it came with, or ``None``.
    """

    id: int
    question_id: int
    at: datetime
    author: Author
    person_id: int
    kind: LineKind = LineKind.WORDS
    text: str = ""
    file_kind: FileKind | None = None
    file_id: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with its correspondence and names.

    Attributes:
        question: The question.
        lines: The correspondence, oldest first; of a list only the first words.
        partner_name: Hostile text, or ``None``.
        partner_code: Its code, or ``None``.
        client_name: Hostile text, or ``None``.
        client_shown_id: Billing's id, or ``None``.
        may_pass: It can be handed over to the client's partner now.
    """

    question: Question
    lines: tuple[QuestionLine, ...] = ()
    partner_name: str | None = None
    partner_code: str | None = None
    client_name: str | None = None
    client_shown_id: str | None = None
    may_pass: bool = False
