"""The home of what a list is narrowed down to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Which rows of a list are wanted."""

    ANY = "any"
    ACTIVE = "active"
    """Referrals that earn by now; payments that made a commission."""
    INACTIVE = "inactive"
    """The others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed down to; nothing said means everything.

    Attributes:
        since: The first instant, ``None`` for no limit.
        until: The first instant after it, ``None`` for no limit.
        standing: Active, inactive or any.
        now: When ``standing`` is judged.
        search: A part of a name or e-mail, or the whole of an id; empty for no search.
        is_exact: Only what is the whole name, e-mail or id is found: who sees masked names
            must not find them out letter by letter.
        client_id: Only what is of this client, by our id; ``None`` for all.
    """

    since: datetime | None = None
    until: datetime | None = None
    standing: Standing = Standing.ANY
    now: datetime | None = None
    search: str = ""
    is_exact: bool = False
    client_id: int | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a person narrows a list down.

    Attributes:
        period: A preset or the key of days; ``all`` for no limit.
        standing: Active, inactive or any.
        search: What was typed; empty for no search.
    """

    period: str = "all"
    standing: Standing = Standing.ANY
    search: str = ""


NO_CHOICE = Choice()
