"""The home of e-mail: a message owed to an address, rendered when it is sent."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

CODE_DIGITS: Final = 6
"""Of the code that confirms an address."""
ADDRESS_LENGTH_MAX: Final = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One e-mail owed.

    Attributes:
        id: Our id; the ``Message-ID`` is made of it, the same at each attempt.
        kind: What it says; its words are in ``handlers/ui/mails.py``.
        recipient: One bare address; personal, encrypted at rest, erased once it was sent.
        params: JSON values only, for the words; encrypted at rest, erased once it was sent.
        language: Of the reader.
        created_at: When it was owed.
        person_id: Telegram user id of the reader, so that it can be forgotten; or ``None``.
        about: What it is about, such as ``application:12``, for staff; never personal.
        attempts: How often it was tried, this time included.
        tried_since: When the attempts began, ``None`` before the first.
        error: What came of the last attempt, for engineers; ``None`` before the first.
    """

    id: int
    kind: str
    recipient: str = field(repr=False)
    params: dict[str, object] = field(default_factory=dict, repr=False)
    language: str
    created_at: datetime
    person_id: int | None = None
    about: str | None = None
    attempts: int = 0
    tried_since: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCounts:
    """How many e-mails wait to be sent, and how many were given up."""

    waiting: int
    undelivered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailAddress:
    """The e-mail address that a person named, confirmed or not.

    Attributes:
        person_id: Telegram user id.
        address: As it was named; personal, encrypted at rest.
        code: The code that was sent last, ``""`` once it was used or can be used no more.
        asked_at: When the code was sent.
        codes_sent: How many were sent since ``first_asked_at``.
        first_asked_at: When the count began.
        tries: Wrong codes since ``asked_at``.
        confirmed_at: When the right code was typed, ``None`` before.
    """

    person_id: int
    address: str = field(repr=False)
    code: str = field(default="", repr=False)
    asked_at: datetime
    codes_sent: int
    first_asked_at: datetime
    tries: int = 0
    confirmed_at: datetime | None = None
