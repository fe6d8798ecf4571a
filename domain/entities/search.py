"""The home of what staff look for, and of what is found."""

from collections.abc import Sequence
from dataclasses import dataclass

SEARCH_LENGTH = (2, 64)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """A typed text, read in every way that it may be meant.

    Attributes:
        plain: As typed, without spaces around it.
        spellings: The text in the letter cases that names are written in.
        number: A Telegram id, or ``None``.
        phone: Digits of a phone number or of a part of one; empty where there are too few.
        username: In lower case without @.
        is_username: It was typed with @, so nothing else is meant.
    """

    plain: str
    spellings: tuple[str, ...]
    number: int | None
    phone: str
    username: str
    is_username: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerHit:
    """A partner in one program that was found."""

    enrolment_id: int
    name: str
    code: str
    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientHit:
    """A client that was found."""

    id: int
    name: str
    shown_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPartners:
    """A page of partners that were found.

    Attributes:
        hits: At most a page of them, the newest first.
        has_more: Others follow the last one.
        text: What was looked for.
    """

    hits: Sequence[PartnerHit]
    has_more: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClients:
    """A page of clients that were found.

    Attributes:
        hits: At most a page of them, the newest first.
        has_more: Others follow the last one.
        text: What was looked for.
    """

    hits: Sequence[ClientHit]
    has_more: bool
    text: str
