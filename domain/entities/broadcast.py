"""The home of broadcasts: one message of staff to many people, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

NEWS = "news"
"""Kind of the notice that carries a broadcast; people switch news off by this name."""


class BroadcastStatus(StrEnum):
    """How far a broadcast is."""

    DRAFT = "draft"
    ASKED = "asked"
    """Composed; a second person must confirm."""
    SENDING = "sending"
    STOPPED = "stopped"
    SENT = "sent"
    DROPPED = "dropped"
    """Thrown away before anything was sent."""


OPEN = (BroadcastStatus.DRAFT, BroadcastStatus.ASKED)
"""It can still be changed."""


class Audience(StrEnum):
    """Who is addressed, before it is narrowed down."""

    PARTNERS = "partners"
    ACTIVE = "active"
    """Partners with a click, start, registration or payment in the last 30 days."""
    PAYABLE = "payable"
    """Partners who could ask for a pay-out now."""
    CLIENTS = "clients"


class Outcome(StrEnum):
    """What came of sending to one person."""

    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNCLEAR = "unclear"
    """Telegram did not say whether it took the message; it is not sent twice."""
    STOPPED = "stopped"
    MUTED = "muted"
    """The person switched news off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Whom a broadcast goes to.

    Attributes:
        audience: Who at all.
        program: Only in this program, or ``None``.
        tier: Only partners of this tier, or ``None``.
        language: Only readers of this language, or ``None``.
    """

    audience: Audience = Audience.PARTNERS
    program: str | None = None
    tier: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceQuery:
    """What a segment needs to be looked up.

    Attributes:
        segment: Whom to find.
        active_since: The first day of being active.
        minimums: Least pay-out in minor units, by program.
    """

    segment: Segment
    active_since: date
    minimums: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A message to many people.

    Attributes:
        id: Our id.
        status: How far it is.
        segment: Whom it goes to.
        texts: Finished HTML by language.
        fallback: The language whose text the others get; ``None`` before the first text.
        created_by: Who composed it.
        created_at: When that began.
        asked_by: Who pressed Send; a second person confirms where one is needed.
        sent_by: Who let it go.
        started_at: When sending began.
        stopped_by: Who stopped it.
        ended_at: When the last message was settled.
        total: How many people were addressed.
    """

    id: int
    status: BroadcastStatus = BroadcastStatus.DRAFT
    segment: Segment = field(default_factory=Segment)
    texts: Mapping[str, str] = field(default_factory=dict)
    fallback: str | None = None
    created_by: int
    created_at: datetime
    asked_by: int | None = None
    sent_by: int | None = None
    started_at: datetime | None = None
    stopped_by: int | None = None
    ended_at: datetime | None = None
    total: int = 0

    def text_for(self, language: str) -> str:
        """Return the text that a reader of this language gets."""
        return self.texts.get(language) or self.texts.get(self.fallback or "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudiencePart:
    """The readers of one language in a segment.

    Attributes:
        language: Which.
        people: How many get the message.
        blocked: How many more blocked the bot and are left out.
    """

    language: str
    people: int
    blocked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastFigures:
    """How many people by what came of it; ``waiting`` have not been tried or are under way."""

    waiting: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0
    unclear: int = 0
    stopped: int = 0
    muted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastView:
    """A broadcast as staff see it.

    Attributes:
        broadcast: The broadcast.
        parts: The segment's readers now, by language; empty once it was sent.
        figures: What came of it so far.
        asked_by_name: Who pressed Send, where a second person is needed.
    """

    broadcast: Broadcast
    parts: tuple[AudiencePart, ...] = ()
    figures: BroadcastFigures = field(default_factory=BroadcastFigures)
    asked_by_name: str | None = None

    @property
    def people(self) -> int:
        """How many would get the message."""
        return sum(part.people for part in self.parts)
