"""The home of preferences: what a person wants to be told, when, and by which clock."""

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What notices are about, as a person switches them on and off."""

    REGISTRATION = "registration"
    COMMISSION = "commission"
    TIER = "tier"
    PAYOUT = "payout"
    STATEMENT = "statement"
    REMINDER = "reminder"
    NEWS = "news"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """When notices wait, in whole minutes of the person's day; it may go over midnight.

    Attributes:
        start: The first quiet minute, 0-1439.
        end: The first minute that is not quiet any more, 0-1439, never ``start``.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What one person chose; what it did not choose is as here.

    Attributes:
        muted: Topics that it wants to hear nothing about.
        quiet: When notices wait, or ``None`` for never.
        zone: Name of its time zone, or ``None`` for the configured one.
        masks_name: Its partner stands on the leader board with a masked name.
    """

    muted: frozenset[Topic] = frozenset()
    quiet: QuietHours | None = None
    zone: str | None = None
    masks_name: bool = False
