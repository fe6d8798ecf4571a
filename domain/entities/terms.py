"""The home of published terms: what a program file said when it was first seen (R30)."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutAccount:
    """Where a partner's scheduled pay-outs go.

    Attributes:
        account: As typed.
        named_by: Telegram user id of the member.
    """

    account: str
    named_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTerms:
    """One immutable version of a program's rules.

    Attributes:
        program: Key of the program.
        version: Its number; grows by the order of publishing.
        version_date: The day from which it holds, 00:00 UTC; ``None`` for one without a date.
        text: The program file as it was.
        published_at: When it was first seen.
    """

    program: str
    version: int
    version_date: date | None
    text: str
    published_at: datetime
