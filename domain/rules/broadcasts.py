"""The home of the rules of broadcasts: what must be there, and who may let one go."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.entities.broadcast import AudienceQuery, Broadcast, BroadcastStatus, Segment
from domain.errors import DomainError
from domain.programs.model import Programs

ACTIVE_DAYS = 30


class BroadcastNotOpen(DomainError):
    """It is no draft any more: sent, stopped or thrown away."""

    code = "broadcast_not_open"


class BroadcastIncomplete(DomainError):
    """Something that it needs is missing: ``text`` or ``people``."""

    code = "broadcast_incomplete"


class SecondPersonMustConfirm(DomainError):
    """Who asked for it cannot be the one who confirms (A55)."""

    code = "broadcast_second_person"


def query_of(segment: Segment, programs: Programs, today: date) -> AudienceQuery:
    """Return what the segment means today."""
    minimums: Mapping[str, int] = {
        key: program.payout_minimum.minor for key, program in programs.items()
    }
    since = today - timedelta(days=ACTIVE_DAYS)
    return AudienceQuery(segment=segment, active_since=since, minimums=minimums)


def check_complete(broadcast: Broadcast, people: int) -> None:
    """Test that there is a text and somebody to read it.

    Raises:
        BroadcastIncomplete: one of them is missing.
    """
    if broadcast.fallback is None:
        raise BroadcastIncomplete(missing="text")
    if not people:
        raise BroadcastIncomplete(missing="people")


def with_text(broadcast: Broadcast, language: str, html: str) -> Broadcast:
    """Return it with a text; the first one is what readers of other languages get."""
    texts = {**broadcast.texts, language: html}
    return replace(broadcast, texts=texts, fallback=broadcast.fallback or language)


def let_go(broadcast: Broadcast, *, by: int, at: datetime, total: int) -> Broadcast:
    """Return it as being sent."""
    return replace(
        broadcast,
        status=BroadcastStatus.SENDING,
        asked_by=broadcast.asked_by or by,
        sent_by=by,
        started_at=at,
        total=total,
    )
